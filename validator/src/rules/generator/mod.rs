//! What this workspace's generator cannot generate. The generator finds it.

mod alias_circular;
mod all_of_circular;
mod all_of_unsupported;
mod any_of_unsupported;
mod body_without_schema;
mod content_type;
mod enum_annotation;
mod enum_value_collision;
mod envelope_mixed;
mod envelope_unused;
mod expansion_limit;
mod field_name;
mod name_reserved;
mod number_not_decimal;
mod one_of_recursive;
mod one_of_unsupported;
mod one_of_untitled;
mod parameter_name;
mod parameter_unsupported;
mod public_without_type;
mod repeated_operation;
mod schema_unsupported;
mod security_scheme_unsupported;
mod x_envelope;
mod x_pagination;
mod x_pagination_parameter;
mod x_pagination_pointer;
mod x_waiter;
mod x_waiter_field;
mod x_waiter_name;
mod x_waiter_state;

use super::Rule;

pub(super) const RULES: &[Rule] = &[
    alias_circular::RULE,
    all_of_circular::RULE,
    all_of_unsupported::RULE,
    any_of_unsupported::RULE,
    body_without_schema::RULE,
    content_type::RULE,
    enum_annotation::RULE,
    enum_value_collision::RULE,
    envelope_mixed::RULE,
    envelope_unused::RULE,
    expansion_limit::RULE,
    field_name::RULE,
    name_reserved::RULE,
    number_not_decimal::RULE,
    one_of_recursive::RULE,
    one_of_unsupported::RULE,
    one_of_untitled::RULE,
    parameter_name::RULE,
    parameter_unsupported::RULE,
    public_without_type::RULE,
    repeated_operation::RULE,
    schema_unsupported::RULE,
    security_scheme_unsupported::RULE,
    x_envelope::RULE,
    x_pagination::RULE,
    x_pagination_parameter::RULE,
    x_pagination_pointer::RULE,
    x_waiter::RULE,
    x_waiter_field::RULE,
    x_waiter_name::RULE,
    x_waiter_state::RULE,
];
