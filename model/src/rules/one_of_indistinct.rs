use partner_spec::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("one-of-indistinct", Profile::Generator, include_str!("one_of_indistinct.md")).blocking();

/// Returns the finding about two alternatives of the union `union` that cannot be distinguished. `a` and `b` are the
/// names of the alternatives.
pub(crate) fn new_finding(
    union: &str,
    (a, a_location): (&str, &Location),
    (b, b_location): (&str, &Location),
) -> Finding {
    let message = format!("nothing tells `{a}` and `{b}` apart: a value of `{union}` can fit both");
    Finding::new(&RULE, b_location, message)
        .with_related_location(a_location, "the other alternative")
        .with_help("give each a required tag with one value, or a required key the other does not have")
}
