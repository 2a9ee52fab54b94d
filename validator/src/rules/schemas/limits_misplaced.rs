use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

static RULE: Rule = Rule::warning("limits-misplaced", Profile::OpenApi, include_str!("limits_misplaced.md"));

/// The keywords that constrain only values of certain types, each with these types.
const TYPES_BY_KEYWORD: [(&str, &[&str]); 17] = [
    ("minLength", &["string"]),
    ("maxLength", &["string"]),
    ("pattern", &["string"]),
    ("minimum", &["number", "integer"]),
    ("maximum", &["number", "integer"]),
    ("exclusiveMinimum", &["number", "integer"]),
    ("exclusiveMaximum", &["number", "integer"]),
    ("multipleOf", &["number", "integer"]),
    ("items", &["array"]),
    ("minItems", &["array"]),
    ("maxItems", &["array"]),
    ("uniqueItems", &["array"]),
    ("properties", &["object"]),
    ("required", &["object"]),
    ("additionalProperties", &["object"]),
    ("minProperties", &["object"]),
    ("maxProperties", &["object"]),
];

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    let Some(kind) = schema.node.get_str("type").filter(|kind| TYPES.contains(kind)) else { return };
    for (keyword, types) in TYPES_BY_KEYWORD {
        let Some(node) = schema.node.get(keyword) else { continue };
        // A `required` that is not a list is not reported here, because the rule `required-in-property` reports it.
        let is_for_this_rule = keyword != "required" || node.as_array().is_some();
        // A keyword with the value `false`, like `uniqueItems: false`, has no effect, so it is not reported. The
        // exception is `additionalProperties: false`, which has an effect.
        let has_no_effect = node.as_bool() == Some(false) && keyword != "additionalProperties";
        if is_for_this_rule && !has_no_effect && !types.contains(&kind) {
            let words = types.join("` or `");
            let message = format!("`{keyword}` says nothing about `type: {kind}`; it is for `{words}`");
            found
                .report_at(&schema.location_of_key_or_start(keyword), message)
                .with_help(help(keyword, kind));
        }
    }
}

const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];

fn help(keyword: &str, kind: &str) -> String {
    let instead = match (keyword, kind) {
        ("minLength", "integer" | "number") => "minimum",
        ("maxLength", "integer" | "number") => "maximum",
        ("minLength", "array") => "minItems",
        ("maxLength", "array") => "maxItems",
        ("minimum", "string") | ("minItems", "string") => "minLength",
        ("maximum", "string") | ("maxItems", "string") => "maxLength",
        ("minimum" | "minLength", "object") => "minProperties",
        ("maximum" | "maxLength", "object") => "maxProperties",
        ("minimum", "array") => "minItems",
        ("maximum", "array") => "maxItems",
        ("properties" | "required" | "additionalProperties", "array") => {
            return String::from("put it into `items`, or correct the `type`");
        }
        _ => return format!("take `{keyword}` away, or correct the `type`"),
    };
    format!("use `{instead}`, or correct the `type`")
}
