use crate::{Diagnostic, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("not-utf-8", Profile::Openapi, include_str!("not_utf_8.md")).blocking();

/// The first byte of a file that is no text.
pub(crate) fn report(location: &Location) -> Diagnostic {
    Diagnostic::new(&RULE, location, "this is no UTF-8 text").help("save the file as UTF-8")
}
