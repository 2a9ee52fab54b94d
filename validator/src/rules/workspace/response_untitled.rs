use partner_model::index::is_enum;

use super::received_schemas;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule =
    Rule::warning("response-untitled", Profile::Workspace, include_str!("response_untitled.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for schema in received_schemas::collect_received_schemas(model).iter().filter(|schema| schema.needs_title)
    {
        if becomes_rust_type(schema.node) && schema.node.get("title").is_none() {
            found
                .report_at(&schema.node.location.collapse_to_start(), "nothing names the type of this schema")
                .with_help("give it a `title`, or make it a component");
        }
    }
}

/// Whether the generator creates a Rust type for an inline schema.
fn becomes_rust_type(node: &Node) -> bool {
    node.get_entries("properties").next().is_some()
        || is_enum(node)
        || node.get("oneOf").is_some()
        || node.get("anyOf").is_some()
}
