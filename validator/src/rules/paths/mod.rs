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

use super::Rule;

pub(super) const RULES: &[Rule] = &[
    example_twice::RULE,
    header_ignored::RULE,
    header_name::RULE,
    parameter_default_unused::RULE,
    parameter_duplicate::RULE,
    parameter_key_ignored::RULE,
    parameter_name_blank::RULE,
    parameter_place::RULE,
    parameter_repeats_credential::RULE,
    parameter_schema::RULE,
    parameter_style::RULE,
    path_ambiguous::RULE,
    path_character::RULE,
    path_duplicate::RULE,
    path_empty_segment::RULE,
    path_item_empty::RULE,
    path_parameter_missing::RULE,
    path_parameter_required::RULE,
    path_parameter_unused::RULE,
    path_query::RULE,
    path_template::RULE,
    path_trailing_slash::RULE,
];
