use partner_model::index::template::list_placeholder_names;

use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Server, check);

static RULE: Rule =
    Rule::warning("server-variable-unused", Profile::OpenApi, include_str!("server_variable_unused.md"));

fn check(_: &Model<'_>, server: &Place<'_>, found: &mut RuleFindings) {
    let Some(url) = server.node.get("url") else { return };
    let used = list_placeholder_names(url.as_str().unwrap_or_default());
    let variables: Vec<&Entry> = server.node.get_entries("variables").collect();
    let declared = |name: &str| variables.iter().any(|variable| variable.key == name);
    // If the URL has an undeclared placeholder, no unused variables are reported: one of them was probably meant for
    // the placeholder, and another rule reports the placeholder.
    if !used.iter().all(|name| declared(name)) {
        return;
    }
    for variable in variables.iter().filter(|variable| !used.contains(&variable.key.as_str())) {
        found
            .report_at(
                &variable.key_location,
                format!("the URL of this server has no `{{{}}}`", variable.key),
            )
            .with_related_location(&url.location, "the URL")
            .with_help("put the name into the URL in braces, or take the variable away");
    }
}
