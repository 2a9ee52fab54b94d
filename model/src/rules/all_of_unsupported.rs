use partner_spec::{Entry, Finding, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("all-of-unsupported", Profile::Generator, include_str!("all_of_unsupported.md")).blocking();

/// Returns the finding about a schema in an `allOf` that does not describe an object.
pub(crate) fn new_non_object_finding(part: &Node) -> Finding {
    Finding::new(&RULE, &part.location, "only objects can be put together with `allOf`")
        .with_help("describe the value in one schema")
}

/// Returns the finding about a keyword in a schema of an `allOf` that prevents merging the schemas.
pub(crate) fn new_unmergeable_keyword_finding(entry: &Entry) -> Finding {
    Finding::new(&RULE, &entry.key_location, format!("`{}` cannot be part of an `allOf`", entry.key))
        .with_help("put the properties together, and tell the rest in the description")
}

/// Returns the finding about a chain of inclusions that is too long. In such a chain, a schema includes a component
/// with `allOf`, this component includes the next one, and so on. At least `limit` components come before the component
/// `name` in the chain.
pub(crate) fn new_deep_inclusion_finding(name: &str, limit: usize, part: &Node) -> Finding {
    Finding::new(&RULE, &part.location, format!("`{name}` is included through more than {limit} others"))
        .with_help("mend what is found in the schemas that it includes, and look again")
}
