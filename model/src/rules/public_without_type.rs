use partner_spec::{Finding, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("public-without-type", Profile::Generator, include_str!("public_without_type.md")).blocking();

/// Returns the finding about an alias with `x-public`: an alias has no type that could be public.
pub(crate) fn new_finding(key: &str, node: &Node) -> Finding {
    let message = format!("`{key}` is `x-public`, but a list, a map or a plain value is no type");
    Finding::new(&RULE, &node.location, message)
        .with_help("make it an object, a string enum or a `oneOf`, or remove `x-public`")
}
