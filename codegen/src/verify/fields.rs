use std::collections::HashMap;

use partner_spec::{Diagnostic, Diagnostics, Location, Node, did_you_mean};

use super::{Check, Outcome};
use partner_model::names::{is_nameable, snake_name};

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
            let report = |message: String| Diagnostic::error("field-name", location, message);
            if !is_nameable(key) {
                let message = format!("`{type_name}`: the property `{key}` cannot be the name of a field");
                found.push(report(message).help("only ASCII names with a letter in them can"));
            } else if taken(&name) {
                let message =
                    format!("`{type_name}`: a field cannot be called `{name}`, which every such type has");
                found.push(report(message).help(
                    "take it out of `properties` and say `additionalProperties: true`: then `extra` holds it",
                ));
            } else if let Some(first) = seen.get(&name) {
                let message = format!("`{type_name}`: two properties would be the field `{name}`");
                found.push(report(message).related(first, "the other one").help("leave one of them out"));
            }
            seen.entry(name).or_insert(location);
        }
        let properties = schema.node.get("properties").and_then(Node::as_object);
        for required in schema.node.items("required") {
            let key = required.as_str().unwrap_or_default();
            let declared = || schema.node.entries("properties").map(|property| property.key.as_str());
            if !properties.is_some_and(|properties| properties.contains(key)) && !found.is_full() {
                let message = format!("`{type_name}`: `{key}` is required, but there is no such property");
                let report = Diagnostic::error("required-undeclared", &required.location, message);
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
