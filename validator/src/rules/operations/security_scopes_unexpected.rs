use partner_spec::Severity;

use super::requirements;
use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "security-scopes-unexpected",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Document(check),
    page: include_str!("security_scopes_unexpected.md"),
};

fn check(model: &Model<'_>, found: &mut Findings) {
    for required in requirements::all(model) {
        let type_ = requirements::scheme(model, &required.key).and_then(|scheme| scheme.str("type"));
        let Some(type_) = type_.filter(|type_| matches!(*type_, "apiKey" | "http")) else { continue };
        if let Some(scope) = required.node.as_array().and_then(|scopes| scopes.first()) {
            found
                .at(&scope.location, format!("`{}` is of type `{type_}`, which has no scopes", required.key))
                .help(format!("write `{}: []`", required.key));
        }
    }
}
