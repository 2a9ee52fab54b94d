//! Checks the names of arguments. No argument may have a name that the code of every call already uses, such as
//! `client`, and no two arguments of an operation may have the same name.

use std::collections::HashSet;

use partner_model::names::can_become_identifier;
use partner_model::rules::parameter_name;
use partner_model::{Model, Operation};
use partner_spec::{Findings, Location};

use crate::emit::list_reserved_argument_names;

pub(super) fn check_model(model: &Model, found: &mut Findings) {
    for operation in &model.operations {
        check_argument_names(operation, found);
        if operation.pagination.is_some() {
            check_pages(operation, found);
        }
    }
}

/// Checks the names of an operation's arguments: its parameters and, if the request body is a form, the parts of the
/// form. A body with several media types has a method for each of them, so only parts of the same media type need
/// different names.
fn check_argument_names(operation: &Operation, found: &mut Findings) {
    let mut parameters = HashSet::new();
    for parameter in &operation.parameters {
        check_argument_name(
            operation,
            (&parameter.name, &parameter.rust_name),
            &parameter.location,
            &mut parameters,
            found,
        );
    }
    for media in operation.request_media_types() {
        let mut seen = parameters.clone();
        for part in media.form_fields() {
            check_argument_name(
                operation,
                (&part.name, &part.rust_name),
                &part.key_location,
                &mut seen,
                found,
            );
        }
    }
}

fn check_argument_name(
    operation: &Operation,
    (wire, name): (&str, &str),
    location: &Location,
    seen: &mut HashSet<String>,
    found: &mut Findings,
) {
    if !can_become_identifier(wire) {
        found.push(parameter_name::new_unusable_parameter_name_finding(&operation.id, wire, location));
        return;
    }
    let taken = list_reserved_argument_names();
    if taken.contains(&name) {
        found.push(parameter_name::new_reserved_argument_name_finding(&operation.id, name, taken, location));
    }
    if !seen.insert(name.to_owned()) {
        found.push(parameter_name::new_duplicate_argument_name_finding(&operation.id, name, location));
    }
}

fn check_pages(operation: &Operation, found: &mut Findings) {
    for parameter in &operation.parameters {
        let name = parameter.rust_name.as_str();
        if ["items", "pages"].contains(&name) {
            found.push(parameter_name::new_pagination_method_collision_finding(
                &operation.id,
                name,
                &parameter.location,
            ));
        }
    }
}
