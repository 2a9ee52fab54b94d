use partner_spec::{Diagnostic, Entry, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("all-of-unsupported", Profile::Generator, include_str!("all_of_unsupported.md")).blocking();

/// Returns the finding about a part of an `allOf` that is not an object.
pub(crate) fn new_non_object_finding(kind: &Node) -> Diagnostic {
    Diagnostic::new(&RULE, &kind.location, "only objects can be put together with `allOf`")
        .with_help("describe the value in one schema")
}

/// Returns the finding about a keyword that cannot be merged, in a part of an `allOf`.
pub(crate) fn new_unmergeable_keyword_finding(entry: &Entry) -> Diagnostic {
    Diagnostic::new(&RULE, &entry.key_location, format!("`{}` cannot be part of an `allOf`", entry.key))
        .with_help("put the properties together, and tell the rest in the description")
}

/// Returns the finding about a component that is included with `allOf` through a chain of more than `most` components.
pub(crate) fn new_too_deep_finding(name: &str, most: usize, part: &Node) -> Diagnostic {
    Diagnostic::new(&RULE, &part.location, format!("`{name}` is included through more than {most} others"))
        .with_help("mend what is found in the schemas that it includes, and look again")
}
