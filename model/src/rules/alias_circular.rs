use partner_spec::{Finding, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("alias-circular", Profile::Generator, include_str!("alias_circular.md")).blocking();

/// Returns the finding about an alias that contains itself. An alias is a component that is a list, a map or a plain
/// value.
pub(crate) fn new_finding(key: &str, node: &Node) -> Finding {
    let message = format!("`{key}` holds itself, and nothing in between has properties and so a type");
    Finding::new(&RULE, &node.location, message).with_help("give one of the schemas on the way `properties`")
}
