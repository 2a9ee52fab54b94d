//! Finds changes of named types: added, removed, renamed and changed types.

use std::collections::BTreeSet;

use partner_model::{TypeDefinition, TypeShape};

use super::{docs, enums, fields, limits, unions, values};
use crate::compare::Comparison;
use crate::pairs::Directions;
use crate::rule::{Effect::*, Rule};
use crate::rust::implements_default;
use crate::site::ChangeSite;

declare_rules! {
    SCHEMA_ADDED = Rule::new("schema-added", "A type is added", "Nobody uses it yet.").with_effects_in_both_directions(Unaffected, Compatible);
    SCHEMA_REMOVED = Rule::new(
        "schema-removed",
        "A type is gone",
        "What used it has changed on the wire, or is gone; Rust programs that name it do not compile.",
    ).with_effects_in_both_directions(Unaffected, Breaking).with_migration_advice("Do not name the type `{old}` any more.");
    SCHEMA_RENAMED = Rule::new(
        "schema-renamed",
        "A type has another name",
        "Names of types are not on the wire.",
    ).with_effects_in_both_directions(Unaffected, Breaking).with_migration_advice("Replace `{old}` with `{new}`.");
    SCHEMA_KIND_CHANGED = Rule::new(
        "schema-kind-changed",
        "A type is of another kind: an object, an enum or one of several objects",
        "Its values look different on the wire, and in Rust.",
    ).with_effects_in_both_directions(Breaking, Breaking).with_migration_advice("Rewrite what uses `{old}`.");
    CONSTRUCTOR_ADDED = Rule::new(
        "constructor-added",
        "Requests can hold a type that only responses had",
        "It gets a constructor and setters.",
    ).with_effects_in_both_directions(Unaffected, Compatible);
    CONSTRUCTOR_REMOVED = Rule::new(
        "constructor-removed",
        "Requests no longer hold a type",
        "It has no constructor and setters any more.",
    ).with_effects_in_both_directions(Unaffected, Breaking).with_migration_advice("Do not make values of `{old}` any more.");
    DEFAULT_LOST = Rule::new(
        "default-lost",
        "A type can no longer be made by `default()`",
        "It has a required field now, or takes any keys.",
    ).with_effects_in_both_directions(Unaffected, Breaking)
    .with_migration_advice("Make `{old}` with its constructor instead of `default()`.").not_visible_in_signatures();
}

pub(crate) fn report_changes(c: &mut Comparison<'_>) {
    let pairs: Vec<_> = c
        .pairs
        .directions_by_type_pair
        .iter()
        .map(|(names, directions)| (names.clone(), *directions))
        .collect();
    let mut compared: BTreeSet<String> = BTreeSet::new();
    for ((old, new), directions) in &pairs {
        let (Some(b), Some(a)) = (c.before.types.get(old), c.after.types.get(new)) else { continue };
        let is_renamed = c.pairs.find_new_type_name(old) == Some(new);
        let site = c.make_type_change_site(Some(old), Some(new), *directions);
        if is_renamed {
            c.report_change(
                &SCHEMA_RENAMED,
                &site,
                format!("`{old}` is called `{new}` now"),
                old_and_new_locations(b, a),
            )
            .fill_in_migration_advice(old, new);
        }
        let since = c.change_count();
        compare_type_definitions(c, &site, (old, b), (new, a));
        // If a required field, such as a discriminator, has a single possible value, the client sets the field itself.
        // So callers never see the enum of that field, and changes of the enum have no effect on their code.
        if c.before.hidden_enum_names.contains(old) {
            c.changes_since_mut(since).for_each(|change| change.rust_effect = Unaffected);
        }
        if is_renamed || old == new {
            compared.insert(old.clone());
        } else {
            // A field or body has the type `new` instead of `old`. For Rust callers, this is a single change, and it is
            // reported for the field or body. So the effects on Rust callers are removed from the differences that were
            // found between the two types.
            c.remove_rust_effects(since);
        }
    }
    compare_types_by_name(c, &compared);
}

