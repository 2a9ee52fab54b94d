//! What the specification says about parts that belong to no operation or schema.

mod binary_in_json;
mod callback_expression;
mod callback_nested;
mod component_name;
mod component_unused;
mod description_script;
mod email_malformed;
mod encoding_content_type;
mod encoding_key_ignored;
mod encoding_unused;
mod example_empty;
mod example_value_twice;
mod expression;
mod form_not_object;
mod info_empty;
mod link_expression;
mod link_operation;
mod link_parameter;
mod links;
mod parts;
mod reach;
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

use super::Rule;

pub(super) const RULES: &[Rule] = &[
    binary_in_json::RULE,
    callback_expression::RULE,
    callback_nested::RULE,
    component_name::RULE,
    component_unused::RULE,
    description_script::RULE,
    email_malformed::RULE,
    encoding_content_type::RULE,
    encoding_key_ignored::RULE,
    encoding_unused::RULE,
    example_empty::RULE,
    example_value_twice::RULE,
    form_not_object::RULE,
    info_empty::RULE,
    link_expression::RULE,
    link_operation::RULE,
    link_parameter::RULE,
    server_duplicate::RULE,
    server_insecure::RULE,
    server_trailing_slash::RULE,
    server_url::RULE,
    server_variable_default::RULE,
    server_variable_enum_empty::RULE,
    server_variable_undeclared::RULE,
    server_variable_unused::RULE,
    servers_empty::RULE,
    url_malformed::RULE,
];
