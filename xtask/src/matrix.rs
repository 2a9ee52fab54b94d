//! `cargo xtask matrix`: tests how a client sends and reads values. It tests every combination of the place of a value
//! (query, header, JSON body, ...), its type and its style. `cargo test` tests only a sample of the combinations.

use std::io;
use std::process::Command;

use crate::outcome::CommandOutcome;
use crate::workspace;

/// Runs the tests of the package `partner-matrix` for all combinations: where a value is sent (path, query, body …),
/// which type it has, and in which style it is serialized.
pub(crate) fn run_matrix_tests() -> io::Result<CommandOutcome> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["test", "--locked", "--package", "partner-matrix", "--no-fail-fast", "--", "--nocapture"])
        .env("PARTNER_MATRIX", "whole")
        .current_dir(workspace::require_workspace_root()?)
        .status()?;
    Ok(if status.success() { CommandOutcome::Success } else { CommandOutcome::ProblemsFound })
}
