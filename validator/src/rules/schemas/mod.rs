//! Schemas, and that examples fit them.

mod additional_properties_hidden;
mod all_of_contradiction;
mod array_without_items;
mod composition_empty;
mod default_mismatch;
mod discriminator_inline;
mod discriminator_mapping;
mod discriminator_optional;
mod discriminator_property;
mod discriminator_without_union;
mod enum_duplicate;
mod enum_empty;
mod enum_mismatch;
mod enum_null;
mod enum_nullable;
mod example_mismatch;
mod exclusive_without_limit;
mod format_misplaced;
mod format_number_as_text;
mod format_unknown;
mod integer_bounds;
mod limits_contradict;
mod limits_misplaced;
mod mismatch;
mod multiple_of;
mod nullable_beside_composition;
mod nullable_without_type;
mod one_of_ambiguous;
mod one_of_duplicate;
mod pattern_delimited;
mod pattern_invalid;
mod property_readonly_writeonly;
mod ref_circular_required;
mod required_duplicate;
mod required_empty;
mod required_undeclared;
mod sample;
mod shape;
mod type_missing;
mod union;

use super::Rule;

pub(super) const RULES: &[Rule] = &[
    additional_properties_hidden::RULE,
    all_of_contradiction::RULE,
    array_without_items::RULE,
    composition_empty::RULE,
    default_mismatch::RULE,
    discriminator_inline::RULE,
    discriminator_mapping::RULE,
    discriminator_optional::RULE,
    discriminator_property::RULE,
    discriminator_without_union::RULE,
    enum_duplicate::RULE,
    enum_empty::RULE,
    enum_mismatch::RULE,
    enum_null::RULE,
    enum_nullable::RULE,
    example_mismatch::RULE,
    exclusive_without_limit::RULE,
    format_misplaced::RULE,
    format_number_as_text::RULE,
    format_unknown::RULE,
    integer_bounds::RULE,
    limits_contradict::RULE,
    limits_misplaced::RULE,
    multiple_of::RULE,
    nullable_beside_composition::RULE,
    nullable_without_type::RULE,
    one_of_ambiguous::RULE,
    one_of_duplicate::RULE,
    pattern_delimited::RULE,
    pattern_invalid::RULE,
    property_readonly_writeonly::RULE,
    ref_circular_required::RULE,
    required_duplicate::RULE,
    required_empty::RULE,
    required_undeclared::RULE,
    type_missing::RULE,
];
