//! What this generator cannot generate. One rule a file, with what reports it and its page.

pub(crate) mod field_name;
pub(crate) mod generator;
pub(crate) mod one_of_recursive;
pub(crate) mod operation_id_collision;
pub(crate) mod x_pagination_pointer;
pub(crate) mod x_waiter_field;
pub(crate) mod x_waiter_name;
pub(crate) mod x_waiter_state;

use partner_spec::Rule;

/// The rules of the generator.
pub static RULES: &[&Rule] = &[
    &field_name::RULE,
    &one_of_recursive::RULE,
    &operation_id_collision::RULE,
    &x_pagination_pointer::RULE,
    &x_waiter_field::RULE,
    &x_waiter_name::RULE,
    &x_waiter_state::RULE,
];
