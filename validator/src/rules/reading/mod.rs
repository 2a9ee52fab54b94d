//! What makes a file unreadable: syntax, shape and references. The reader finds it.

mod ambiguous_scalar;
mod duplicate_key;
mod empty_file;
mod file;
mod merge_key;
mod missing_key;
mod name_collision;
mod not_utf_8;
mod openapi_3_1_keyword;
mod openapi_version;
mod path_without_slash;
mod ref_absolute;
mod ref_circular;
mod ref_kind;
mod ref_outside;
mod ref_remote;
mod ref_siblings;
mod ref_unresolved;
mod required_in_property;
mod response_code;
mod several_documents;
mod swagger_2_keyword;
mod syntax;
mod tab;
mod too_deep;
mod too_large;
mod unknown_key;
mod unknown_word;
mod wrong_type;
mod yaml_tag;

use super::Rule;

pub(super) const RULES: &[Rule] = &[
    ambiguous_scalar::RULE,
    duplicate_key::RULE,
    empty_file::RULE,
    file::RULE,
    merge_key::RULE,
    missing_key::RULE,
    name_collision::RULE,
    not_utf_8::RULE,
    openapi_3_1_keyword::RULE,
    openapi_version::RULE,
    path_without_slash::RULE,
    ref_absolute::RULE,
    ref_circular::RULE,
    ref_kind::RULE,
    ref_outside::RULE,
    ref_remote::RULE,
    ref_siblings::RULE,
    ref_unresolved::RULE,
    required_in_property::RULE,
    response_code::RULE,
    several_documents::RULE,
    swagger_2_keyword::RULE,
    syntax::RULE,
    tab::RULE,
    too_deep::RULE,
    too_large::RULE,
    unknown_key::RULE,
    unknown_word::RULE,
    wrong_type::RULE,
    yaml_tag::RULE,
];
