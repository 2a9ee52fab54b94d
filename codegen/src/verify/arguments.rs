use std::collections::HashSet;

use partner_spec::{Diagnostic, Diagnostics};

use super::{Check, Outcome};
use crate::emit::reserved_arguments;
use partner_model::names::snake_name;

pub(super) const CHECK: Check = Check {
    name: "arguments",
    why: "No parameter has a name that every call uses for something else, and no two of an operation share one.",
    check,
};

fn check(outcome: &Outcome<'_>, found: &mut Diagnostics) {
    for operation in &outcome.api.operations {
        let mut seen: HashSet<String> = HashSet::new();
        let parameters = operation.parameters.iter().map(|p| (p.name.as_str(), &p.location));
        let parts = operation
            .body
            .iter()
            .flat_map(|b| &b.media)
            .filter(|m| m.kind == partner_model::api::MediaKind::Multipart)
            .flat_map(|m| m.schema.entries("properties"))
            .map(|e| (e.key.as_str(), &e.key_location));
        for (wire, location) in parameters.chain(parts) {
            let name = snake_name(wire);
            let taken = reserved_arguments();
            if taken.contains(&name.as_str()) {
                let message = format!("`{}`: an argument cannot be called `{name}`", operation.id);
                found.push(
                    Diagnostic::error("parameter-name", location, message)
                        .help(format!("these names are taken: {}", taken.join(", "))),
                );
            }
            if !seen.insert(name.clone()) {
                let message = format!("`{}`: two arguments would be called `{name}`", operation.id);
                let twice = Diagnostic::error("parameter-name", location, message);
                found.push(twice.help("names that differ in case or separators only are one name in Rust"));
            }
        }
    }
}
