//! No parameter has a name that every call uses for something else, and no two of an operation share one.

use std::collections::HashSet;

use partner_model::names::snake_name;
use partner_model::rules::parameter_name;
use partner_model::{Model, Operation};
use partner_spec::Diagnostics;

use crate::emit::reserved_arguments;

pub(super) fn check(model: &Model, found: &mut Diagnostics) {
    for operation in &model.operations {
        check_arguments(operation, found);
        if operation.pagination.is_some() {
            check_pages(operation, found);
        }
    }
}

fn check_arguments(operation: &Operation, found: &mut Diagnostics) {
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

fn check_pages(operation: &Operation, found: &mut Diagnostics) {
    for parameter in &operation.parameters {
        let name = snake_name(&parameter.name);
        if ["items", "pages"].contains(&name.as_str()) {
            found.push(parameter_name::taken_by_pages(&operation.id, &name, &parameter.location));
        }
    }
}
