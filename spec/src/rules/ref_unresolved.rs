use crate::{Diagnostic, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("ref-unresolved", Profile::Openapi, include_str!("ref_unresolved.md")).blocking();

/// A reference to nothing; `message` says what is not there.
pub(crate) fn report(location: &Location, message: String) -> Diagnostic {
    Diagnostic::new(&RULE, location, message)
}
