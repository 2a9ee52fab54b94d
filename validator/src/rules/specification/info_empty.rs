use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Info, check);

static RULE: Rule = Rule::warning("info-empty", Profile::OpenApi, include_str!("info_empty.md"));

fn check(_: &Model<'_>, info: &Place<'_>, found: &mut RuleFindings) {
    for key in ["title", "version"] {
        if let Some(node) = info.node.get(key).filter(|node| is_blank(node)) {
            found
                .report_at(&node.location, format!("the `{key}` of the document is empty"))
                .with_help("fill it in");
        }
    }
    let license = info.node.get("license").and_then(|license| license.get("name"));
    if let Some(name) = license.filter(|name| is_blank(name)) {
        found.report_at(&name.location, "the name of the license is empty").with_help("fill it in");
    }
}

fn is_blank(node: &Node) -> bool {
    node.as_str().is_some_and(|text| text.trim().is_empty())
}
