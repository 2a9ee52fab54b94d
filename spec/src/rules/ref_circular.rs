use crate::{Diagnostic, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("ref-circular", Profile::Openapi, include_str!("ref_circular.md")).blocking();

/// A reference to what is nothing but references back to it.
pub(crate) fn report(text: &str, location: &Location) -> Diagnostic {
    let message = format!("following `{text}` leads back here without an end");
    Diagnostic::new(&RULE, location, message)
        .help("one of the references on the way has to be replaced by what it stands for")
}
