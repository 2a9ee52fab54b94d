//! The rules whose findings prevent the generation of a client. Each rule has a Rust file, and a Markdown file that
//! explains the rule.

pub(crate) mod alias_circular;
pub(crate) mod all_of_circular;
pub(crate) mod all_of_unsupported;
pub(crate) mod any_of_unsupported;
mod array_without_items;
pub(crate) mod body_without_schema;
pub(crate) mod content_type;
pub(crate) mod enum_annotation;
pub(crate) mod enum_name;
pub(crate) mod enum_value_collision;
pub(crate) mod envelope_mixed;
pub(crate) mod envelope_unused;
pub mod expansion_limit;
pub(crate) mod key_unsupported;
pub(crate) mod name_reserved;
mod no_success_response;
pub(crate) mod number_not_decimal;
pub(crate) mod one_of_indistinct;
pub(crate) mod one_of_unsupported;
pub(crate) mod one_of_untitled;
mod operation_id_duplicate;
mod operation_id_missing;
mod operation_id_name;
mod parameter_duplicate;
pub mod parameter_name;
mod parameter_place;
pub mod parameter_unsupported;
mod path_parameter_missing;
mod path_parameter_required;
mod path_parameter_unused;
mod path_query;
mod path_template;
pub(crate) mod public_without_type;
pub(crate) mod repeated_operation;
pub(crate) mod required_undeclared;
mod responses_empty;
pub(crate) mod schema_unsupported;
mod security_scheme_undeclared;
pub(crate) mod security_scheme_unsupported;
mod several_content_types;
pub mod type_name_collision;
pub(crate) mod x_above_zero;
pub(crate) mod x_envelope;
pub(crate) mod x_newtype;
pub(crate) mod x_pagination;
pub(crate) mod x_pagination_parameter;
pub(crate) mod x_waiter;

use partner_spec::{Findings, Rule};

use crate::findings::RuleFindings;
use crate::index::DocumentIndex;

/// All rules of this crate.
pub static RULES: &[&Rule] = &[
    &alias_circular::RULE,
    &all_of_circular::RULE,
    &all_of_unsupported::RULE,
    &any_of_unsupported::RULE,
    &array_without_items::RULE,
    &body_without_schema::RULE,
    &content_type::RULE,
    &enum_annotation::RULE,
    &enum_name::RULE,
    &enum_value_collision::RULE,
    &envelope_mixed::RULE,
    &envelope_unused::RULE,
    &expansion_limit::RULE,
    &key_unsupported::RULE,
    &name_reserved::RULE,
    &no_success_response::RULE,
    &number_not_decimal::RULE,
    &one_of_indistinct::RULE,
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
    &path_query::RULE,
    &path_template::RULE,
    &public_without_type::RULE,
    &repeated_operation::RULE,
    &required_undeclared::RULE,
    &responses_empty::RULE,
    &schema_unsupported::RULE,
    &security_scheme_undeclared::RULE,
    &security_scheme_unsupported::RULE,
    &several_content_types::RULE,
    &type_name_collision::RULE,
    &x_above_zero::RULE,
    &x_envelope::RULE,
    &x_newtype::RULE,
    &x_pagination::RULE,
    &x_pagination_parameter::RULE,
    &x_waiter::RULE,
];

/// A function that checks a document, and reports the findings of one rule.
type RuleCheck = fn(&DocumentIndex<'_>, &mut RuleFindings);

/// The rules that are checked before the model is built, each with its function. All other rules are checked while the
/// model is built.
const CHECKS_BEFORE_MODEL_BUILD: &[(&Rule, RuleCheck)] = &[
    (&array_without_items::RULE, array_without_items::check_document),
    (&key_unsupported::RULE, key_unsupported::check_document),
    (&no_success_response::RULE, no_success_response::check_document),
    (&operation_id_duplicate::RULE, operation_id_duplicate::check_document),
    (&operation_id_missing::RULE, operation_id_missing::check_document),
    (&operation_id_name::RULE, operation_id_name::check_document),
    (&parameter_duplicate::RULE, parameter_duplicate::check_document),
    (&parameter_place::RULE, parameter_place::check_document),
    (&path_parameter_missing::RULE, path_parameter_missing::check_document),
    (&path_parameter_required::RULE, path_parameter_required::check_document),
    (&path_parameter_unused::RULE, path_parameter_unused::check_document),
    (&path_query::RULE, path_query::check_document),
    (&path_template::RULE, path_template::check_document),
    (&responses_empty::RULE, responses_empty::check_document),
    (&security_scheme_undeclared::RULE, security_scheme_undeclared::check_document),
    (&several_content_types::RULE, several_content_types::check_document),
];

/// Checks a document for the rules in `CHECKS_BEFORE_MODEL_BUILD`, and returns the findings.
pub fn run_checks_before_model_build(index: &DocumentIndex<'_>) -> Findings {
    let run = |(rule, check): &(&'static Rule, RuleCheck)| {
        let mut found = RuleFindings::new(rule);
        check(index, &mut found);
        found.into_findings()
    };
    CHECKS_BEFORE_MODEL_BUILD.iter().flat_map(run).collect()
}
