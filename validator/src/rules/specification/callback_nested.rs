use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Callback, check);

static RULE: Rule = Rule::warning("callback-nested", Profile::OpenApi, include_str!("callback_nested.md"));

fn check(model: &Model<'_>, callback: &Place<'_>, found: &mut RuleFindings) {
    if model.ancestors(callback).any(|holder| holder.kind == ObjectKind::Callback) {
        found
            .report_at(callback.key_location, "this callback belongs to a callback")
            .with_help("move it to the operation that leads to it");
    }
}
