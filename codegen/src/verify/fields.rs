use std::collections::{HashMap, HashSet};

use partner_spec::{Diagnostic, Diagnostics, Location, did_you_mean};

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
    for type_name in outcome.model.types.keys() {
        let Some(object) = outcome.model.object(type_name) else { continue };
        // `new` makes the model; what has no property goes to `extra`.
        let extra = object.rest.is_some();
        let taken = |name: &str| name == "new" || (extra && name == "extra");
        let mut seen: HashMap<String, &Location> = HashMap::new();
        for field in &object.fields {
            let (key, location) = (&field.name, &field.key_location);
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
        let declared: HashSet<&str> = object.fields.iter().map(|field| field.name.as_str()).collect();
        for required in &object.required {
            let key = required.text.as_str();
            if !declared.contains(key) && !found.is_full() {
                let message = format!("`{type_name}`: `{key}` is required, but there is no such property");
                let report = Diagnostic::new(&required_undeclared::RULE, &required.location, message);
                found.push(match did_you_mean(key, object.fields.iter().map(|field| field.name.as_str())) {
                    Some(help) => report.help(help),
                    None => report.help("declare it in `properties`; `{}` where nothing is known of it"),
                });
            }
        }
    }
}
