use crate::boundary::HELP;
use crate::{Diagnostic, Location, Profile, Rule};

pub(crate) static RULE: Rule = Rule::error("ref-outside", Profile::Generator, include_str!("ref_outside.md"))
    .warning_before()
    .blocking();

/// A reference to a file that is not read.
pub(crate) fn report(path: &str, what: &str, location: &Location) -> Diagnostic {
    Diagnostic::new(&RULE, location, format!("`{path}` {what}")).help(HELP)
}
