use partner_spec::{Entry, Finding, Node, Profile, Rule};

pub(crate) static RULE: Rule = Rule::error(
    "security-scheme-unsupported",
    Profile::Generator,
    include_str!("security_scheme_unsupported.md"),
)
.blocking();

/// Returns the finding about the security scheme `name`, which no client can use. `cause` is the value in the scheme
/// that is not supported.
pub(crate) fn new_finding(name: &str, cause: &Node) -> Finding {
    let message = format!("the security scheme `{name}` cannot be used");
    Finding::new(&RULE, &cause.location, message)
        .with_help("an `apiKey` in a `header` or in the `query` can, and `http` with `basic` or `bearer`; a token of OAuth is a `bearer`")
}

/// Returns the finding about a security scheme for which the function that creates a credential cannot be generated.
/// The function would be called `name`, but this name has no letter, or the function of an earlier scheme already has
/// this name.
pub(crate) fn new_unusable_scheme_name_finding(scheme: &Entry, name: &str) -> Finding {
    let message = format!("no function can be called `{name}` after the security scheme `{}`", scheme.key);
    Finding::new(&RULE, &scheme.key_location, message)
        .with_help("names need a letter, and differ in more than case and separators")
}

/// Returns the finding about a security requirement with two schemes whose credentials would replace each other,
/// because both are sent in the same header or parameter. `required` is the last scheme in the requirement.
pub(crate) fn new_credential_conflict_finding(required: &Entry) -> Finding {
    let message =
        format!("the credential of `{}` would replace another one of the same request", required.key);
    Finding::new(&RULE, &required.key_location, message)
        .with_help("one header or parameter carries one credential")
}
