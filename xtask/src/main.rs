//! The tools of this workspace, which are run as `cargo xtask <command>`.
//!
//! Exit codes: 0 for success, 1 when there are findings, 2 when the command could not run.

mod bundle;
mod changelog;
mod command;
mod coverage;
mod diff;
mod documents;
mod drift;
mod generate;
mod git;
mod import;
mod matrix;
mod new_rule;
mod outcome;
mod rules;
mod states;
mod validate;
mod workspace;

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use clap::Parser;
use partner_spec::{is_harmless_to_print, to_harmless_line};

use crate::command::Command;
use crate::outcome::CommandOutcome;

/// Tools for the documents of the partner APIs.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return print_argument_error_or_help(&error),
    };
    let mut out = io::stdout().lock();
    let colors = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    match arguments.command.run(&mut out, colors) {
        Ok(CommandOutcome::Success) => ExitCode::SUCCESS,
        Ok(CommandOutcome::ProblemsFound) => ExitCode::from(1),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            print_error(&error);
            ExitCode::from(2)
        }
    }
}

/// Prints the error in the arguments, or the help if the arguments ask for it. Returns the exit code.
fn print_argument_error_or_help(error: &clap::Error) -> ExitCode {
    let text = error.to_string();
    match is_harmless_to_print(&text) {
        // clap prints the text with colors. A failure to print is ignored, because a message about it could not be
        // printed either.
        true => drop(error.print()),
        false => print_lines(&text),
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

fn print_error(error: &io::Error) {
    print_lines(&format!("error: {error}"));
}

#[allow(clippy::print_stderr, reason = "errors go to the terminal")]
fn print_lines(text: &str) {
    for line in text.lines() {
        eprintln!("{}", to_harmless_line(line));
    }
}
