//! Applies `readOnly` and `writeOnly`. Types of requests have no `readOnly` properties, and types of responses have no
//! `writeOnly` properties. So a type that is used in requests and in responses becomes two types if the type, or a type
//! to which it refers, contains such a property.

use std::collections::{BTreeMap, BTreeSet};

use partner_spec::Findings;

use crate::model::Model;
use crate::operation::BodyContent;
use crate::rules::{schema_unsupported, type_name_collision};
use crate::types::{Field, Object, Schema, Type, TypeDefinition, TypeShape};

type Types = BTreeMap<String, TypeDefinition>;

/// Removes `readOnly` properties from the types of requests, and `writeOnly` properties from the types of responses. If
/// a type is used in both requests and responses, and contains such a property (directly or in a type that it refers
/// to), the type is split into two. Then `Name` is the type in responses, and `NameInput` is the type in requests.
pub(super) fn separate_request_and_response_types(model: &mut Model, found: &mut Findings) {
    let both = find_type_names_to_split(&model.types);
    let renamed: BTreeMap<String, String> =
        both.into_iter().map(|name| (name.clone(), format!("{name}Input"))).collect();
    for (name, input) in &renamed {
        let Some(definition) = model.types.get_mut(name) else { continue };
        definition.is_sent_by_client = false;
        let copy = TypeDefinition {
            is_sent_by_client: true,
            is_received_by_client: false,
            is_public: false,
            ..definition.clone()
        };
        if let Some(other) = model.types.insert(input.clone(), copy) {
            found.push(type_name_collision::new_request_type_collision_finding(name, input, &other.location));
        }
    }
    for definition in model
        .types
        .values_mut()
        .filter(|definition| definition.is_sent_by_client && !definition.is_received_by_client)
    {
        definition.property_schemas_mut().for_each(|schema| rename(schema, &renamed));
        if let TypeShape::Union(union) = &mut definition.shape {
            for variant in &mut union.variants {
                variant.type_name = renamed.get(&variant.type_name).unwrap_or(&variant.type_name).clone();
            }
        }
    }
    for operation in &mut model.operations {
        operation.parameters.iter_mut().for_each(|parameter| rename(&mut parameter.schema, &renamed));
        for media in operation.body.iter_mut().flat_map(|body| &mut body.media_types) {
            match &mut media.content {
                BodyContent::Json(schema) => rename(schema, &renamed),
                BodyContent::Multipart(parts) | BodyContent::UrlEncoded(parts) => {
                    parts.retain(|part| !part.schema.details.read_only);
                    parts.iter_mut().for_each(|part| rename(&mut part.schema, &renamed));
                }
                BodyContent::Bytes => {}
            }
        }
    }
    remove_properties_of_other_direction(&mut model.types, found);
}

/// Returns the names of the types that have to be split into one type for requests and one for responses. Such a type
/// occurs in both, and has a `readOnly` or `writeOnly` property, or refers to a type that has to be split.
fn find_type_names_to_split(types: &Types) -> BTreeSet<String> {
    let is_shared =
        |definition: &&TypeDefinition| definition.is_sent_by_client && definition.is_received_by_client;
    let has_own = |definition: &TypeDefinition| match &definition.shape {
        TypeShape::Object(object) => object.fields.iter().any(is_absent_in_one_direction),
        _ => false,
    };
    let shared = || types.iter().filter(|(_, definition)| is_shared(definition));
    let mut found: BTreeSet<String> =
        shared().filter(|(_, definition)| has_own(definition)).map(|(name, _)| name.clone()).collect();
    loop {
        let leads = |definition: &TypeDefinition| {
            definition.directly_referenced_type_names().any(|name| found.contains(name))
        };
        let more: Vec<String> = shared()
            .filter(|(name, definition)| !found.contains(*name) && leads(definition))
            .map(|(name, _)| name.clone())
            .collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

fn is_absent_in_one_direction(field: &Field) -> bool {
    field.schema.details.read_only || field.schema.details.write_only
}

fn rename(schema: &mut Schema, renamed: &BTreeMap<String, String>) {
    match &mut schema.ty {
        Type::Named(name) => {
            if let Some(input) = renamed.get(name) {
                name.clone_from(input);
            }
        }
        Type::List(inner) | Type::Map(inner) => rename(inner, renamed),
        _ => {}
    }
}

/// Removes the `readOnly` properties of types that are only sent, and the `writeOnly` properties of types that are only
/// received. Reports a removed property if it is needed to distinguish the alternatives of a union.
fn remove_properties_of_other_direction(types: &mut Types, found: &mut Findings) {
    let mut left_out: BTreeMap<String, Vec<Field>> = BTreeMap::new();
    for (name, definition) in types.iter_mut() {
        let (sent, received) = (definition.is_sent_by_client, definition.is_received_by_client);
        let TypeShape::Object(Object { fields, required_keys: required, .. }) = &mut definition.shape else {
            continue;
        };
        let is_absent = |field: &mut Field| {
            let details = &field.schema.details;
            (details.read_only && sent && !received) || (details.write_only && received && !sent)
        };
        let absent: Vec<Field> = fields.extract_if(.., is_absent).collect();
        required.retain(|word| !absent.iter().any(|field| field.name == word.text));
        left_out.insert(name.clone(), absent);
    }
    for definition in types.values() {
        let TypeShape::Union(union) = &definition.shape else { continue };
        for variant in &union.variants {
            let distinguishes = |field: &&Field| {
                variant.required_keys.contains(&field.name)
                    || variant.distinguishing_properties.iter().any(|(key, _)| *key == field.name)
            };
            let absent = left_out.get(&variant.type_name).into_iter().flatten().filter(distinguishes);
            absent.for_each(|field| {
                found.push(schema_unsupported::new_absent_distinguishing_property_finding(field))
            });
        }
    }
}
