//! The rule `checking-stopped`, which is explained in `checking_stopped.md`.

use crate::{Diagnostic, Location, Profile, Rule};

/// The rule.
pub static RULE: Rule =
    Rule::warning("checking-stopped", Profile::Openapi, include_str!("checking_stopped.md"));

/// Returns the finding which says that a check stopped at `location`, because the rest would take too much time or
/// memory.
pub fn new_finding(location: &Location, message: impl Into<String>, help: &str) -> Diagnostic {
    Diagnostic::new(&RULE, location, message).with_help(help)
}
