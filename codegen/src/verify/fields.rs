use std::collections::HashMap;

use partner_spec::{Diagnostic, Diagnostics, Location, Node, did_you_mean};

use super::{Check, Outcome};
use crate::rules::field_name;
use partner_model::names::{is_nameable, snake_name};
use partner_model::rules::required_undeclared;

pub(super) const CHECK: Check = Check {
    name: "fields",
    why: "Every property has a field of its own, whose name neither another one nor the model itself uses, and every \
          name that is required has a property.",
    check,
};

fn check(outcome: &Outcome<'_>, found: &mut Diagnostics) {
    for (type_name, item) in &outcome.core.structs {
        let Some(schema) = outcome.api.schemas.get(type_name) else { continue };
        // `new` makes the model; what has no property goes to `extra`.
        let extra = schema.node.get("additionalProperties").is_some();
        let taken = |name: &str| name == "new" || (extra && name == "extra");
        let mut seen: HashMap<String, &Location> = HashMap::new();
        for property in schema.node.entries("properties") {
            let (key, location) = (&property.key, &property.key_location);
            let name = snake_name(key);
            if !is_nameable(key) {
                found.push(field_name::unnameable(type_name, key, location));
            } else if taken(&name) {
                found.push(field_name::taken(type_name, &name, location));
            } else if let Some(first) = seen.get(&name) {
                found.push(field_name::twice(type_name, &name, location, first));
            }
            seen.entry(name).or_insert(location);
        }
        let properties = schema.node.get("properties").and_then(Node::as_object);
        for required in schema.node.items("required") {
            let key = required.as_str().unwrap_or_default();
            let declared = || schema.node.entries("properties").map(|property| property.key.as_str());
            if !properties.is_some_and(|properties| properties.contains(key)) && !found.is_full() {
                let message = format!("`{type_name}`: `{key}` is required, but there is no such property");
                let report = Diagnostic::new(&required_undeclared::RULE, &required.location, message);
                found.push(match did_you_mean(key, declared()) {
                    Some(help) => report.help(help),
                    None => report.help("declare it in `properties`; `{}` where nothing is known of it"),
                });
            }
        }
        if item.fields.len() < schema.node.entries("properties").len() {
            let message = format!("typify generated fewer fields for `{type_name}` than it has properties");
            found.push(super::broken(outcome.api, message));
        }
    }
}
