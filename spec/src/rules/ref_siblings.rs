use crate::grammar::ObjectKind;
use crate::{Entry, Finding, Object, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("ref-siblings", Profile::Generator, include_str!("ref_siblings.md"))
        .warning_in_earlier_profiles()
        .blocking();

/// Returns a finding if an object with `$ref` also has other keys; otherwise `None`. Most tools ignore these other keys
/// silently.
pub(crate) fn check_ref_siblings(object: &Object, kind: ObjectKind) -> Option<Finding> {
    let beside: Vec<&Entry> = object.iter().filter(|entry| entry.key != "$ref").collect();
    let first = beside.first()?;
    let names = beside.iter().map(|entry| format!("`{}`", entry.key)).collect::<Vec<_>>().join(", ");
    let verb = if beside.len() == 1 { "stands" } else { "stand" };
    let (why, help) = match kind {
        ObjectKind::Schema => (
            "where OpenAPI 3.0 ignores it",
            String::from("wrap the reference: `allOf: [{$ref: ...}]`, and put the key beside `allOf`"),
        ),
        ObjectKind::PathItem => (
            "where every reader does something else with it",
            String::from("move it into the path item that the reference leads to"),
        ),
        _ => (
            "where OpenAPI 3.0 ignores it",
            format!("take it away, or write the whole {} here instead of the reference", kind.name()),
        ),
    };
    let message = format!("{names} {verb} beside a `$ref`, {why}");
    Some(Finding::new(&RULE, &first.key_location, message).with_help(help))
}
