//! Finds changes of limits of values: lengths, ranges, patterns and the like.

use std::cmp::Ordering;

use partner_model::{LimitKind, SchemaDetails};
use partner_spec::{Location, Node};

use crate::compare::Comparison;
use crate::number::{are_json_values_equal, compare_numbers};
use crate::rule::{Effect::*, Rule};
use crate::site::ChangeSite;

declare_rules! {
    LIMIT_ADDED = Rule::new(
        "limit-added",
        "A length, size or number is limited",
        "Requests beyond the limit are refused; no Rust type knows limits.",
    ).with_request_effects(Breaking, Compatible).with_response_effects(Compatible, Compatible)
    .with_migration_advice("Keep to the new limit.");
    LIMIT_REMOVED = Rule::new(
        "limit-removed",
        "A length, size or number is not limited any more",
        "Requests go on working; responses can hold more than programs have room for.",
    ).with_request_effects(Compatible, Compatible).with_response_effects(Breaking, Compatible)
    .with_migration_advice("Expect values beyond the old limit.");
    LIMIT_TIGHTENED = Rule::new(
        "limit-tightened",
        "A limit of a length, size or number leaves less room",
        "Requests beyond the new limit are refused.",
    ).with_request_effects(Breaking, Compatible).with_response_effects(Compatible, Compatible)
    .with_migration_advice("Keep to the new limit.");
    LIMIT_LOOSENED = Rule::new(
        "limit-loosened",
        "A limit of a length, size or number leaves more room",
        "Requests go on working; responses can hold more than programs have room for.",
    ).with_request_effects(Compatible, Compatible).with_response_effects(Breaking, Compatible)
    .with_migration_advice("Expect values beyond the old limit.");
    PATTERN_ADDED = Rule::new(
        "pattern-added",
        "A string has to match a pattern",
        "Requests with other strings are refused.",
    ).with_request_effects(Breaking, Compatible).with_response_effects(Compatible, Compatible)
    .with_migration_advice("Send only strings that match.");
    PATTERN_REMOVED = Rule::new(
        "pattern-removed",
        "A string does not have to match a pattern any more",
        "Requests go on working; responses can hold strings that programs do not expect.",
    ).with_request_effects(Compatible, Compatible).with_response_effects(Breaking, Compatible).with_migration_advice("Expect any string.");
    PATTERN_CHANGED = Rule::new(
        "pattern-changed",
        "A string has to match another pattern",
        "What the old pattern allowed may be refused, and what it excluded may come.",
    ).with_effects_in_both_directions(Breaking, Compatible)
    .with_migration_advice("Send and expect strings that match the new pattern.");
    MULTIPLE_CHANGED = Rule::new(
        "multiple-of-changed",
        "A number has to be a multiple of another one than before, if it had to be one at all",
        "Requests with other numbers are refused.",
    ).with_request_effects(Breaking, Compatible).with_response_effects(Compatible, Compatible)
    .with_migration_advice("Send only such multiples.");
    MULTIPLE_REMOVED = Rule::new(
        "multiple-of-removed",
        "A number does not have to be a multiple of another one any more",
        "Requests go on working; responses can hold numbers that programs do not expect.",
    ).with_request_effects(Compatible, Compatible).with_response_effects(Breaking, Compatible).with_migration_advice("Expect any number.");
    UNIQUE_ADDED = Rule::new(
        "unique-items-added",
        "No item of a list may be there twice",
        "Requests with such lists are refused.",
    ).with_request_effects(Breaking, Compatible).with_response_effects(Compatible, Compatible)
    .with_migration_advice("Send each item once.");
    UNIQUE_REMOVED = Rule::new(
        "unique-items-removed",
        "An item of a list may be there twice",
        "Requests go on working; programs do not expect it in responses.",
    ).with_request_effects(Compatible, Compatible).with_response_effects(Breaking, Compatible)
    .with_migration_advice("Expect an item to be there twice.");
}

/// The details of a schema (such as its limits), with the location of the schema.
type LocatedSchemaDetails<'a> = (&'a SchemaDetails, &'a Location);

/// A kind of lower or upper bound for values, like the minimum or the maximum length.
#[derive(Clone, Copy)]
struct BoundKind {
    /// The kinds of limits that can set this bound: an inclusive limit, like `minimum`, and for some bounds also an
    /// exclusive limit, like `exclusiveMinimum`.
    limit_kinds: &'static [LimitKind],
    /// How a tighter bound compares with a looser one: `Greater` for a minimum, `Less` for a maximum.
    tighter_bound_ordering: Ordering,
    /// The name of the bound in messages, like `The shortest length`.
    name: &'static str,
}

