//! The result of a command, from which its exit code follows.

/// The result of a command that ran without an error.
pub(crate) enum CommandOutcome {
    /// The command has done its work, and has found nothing that makes it fail (exit code 0).
    Success,
    /// The command has done its work, but there are findings or failed tests, so it ends with exit code 1.
    ProblemsFound,
}
