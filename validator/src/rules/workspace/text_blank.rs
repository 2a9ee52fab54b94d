use partner_model::DESCRIPTION_PLACEHOLDER;

use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::error("text-blank", Profile::Workspace, include_str!("text_blank.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    model
        .unresolved_file_roots()
        .iter()
        .for_each(|tree| report_description_placeholders(tree, "this text", found));
}

/// Reports each placeholder inside a node: a string in whose place a person still has to write a description. `key`
/// names the node in messages; it is usually the node's key in backticks.
fn report_description_placeholders(node: &Node, key: &str, found: &mut RuleFindings) {
    match &node.value {
        Value::String(text) if text == DESCRIPTION_PLACEHOLDER => {
            found
                .report_at(&node.location, format!("{key} is still to be written"))
                .with_help("read the docs page, and say in your own words what it says");
        }
        Value::Array(items) => {
            items.iter().for_each(|item| report_description_placeholders(item, key, found))
        }
        Value::Object(object) => {
            object.iter().for_each(|entry| {
                report_description_placeholders(&entry.node, &format!("`{}`", entry.key), found)
            });
        }
        _ => {}
    }
}
