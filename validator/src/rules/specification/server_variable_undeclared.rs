use partner_model::index::template::list_placeholder_names;

use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Server, check);

static RULE: Rule = Rule::error(
    "server-variable-undeclared",
    Profile::OpenApi,
    include_str!("server_variable_undeclared.md"),
);

fn check(_: &Model<'_>, server: &Place<'_>, found: &mut RuleFindings) {
    let Some(url) = server.node.get("url") else { return };
    let declared: Vec<&str> = server.node.get_entries("variables").map(|entry| entry.key.as_str()).collect();
    for name in list_placeholder_names(url.as_str().unwrap_or_default()) {
        // Braces without a name are not reported here, because the rule `server-url` reports them.
        if !name.trim().is_empty() && !declared.contains(&name) {
            let help = advise_on_unknown_name(name, declared.iter().copied());
            found.report_at(&url.location, format!("`{{{name}}}` is no variable of this server")).with_help(
                help.unwrap_or_else(|| format!("declare `{name}` under `variables`, with a `default`")),
            );
        }
    }
}
