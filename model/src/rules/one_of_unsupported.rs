use partner_spec::{Finding, Location, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("one-of-unsupported", Profile::Generator, include_str!("one_of_unsupported.md")).blocking();

/// Returns the finding about a schema that has both `oneOf` and `properties`.
pub(crate) fn new_one_of_with_properties_finding(one_of: &Node) -> Finding {
    Finding::new(&RULE, &one_of.location, "`oneOf` beside `properties` cannot be generated")
        .with_help("move the properties into the alternatives with `allOf`")
}

/// Returns the finding that `alternative`, an alternative of a union, is not an object.
pub(crate) fn new_non_object_alternative_finding(union: &str, alternative: &Location) -> Finding {
    let message = format!("an alternative of `{union}` is not an object, so nothing tells it apart");
    Finding::new(&RULE, alternative, message)
        .with_help("describe it as an object with `properties`, or leave the whole value open: `{}`")
}

/// Returns the finding about a union with too many alternatives or keys: comparing each alternative with all others
/// would take too long.
pub(crate) fn new_too_large_union_finding(union: &str, location: &Location) -> Finding {
    let message = format!("`{union}` has too many alternatives, or too many keys, to compare each with each");
    Finding::new(&RULE, location, message).with_help("leave the whole value open: `{}`")
}
