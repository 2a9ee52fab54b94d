use std::collections::{HashMap, HashSet};

use partner_spec::{Kind, Node, Profile, Rule, did_you_mean};

use super::{shape, union};

use crate::model::{Model, Place};
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check = Check::each(&RULE, Kind::Discriminator, check);

static RULE: Rule =
    Rule::error("discriminator-mapping", Profile::Openapi, include_str!("discriminator_mapping.md"));

fn check(model: &Model<'_>, discriminator: &Place<'_>, found: &mut Findings) {
    let Some(schema) = model.parent(discriminator) else { return };
    let branches = union::branches(model, schema.node);
    let is_union = shape::UNIONS.iter().any(|key| !schema.node.items(key).is_empty());
    let names: Vec<&str> = branches.iter().filter_map(|branch| branch.component.as_deref()).collect();
    let property = discriminator.node.str("propertyName").unwrap_or_default();
    let known: HashSet<&str> = names.iter().copied().collect();
    let mut declared: HashMap<String, Option<&Node>> = HashMap::new();
    for entry in discriminator.node.entries("mapping") {
        let Some(target) = entry.node.as_str() else { continue };
        let name = shape::reference_name(target);
        if model.schema(&name).is_none() {
            let help = did_you_mean(&name, names.iter().copied());
            let note = found.at(&entry.node.location, format!("there is no schema `{name}`"));
            if let Some(help) = help {
                note.help(help);
            }
            continue;
        }
        if is_union && !known.contains(name.as_str()) {
            let key = if schema.node.get("oneOf").is_some() { "oneOf" } else { "anyOf" };
            found
                .at(&entry.node.location, format!("`{name}` is none of the alternatives"))
                .related(&schema.key(key), "the alternatives")
                .help("add it there, or take it out of the mapping");
            continue;
        }
        let Some(target) = model.schema(&name) else { continue };
        // Many values may lead to one schema.
        let declared = *declared
            .entry(name.clone())
            .or_insert_with(|| shape::properties(model, target).get(property).map(|entry| &entry.node));
        let values = declared.map(|node| node.items("enum")).unwrap_or_default();
        if !values.is_empty() && !values.iter().any(|value| value.as_str() == Some(&entry.key)) {
            let message = format!("`{property}` of `{name}` is never `{}`", entry.key);
            let note = found.at(&entry.key_location, message);
            if let Some(first) = values.first() {
                note.related(&first.location, "its values");
            }
        }
    }
}
