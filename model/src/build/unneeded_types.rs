//! Removes the types that neither requests nor successful responses can contain. Most of these types describe failures,
//! which have one common type in every client, or envelopes, in which an API wraps the content of its responses.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Model;
use crate::types::{Schema, Type, TypeDefinition, TypeShape};

/// Removes the types that no client needs. A client needs the types that a request or a successful response can
/// contain, the types that are marked as public (`x-public`), and all types to which these types refer.
pub(super) fn remove_unneeded_types(model: &mut Model) {
    let (mut sent, mut received) = (BTreeSet::new(), BTreeSet::new());
    let names = |schemas: &mut dyn Iterator<Item = &Schema>| -> Vec<String> {
        schemas.filter_map(Schema::innermost_type_name).map(str::to_owned).collect()
    };
    for operation in &model.operations {
        add_reachable_type_names(names(&mut operation.request_schemas()), &model.types, &mut sent);
        add_reachable_type_names(
            names(&mut operation.success_response_schemas()),
            &model.types,
            &mut received,
        );
    }
    let public = model.types.iter().filter(|(_, definition)| definition.is_public);
    add_reachable_type_names(public.map(|(name, _)| name.clone()).collect(), &model.types, &mut received);
    model.types.retain(|name, definition| {
        definition.is_sent_by_client = sent.contains(name);
        definition.is_received_by_client = received.contains(name);
        if let TypeShape::Union(union) = &mut definition.shape {
            union.is_open = definition.is_received_by_client;
        }
        definition.is_sent_by_client || definition.is_received_by_client
    });
    model.hidden_enum_names = find_hidden_enum_names(model);
}

/// Adds the type names in `names` to `reached`, and the names of all types to which these types refer, directly or
/// indirectly.
fn add_reachable_type_names(
    mut names: Vec<String>,
    types: &BTreeMap<String, TypeDefinition>,
    reached: &mut BTreeSet<String>,
) {
    while let Some(name) = names.pop() {
        let Some(definition) = types.get(&name) else { continue };
        if reached.insert(name) {
            names.extend(definition.directly_referenced_type_names().map(str::to_owned));
        }
    }
}

/// Returns the names of the enums that callers never see. Such an enum is closed, has a single value (a string), and is
/// used only for required fields. The client sets these fields itself.
fn find_hidden_enum_names(model: &Model) -> BTreeSet<String> {
    let is_constant = |definition: &TypeDefinition| match &definition.shape {
        TypeShape::Enum(values) => values.is_single_string_constant(),
        _ => false,
    };
    let constants = model.types.iter().filter(|(_, definition)| is_constant(definition));
    let mut hidden: BTreeSet<String> = constants.map(|(name, _)| name.clone()).collect();
    let objects = model.types.values().filter_map(|definition| match &definition.shape {
        TypeShape::Object(object) => Some(object),
        _ => None,
    });
    for object in objects {
        object.additional_properties.iter().for_each(|rest| unhide_referenced_enum(rest, &mut hidden));
        for field in &object.fields {
            let is_plain = matches!(field.schema.ty, Type::Named(_));
            if !field.required || field.schema.nullable || !is_plain {
                unhide_referenced_enum(&field.schema, &mut hidden);
            }
        }
    }
    for operation in &model.operations {
        operation
            .request_schemas()
            .chain(operation.success_response_schemas())
            .for_each(|schema| unhide_referenced_enum(schema, &mut hidden));
    }
    hidden
}

/// Removes the enum of a schema from `hidden`, the names of the enums that callers never see. Does nothing if the
/// schema refers to no enum.
fn unhide_referenced_enum(schema: &Schema, hidden: &mut BTreeSet<String>) {
    if let Some(name) = schema.innermost_type_name() {
        hidden.remove(name);
    }
}
