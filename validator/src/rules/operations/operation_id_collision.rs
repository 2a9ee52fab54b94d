use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use partner_model::names::{is_nameable, snake_name, type_name};
use partner_spec::{Node, Severity};

use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "operation-id-collision",
    severity: Severity::Error,
    profile: Profile::Generator,
    check: Check::Document(check),
    page: include_str!("operation_id_collision.md"),
};

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
