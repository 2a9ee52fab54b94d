use crate::grammar::ObjectKind;
use crate::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("ref-kind", Profile::OpenApi, include_str!("ref_kind.md")).blocking();

/// Returns the finding about a reference whose target is not an object of the expected `kind`. `what` describes what
/// the target is instead, like `a response`.
pub(crate) fn new_finding(what: &str, kind: ObjectKind, location: &Location, target: &Location) -> Finding {
    let message = format!("this leads to {what}; {} was expected", kind.name_with_article());
    Finding::new(&RULE, location, message).with_related_location(target, "it leads here")
}
