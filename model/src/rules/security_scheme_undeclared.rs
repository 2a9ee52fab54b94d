use std::collections::BTreeSet;

use partner_spec::{Profile, Rule, advise_on_unknown_name};

use crate::findings::RuleFindings;
use crate::index::DocumentIndex;
use crate::index::requirements;

pub(super) static RULE: Rule = Rule::error(
    "security-scheme-undeclared",
    Profile::OpenApi,
    include_str!("security_scheme_undeclared.md"),
)
.blocking();

pub(super) fn check_document(index: &DocumentIndex<'_>, found: &mut RuleFindings) {
    let declared: BTreeSet<&str> =
        requirements::list_security_scheme_entries(index).map(|scheme| scheme.key.as_str()).collect();
    for required in requirements::list_security_requirement_entries(index) {
        if !declared.contains(required.key.as_str()) {
            let help = advise_on_unknown_name(&required.key, declared.iter().copied());
            found
                .report_at(&required.key_location, format!("there is no security scheme `{}`", required.key))
                .with_help(
                    help.unwrap_or_else(|| String::from("declare it in `components.securitySchemes`")),
                );
        }
    }
}
