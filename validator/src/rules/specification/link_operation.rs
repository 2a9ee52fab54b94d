use super::links::{LinkTarget, find_link_target};
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Link, check);

static RULE: Rule = Rule::error("link-operation", Profile::OpenApi, include_str!("link_operation.md"));

fn check(model: &Model<'_>, link: &Place<'_>, found: &mut RuleFindings) {
    match (link.node.get("operationId"), link.node.get("operationRef")) {
        (Some(_), Some(reference)) => {
            found
                .report_at(&reference.location, "this link has both `operationId` and `operationRef`")
                .with_related_location(&link.location_of_key_or_start("operationId"), "the other one")
                .with_help("keep one of them");
        }
        (None, None) => {
            found
                .report_at(link.key_location, "this link leads to no operation")
                .with_help("add `operationId`, or `operationRef` for an operation without one");
        }
        (Some(id), None) => {
            let text = id.as_str().unwrap_or_default();
            if find_link_target(link.node, model) == LinkTarget::MissingOperation {
                let ids = model
                    .object_places_of_kind(ObjectKind::Operation)
                    .filter_map(|operation| operation.node.get_str("operationId"));
                let help = advise_on_unknown_name(text, ids);
                found
                    .report_at(&id.location, format!("there is no operation `{text}`"))
                    .with_help(help.unwrap_or_else(|| String::from("name an operation of this document")));
            }
        }
        (None, Some(reference)) => {
            if find_link_target(link.node, model) == LinkTarget::MissingOperation {
                let text = reference.as_str().unwrap_or_default();
                found
                    .report_at(&reference.location, format!("`{text}` leads to no operation"))
                    .with_help("a reference to an operation looks like `#/paths/~1wallets~1{wallet_id}/get`");
            }
        }
    }
}
