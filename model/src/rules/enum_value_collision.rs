use partner_spec::{Diagnostic, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("enum-value-collision", Profile::Generator, include_str!("enum_value_collision.md"))
        .blocking();

/// A value that would be the variant which every open enum has for values that it does not know.
pub(crate) fn reserved(value: &str, variant: &str, node: &Node) -> Diagnostic {
    let message = format!("`{value}` would be the variant `{variant}`, which every open enum has already");
    Diagnostic::new(&RULE, &node.location, message)
        .help("give it a name of its own in `x-enum-names: {value: Name}`")
}

/// A value that would be the same variant as an earlier one.
pub(crate) fn twice(value: &str, node: &Node, first: &Node) -> Diagnostic {
    let message = format!("`{value}` and `{}` would be the same variant", first.as_str().unwrap_or_default());
    Diagnostic::new(&RULE, &node.location, message)
        .related(&first.location, "the other one")
        .help("give one of them a name of its own in `x-enum-names: {value: Name}`")
}
