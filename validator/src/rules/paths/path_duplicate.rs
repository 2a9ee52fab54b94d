use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use partner_spec::{Entry, Profile, Rule};

use crate::model::Model;
use crate::rules::{Check, Findings};
use partner_model::index::template::{placeholders, shape};

pub(super) const CHECK: Check = Check::document(&RULE, check);

static RULE: Rule = Rule::error("path-duplicate", Profile::Openapi, include_str!("path_duplicate.md"));

fn check(model: &Model<'_>, found: &mut Findings) {
    let mut first: HashMap<String, &Entry> = HashMap::new();
    for path in model.root.entries("paths").filter(|path| path.key.starts_with('/')) {
        if path.key.contains(['?', '#']) || placeholders(&path.key).is_err() {
            continue;
        }
        match first.entry(shape(&path.key)) {
            Slot::Vacant(slot) => drop(slot.insert(path)),
            Slot::Occupied(slot) => {
                let twin = slot.get();
                let message = format!("`{}` is the same path as `{}`", path.key, twin.key);
                found
                    .at(&path.key_location, message)
                    .related(&twin.key_location, "first here")
                    .help("put the operations of both under one of them");
            }
        }
    }
}
