//! Paths and their parameters.

mod example_twice;
mod header_ignored;
mod header_name;
mod parameter_default_unused;
mod parameter_duplicate;
mod parameter_key_ignored;
mod parameter_name_blank;
mod parameter_place;
mod parameter_repeats_credential;
mod parameter_schema;
mod parameter_style;
mod path_ambiguous;
mod path_character;
mod path_duplicate;
mod path_empty_segment;
mod path_item_empty;
mod path_parameter_missing;
mod path_parameter_required;
mod path_parameter_unused;
mod path_query;
mod path_template;
mod path_trailing_slash;
mod routes;
mod template;

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    example_twice::CHECK,
    header_ignored::CHECK,
    header_name::CHECK,
    parameter_default_unused::CHECK,
    parameter_duplicate::CHECK,
    parameter_key_ignored::CHECK,
    parameter_name_blank::CHECK,
    parameter_place::CHECK,
    parameter_repeats_credential::CHECK,
    parameter_schema::CHECK,
    parameter_style::CHECK,
    path_ambiguous::CHECK,
    path_character::CHECK,
    path_duplicate::CHECK,
    path_empty_segment::CHECK,
    path_item_empty::CHECK,
    path_parameter_missing::CHECK,
    path_parameter_required::CHECK,
    path_parameter_unused::CHECK,
    path_query::CHECK,
    path_template::CHECK,
    path_trailing_slash::CHECK,
];
