use partner_spec::{Diagnostic, Entry, Location, Node, Profile, Rule};

use crate::types::Field;

pub(crate) static RULE: Rule =
    Rule::error("schema-unsupported", Profile::Generator, include_str!("schema_unsupported.md")).blocking();

/// Returns the finding about a schema with a keyword that no client supports.
pub(crate) fn new_finding(entry: &Entry) -> Diagnostic {
    Diagnostic::new(&RULE, &entry.key_location, format!("`{}` in this place cannot be generated", entry.key))
        .with_help("describe the value without it, or tell what it means in the description")
}

/// Returns the finding about an enum value that is a list or an object.
pub(crate) fn new_enum_value_finding(value: &Node) -> Diagnostic {
    let message = format!("{} as a value of an enum cannot be generated", value.value.describe_type());
    Diagnostic::new(&RULE, &value.location, message)
        .with_help("strings, numbers, booleans and null can be values")
}

/// Returns the finding about a property that distinguishes the alternatives of a union, but is not in every value:
/// `readOnly` removes the property from requests, or `writeOnly` removes it from responses.
pub(crate) fn new_one_direction_finding(field: &Field) -> Diagnostic {
    let message = format!("`{}` distinguishes alternatives, and is in one direction only", field.name);
    Diagnostic::new(&RULE, &field.key_location, message)
        .with_help("let another required key distinguish them")
}

/// Returns the finding about a discriminator that does not fit the alternatives of its union. `reason` says why.
pub(crate) fn new_discriminator_finding(reason: String, location: &Location) -> Diagnostic {
    Diagnostic::new(&RULE, location, reason).with_help(
        "each alternative has the property, with the values that `mapping` leads from, or with any string",
    )
}
