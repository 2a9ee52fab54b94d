//! Finds changes of unions: types whose values have one of several types.

use partner_model::{TypeDefinition, Union};

use super::schemas::old_and_new_locations;
use crate::compare::Comparison;
use crate::pairs;
use crate::rule::{Effect::*, Rule};
use crate::site::ChangeSite;

declare_rules! {
    ALTERNATIVE_ADDED = Rule::new(
        "alternative-added",
        "An alternative is added",
        "Requests go on working, but a `match` on an enum that is only sent lacks an arm; what is received can be unknown already.",
    ).with_request_effects(Compatible, Breaking).with_response_effects(Compatible, Compatible)
    .with_migration_advice("Add `{new}` where you match on it.");
    ALTERNATIVE_REMOVED = Rule::new(
        "alternative-removed",
        "An alternative is removed",
        "Requests with it are refused; responses just never hold it. Its variant is gone.",
    ).with_request_effects(Breaking, Breaking).with_response_effects(Compatible, Breaking).with_migration_advice("Stop using `{old}`.");
    ALTERNATIVE_RENAMED = Rule::new(
        "alternative-renamed",
        "The variant of an alternative has another name",
        "The name is not on the wire.",
    ).with_effects_in_both_directions(Unaffected, Breaking).with_migration_advice("Use `{new}` instead of `{old}`.");
    ALTERNATIVES_OPENED = Rule::new(
        "alternatives-opened",
        "Responses can hold a choice that only requests had",
        "It gets a variant for objects that fit none, so that a `match` needs an arm for them.",
    ).with_effects_in_both_directions(Unaffected, Breaking).with_migration_advice("Add an arm for all other values of `{old}`.");
    ALTERNATIVES_CLOSED = Rule::new(
        "alternatives-closed",
        "Responses no longer hold a choice",
        "Its variant for objects that fit none is gone.",
    ).with_effects_in_both_directions(Unaffected, Breaking).with_migration_advice("Remove `{old}::Unrecognized`.");
}

pub(super) fn report_changes(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: (&Union, &TypeDefinition),
    after: (&Union, &TypeDefinition),
) {
    let ((b, old), (a, new)) = (before, after);
    let name = site.quoted_name.trim_matches('`').to_owned();
    if b.is_open != a.is_open {
        let (rule, text) = match a.is_open {
            true => (&ALTERNATIVES_OPENED, "has a variant for objects that fit none"),
            false => (&ALTERNATIVES_CLOSED, "has no variant for objects that fit none any more"),
        };
        c.report_change(rule, site, format!("`{name}` {text}"), old_and_new_locations(old, new))
            .fill_in_migration_advice(&name, &name);
    }
    let matched = pairs::match_variants(b, a);
    for variant in &matched.removed_items {
        let text = format!("`{name}` no longer has the alternative `{}`", variant.name);
        c.report_change(&ALTERNATIVE_REMOVED, site, text, (Some(&variant.location), None))
            .fill_in_migration_advice(&format!("{name}::{}", variant.name), "");
    }
    for variant in &matched.added_items {
        let text = format!("`{name}` can also be `{}`", variant.name);
        let change = c
            .report_change(&ALTERNATIVE_ADDED, site, text, (None, Some(&variant.location)))
            .fill_in_migration_advice("", &format!("{name}::{}", variant.name));
        // An open union is a `#[non_exhaustive]` enum, so callers already handle unknown variants. So an added variant
        // does not break their code.
        if b.is_open {
            change.cap_rust_effect(Compatible);
        }
    }
    for (b, a) in matched.renamed_pairs.iter().filter(|(b, a)| b.name != a.name) {
        let text = format!("The alternative `{name}::{}` is called `{}` now", b.name, a.name);
        c.report_change(&ALTERNATIVE_RENAMED, site, text, (Some(&b.location), Some(&a.location)))
            .fill_in_migration_advice(&b.name, &a.name);
    }
    for (b, a) in matched.same_name_pairs {
        if c.pairs.find_new_type_name(&b.type_name).unwrap_or(&b.type_name) == a.type_name {
            continue;
        }
        let text = format!(
            "The alternative `{name}::{}` holds `{}`, and held `{}`",
            a.name, a.type_name, b.type_name
        );
        c.report_change(
            &super::values::RUST_TYPE_CHANGED,
            site,
            text,
            (Some(&b.location), Some(&a.location)),
        );
    }
}
