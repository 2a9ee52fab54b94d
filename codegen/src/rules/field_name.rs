use std::collections::HashMap;

use partner_model::names::can_become_identifier;
use partner_model::{Model, Object, TypeShape};
use partner_spec::{Finding, Findings, Location, Profile, Rule};

pub(super) static RULE: Rule =
    Rule::error("field-name", Profile::Generator, include_str!("field_name.md")).blocking();

/// Checks that the properties of each object have different field names, none of which is reserved.
pub(super) fn check_model(model: &Model, found: &mut Findings) {
    for (type_name, definition) in &model.types {
        if let TypeShape::Object(object) = &definition.shape {
            check_object(type_name, object, found);
        }
    }
}

fn check_object(type_name: &str, object: &Object, found: &mut Findings) {
    // The name `new` is reserved in every object, because it is the name of the constructor. The name `extra` is
    // reserved in an object that allows unknown keys, because the field `extra` holds these keys.
    let has_extra_field = object.additional_properties.is_some();
    let is_taken = |name: &str| name == "new" || (has_extra_field && name == "extra");
    let mut seen: HashMap<&str, &Location> = HashMap::new();
    for field in &object.fields {
        let (key, location) = (&field.name, &field.key_location);
        let name = field.rust_name.as_str();
        if !can_become_identifier(key) {
            found.push(new_unusable_property_name_finding(type_name, key, location));
        } else if is_taken(name) {
            found.push(new_reserved_field_name_finding(type_name, name, location));
        } else if let Some(first) = seen.get(name) {
            found.push(new_duplicate_field_name_finding(type_name, name, location, first));
        }
        seen.entry(name).or_insert(location);
    }
}

/// Returns the finding about a property whose name cannot be converted to the name of a Rust field.
fn new_unusable_property_name_finding(type_name: &str, key: &str, location: &Location) -> Finding {
    let message = format!("`{type_name}`: the property `{key}` cannot be the name of a field");
    Finding::new(&RULE, location, message).with_help("only ASCII names with a letter in them can")
}

/// Returns the finding about a property whose field would have a reserved name.
fn new_reserved_field_name_finding(type_name: &str, name: &str, location: &Location) -> Finding {
    let message = format!("`{type_name}`: a field cannot be called `{name}`, which every such type has");
    Finding::new(&RULE, location, message)
        .with_help("take it out of `properties` and say `additionalProperties: true`: then `extra` holds it")
}

/// Returns the finding about a property whose field would have the same name as an earlier field.
fn new_duplicate_field_name_finding(
    type_name: &str,
    name: &str,
    location: &Location,
    first: &Location,
) -> Finding {
    let message = format!("`{type_name}`: two properties would be the field `{name}`");
    Finding::new(&RULE, location, message)
        .with_related_location(first, "the other one")
        .with_help("leave one of them out")
}
