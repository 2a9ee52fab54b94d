use partner_spec::{Finding, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("enum-value-collision", Profile::Generator, include_str!("enum_value_collision.md"))
        .blocking();

/// Returns the finding about an enum value whose variant would have a reserved name. Each open enum already has a
/// variant with this name, for values that the document does not list.
pub(crate) fn new_reserved_variant_name_finding(value: &str, variant: &str, node: &Node) -> Finding {
    let message = format!("`{value}` would be the variant `{variant}`, which every open enum has already");
    Finding::new(&RULE, &node.location, message)
        .with_help("give it a name of its own in `x-enum-names: {value: Name}`")
}

/// Returns the finding about an enum value that would get the same variant name as an earlier value, `first_value`.
pub(crate) fn new_finding(value: &str, node: &Node, (first_value, first_node): (&str, &Node)) -> Finding {
    let message = format!("`{value}` and `{first_value}` would be the same variant");
    Finding::new(&RULE, &node.location, message)
        .with_related_location(&first_node.location, "the other one")
        .with_help("give one of them a name of its own in `x-enum-names: {value: Name}`")
}
