use partner_spec::{Entry, Finding, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("content-type", Profile::Generator, include_str!("content_type.md")).blocking();

/// Returns the finding about a request body whose media type the client cannot send.
pub(crate) fn new_finding(operation: &str, media: &Entry) -> Finding {
    let message = format!("`{operation}`: a body of type `{}` cannot be sent", media.key);
    Finding::new(&RULE, &media.key_location, message)
        .with_help("JSON, forms and bytes can; of the multipart types, `multipart/form-data` can")
}

/// Returns the finding about a form whose schema does not list the names of the form's parts.
pub(crate) fn new_unnamed_parts_finding(operation: &str, media: &Entry) -> Finding {
    let message =
        format!("`{operation}`: the schema of a `{}` does not say which parts there are", media.key);
    Finding::new(&RULE, &media.key_location, message).with_help(
        "describe an object with `properties`, and without `oneOf`, `anyOf` and `additionalProperties`",
    )
}
