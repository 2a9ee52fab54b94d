use std::collections::HashMap;

use partner_spec::{Node, Profile, Rule};

use crate::model::Model;
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check = Check::document(&RULE, check);

static RULE: Rule = Rule::error("tag-duplicate", Profile::Openapi, include_str!("tag_duplicate.md"));

fn check(model: &Model<'_>, found: &mut Findings) {
    let mut first: HashMap<&str, &Node> = HashMap::new();
    for name in model.root.items("tags").iter().filter_map(|tag| tag.get("name")) {
        let Some(text) = name.as_str() else { continue };
        if let Some(twin) = first.get(text) {
            found
                .at(&name.location, format!("the tag `{text}` is declared twice"))
                .related(&twin.location, "first here")
                .help("take one of the two away");
        } else {
            first.insert(text, name);
        }
    }
}
