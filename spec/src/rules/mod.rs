//! The rules about syntax, structure and references. Each rule has a Rust file, which creates its findings, and a
//! Markdown file, which explains it.

pub(crate) mod ambiguous_scalar;
pub mod checking_stopped;
pub(crate) mod duplicate_key;
pub(crate) mod empty_file;
pub(crate) mod file;
pub(crate) mod merge_key;
pub(crate) mod missing_key;
pub(crate) mod name_collision;
pub(crate) mod not_utf_8;
pub(crate) mod openapi_3_1_keyword;
pub(crate) mod openapi_version;
pub(crate) mod path_without_slash;
pub(crate) mod ref_absolute;
pub(crate) mod ref_circular;
pub(crate) mod ref_kind;
pub(crate) mod ref_outside;
pub(crate) mod ref_remote;
pub(crate) mod ref_siblings;
pub(crate) mod ref_unresolved;
pub(crate) mod required_in_property;
pub(crate) mod response_code;
pub(crate) mod response_code_unquoted;
pub(crate) mod several_documents;
pub(crate) mod swagger_2_keyword;
pub(crate) mod syntax;
pub(crate) mod tab;
pub(crate) mod too_deep;
pub(crate) mod too_large;
pub(crate) mod unknown_key;
pub(crate) mod unknown_word;
pub(crate) mod wrong_type;
pub(crate) mod yaml_tag;

use crate::Rule;

/// All rules that this crate checks.
pub static RULES: &[&Rule] = &[
    &ambiguous_scalar::RULE,
    &checking_stopped::RULE,
    &duplicate_key::RULE,
    &empty_file::RULE,
    &file::RULE,
    &merge_key::RULE,
    &missing_key::RULE,
    &name_collision::RULE,
    &not_utf_8::RULE,
    &openapi_3_1_keyword::RULE,
    &openapi_version::RULE,
    &path_without_slash::RULE,
    &ref_absolute::RULE,
    &ref_circular::RULE,
    &ref_kind::RULE,
    &ref_outside::RULE,
    &ref_remote::RULE,
    &ref_siblings::RULE,
    &ref_unresolved::RULE,
    &required_in_property::RULE,
    &response_code::RULE,
    &response_code_unquoted::RULE,
    &several_documents::RULE,
    &swagger_2_keyword::RULE,
    &syntax::RULE,
    &tab::RULE,
    &too_deep::RULE,
    &too_large::RULE,
    &unknown_key::RULE,
    &unknown_word::RULE,
    &wrong_type::RULE,
    &yaml_tag::RULE,
];
