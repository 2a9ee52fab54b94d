//! Declares the commands of `cargo xtask` with their arguments, and runs them.

use std::io::{self, Write};

use clap::Subcommand;

use crate::outcome::CommandOutcome;
use crate::{bundle, changelog, coverage, diff, drift, generate, import, matrix, new_rule, rules, validate};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Check documents: that they can be read, and that a client can be generated from them
    Validate(validate::Arguments),
    /// Write the generated source to a folder, and print how much it is
    Generate(generate::Arguments),
    /// Write a document as one file
    Bundle(bundle::Arguments),
    /// Print how much of the vendors' docs our documents describe, how certain that is, and which docs pages are unread
    Coverage(coverage::Arguments),
    /// Compare two states of the documents, and say what that means on the wire and for Rust callers
    Diff(diff::Arguments),
    /// Compare a document with what its vendor publishes
    Drift(drift::Arguments),
    /// Print the entry of the changelog for what changed between two states of the documents
    Changelog(changelog::Arguments),
    /// Draft the operations and webhooks that the vendor publishes but a document lacks
    Import(import::Arguments),
    /// Print all rules as one page
    Rules(rules::Arguments),
    /// Test what every combination of place, kind and style sends, which takes minutes; `cargo test` tests a sample
    Matrix,
    /// Write the files of a new rule, and list it
    NewRule(new_rule::Arguments),
}

impl Command {
    /// Runs the command, which prints to `out`.
    pub(crate) fn run(&self, out: &mut dyn Write, colors: bool) -> io::Result<CommandOutcome> {
        match self {
            Command::Validate(arguments) => validate::run(arguments, out, colors),
            Command::Generate(arguments) => generate::run(arguments, out, colors),
            Command::Bundle(arguments) => bundle::run(arguments, out, colors),
            Command::Coverage(arguments) => coverage::run(arguments, out, colors),
            Command::Diff(arguments) => diff::run(arguments, out, colors),
            Command::Drift(arguments) => drift::run(arguments, out, colors),
            Command::Changelog(arguments) => changelog::run(arguments, out, colors),
            Command::Import(arguments) => import::run(arguments, out, colors),
            Command::Matrix => matrix::run_all_cases(),
            Command::Rules(arguments) => rules::run(arguments, out),
            Command::NewRule(arguments) => new_rule::run(arguments, out),
        }
    }
}
