use partner_model::index::requirements;

use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::error(
    "security-scopes-unexpected",
    Profile::OpenApi,
    include_str!("security_scopes_unexpected.md"),
);

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for required in requirements::list_security_requirement_entries(model) {
        let type_ = requirements::find_security_scheme(model, &required.key)
            .and_then(|scheme| scheme.get_str("type"));
        let Some(type_) = type_.filter(|type_| matches!(*type_, "apiKey" | "http")) else { continue };
        if let Some(scope) = required.node.as_array().and_then(|scopes| scopes.first()) {
            found
                .report_at(
                    &scope.location,
                    format!("`{}` is of type `{type_}`, which has no scopes", required.key),
                )
                .with_help(format!("write `{}: []`", required.key));
        }
    }
}
