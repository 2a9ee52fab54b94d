//! See `number_not_decimal.md`.

use partner_spec::{Diagnostic, Node, Profile, Rule};

/// The rule.
pub static RULE: Rule =
    Rule::error("number-not-decimal", Profile::Generator, include_str!("number_not_decimal.md")).blocking();

/// A number of which nothing says that it is a decimal.
pub fn report(schema: &Node) -> Diagnostic {
    let location = schema.get("type").map_or(&schema.location, |kind| &kind.location);
    Diagnostic::new(&RULE, location, "a `number` would lose digits as an f64")
        .help("add `format: decimal`, or use `type: integer`")
}
