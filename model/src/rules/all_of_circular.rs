use partner_spec::{Finding, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("all-of-circular", Profile::Generator, include_str!("all_of_circular.md")).blocking();

/// Returns the finding about the component `name`, whose `allOf` includes the component itself. `part` is the schema in
/// the `allOf` that leads back to the component.
pub(crate) fn new_finding(name: &str, part: &Node) -> Finding {
    Finding::new(&RULE, &part.location, format!("`{name}` is put together from itself with `allOf`"))
        .with_help("an object that holds another of its kind has it in a property, not in `allOf`")
}
