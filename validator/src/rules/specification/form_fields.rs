//! Finds the fields of a form. The properties of the form's schema declare them.

use std::collections::HashSet;

use partner_spec::Node;

use crate::model::Model;

/// The fields that a form may have, according to the schema of the form.
#[derive(Default)]
pub(super) struct FormFields<'a> {
    /// The names of the fields that the schema of the form declares.
    pub(super) field_names: Vec<&'a str>,
    /// Whether the form may also have fields that its schema does not declare.
    pub(super) allows_undeclared_fields: bool,
}

/// Returns the fields of a form: the properties in the schema of the form and in its `allOf`, `oneOf` and `anyOf`.
/// Returns `None` if the form has no schema, or if a reference cannot be resolved.
pub(super) fn collect_form_fields<'a>(schema: Option<&'a Node>, model: &Model<'a>) -> Option<FormFields<'a>> {
    let mut fields = FormFields::default();
    let mut seen = HashSet::new();
    let mut unvisited_schemas = vec![schema?];
    while let Some(node) = unvisited_schemas.pop() {
        let schema = model.resolve_reference(node)?;
        if !seen.insert(std::ptr::from_ref(schema)) {
            continue;
        }
        fields.field_names.extend(schema.get_entries("properties").map(|property| property.key.as_str()));
        // A schema allows fields of any name in two cases: it has `additionalProperties` other than `false`, or it
        // has no keys at all.
        let allows_any_field_name = schema
            .get("additionalProperties")
            .is_some_and(|allows_any_name| allows_any_name.as_bool() != Some(false));
        let silent = schema.as_object().is_some_and(|object| object.is_empty());
        fields.allows_undeclared_fields |= allows_any_field_name || silent;
        for key in ["allOf", "oneOf", "anyOf"] {
            unvisited_schemas.extend(schema.get_items(key));
        }
    }
    Some(fields)
}
