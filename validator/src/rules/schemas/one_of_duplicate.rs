use std::collections::HashMap;
use std::collections::hash_map::Entry;

use partner_spec::{Kind, Node, Profile, Rule};

use super::shape;

use crate::instance::canonical;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check = Check::each(&RULE, Kind::Schema, check);

static RULE: Rule = Rule::error("one-of-duplicate", Profile::Openapi, include_str!("one_of_duplicate.md"));

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    let mut first: HashMap<String, &Node> = HashMap::new();
    for (index, member) in schema.node.items("oneOf").iter().enumerate() {
        match first.entry(canonical(member)) {
            Entry::Vacant(new) => drop(new.insert(member)),
            Entry::Occupied(known) => {
                let name = shape::member_name(member, index);
                found
                    .at(&member.location.to_start(), format!("{name} is in `oneOf` twice"))
                    .related(&known.get().location.to_start(), "first here")
                    .help("take it out, or refer to the schema that was meant");
            }
        }
    }
}
