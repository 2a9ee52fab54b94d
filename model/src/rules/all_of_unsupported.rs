use partner_spec::{Entry, Finding, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("all-of-unsupported", Profile::Generator, include_str!("all_of_unsupported.md")).blocking();

/// Returns the finding about a schema that is in an `allOf`, but does not describe an object.
pub(crate) fn new_non_object_schema_finding(part: &Node) -> Finding {
    Finding::new(&RULE, &part.location, "only objects can be put together with `allOf`")
        .with_help("describe the value in one schema")
}

/// Returns the finding about a keyword that prevents merging the schemas of an `allOf`.
pub(crate) fn new_unmergeable_keyword_finding(entry: &Entry) -> Finding {
    Finding::new(&RULE, &entry.key_location, format!("`{}` cannot be part of an `allOf`", entry.key))
        .with_help("put the properties together, and tell the rest in the description")
}

/// Returns the finding about the component `name`, which is included too deeply: in a chain of components, each of
/// which includes the next one with `allOf`, at least `limit` components come before `name`.
pub(crate) fn new_deep_inclusion_finding(name: &str, limit: usize, part: &Node) -> Finding {
    Finding::new(&RULE, &part.location, format!("`{name}` is included through more than {limit} others"))
        .with_help("mend what is found in the schemas that it includes, and look again")
}
