//! Reports that a check stopped early. The file `checking_stopped.md` explains this rule.

use crate::{Finding, Location, Profile, Rule};

/// The rule.
pub static RULE: Rule =
    Rule::warning("checking-stopped", Profile::OpenApi, include_str!("checking_stopped.md"));

/// Returns the finding that a check stopped at `location`, because checking the rest would take too much time or
/// memory.
pub fn new_finding(location: &Location, message: impl Into<String>, help: &str) -> Finding {
    Finding::new(&RULE, location, message).with_help(help)
}
