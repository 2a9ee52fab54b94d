use partner_model::media::extract_media_type_essence;

use super::mismatch::{self, ExpectedSchema};
use crate::instance::Direction;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::error("example-mismatch", Profile::OpenApi, include_str!("example_mismatch.md"));

/// Checks the examples of schemas, media types, parameters and headers.
fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for schema in model.object_places_of_kind(ObjectKind::Schema) {
        if let Some(example) = schema.node.get("example") {
            // The example of a schema with `x-above-zero` is checked as a value of a request, because amounts have to
            // be above zero only in requests. Any other example may belong to a request or to a response.
            let is_checked_as_request = schema.node.value_is_true("x-above-zero");
            let direction =
                if is_checked_as_request { Direction::Request } else { Direction::RequestOrResponse };
            let schema = ExpectedSchema::compile(model, schema.node, direction);
            mismatch::report_mismatches(model, &schema, example, "this example", found);
        }
    }
    for kind in [ObjectKind::MediaType, ObjectKind::Parameter, ObjectKind::Header] {
        for place in model.object_places_of_kind(kind) {
            let Some(schema) = place.node.get("schema") else { continue };
            let mut examples = collect_examples(model, place);
            examples.retain(|example| kind != ObjectKind::MediaType || is_checkable_example(place, example));
            if !examples.is_empty() {
                let schema = ExpectedSchema::compile(model, schema, find_value_direction(model, place));
                examples
                    .iter()
                    .for_each(|e| mismatch::report_mismatches(model, &schema, e, "this example", found));
            }
        }
    }
}

/// Returns the examples of an object: the value of `example`, and the values of the entries of `examples`.
fn collect_examples<'a>(model: &Model<'a>, place: &Place<'a>) -> Vec<&'a Node> {
    let named = place
        .node
        .get_entries("examples")
        .filter_map(|entry| model.resolve_reference(&entry.node)?.get("value"));
    place.node.get("example").into_iter().chain(named).collect()
}

/// Whether an example of a media type can be checked against the schema. In a format other than JSON, like XML, an
/// example that is a string cannot be checked, because it is the serialized body.
fn is_checkable_example(place: &Place<'_>, example: &Node) -> bool {
    let name = place.map_key.unwrap_or_default();
    let name = extract_media_type_essence(name);
    name.ends_with("/json") || name.ends_with("+json") || example.as_str().is_none()
}

/// Returns `Request` if the API receives the value of this parameter, header or media type, and `Response` if the API
/// sends the value. In a callback, the API sends the request and receives the response.
fn find_value_direction<'a>(model: &Model<'a>, place: &Place<'a>) -> Direction {
    let mut is_request = place.kind == ObjectKind::Parameter;
    for outer in model.ancestors(place) {
        match outer.kind {
            ObjectKind::Parameter | ObjectKind::RequestBody => is_request = true,
            ObjectKind::Callback => is_request = !is_request,
            _ => {}
        }
    }
    if is_request { Direction::Request } else { Direction::Response }
}
