use partner_spec::{Diagnostic, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("field-name", Profile::Generator, include_str!("field_name.md")).blocking();

/// A property that no field can be called after.
pub(crate) fn unnameable(type_name: &str, key: &str, location: &Location) -> Diagnostic {
    let message = format!("`{type_name}`: the property `{key}` cannot be the name of a field");
    Diagnostic::new(&RULE, location, message).help("only ASCII names with a letter in them can")
}

/// A property whose field would have the name of something else of the type.
pub(crate) fn taken(type_name: &str, name: &str, location: &Location) -> Diagnostic {
    let message = format!("`{type_name}`: a field cannot be called `{name}`, which every such type has");
    Diagnostic::new(&RULE, location, message)
        .help("take it out of `properties` and say `additionalProperties: true`: then `extra` holds it")
}

/// A property whose field would have the name of an earlier one.
pub(crate) fn twice(type_name: &str, name: &str, location: &Location, first: &Location) -> Diagnostic {
    let message = format!("`{type_name}`: two properties would be the field `{name}`");
    Diagnostic::new(&RULE, location, message).related(first, "the other one").help("leave one of them out")
}
