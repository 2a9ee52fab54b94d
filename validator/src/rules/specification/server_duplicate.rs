use std::collections::HashMap;

use partner_spec::{Kind, Node, Profile, Rule};

use crate::instance::canonical;
use crate::model::Model;
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check = Check::document(&RULE, check);

static RULE: Rule = Rule::warning("server-duplicate", Profile::Openapi, include_str!("server_duplicate.md"));

fn check(model: &Model<'_>, found: &mut Findings) {
    for holder in [Kind::OpenApi, Kind::PathItem, Kind::Operation] {
        for place in model.each(holder) {
            check_list(place.node.items("servers"), found);
        }
    }
}

fn check_list(servers: &[Node], found: &mut Findings) {
    let mut first: HashMap<(&str, Option<String>), &Node> = HashMap::new();
    for server in servers {
        let Some(url) = server.get("url") else { continue };
        let Some(text) = url.as_str() else { continue };
        // The same URL with other variables is another server.
        let key = (text.trim_end_matches('/'), server.get("variables").map(canonical));
        if let Some(twin) = first.get(&key) {
            let location = twin.get("url").map_or(&twin.location, |url| &url.location);
            found
                .at(&url.location, format!("the server `{text}` is there twice"))
                .related(location, "first here")
                .help("correct the URL, or take one of the two away");
        }
        first.entry(key).or_insert(server);
    }
}
