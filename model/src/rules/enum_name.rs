use partner_spec::{Finding, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("enum-name", Profile::Generator, include_str!("enum_name.md")).blocking();

/// Returns the finding about a name in `x-enum-names` that is not a valid variant name. `variant` is the name that the
/// finding suggests.
pub(crate) fn new_finding(name: &str, variant: &str, node: &Node) -> Finding {
    let message = format!("`{name}` is not the name of a variant");
    Finding::new(&RULE, &node.location, message)
        .with_help(format!("write `{variant}`, or another identifier like it"))
}
