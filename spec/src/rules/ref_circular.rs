use crate::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("ref-circular", Profile::OpenApi, include_str!("ref_circular.md")).blocking();

/// Returns the finding about a circular reference. The target of such a reference contains the reference, or leads back
/// to it through other references.
pub(crate) fn new_finding(text: &str, location: &Location) -> Finding {
    let message = format!("following `{text}` leads back here without an end");
    Finding::new(&RULE, location, message)
        .with_help("one of the references on the way has to be replaced by what it stands for")
}
