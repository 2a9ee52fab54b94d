use super::mismatch::{self, ExpectedSchema};
use crate::instance::Direction;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

static RULE: Rule = Rule::warning("enum-mismatch", Profile::OpenApi, include_str!("enum_mismatch.md"));

fn check(model: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    let values = schema.node.get_items("enum");
    if values.is_empty() {
        return;
    }
    let mut rest = schema.node.clone();
    for key in ["enum", "example", "default", "description"] {
        rest.remove(key);
    }
    // The values that are checked here: all except null, which the rules `enum-null` and `enum-nullable` check.
    let values: Vec<&Node> = values.iter().filter(|value| value.value != Value::Null).collect();
    let kind = schema.node.get_str("type").unwrap_or_default();
    if values.len() > 1 && values.iter().all(|value| has_other_type(value, kind)) {
        let message = format!("no value of this `enum` is of `type: {kind}`");
        found.report_at(&schema.location_of_key_or_start("enum"), message).with_help(match kind {
            "array" => "put the `enum` into `items`, or correct the `type`",
            _ => "correct the `type` or the values",
        });
        return;
    }
    let rest = ExpectedSchema::compile(model, &rest, Direction::RequestOrResponse);
    for value in values {
        mismatch::report_mismatches(model, &rest, value, "this value of the `enum`", found);
    }
}

/// Whether a value has another JSON type than `kind`, which is the name of a JSON type, like `string` or `array`.
fn has_other_type(value: &Node, kind: &str) -> bool {
    match kind {
        "array" => value.as_array().is_none(),
        "boolean" => value.as_bool().is_none(),
        "integer" | "number" => !matches!(value.value, Value::Number(_)),
        "object" => value.as_object().is_none(),
        "string" => value.as_str().is_none(),
        _ => false,
    }
}
