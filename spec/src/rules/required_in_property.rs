use crate::{Finding, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("required-in-property", Profile::OpenApi, include_str!("required_in_property.md")).blocking();

/// Returns the finding about a `required` that is a boolean instead of a list of names.
pub(crate) fn new_finding(node: &Node) -> Finding {
    let message =
        "`required` is no property of a single value; it is a list of names in the schema that has them";
    Finding::new(&RULE, &node.location, message).with_help(match node.as_bool() {
        Some(true) => "take it away, and write the name into the `required` list beside `properties`",
        _ => "take it away: what is not in the `required` list beside `properties` is optional",
    })
}
