use std::collections::BTreeSet;

use partner_spec::did_you_mean;

use super::requirements;
use crate::model::Model;
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check =
    Check::document(&partner_model::rules::security_scheme_undeclared::RULE, check);

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
