use std::collections::BTreeSet;

use partner_spec::{Severity, did_you_mean};

use super::requirements;
use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "security-scheme-undeclared",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Document(check),
    page: include_str!("security_scheme_undeclared.md"),
};

fn check(model: &Model<'_>, found: &mut Findings) {
    let declared: BTreeSet<&str> = requirements::schemes(model).map(|scheme| scheme.key.as_str()).collect();
    for required in requirements::all(model) {
        if !declared.contains(required.key.as_str()) {
            let help = did_you_mean(&required.key, declared.iter().copied());
            found
                .at(&required.key_location, format!("there is no security scheme `{}`", required.key))
                .help(help.unwrap_or_else(|| String::from("declare it in `components.securitySchemes`")));
        }
    }
}
