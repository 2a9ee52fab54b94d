use partner_spec::{Entry, Finding, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("body-without-schema", Profile::Generator, include_str!("body_without_schema.md")).blocking();

/// Returns the finding about a media type of a request body that has no `schema`.
pub(crate) fn new_finding(operation: &str, media: &Entry) -> Finding {
    let message = format!("`{operation}`: the body has no schema, so there is nothing to send");
    Finding::new(&RULE, &media.key_location, message).with_help("add a `schema`; `{}` for any JSON")
}
