use super::shape;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

static RULE: Rule = Rule::warning("type-missing", Profile::OpenApi, include_str!("type_missing.md"));

/// The keywords that make sense for only one type, grouped by this type. If a schema has such a keyword but no `type`,
/// its author probably meant this type.
const KEYWORDS_BY_TYPE: [(&str, &[&str]); 4] = [
    ("object", &["properties", "additionalProperties"]),
    ("array", &["items", "minItems", "maxItems", "uniqueItems"]),
    ("string", &["minLength", "maxLength", "pattern"]),
    ("number", &["minimum", "maximum", "multipleOf"]),
];

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    let node = schema.node;
    let composed = ["allOf", "oneOf", "anyOf", "not"].iter().any(|key| node.get(key).is_some());
    // A schema with `nullable` is not reported here, because the rule `nullable-without-type` reports it, with the same
    // advice.
    if node.get("type").is_some()
        || composed
        || node.value_is_true("nullable")
        || shape::is_composition_member(schema)
    {
        return;
    }
    for (kind, keys) in KEYWORDS_BY_TYPE {
        if let Some(key) = keys.iter().find(|key| node.get(key).is_some()) {
            let message = format!("{} has `{key}`, but no `type`", schema.schema_display_name());
            found
                .report_at(&schema.location_of_key_or_start(key), message)
                .with_help(format!("add `type: {kind}`"));
            return;
        }
    }
}
