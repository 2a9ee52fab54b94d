use std::collections::BTreeSet;

use partner_model::index::requirements;

use super::find_similar_name;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

pub(in crate::rules) static RULE: Rule =
    Rule::warning("security-scheme-unused", Profile::OpenApi, include_str!("security_scheme_unused.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    // A document without operations is not checked. It is a library of components for other documents, and these may
    // use its security schemes.
    if model.operations().is_empty() {
        return;
    }
    let used: BTreeSet<&str> = requirements::list_security_requirement_entries(model)
        .map(|required| required.key.as_str())
        .collect();
    let declared: Vec<&str> =
        requirements::list_security_scheme_entries(model).map(|scheme| scheme.key.as_str()).collect();
    let known: BTreeSet<&str> = declared.iter().copied().collect();
    let undeclared = used.iter().filter(|name| !known.contains(*name));
    // The names of declared schemes that security requirements probably mean, but misspell. These schemes are not
    // reported as unused, because another rule reports the misspelled name.
    let probably_intended_scheme_names: BTreeSet<&str> =
        undeclared.filter_map(|name| find_similar_name(name, declared.iter().copied())).collect();
    for scheme in requirements::list_security_scheme_entries(model) {
        if used.contains(scheme.key.as_str()) || probably_intended_scheme_names.contains(scheme.key.as_str())
        {
            continue;
        }
        found
            .report_at(&scheme.key_location, format!("nothing requires the security scheme `{}`", scheme.key))
            .with_help(format!(
                "name it in `security`, like `security: [{{{}: []}}]`, or take it away",
                scheme.key
            ));
    }
}
