use partner_spec::{Finding, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("one-of-untitled", Profile::Generator, include_str!("one_of_untitled.md")).blocking();

/// Returns the finding about an alternative of a union that is an inline schema without a `title`.
pub(crate) fn new_finding(alternative: &Node) -> Finding {
    Finding::new(&RULE, &alternative.location, "this alternative has no name")
        .with_help("give it a `title`; it becomes the name of a type")
}
