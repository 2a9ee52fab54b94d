//! Rules about objects of OpenAPI other than operations and schemas, e.g. servers, components, links and examples.

mod binary_in_json;
mod callback_expression;
mod callback_nested;
mod component_name;
pub(super) mod component_unused;
mod component_usage;
mod description_script;
mod email_malformed;
mod encoding_content_type;
mod encoding_key_ignored;
mod encoding_unused;
mod example_empty;
mod example_value_twice;
mod expression;
mod form_fields;
mod form_not_object;
mod info_empty;
mod link_expression;
mod link_operation;
mod link_parameter;
mod links;
mod server_duplicate;
mod server_insecure;
mod server_trailing_slash;
mod server_url;
mod server_variable_default;
mod server_variable_enum_empty;
mod server_variable_undeclared;
mod server_variable_unused;
mod servers_empty;
mod url_malformed;
mod urls;

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    binary_in_json::CHECK,
    callback_expression::CHECK,
    callback_nested::CHECK,
    component_name::CHECK,
    component_unused::CHECK,
    description_script::CHECK,
    email_malformed::CHECK,
    encoding_content_type::CHECK,
    encoding_key_ignored::CHECK,
    encoding_unused::CHECK,
    example_empty::CHECK,
    example_value_twice::CHECK,
    form_not_object::CHECK,
    info_empty::CHECK,
    link_expression::CHECK,
    link_operation::CHECK,
    link_parameter::CHECK,
    server_duplicate::CHECK,
    server_insecure::CHECK,
    server_trailing_slash::CHECK,
    server_url::CHECK,
    server_variable_default::CHECK,
    server_variable_enum_empty::CHECK,
    server_variable_undeclared::CHECK,
    server_variable_unused::CHECK,
    servers_empty::CHECK,
    url_malformed::CHECK,
];
