//! Rules about schemas, and about examples that do not match them.

mod additional_properties_hidden;
mod all_of_contradiction;
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
mod sample;
mod shape;
mod type_missing;
mod union;

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    additional_properties_hidden::CHECK,
    all_of_contradiction::CHECK,
    composition_empty::CHECK,
    default_mismatch::CHECK,
    discriminator_inline::CHECK,
    discriminator_mapping::CHECK,
    discriminator_optional::CHECK,
    discriminator_property::CHECK,
    discriminator_without_union::CHECK,
    enum_duplicate::CHECK,
    enum_empty::CHECK,
    enum_mismatch::CHECK,
    enum_null::CHECK,
    enum_nullable::CHECK,
    example_mismatch::CHECK,
    exclusive_without_limit::CHECK,
    format_misplaced::CHECK,
    format_number_as_text::CHECK,
    format_unknown::CHECK,
    integer_bounds::CHECK,
    limits_contradict::CHECK,
    limits_misplaced::CHECK,
    multiple_of::CHECK,
    nullable_beside_composition::CHECK,
    nullable_without_type::CHECK,
    one_of_ambiguous::CHECK,
    one_of_duplicate::CHECK,
    pattern_delimited::CHECK,
    pattern_invalid::CHECK,
    property_readonly_writeonly::CHECK,
    ref_circular_required::CHECK,
    required_duplicate::CHECK,
    required_empty::CHECK,
    type_missing::CHECK,
];
