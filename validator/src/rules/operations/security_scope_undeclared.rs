use std::collections::{BTreeSet, HashMap};

use partner_model::index::requirements;

use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::warning(
    "security-scope-undeclared",
    Profile::OpenApi,
    include_str!("security_scope_undeclared.md"),
);

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let mut declared: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    for scheme in requirements::list_security_scheme_entries(model) {
        let Some(node) =
            model.resolve_reference(&scheme.node).filter(|node| node.get_str("type") == Some("oauth2"))
        else {
            continue;
        };
        let flows = node.get_entries("flows");
        let scopes = flows.flat_map(|flow| flow.node.get_entries("scopes")).map(|scope| scope.key.as_str());
        declared.insert(&scheme.key, scopes.collect());
    }
    for required in requirements::list_security_requirement_entries(model) {
        let Some(scopes) = declared.get(required.key.as_str()) else { continue };
        for scope in required.node.as_array().into_iter().flatten() {
            let Some(name) = scope.as_str().filter(|name| !scopes.contains(name)) else { continue };
            let help = advise_on_unknown_name(name, scopes.iter().copied());
            found
                .report_at(&scope.location, format!("no flow of `{}` has the scope `{name}`", required.key))
                .with_help(help.unwrap_or_else(|| String::from("add it to the `scopes` of a flow")));
        }
    }
}
