use partner_spec::{Finding, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("public-without-type", Profile::Generator, include_str!("public_without_type.md")).blocking();

/// Returns the finding about a component with `x-public` for which no Rust type is generated, because it is a list, a
/// map or a plain value.
pub(crate) fn new_finding(key: &str, node: &Node) -> Finding {
    let message = format!("`{key}` is `x-public`, but a list, a map or a plain value is no type");
    Finding::new(&RULE, &node.location, message)
        .with_help("make it an object, a string enum or a `oneOf`, or remove `x-public`")
}
