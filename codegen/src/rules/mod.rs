//! The rules of the generator. They report documents from which no client can be generated. Each rule has a file with
//! its check, and a page in Markdown.

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

use partner_model::MissingPointerKey;
use partner_model::Model;
use partner_spec::{Finding, Findings, Rule, advise_on_unknown_name};

use crate::cost;

/// All rules of the generator that a document can violate.
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

/// A check that reports parts of a model from which no code can be generated.
type ModelCheck = fn(&Model, &mut Findings);

const CHECKS: &[ModelCheck] = &[
    arguments::check_model,
    constructor_names::check_model,
    field_name::check_model,
    one_of_recursive::check_model,
    operation_id_collision::check_model,
    outcome_names::check_model,
    swappable_arguments::check_model,
    x_pagination_pointer::check_model,
    x_waiter_field::check_model,
    x_waiter_name::check_model,
    x_waiter_state::check_model,
    cost::check_generation_cost,
];

/// Reports all parts of a model from which no code can be generated.
pub(crate) fn check_model(model: &Model, found: &mut Findings) {
    CHECKS.iter().for_each(|check| check(model, found));
}

/// Adds a help text to the finding about a JSON pointer to a missing key. If the object has a key with a similar name,
/// the help suggests this key; otherwise it says how pointers are written.
fn add_pointer_help(finding: Finding, at: &MissingPointerKey<'_>) -> Finding {
    match advise_on_unknown_name(at.missing_key, at.existing_keys.iter().copied()) {
        Some(help) => finding.with_help(help),
        None => finding.with_help("a pointer goes along the properties of the response, inside its envelope"),
    }
}
