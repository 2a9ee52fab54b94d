//! What this generator cannot generate. One rule a file, with what reports it and its page.

pub(crate) mod field_name;
pub(crate) mod generator;
pub(crate) mod number_not_decimal;
pub(crate) mod one_of_recursive;
pub(crate) mod operation_id_collision;
pub(crate) mod schema_unsupported;
pub(crate) mod x_pagination_pointer;
pub(crate) mod x_waiter_field;
pub(crate) mod x_waiter_name;
pub(crate) mod x_waiter_state;

use partner_spec::Rule;

/// The rules of the generator.
pub static RULES: &[&Rule] = &[
    &field_name::RULE,
    &number_not_decimal::RULE,
    &one_of_recursive::RULE,
    &operation_id_collision::RULE,
    &schema_unsupported::RULE,
    &x_pagination_pointer::RULE,
    &x_waiter_field::RULE,
    &x_waiter_name::RULE,
    &x_waiter_state::RULE,
];
