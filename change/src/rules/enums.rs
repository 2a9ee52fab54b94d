//! Finds changes of string enums.

use partner_model::{Enum, EnumValue, TypeDefinition};

use super::docs;
use super::schemas::old_and_new_locations;
use crate::compare::Comparison;
use crate::pairs;
use crate::rule::{Effect::*, Rule};
use crate::site::ChangeSite;

declare_rules! {
    ENUM_VALUE_ADDED = Rule::new(
        "enum-value-added",
        "Values are added to an open enum",
        "Programs have to expect values that they do not know; the Rust enum is `#[non_exhaustive]`.",
    ).with_effects_in_both_directions(Compatible, Compatible);
    CLOSED_ENUM_VALUE_ADDED = Rule::new(
        "closed-enum-value-added",
        "Values are added to a closed enum",
        "Requests go on working; responses can hold a value that programs refuse, and a `match` in Rust lacks an arm.",
    ).with_request_effects(Compatible, Breaking).with_response_effects(Breaking, Breaking)
    .with_migration_advice("Add `{new}` where you match on the enum.");
    ENUM_VALUE_REMOVED = Rule::new(
        "enum-value-removed",
        "A value is removed from an enum",
        "Requests with it are refused; responses just never hold it. Its variant is gone.",
    ).with_request_effects(Breaking, Breaking).with_response_effects(Compatible, Breaking).with_migration_advice("Stop using `{old}`.");
    ENUM_VALUE_RENAMED = Rule::new(
        "enum-value-renamed",
        "A value of an enum is written differently",
        "Requests with the old one are refused, and a program that waits for it in responses never sees it.",
    ).with_effects_in_both_directions(Breaking, Breaking).with_migration_advice("Use `{new}` instead of `{old}`.");
    ENUM_VARIANT_RENAMED = Rule::new(
        "enum-variant-renamed",
        "The variant of an enum's value has another name",
        "The value on the wire is the same.",
    ).with_effects_in_both_directions(Unaffected, Breaking).with_migration_advice("Use the variant `{new}` instead of `{old}`.");
    ENUM_OPENED = Rule::new(
        "enum-opened",
        "A closed enum is open",
        "Responses can hold values that programs refuse; a `match` in Rust needs an arm for all others.",
    ).with_request_effects(Compatible, Breaking).with_response_effects(Breaking, Breaking)
    .with_migration_advice("Add an arm for all other values of `{old}`.");
    ENUM_CLOSED = Rule::new(
        "enum-closed",
        "An open enum is closed",
        "Requests with a value that is not listed are refused; the variant `Unrecognized` is gone.",
    ).with_request_effects(Breaking, Breaking).with_response_effects(Compatible, Breaking)
    .with_migration_advice("Remove `{old}::Unrecognized`.");
}

pub(super) fn report_changes(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: (&Enum, &TypeDefinition),
    after: (&Enum, &TypeDefinition),
) {
    let ((b, old), (a, new)) = (before, after);
    let places = old_and_new_locations(old, new);
    let name = site.quoted_name.trim_matches('`').to_owned();
    if b.is_closed != a.is_closed {
        let (rule, word) = if a.is_closed { (&ENUM_CLOSED, "closed") } else { (&ENUM_OPENED, "open") };
        c.report_change(rule, site, format!("`{name}` is {word} now"), places)
            .fill_in_migration_advice(&name, &name);
    }
    let matched = pairs::match_enum_values(&b.values, &a.values);
    let wire = |value: &EnumValue| format!("`{}`", value.wire_value);
    for value in &matched.removed_items {
        let text = format!("`{name}` no longer has the value {}", wire(value));
        c.report_change(&ENUM_VALUE_REMOVED, site, text, (Some(&value.location), None))
            .fill_in_migration_advice(&format!("{name}::{}", value.variant_name), "");
    }
    if let Some(first) = matched.added_items.first() {
        let rule = if b.is_closed && a.is_closed { &CLOSED_ENUM_VALUE_ADDED } else { &ENUM_VALUE_ADDED };
        let values: Vec<String> = matched.added_items.iter().map(|value| wire(value)).collect();
        let variants: Vec<String> =
            matched.added_items.iter().map(|value| format!("{name}::{}", value.variant_name)).collect();
        let text = format!("`{name}` can also be {}", values.join(", "));
        let places = (None, Some(&first.location));
        c.report_change(rule, site, text, places).fill_in_migration_advice("", &variants.join("`, `"));
    }
    for (b, a) in &matched.renamed_pairs {
        let text = format!("The value {} of `{name}` is {} now", wire(b), wire(a));
        let places = (Some(&b.location), Some(&a.location));
        let change = c
            .report_change(&ENUM_VALUE_RENAMED, site, text, places)
            .fill_in_migration_advice(&b.wire_value, &a.wire_value);
        if b.variant_name == a.variant_name {
            change.cap_rust_effect(Compatible);
        }
    }
    for (b, a) in &matched.same_name_pairs {
        if b.variant_name != a.variant_name {
            let text = format!(
                "The variant of {} is `{name}::{}`, and was `{}`",
                wire(a),
                a.variant_name,
                b.variant_name
            );
            let places = (Some(&b.location), Some(&a.location));
            c.report_change(&ENUM_VARIANT_RENAMED, site, text, places)
                .fill_in_migration_advice(&b.variant_name, &a.variant_name);
        }
    }
    for (b, a) in matched.matched_pairs() {
        let inner = site.with_quoted_name(format!("The value {} of `{name}`", wire(a)));
        docs::compare_descriptions(
            c,
            &inner,
            (b.description.as_deref(), &b.location),
            (a.description.as_deref(), &a.location),
        );
    }
}
