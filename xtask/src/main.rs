//! Tools of this workspace, as `cargo xtask <command>`.
//!
//! Exit codes: 0 when all is well, 1 when there are findings, 2 when the command could not run.

mod bundle;
mod command;
mod coverage;
mod documents;
mod generate;
mod new_rule;
mod rules;
mod validate;
mod yaml;

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use clap::Parser;

use crate::command::{Command, Outcome};

/// Tools for the documents of the partner APIs.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = io::stdout().lock();
    let colors = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    match arguments.command.run(&mut out, colors) {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            report(&error);
            ExitCode::from(2)
        }
    }
}

#[allow(clippy::print_stderr, reason = "this is where a command says why it could not run")]
fn report(error: &io::Error) {
    eprintln!("error: {error}");
}
