//! Declares the commands of `cargo xtask` with their arguments, and runs them.

use std::io::{self, Write};

use clap::Subcommand;

use crate::outcome::CommandOutcome;
use crate::{bundle, changelog, coverage, diff, drift, generate, import, matrix, new_rule, rules, validate};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Check that documents are valid, and that a client can be generated from them
    Validate(validate::Arguments),
    /// Generate the source of clients into a folder, and print its size
    Generate(generate::Arguments),
    /// Write a document that may consist of several files as one file
    Bundle(bundle::Arguments),
    /// Print how much of the vendors' docs our documents describe, how certain the descriptions are, and which docs
    /// pages nobody could read
    Coverage(coverage::Arguments),
    /// Compare two states of the documents, and print what the changes mean for requests, for responses and for Rust
    /// callers
    Diff(diff::Arguments),
    /// Compare a document with what its vendor publishes
    Drift(drift::Arguments),
    /// Compare two states of the documents, and print the changelog entry for the changes
    Changelog(changelog::Arguments),
    /// Add drafts of the operations and webhooks that are in the vendor's docs, but not in our document
    Import(import::Arguments),
    /// Print a page that describes all rules of the validator
    Rules(rules::Arguments),
    /// Test how a client sends and reads values: every combination of where a value is sent (query, header, JSON body,
    /// ...), its type and its style. This takes minutes; `cargo test` tests a sample
    Matrix,
    /// Create the files of a new rule of the validator, and add the rule to the list of rules
    NewRule(new_rule::Arguments),
}

impl Command {
    /// Runs the command, and prints its result to `out`.
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
            Command::Matrix => matrix::run_matrix_tests(),
            Command::Rules(arguments) => rules::run(arguments, out),
            Command::NewRule(arguments) => new_rule::run(arguments, out),
        }
    }
}
