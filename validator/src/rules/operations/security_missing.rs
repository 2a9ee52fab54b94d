use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::warning("security-missing", Profile::OpenApi, include_str!("security_missing.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    if model.root.get("security").is_some() {
        return;
    }
    let silent = |operation: &&&Operation<'_>| operation.place.node.get("security").is_none();
    let operations: Vec<&Operation<'_>> = model.operations().iter().collect();
    let forgotten: Vec<_> = operations.iter().filter(silent).collect();
    if forgotten.len() * 2 >= operations.len() {
        return;
    }
    for operation in forgotten {
        found
            .report_at(
                &operation.location(),
                format!("{} does not say whether it needs a credential", operation.method_and_path()),
            )
            .with_help("add `security`; `security: []` says that it needs none");
    }
}
