//! Schemas of types that are written as the generator writes them.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator, schema_for};
use serde_json::{Value, json};

use crate::{Decimal, Json, JsonObject, Unrecognized};

struct Tree;
struct Leaf;

crate::__json_schemas! {
    Tree [Leaf, Tree] r##"{
        "description": "A tree, with \"#\" in its description.",
        "type": "object",
        "properties": {
            "leaf": {"description": "Its first leaf.", "allOf": [{"$ref": "Leaf"}]},
            "parent": {"anyOf": [{"$ref": "Tree"}, {"type": "null"}]},
            "leaves": {"type": "array", "items": {"$ref": "Leaf"}}
        },
        "required": ["leaf"]
    }"##;
    Leaf [] r#"{"type": "string", "enum": ["green", "yellow"]}"#;
}

/// A type of the same name in another module.
mod other {
    pub(super) struct Leaf;

    crate::__json_schemas! {
        Leaf [] r#"{"type": "integer"}"#;
    }
}

fn schema<T: JsonSchema>() -> Value {
    schema_for!(T).to_value()
}

#[test]
fn a_reference_leads_to_the_definition_of_its_type() {
    let tree = schema::<Tree>();
    assert_eq!(tree["title"], "Tree");
    assert_eq!(tree["description"], "A tree, with \"#\" in its description.");
    let properties = json!({
        "leaf": { "description": "Its first leaf.", "allOf": [{ "$ref": "#/$defs/Leaf" }] },
        "parent": { "anyOf": [{ "$ref": "#" }, { "type": "null" }] },
        "leaves": { "type": "array", "items": { "$ref": "#/$defs/Leaf" } },
    });
    assert_eq!(tree["properties"], properties);
    assert_eq!(tree["$defs"]["Leaf"], json!({ "type": "string", "enum": ["green", "yellow"] }));
}

#[test]
fn a_reference_is_written_as_the_settings_say() {
    let draft_7 = SchemaSettings::draft07().into_generator().into_root_schema_for::<Tree>().to_value();
    assert_eq!(draft_7["properties"]["leaves"]["items"], json!({ "$ref": "#/definitions/Leaf" }));

    let inline = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    let inline = inline.into_generator().into_root_schema_for::<Tree>().to_value();
    assert_eq!(inline["properties"]["leaves"]["items"]["enum"], json!(["green", "yellow"]));
}

#[test]
fn types_of_one_name_in_two_modules_have_two_definitions() {
    let mut generator = SchemaGenerator::default();
    let first = generator.subschema_for::<Leaf>().to_value();
    let second = generator.subschema_for::<other::Leaf>().to_value();
    assert_eq!((first, second), (json!({ "$ref": "#/$defs/Leaf" }), json!({ "$ref": "#/$defs/Leaf2" })));
}

#[test]
fn values_of_any_model_have_schemas_without_definitions() {
    for (found, expected) in [
        (
            SchemaGenerator::default().subschema_for::<Decimal>(),
            json!({ "type": "string", "format": "decimal" }),
        ),
        (SchemaGenerator::default().subschema_for::<Unrecognized>(), json!({ "type": "string" })),
        (SchemaGenerator::default().subschema_for::<Json>(), json!(true)),
        (
            SchemaGenerator::default().subschema_for::<JsonObject>(),
            json!({ "type": "object", "additionalProperties": true }),
        ),
    ] {
        assert_eq!(found.to_value(), expected);
    }
}
