use std::collections::HashMap;
use std::collections::hash_map::Entry;

use partner_spec::{Kind, Node, Profile, Rule};

use crate::model::{Model, Place};
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check = Check::each(&RULE, Kind::Schema, check);

static RULE: Rule =
    Rule::error("required-duplicate", Profile::Openapi, include_str!("required_duplicate.md"));

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    let mut first: HashMap<&str, &Node> = HashMap::new();
    for name in schema.node.items("required") {
        let Some(text) = name.as_str() else { continue };
        match first.entry(text) {
            Entry::Vacant(new) => drop(new.insert(name)),
            Entry::Occupied(known) => {
                found
                    .at(&name.location, format!("`{text}` is in `required` twice"))
                    .related(&known.get().location, "first here")
                    .help("take it out, or write the name that was meant");
            }
        }
    }
}
