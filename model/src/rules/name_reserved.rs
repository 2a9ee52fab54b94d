use partner_spec::{Diagnostic, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("name-reserved", Profile::Generator, include_str!("name_reserved.md")).blocking();

/// Returns the finding about a schema whose type would have a reserved name.
pub(crate) fn report(name: &str, schema: &Node) -> Diagnostic {
    let message = format!("a type cannot be called `{name}`: the name means something else in Rust or here");
    Diagnostic::new(&RULE, &schema.location, message).help("give the schema another `title`")
}
