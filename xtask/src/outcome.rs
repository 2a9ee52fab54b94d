//! The result of a command, from which its exit code follows.

/// The result of a command that ran without an error.
pub(crate) enum CommandOutcome {
    /// The command has done its work, and has no findings that make it fail (exit code 0).
    Success,
    /// There are findings that make the command fail (exit code 1).
    Findings,
}
