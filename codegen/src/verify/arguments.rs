use std::collections::HashSet;

use partner_spec::Diagnostics;

use super::{Check, Outcome};
use crate::emit::reserved_arguments;
use partner_model::names::snake_name;
use partner_model::rules::parameter_name;

pub(super) const CHECK: Check = Check {
    name: "arguments",
    why: "No parameter has a name that every call uses for something else, and no two of an operation share one.",
    check,
};

fn check(outcome: &Outcome<'_>, found: &mut Diagnostics) {
    for operation in &outcome.model.operations {
        let mut seen: HashSet<String> = HashSet::new();
        let parameters = operation.parameters.iter().map(|p| (p.name.as_str(), &p.location));
        let parts = operation.media().iter().flat_map(|media| media.parts());
        let parts = parts.map(|part| (part.name.as_str(), &part.key_location));
        for (wire, location) in parameters.chain(parts) {
            let name = snake_name(wire);
            let taken = reserved_arguments();
            if taken.contains(&name.as_str()) {
                found.push(parameter_name::taken(&operation.id, &name, taken, location));
            }
            if !seen.insert(name.clone()) {
                found.push(parameter_name::twice(&operation.id, &name, location));
            }
        }
    }
}
