use partner_spec::{Diagnostic, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("all-of-circular", Profile::Generator, include_str!("all_of_circular.md")).blocking();

/// Returns the finding about a part of an `allOf` that includes the component to which the `allOf` belongs.
pub(crate) fn new_finding(name: &str, part: &Node) -> Diagnostic {
    Diagnostic::new(&RULE, &part.location, format!("`{name}` is put together from itself with `allOf`"))
        .with_help("an object that holds another of its kind has it in a property, not in `allOf`")
}
