//! What a client cannot be made from, whatever generates it. One rule a file, with what reports it and its page.

pub(crate) mod alias_circular;
pub(crate) mod all_of_circular;
pub(crate) mod all_of_unsupported;
pub(crate) mod any_of_unsupported;
pub mod array_without_items;
pub(crate) mod body_without_schema;
pub(crate) mod content_type;
pub(crate) mod enum_annotation;
pub(crate) mod enum_value_collision;
pub(crate) mod envelope_mixed;
pub(crate) mod envelope_unused;
pub mod expansion_limit;
pub(crate) mod name_reserved;
pub mod no_success_response;
pub mod number_not_decimal;
pub mod one_of_ambiguous;
pub(crate) mod one_of_unsupported;
pub(crate) mod one_of_untitled;
pub mod operation_id_duplicate;
pub mod operation_id_missing;
pub mod operation_id_name;
pub mod parameter_duplicate;
pub mod parameter_name;
pub mod parameter_place;
pub(crate) mod parameter_unsupported;
pub mod path_parameter_missing;
pub mod path_parameter_required;
pub mod path_parameter_unused;
pub mod path_template;
pub(crate) mod public_without_type;
pub(crate) mod repeated_operation;
pub mod required_undeclared;
pub(crate) mod schema_unsupported;
pub mod security_scheme_undeclared;
pub(crate) mod security_scheme_unsupported;
pub mod several_content_types;
pub(crate) mod x_envelope;
pub(crate) mod x_pagination;
pub(crate) mod x_pagination_parameter;
pub(crate) mod x_waiter;

use partner_spec::Rule;

/// The rules about what a document means.
pub static RULES: &[&Rule] = &[
    &alias_circular::RULE,
    &all_of_circular::RULE,
    &all_of_unsupported::RULE,
    &any_of_unsupported::RULE,
    &array_without_items::RULE,
    &body_without_schema::RULE,
    &content_type::RULE,
    &enum_annotation::RULE,
    &enum_value_collision::RULE,
    &envelope_mixed::RULE,
    &envelope_unused::RULE,
    &expansion_limit::RULE,
    &name_reserved::RULE,
    &no_success_response::RULE,
    &number_not_decimal::RULE,
    &one_of_ambiguous::RULE,
    &one_of_unsupported::RULE,
    &one_of_untitled::RULE,
    &operation_id_duplicate::RULE,
    &operation_id_missing::RULE,
    &operation_id_name::RULE,
    &parameter_duplicate::RULE,
    &parameter_name::RULE,
    &parameter_place::RULE,
    &parameter_unsupported::RULE,
    &path_parameter_missing::RULE,
    &path_parameter_required::RULE,
    &path_parameter_unused::RULE,
    &path_template::RULE,
    &public_without_type::RULE,
    &repeated_operation::RULE,
    &required_undeclared::RULE,
    &schema_unsupported::RULE,
    &security_scheme_undeclared::RULE,
    &security_scheme_unsupported::RULE,
    &several_content_types::RULE,
    &x_envelope::RULE,
    &x_pagination::RULE,
    &x_pagination_parameter::RULE,
    &x_waiter::RULE,
];
