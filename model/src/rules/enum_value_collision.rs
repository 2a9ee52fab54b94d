use partner_spec::{Diagnostic, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("enum-value-collision", Profile::Generator, include_str!("enum_value_collision.md"))
        .blocking();

/// Returns the finding about an enum value whose variant would have the same name as the variant that keeps unlisted
/// values.
pub(crate) fn new_reserved_name_finding(value: &str, variant: &str, node: &Node) -> Diagnostic {
    let message = format!("`{value}` would be the variant `{variant}`, which every open enum has already");
    Diagnostic::new(&RULE, &node.location, message)
        .with_help("give it a name of its own in `x-enum-names: {value: Name}`")
}

/// Returns the finding about an enum value whose variant would have the same name as the variant of the earlier value
/// `first`.
pub(crate) fn new_finding(value: &str, node: &Node, (text, first): (&str, &Node)) -> Diagnostic {
    let message = format!("`{value}` and `{text}` would be the same variant");
    Diagnostic::new(&RULE, &node.location, message)
        .with_related(&first.location, "the other one")
        .with_help("give one of them a name of its own in `x-enum-names: {value: Name}`")
}
