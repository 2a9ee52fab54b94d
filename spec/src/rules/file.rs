use crate::boundary::{OUTSIDE_BOUNDARY_HELP, Refusal};
use crate::{Diagnostic, Location, Profile, Rule};

pub(crate) static RULE: Rule = Rule::error("file", Profile::Openapi, include_str!("file.md")).blocking();

/// Returns the finding about an unreadable file whose path the user gave.
pub(crate) fn new_finding(file: &Location, refusal: &Refusal) -> Diagnostic {
    match refusal {
        Refusal::Outside(what) => Diagnostic::new(&RULE, file, format!("the file is not read: it {what}"))
            .with_help(OUTSIDE_BOUNDARY_HELP),
        Refusal::Unreadable(why) => Diagnostic::new(&RULE, file, format!("cannot be read: {why}")),
    }
}
