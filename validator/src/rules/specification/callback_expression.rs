use super::expression::{describe_embedded_expression_mistake, describe_expression_mistake};
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule =
    Rule::error("callback-expression", Profile::OpenApi, include_str!("callback_expression.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let callbacks =
        model.object_places_of_kind(ObjectKind::Callback).filter_map(|callback| callback.node.as_object());
    for entry in callbacks.flat_map(|object| object.iter()).filter(|entry| !entry.key.starts_with("x-")) {
        let key = entry.key.as_str();
        let why = match key.strip_prefix('$') {
            Some(_) => describe_expression_mistake(key).map(|why| format!("`{key}` {why}")),
            None if !key.contains(['{', '/']) => {
                Some(format!("`{key}` is no URL and has no expression in it"))
            }
            None => describe_embedded_expression_mistake(key),
        };
        if let Some(why) = why {
            found
                .report_at(&entry.key_location, why)
                .with_help("a callback's key looks like `{$request.body#/callbackUrl}`");
        }
    }
}
