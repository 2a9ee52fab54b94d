use partner_spec::{Finding, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("any-of-unsupported", Profile::Generator, include_str!("any_of_unsupported.md")).blocking();

/// Returns the finding about a schema with `anyOf`.
pub(crate) fn new_finding(any_of: &Node) -> Finding {
    Finding::new(&RULE, &any_of.location, "`anyOf` cannot be generated")
        .with_help("use `oneOf` where exactly one alternative fits, or one object with optional keys")
}
