use crate::grammar::ObjectKind;
use crate::{Finding, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("missing-key", Profile::OpenApi, include_str!("missing_key.md")).blocking();

/// Returns the finding about a required key that an object does not have.
pub(crate) fn new_finding(key: &str, kind: ObjectKind, object: &Node) -> Finding {
    let message = format!("this {} has no `{key}`, which OpenAPI requires", kind.name());
    Finding::new(&RULE, &object.location.collapse_to_start(), message)
}
