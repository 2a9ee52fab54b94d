use std::collections::HashMap;
use std::collections::hash_map::Entry;

use partner_spec::{Kind, Node, Profile, Rule};

use crate::instance::{canonical, shortened};
use crate::model::{Model, Place};
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check = Check::each(&RULE, Kind::Schema, check);

static RULE: Rule = Rule::warning("enum-duplicate", Profile::Openapi, include_str!("enum_duplicate.md"));

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    let mut first: HashMap<String, &Node> = HashMap::new();
    for value in schema.node.items("enum") {
        match first.entry(canonical(value)) {
            Entry::Vacant(new) => drop(new.insert(value)),
            Entry::Occupied(known) => {
                found
                    .at(&value.location, format!("{} is in the `enum` twice", shown(value)))
                    .related(&known.get().location, "first here")
                    .help("take it out, or write the value that was meant");
            }
        }
    }
}

fn shown(value: &Node) -> String {
    match value.as_str() {
        Some(text) => format!("`{}`", shortened(text)),
        None => String::from("this value"),
    }
}
