use crate::boundary::OUTSIDE_BOUNDARY_HELP;
use crate::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule = Rule::error("ref-outside", Profile::Generator, include_str!("ref_outside.md"))
    .warning_in_earlier_profiles()
    .blocking();

/// Returns the finding about a reference to a file outside of the folder from which files may be read. `path` is the
/// path of the file, and `what` is the rest of the message.
pub(crate) fn new_finding(path: &str, what: &str, location: &Location) -> Finding {
    Finding::new(&RULE, location, format!("`{path}` {what}")).with_help(OUTSIDE_BOUNDARY_HELP)
}
