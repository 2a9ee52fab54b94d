use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use partner_spec::{Kind, Location};

use crate::model::Model;
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check = Check::document(&partner_model::rules::parameter_duplicate::RULE, check);

fn check(model: &Model<'_>, found: &mut Findings) {
    for holder in model.each(Kind::PathItem).chain(model.each(Kind::Operation)) {
        let mut first: HashMap<(String, &str), &Location> = HashMap::new();
        for used in holder.node.items("parameters") {
            let Some(parameter) = model.resolve(used) else { continue };
            let (Some(name), Some(place)) = (parameter.str("name"), parameter.str("in")) else { continue };
            // Names of headers have no case.
            let key = if place == "header" { name.to_ascii_lowercase() } else { name.to_owned() };
            match first.entry((key, place)) {
                Slot::Vacant(slot) => drop(slot.insert(&used.location)),
                Slot::Occupied(slot) => {
                    let message = format!("the {place} parameter `{name}` is there twice");
                    found
                        .at(&used.location.to_start(), message)
                        .related(&slot.get().to_start(), "first here")
                        .help("take one of the two away");
                }
            }
        }
    }
}
