use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::error("environment-name", Profile::Workspace, include_str!("environment_name.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for server in
        model.root.get_items("servers").iter().filter(|server| server.get("x-environment").is_none())
    {
        let url = server.get("url").map_or(&server.location, |url| &url.location);
        let message = "this server has no name by which a client can choose it";
        found.report_at(url, message).with_help("add `x-environment`, like `sandbox` or `production`");
    }
}
