use partner_spec::{Entry, Finding, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("repeated-operation", Profile::Generator, include_str!("repeated_operation.md")).blocking();

/// Returns the finding about an `x-pagination` or `x-waiter` of an operation that is not a GET. With either of these
/// extensions, the client calls the operation repeatedly.
pub(crate) fn new_finding(operation: &str, extension: &Entry) -> Finding {
    let message = format!("`{operation}`: `{}` sends the operation again, and it is no GET", extension.key);
    Finding::new(&RULE, &extension.key_location, message)
        .with_help("only an operation that reads can be sent again without asking the caller")
}
