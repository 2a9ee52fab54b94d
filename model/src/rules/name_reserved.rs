use partner_spec::{Finding, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("name-reserved", Profile::Generator, include_str!("name_reserved.md")).blocking();

/// Returns the finding about a schema whose key cannot be converted to a type name, because the key has no ASCII letter
/// or digit.
pub(crate) fn new_unusable_type_name_finding(schema: &Node) -> Finding {
    Finding::new(
        &RULE,
        &schema.location,
        "a type cannot be called after this key, which has no letter or digit of ASCII",
    )
    .with_help("give the schema a `title`")
}

/// Returns the finding about an `x-environment` that cannot be converted to the name of a variant of the enum
/// `Environment`.
pub(crate) fn new_unusable_environment_name_finding(name: &Node) -> Finding {
    let message = format!("an environment cannot be called `{}`", name.as_str().unwrap_or_default());
    Finding::new(&RULE, &name.location, message).with_help("say what it is, like `production`")
}

/// Returns the finding about a schema whose type would have a reserved name.
pub(crate) fn new_finding(name: &str, schema: &Node) -> Finding {
    let message = format!("a type cannot be called `{name}`: the name means something else in Rust or here");
    Finding::new(&RULE, &schema.location, message).with_help("give the schema another `title`")
}
