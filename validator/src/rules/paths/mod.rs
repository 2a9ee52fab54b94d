//! Rules about paths and their parameters.

mod example_twice;
mod header_ignored;
mod header_name;
mod parameter_default_unused;
mod parameter_key_ignored;
mod parameter_name_blank;
mod parameter_repeats_credential;
mod parameter_schema;
mod parameter_style;
mod path_ambiguous;
mod path_character;
mod path_duplicate;
mod path_empty_segment;
mod path_item_empty;
mod path_trailing_slash;
mod routes;

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    example_twice::CHECK,
    header_ignored::CHECK,
    header_name::CHECK,
    parameter_default_unused::CHECK,
    parameter_key_ignored::CHECK,
    parameter_name_blank::CHECK,
    parameter_repeats_credential::CHECK,
    parameter_schema::CHECK,
    parameter_style::CHECK,
    path_ambiguous::CHECK,
    path_character::CHECK,
    path_duplicate::CHECK,
    path_empty_segment::CHECK,
    path_item_empty::CHECK,
    path_trailing_slash::CHECK,
];
