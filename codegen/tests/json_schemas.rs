//! The JSON Schemas that a client with the feature `schemars` compiles, as they are printed for the document that holds
//! every shape.

#[cfg(test)]
#[path = "support/json_schema.rs"]
mod json_schema;
#[cfg(test)]
#[path = "support/text_document.rs"]
mod text_document;

use json_schema::{generate_property, schema, schema_in};
use serde_json::json;

#[test]
fn a_property_may_be_null_only_where_the_document_says_so() {
    let properties = &schema("Order")["properties"];
    assert_eq!(properties["notes"]["type"], json!(["array", "null"]));
    assert_eq!(properties["fees"]["type"], json!(["array", "null"]));
    for name in ["owner", "guardian"] {
        assert_eq!(properties[name]["anyOf"], json!([{ "$ref": "Owner" }, { "type": "null" }]), "{name}");
    }
    assert_eq!(properties["items"], json!({ "type": "array", "items": { "type": "string" } }));
    assert_eq!(properties["parent"], json!({ "$ref": "Order" }));
}

#[test]
fn the_keys_that_have_to_be_there_are_listed() {
    let order = schema("Order");
    assert_eq!((&order["type"], &order["required"]), (&json!("object"), &json!(["id", "state"])));
    let event = schema("EventPage");
    assert_eq!(event["required"], json!(["events", "more"]));
    assert_eq!(schema("PaymentPage").get("required"), None);
}

#[test]
fn a_value_has_the_type_and_the_format_of_the_document() {
    let properties = &schema("Order")["properties"];
    for (name, expected) in [
        ("id", json!({ "type": "string", "format": "uuid" })),
        ("amount", json!({ "type": "number", "format": "decimal" })),
        ("free", json!({ "type": "object", "additionalProperties": true })),
        ("owners", json!({ "type": "object", "additionalProperties": { "$ref": "Owner" } })),
    ] {
        assert_eq!(properties[name], expected, "{name}");
    }
    assert_eq!(properties["createdAt"]["format"], "date-time");
    assert_eq!(properties["level"], json!({ "$ref": "OrderLevel" }));
    assert_eq!(schema("OrderLevel")["anyOf"], json!([{ "enum": [1, 2] }, true]));
    assert_eq!(schema("Owner")["properties"]["from"], json!({ "type": "string", "format": "date" }));
}

#[test]
fn descriptions_are_the_texts_of_the_document_without_markup_of_rustdoc() {
    let order = schema("Order");
    assert_eq!(order["description"], "An order, put together from what all have in common and more.");
    assert_eq!(order["properties"]["createdAt"]["description"], "When it was made.");
    assert_eq!(order["properties"]["state"].get("description"), None);
}

#[test]
fn a_sensitive_property_is_marked() {
    let owner = schema("Owner");
    assert_eq!(owner["properties"]["firstName"], json!({ "x-sensitive": true, "type": "string" }));
    let passport = json!({ "x-sensitive": true, "type": ["string", "null"] });
    assert_eq!(owner["properties"]["passportNumber"], passport);
}

#[test]
fn an_open_enum_is_any_string_with_the_known_values_listed() {
    let known = json!([
        { "description": "Just made.", "type": "string", "const": "NEW" },
        { "type": "string", "const": "in-progress" },
        { "type": "string", "const": "DONE" },
        { "type": "string" },
    ]);
    assert_eq!(schema("OrderState"), json!({ "anyOf": known }));
}

#[test]
fn a_tag_with_one_value_is_written_in_place() {
    let kind = json!({ "type": "string", "const": "bank" });
    assert_eq!(schema("BankPayout")["properties"]["kind"], kind);
}

#[test]
fn a_union_in_responses_is_one_of_its_alternatives_or_any_other_object() {
    let received =
        json!({ "anyOf": [{ "$ref": "BankPayout" }, { "$ref": "OwnPayout" }, { "type": "object" }] });
    assert_eq!(schema("Payout"), received);
    let sent = json!({ "anyOf": [{ "$ref": "NewBankAccount" }, { "$ref": "NewWalletAccount" }] });
    assert_eq!(schema("NewAccount"), sent);
}

#[test]
fn only_the_schemas_of_requests_have_limits() {
    let sent = &schema("NewOrder")["properties"];
    assert_eq!(sent["note"]["maxLength"], 100);
    assert_eq!(sent["labels"]["minItems"], 1);
    let labels = json!({ "description": "At most 9 characters. Matches `^[a-z]+$`.", "type": "string", "maxLength": 9, "pattern": "^[a-z]+$" });
    assert_eq!(sent["labels"]["items"], labels);
    // The decimal is a string in JSON, and no number is a limit of a string.
    assert_eq!(sent["amount"].get("minimum"), None);
    assert_eq!(schema("Order")["properties"]["labels"].get("maxItems"), None);
}

#[test]
fn a_closed_enum_has_its_values_alone() {
    let source = generate_property("type: string, enum: [a, b], x-closed-enum: true, title: Letter");
    assert_eq!(schema_in(&source, "Letter").unwrap(), json!({ "type": "string", "enum": ["a", "b"] }));
}

#[test]
fn no_text_of_a_document_ends_the_literal_or_hides_in_it() {
    let source = generate_property(r###"type: string, description: "A \"#quote\"## and \u202e.""###);
    let description = &schema_in(&source, "Thing").unwrap()["properties"]["value"]["description"];
    assert_eq!(description, "A \"#quote\"## and \u{202e}.");
    assert!(!source.contains('\u{202e}'), "{source}");
}

#[test]
fn a_number_too_large_for_json_parsers_is_no_limit() {
    let property = &schema_in(&generate_property("type: integer, maximum: 1e999, minimum: 1"), "Thing")
        .unwrap()["properties"]["value"];
    assert_eq!((property.get("maximum"), &property["minimum"]), (None, &json!(1)));
}
