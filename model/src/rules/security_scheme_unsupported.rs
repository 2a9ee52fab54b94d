use partner_spec::{Diagnostic, Entry, Profile, Rule};

pub(crate) static RULE: Rule = Rule::error(
    "security-scheme-unsupported",
    Profile::Generator,
    include_str!("security_scheme_unsupported.md"),
)
.blocking();

/// A security scheme that the client cannot use.
pub(crate) fn report(required: &Entry) -> Diagnostic {
    let message = format!("the security scheme `{}` cannot be used", required.key);
    Diagnostic::new(&RULE, &required.key_location, message).help("an `apiKey` in a `header` can")
}
