use super::expression::{describe_embedded_expression_mistake, describe_expression_mistake};
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Link, check);

static RULE: Rule = Rule::warning("link-expression", Profile::OpenApi, include_str!("link_expression.md"));

fn check(_: &Model<'_>, link: &Place<'_>, found: &mut RuleFindings) {
    let values = link.node.get_entries("parameters").map(|entry| &entry.node);
    for value in values.chain(link.node.get("requestBody")) {
        let Some(text) = value.as_str() else { continue };
        let why = match text.starts_with('$') {
            true => describe_expression_mistake(text).map(|why| format!("`{text}` {why}")),
            false if text.contains("{$") => describe_embedded_expression_mistake(text),
            false => None,
        };
        if let Some(why) = why {
            found.report_at(&value.location, why).with_help("an expression looks like `$response.body#/id`");
        }
    }
}
