use partner_spec::{Finding, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("number-not-decimal", Profile::Generator, include_str!("number_not_decimal.md")).blocking();

/// Returns the finding about a `number` without `format: decimal`.
pub(crate) fn new_finding(schema: &Node) -> Finding {
    let location = schema.get("type").map_or(&schema.location, |kind| &kind.location);
    Finding::new(&RULE, location, "a `number` would lose digits as an f64")
        .with_help("add `format: decimal`, or use `type: integer`")
}
