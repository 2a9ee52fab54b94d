//! The rule `x-newtype`, which is explained in `x_newtype.md`.

use partner_spec::{Finding, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("x-newtype", Profile::Generator, include_str!("x_newtype.md")).blocking();

/// Returns the finding about a component with `x-newtype` whose values are not plain strings, UUIDs or integers.
pub(crate) fn new_finding(key: &str, node: &Node) -> Finding {
    let message = format!("`{key}` is `x-newtype`, but a newtype is a string, a UUID or an integer");
    Finding::new(&RULE, &node.location, message).with_help(
        "remove `x-newtype`: objects and enums are types of their own without it, and other values are plain",
    )
}
