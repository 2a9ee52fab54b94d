use std::collections::HashMap;

use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::document(&RULE, check);

static RULE: Rule = Rule::error("environment-name", Profile::Workspace, include_str!("environment_name.md"));

fn check(model: &Model<'_>, found: &mut Findings) {
    let servers = model.root.items("servers");
    let mut seen: HashMap<&str, &Location> = HashMap::new();
    for server in servers {
        let Some(name) = server.get("x-environment") else {
            let url = server.get("url").map_or(&server.location, |url| &url.location);
            let message = "this server has no name by which a client can choose it";
            found.at(url, message).help("add `x-environment`, like `sandbox` or `production`");
            continue;
        };
        let Some(text) = name.as_str() else { continue };
        if let Some(first) = seen.insert(text, &name.location) {
            let message = format!("two servers are called `{text}`");
            found
                .at(&name.location, message)
                .related(first, "the other one")
                .help("give one of them another name");
        }
    }
}
