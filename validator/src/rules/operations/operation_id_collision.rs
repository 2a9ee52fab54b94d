use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use partner_model::names::{is_nameable, snake_name, type_name};
use partner_spec::{Node, Profile, Rule};

use crate::model::Model;
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check = Check::document(&RULE, check);

static RULE: Rule =
    Rule::error("operation-id-collision", Profile::Generator, include_str!("operation_id_collision.md"));

fn check(model: &Model<'_>, found: &mut Findings) {
    let mut first: HashMap<String, &Node> = HashMap::new();
    for operation in model.operations() {
        let Some(id) = operation.place.node.get("operationId") else { continue };
        let Some(text) = id.as_str().filter(|text| is_nameable(text)) else { continue };
        // The name of the method's builder has no underscores to differ by.
        match first.entry(type_name(&snake_name(text))) {
            Slot::Vacant(slot) => drop(slot.insert(id)),
            Slot::Occupied(slot) => {
                let other = slot.get().as_str().unwrap_or_default();
                if other == text {
                    continue;
                }
                let message =
                    format!("`{text}` and `{other}` would both be the method `{}`", snake_name(text));
                found
                    .at(&id.location, message)
                    .related(&slot.get().location, "the other one")
                    .help("give one of them another operationId");
            }
        }
    }
}
