use partner_spec::{Entry, Finding, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("repeated-operation", Profile::Generator, include_str!("repeated_operation.md")).blocking();

/// Returns the finding about an extension (`x-pagination` or `x-waiter`) that makes the runtime repeat an operation,
/// although the operation is not a GET.
pub(crate) fn new_finding(operation: &str, extension: &Entry) -> Finding {
    let message = format!("`{operation}`: `{}` sends the operation again, and it is no GET", extension.key);
    Finding::new(&RULE, &extension.key_location, message)
        .with_help("only an operation that reads can be sent again without asking the caller")
}