const BOUND_KINDS: [BoundKind; 8] = [
    lower_bound(&[LimitKind::MinLength], "The shortest length"),
    upper_bound(&[LimitKind::MaxLength], "The greatest length"),
    lower_bound(&[LimitKind::MinItems], "The least number of items"),
    upper_bound(&[LimitKind::MaxItems], "The greatest number of items"),
    lower_bound(&[LimitKind::MinProperties], "The least number of keys"),
    upper_bound(&[LimitKind::MaxProperties], "The greatest number of keys"),
    lower_bound(&[LimitKind::Minimum, LimitKind::ExclusiveMinimum], "The least value"),
    upper_bound(&[LimitKind::Maximum, LimitKind::ExclusiveMaximum], "The greatest value"),
];

const fn lower_bound(limit_kinds: &'static [LimitKind], name: &'static str) -> BoundKind {
    BoundKind { limit_kinds, tighter_bound_ordering: Ordering::Greater, name }
}

const fn upper_bound(limit_kinds: &'static [LimitKind], name: &'static str) -> BoundKind {
    BoundKind { limit_kinds, tighter_bound_ordering: Ordering::Less, name }
}

pub(super) fn report_changes(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: LocatedSchemaDetails<'_>,
    after: LocatedSchemaDetails<'_>,
) {
    if before.0.limits.is_empty() && after.0.limits.is_empty() {
        return;
    }
    for bound in &BOUND_KINDS {
        compare_bound(c, site, before, after, *bound);
    }
    compare_other_limits(c, site, before, after);
}

/// Checks whether one bound, like the minimum, differs between an old and a new schema.
fn compare_bound(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: LocatedSchemaDetails<'_>,
    after: LocatedSchemaDetails<'_>,
    BoundKind { limit_kinds: keywords, tighter_bound_ordering: tighter_order, name }: BoundKind,
) {
    // Reads a bound (a minimum or a maximum) from the details of a schema. Returns the value of the bound, and whether
    // the bound is exclusive.
    let read_bound = |details: &SchemaDetails| -> Option<(Node, bool)> {
        let mut found = keywords
            .iter()
            .enumerate()
            .filter_map(|(index, kind)| Some((details.limit_value(*kind)?.clone(), index > 0)));
        found.next()
    };
    let shown = |(value, is_excluded): &(Node, bool)| {
        format!("{}{}", value.to_json(), if *is_excluded { " (excluded)" } else { "" })
    };
    let (old, new) = (read_bound(before.0), read_bound(after.0));
    let (rule, text) = match (&old, &new) {
        (None, None) => return,
        (None, Some(new)) => (&LIMIT_ADDED, format!("is {}", shown(new))),
        (Some(old), None) => (&LIMIT_REMOVED, format!("is no longer limited to {}", shown(old))),
        (Some(old), Some(new)) => {
            // If both bounds (old and new) have the same value, an exclusive bound is stricter than an inclusive one.
            let number_order = compare_numbers(&new.0, &old.0).unwrap_or(Ordering::Equal);
            let order = match (number_order, new.1, old.1) {
                (Ordering::Equal, true, false) => tighter_order,
                (Ordering::Equal, false, true) => tighter_order.reverse(),
                (order, ..) => order,
            };
            let rule = match order {
                Ordering::Equal => return,
                order if order == tighter_order => &LIMIT_TIGHTENED,
                _ => &LIMIT_LOOSENED,
            };
            (rule, format!("is {}, and was {}", shown(new), shown(old)))
        }
    };
    let text = format!("{name} of {} {text}", lowercase_leading_the(&site.quoted_name));
    c.report_change(rule, site, text, (Some(before.1), Some(after.1)));
}

fn compare_other_limits(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: LocatedSchemaDetails<'_>,
    after: LocatedSchemaDetails<'_>,
) {
    let rules = [
        (LimitKind::Pattern, [&PATTERN_ADDED, &PATTERN_REMOVED, &PATTERN_CHANGED], "has to match"),
        (
            LimitKind::MultipleOf,
            [&MULTIPLE_CHANGED, &MULTIPLE_REMOVED, &MULTIPLE_CHANGED],
            "has to be a multiple of",
        ),
        (
            LimitKind::UniqueItems,
            [&UNIQUE_ADDED, &UNIQUE_REMOVED, &UNIQUE_ADDED],
            "has to hold each item once:",
        ),
    ];
    for (kind, [added, removed, changed], text) in rules {
        let (rule, text) = match (before.0.limit_value(kind), after.0.limit_value(kind)) {
            (None, Some(new)) => (added, format!("{text} {}", new.to_json())),
            (Some(old), None) => (removed, format!("no longer {text} {}", old.to_json())),
            (Some(old), Some(new)) if !are_json_values_equal(old, new) => {
                (changed, format!("{text} {}, and had to {}", new.to_json(), old.to_json()))
            }
            _ => continue,
        };
        c.report_change(rule, site, format!("{} {text}", site.quoted_name), (Some(before.1), Some(after.1)));
    }
}

/// Changes a leading `The` of a name to `the`, so that the name can stand in the middle of a sentence.
fn lowercase_leading_the(name: &str) -> String {
    match name.strip_prefix("The ") {
        Some(rest) => format!("the {rest}"),
        None => name.to_owned(),
    }
}