/// Compares each old type with the new type of the same name. Old types in `compared` are skipped. Reports an old type
/// as removed, or a new type as added, if the other document has no type of this name.
fn compare_types_by_name(c: &mut Comparison<'_>, compared: &BTreeSet<String>) {
    let (before, after) = (c.before, c.after);
    for (name, b) in before.types.iter().filter(|(name, _)| !compared.contains(*name)) {
        let directions = Directions { sent: b.is_sent_by_client, received: b.is_received_by_client };
        let Some(a) = after.types.get(name) else {
            if !before.hidden_enum_names.contains(name) {
                let site = c.make_type_change_site(Some(name), None, directions);
                c.report_change(
                    &SCHEMA_REMOVED,
                    &site,
                    format!("The type `{name}` is gone"),
                    (Some(&b.location), None),
                )
                .fill_in_migration_advice(name, "");
            }
            continue;
        };
        let site = c.make_type_change_site(Some(name), Some(name), directions);
        let since = c.change_count();
        compare_type_definitions(c, &site, (name, b), (name, a));
        let is_other_kind = std::mem::discriminant(&b.shape) != std::mem::discriminant(&a.shape);
        // No value in a request or response has this type both in the old and in the new document. So the changes
        // between the two definitions have no effect on requests or responses.
        c.changes_since_mut(since).filter(|_| !is_other_kind).for_each(|change| {
            (change.request_effect, change.response_effect) = (Unaffected, Unaffected);
        });
    }
    let renamed: BTreeSet<&String> = c.pairs.new_type_names_by_old_name.values().collect();
    let is_new = |name: &&String| !before.types.contains_key(*name) && !renamed.contains(name);
    let added: Vec<&String> =
        after.types.keys().filter(is_new).filter(|name| !after.hidden_enum_names.contains(*name)).collect();
    for name in added {
        let Some(a) = after.types.get(name) else { continue };
        let site = c.make_type_change_site(
            None,
            Some(name),
            Directions { sent: a.is_sent_by_client, received: a.is_received_by_client },
        );
        c.report_change(&SCHEMA_ADDED, &site, format!("The type `{name}` is new"), (None, Some(&a.location)));
    }
}

fn compare_type_definitions(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    (old, b): (&str, &TypeDefinition),
    (new, a): (&str, &TypeDefinition),
) {
    match (&b.shape, &a.shape) {
        (TypeShape::Object(x), TypeShape::Object(y)) => {
            fields::report_object_changes(c, site, (x, b), (y, a));
            compare_constructors(c, site, (old, b), (new, a));
            if implements_default(x, b.is_public) && !implements_default(y, a.is_public) {
                let text = format!("`{new}` has no `default()` any more");
                c.report_change(&DEFAULT_LOST, site, text, old_and_new_locations(b, a))
                    .fill_in_migration_advice(old, new);
            }
        }
        (TypeShape::Enum(x), TypeShape::Enum(y)) => enums::report_changes(c, site, (x, b), (y, a)),
        (TypeShape::Newtype(x), TypeShape::Newtype(y)) if x == y => {}
        (TypeShape::Union(x), TypeShape::Union(y)) => unions::report_changes(c, site, (x, b), (y, a)),
        _ => {
            let text =
                format!("`{new}` is {}, and was {}", describe_shape(&a.shape), describe_shape(&b.shape));
            c.report_change(&SCHEMA_KIND_CHANGED, site, text, old_and_new_locations(b, a))
                .fill_in_migration_advice(old, new);
        }
    }
    limits::report_changes(c, site, (&b.schema_details, &b.location), (&a.schema_details, &a.location));
    values::compare_default_values(
        c,
        site,
        (b.schema_details.default.as_ref(), &b.location),
        (a.schema_details.default.as_ref(), &a.location),
    );
    docs::compare_annotations(c, site, (&b.schema_details, &b.location), (&a.schema_details, &a.location));
}

fn compare_constructors(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    (old, b): (&str, &TypeDefinition),
    (new, a): (&str, &TypeDefinition),
) {
    let (rule, text) = match (b.is_sent_by_client, a.is_sent_by_client) {
        (false, true) => (&CONSTRUCTOR_ADDED, "has a constructor now: requests hold it"),
        (true, false) => (&CONSTRUCTOR_REMOVED, "has no constructor any more: no request holds it"),
        _ => return,
    };
    c.report_change(rule, site, format!("`{new}` {text}"), old_and_new_locations(b, a))
        .fill_in_migration_advice(old, new);
}

fn describe_shape(shape: &TypeShape) -> &'static str {
    match shape {
        TypeShape::Object(_) => "an object",
        TypeShape::Enum(_) => "an enum",
        TypeShape::Union(_) => "one of several objects",
        TypeShape::Newtype(_) => "a newtype of a plain value",
    }
}

pub(super) fn old_and_new_locations<'a>(
    b: &'a TypeDefinition,
    a: &'a TypeDefinition,
) -> (Option<&'a partner_spec::Location>, Option<&'a partner_spec::Location>) {
    (Some(&b.location), Some(&a.location))
}
