//! What this generator cannot generate. One rule a file, with its page, and with what finds and reports it.

mod arguments;
mod constructor_names;
mod field_name;
pub(crate) mod generator;
mod one_of_recursive;
mod operation_id_collision;
mod outcome_names;
mod swappable_arguments;
mod x_pagination_pointer;
mod x_waiter_field;
mod x_waiter_name;
mod x_waiter_state;

use partner_model::MissingKey;
use partner_model::Model;
use partner_spec::{Diagnostic, Diagnostics, Rule, did_you_mean};

use crate::cost;

/// The rules of the generator.
pub static RULES: &[&Rule] = &[
    &field_name::RULE,
    &one_of_recursive::RULE,
    &operation_id_collision::RULE,
    &swappable_arguments::RULE,
    &x_pagination_pointer::RULE,
    &x_waiter_field::RULE,
    &x_waiter_name::RULE,
    &x_waiter_state::RULE,
];

/// Looks for what cannot be generated of a model.
type Check = fn(&Model, &mut Diagnostics);

const CHECKS: &[Check] = &[
    arguments::check,
    constructor_names::check,
    field_name::check,
    one_of_recursive::check,
    operation_id_collision::check,
    outcome_names::check,
    swappable_arguments::check,
    x_pagination_pointer::check,
    x_waiter_field::check,
    x_waiter_name::check,
    x_waiter_state::check,
    cost::check,
];

/// Looks for everything that cannot be generated of a model.
pub(crate) fn check(model: &Model, found: &mut Diagnostics) {
    CHECKS.iter().for_each(|check| check(model, found));
}

/// A finding about a pointer that leads nowhere, with the keys that there are.
fn lost(found: Diagnostic, at: &MissingKey<'_>) -> Diagnostic {
    match did_you_mean(at.key, at.known_keys.iter().copied()) {
        Some(help) => found.help(help),
        None => found.help("a pointer goes along the properties of the response, inside its envelope"),
    }
}
