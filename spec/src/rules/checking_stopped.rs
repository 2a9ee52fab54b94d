//! The rule `checking-stopped`, which is explained in `checking_stopped.md`.

use crate::{Diagnostic, Location, Profile, Rule};

/// The rule.
pub static RULE: Rule =
    Rule::warning("checking-stopped", Profile::Openapi, include_str!("checking_stopped.md"));

/// Returns the finding that a check was stopped at a location, because the check of the rest would take too long.
pub fn new_finding(location: &Location, message: impl Into<String>, help: &str) -> Diagnostic {
    Diagnostic::new(&RULE, location, message).with_help(help)
}
