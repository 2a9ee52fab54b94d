use partner_spec::{Entry, Finding, Location, Node, Profile, Rule};

use crate::types::Field;

pub(crate) static RULE: Rule =
    Rule::error("schema-unsupported", Profile::Generator, include_str!("schema_unsupported.md")).blocking();

/// Returns the finding about a keyword of a schema that clients do not support.
pub(crate) fn new_finding(entry: &Entry) -> Finding {
    Finding::new(&RULE, &entry.key_location, format!("`{}` in this place cannot be generated", entry.key))
        .with_help("describe the value without it, or tell what it means in the description")
}

/// Returns the finding about an enum value that is a list or an object.
pub(crate) fn new_unsupported_enum_value_finding(value: &Node) -> Finding {
    let message = format!("{} as a value of an enum cannot be generated", value.value.describe_type());
    Finding::new(&RULE, &value.location, message)
        .with_help("strings, numbers, booleans and null can be values")
}

/// Returns the finding about a property that distinguishes the alternatives of a union, but is only in requests
/// (`writeOnly`) or only in responses (`readOnly`).
pub(crate) fn new_absent_distinguishing_property_finding(field: &Field) -> Finding {
    let message = format!("`{}` distinguishes alternatives, and is in one direction only", field.name);
    Finding::new(&RULE, &field.key_location, message).with_help("let another required key distinguish them")
}

/// Returns the finding about a `discriminator` that does not match the alternatives of its union. `reason` says why.
pub(crate) fn new_discriminator_mismatch_finding(reason: String, location: &Location) -> Finding {
    Finding::new(&RULE, location, reason).with_help(
        "each alternative has the property, with the values that `mapping` leads from, or with any string",
    )
}
