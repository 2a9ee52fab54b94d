use std::collections::HashMap;
use std::collections::hash_map::Entry;

use partner_spec::{Kind, Node, Severity};

use super::shape;

use crate::Profile;
use crate::instance::canonical;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "one-of-duplicate",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Each(Kind::Schema, check),
    page: include_str!("one_of_duplicate.md"),
};

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    for key in ["oneOf", "anyOf", "allOf"] {
        let mut first: HashMap<String, &Node> = HashMap::new();
        for (index, member) in schema.node.items(key).iter().enumerate() {
            match first.entry(canonical(member)) {
                Entry::Vacant(new) => drop(new.insert(member)),
                Entry::Occupied(known) => {
                    let name = shape::member_name(member, index);
                    found
                        .at(&member.location.to_start(), format!("{name} is in `{key}` twice"))
                        .related(&known.get().location.to_start(), "first here")
                        .help("take it out, or refer to the schema that was meant");
                }
            }
        }
    }
}
