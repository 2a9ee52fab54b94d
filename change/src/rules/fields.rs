//! Finds changes of the fields of objects, and of the parts of multipart bodies.

use partner_model::names::to_type_name;
use partner_model::{Field, KeyCombination, Object, TypeDefinition};

use super::operations::ARGUMENTS_REORDERED;
use super::schemas::old_and_new_locations;
use super::values;
use crate::compare::Comparison;
use crate::pairs;
use crate::rule::{Effect::*, Rule};
use crate::rust::{ValuePosition, is_hidden_tag};
use crate::site::ChangeSite;

declare_rules! {
    FIELD_ADDED_REQUIRED = Rule::new(
        "field-added-required",
        "A required field is added",
        "Requests without it are refused, and the constructor requires one more value; in responses it is one field more.",
    ).with_request_effects(Breaking, Breaking).with_response_effects(Compatible, Compatible).with_migration_advice("Pass `{new}`.");
    FIELD_ADDED_OPTIONAL = Rule::new(
        "field-added-optional",
        "An optional field is added",
        "Requests without it are served as before; in Rust it is a setter, and a field of a struct that only the crate makes.",
    ).with_effects_in_both_directions(Compatible, Compatible);
    FIELD_REMOVED_REQUIRED = Rule::new(
        "field-removed-required",
        "A required field is removed",
        "Requests with it may be refused or do something else; in responses, programs miss what was always there.",
    ).with_effects_in_both_directions(Breaking, Breaking).with_migration_advice("Stop using `{old}`.");
    FIELD_REMOVED_OPTIONAL = Rule::new(
        "field-removed-optional",
        "An optional field is removed",
        "What it asked for in requests is no longer done; in responses, programs had to expect that it is missing. The field is gone in Rust.",
    ).with_request_effects(Breaking, Breaking).with_response_effects(Compatible, Breaking).with_migration_advice("Stop using `{old}`.");
    FIELD_RENAMED = Rule::new(
        "field-renamed",
        "A field has another name",
        "What is sent under the old name is ignored or refused, and nothing is received under it.",
    ).with_effects_in_both_directions(Breaking, Breaking).with_migration_advice("Use `{new}` instead of `{old}`.");
    FIELD_NAME_CHANGED = Rule::new(
        "field-name-changed",
        "A field has another name in Rust",
        "Nothing changes on the wire.",
    ).with_effects_in_both_directions(Unaffected, Breaking).with_migration_advice("Write `{new}` instead of `{old}`.");
    FIELD_REQUIRED = Rule::new(
        "field-required",
        "An optional field is required",
        "Requests without it are refused, and its setter is an argument; in responses it is always there, and no `Option`.",
    ).with_request_effects(Breaking, Breaking).with_response_effects(Compatible, Breaking)
        .with_migration_advice("Pass `{new}` to the constructor; where it is read, it is no `Option` any more.");
    FIELD_OPTIONAL = Rule::new(
        "field-optional",
        "A required field is optional",
        "Requests with it are served as before, and its argument is a setter; in responses it may be missing, and is an `Option`.",
    ).with_request_effects(Compatible, Breaking).with_response_effects(Breaking, Breaking)
        .with_migration_advice("Call the setter `{new}`; where it is read, it is an `Option` now.");
    FIELD_SHOWN = Rule::new(
        "field-shown",
        "A field that always had one value can have others",
        "The constructor set it by itself, and requires it now.",
    ).with_request_effects(Unaffected, Breaking).with_response_effects(Unaffected, Compatible)
    .with_migration_advice("Pass `{new}` to the constructor.");
    FIELD_HIDDEN = Rule::new(
        "field-hidden",
        "A field has only one value left",
        "The constructor sets it by itself, and nobody has to look at it.",
    ).with_effects_in_both_directions(Unaffected, Breaking).with_migration_advice("Do not pass or read `{old}` any more.");
    FIELD_EXPECTED = Rule::new(
        "field-expected",
        "An optional field is expected in every response",
        "The examples show it everywhere; callers get a method that fails where it is missing.",
    ).with_response_effects(DocumentationOnly, Compatible);
    FIELD_UNEXPECTED = Rule::new(
        "field-unexpected",
        "An optional field is no longer expected in every response",
        "An example lacks it; the method that fails where it is missing is gone.",
    ).with_response_effects(DocumentationOnly, Breaking).with_migration_advice("Read the field `{new}`, and handle its absence.");
    READ_ONLY_ADDED = Rule::new(
        "read-only-added",
        "A field is only in responses",
        "The server ignores or refuses it in requests.",
    ).with_request_effects(Breaking, Compatible).with_response_effects(Compatible, Compatible)
    .with_migration_advice("Stop sending `{old}`.");
    READ_ONLY_REMOVED = Rule::new(
        "read-only-removed",
        "A field is no longer only in responses",
        "Requests can hold it, too.",
    ).with_effects_in_both_directions(Compatible, Compatible);
    WRITE_ONLY_ADDED = Rule::new(
        "write-only-added",
        "A field is only in requests",
        "Programs that read it in responses miss it.",
    ).with_request_effects(Compatible, Compatible).with_response_effects(Breaking, Compatible)
    .with_migration_advice("Stop reading `{old}`.");
    WRITE_ONLY_REMOVED = Rule::new(
        "write-only-removed",
        "A field is no longer only in requests",
        "Responses can hold it, too.",
    ).with_effects_in_both_directions(Compatible, Compatible);
    OTHER_KEYS_ALLOWED = Rule::new(
        "other-keys-allowed",
        "An object can have keys that are not documented",
        "Programs ignore keys that they do not know; the struct gets a field that holds them.",
    ).with_effects_in_both_directions(Compatible, Compatible);
    OTHER_KEYS_REFUSED = Rule::new(
        "other-keys-refused",
        "An object can no longer have keys that are not documented",
        "Requests with such keys are refused; the field that holds them is gone.",
    ).with_request_effects(Breaking, Breaking).with_response_effects(Compatible, Breaking)
    .with_migration_advice("Stop using `extra` of `{old}`.");
    COMBINATION_ADDED = Rule::new(
        "combination-added",
        "Only some combinations of fields are allowed",
        "Requests with another combination are refused; Rust checks it where the combination has a title.",
    ).with_request_effects(Breaking, Compatible).with_response_effects(Compatible, Compatible)
        .with_migration_advice("Set exactly one of the combinations that `{new}` documents.");
    COMBINATION_REMOVED = Rule::new(
        "combination-removed",
        "Any combination of fields is allowed",
        "What was allowed still is.",
    ).with_effects_in_both_directions(Compatible, Compatible);
    COMBINATION_RENAMED = Rule::new(
        "combination-renamed",
        "A combination of fields has another title, or another name of an alternative",
        "Callers choose an alternative from an enum of that name.",
    ).with_request_effects(Unaffected, Breaking).with_migration_advice("Set the fields as `{new}` takes them now.");
    COMBINATION_CHANGED = Rule::new(
        "combination-changed",
        "Other combinations of fields are allowed",
        "Requests with an old combination may be refused; Rust checks it where the combination has a title.",
    ).with_request_effects(Breaking, Compatible).with_response_effects(Compatible, Compatible)
        .with_migration_advice("Set exactly one of the combinations that `{new}` documents.");
}

/// Reports the changes between an old and a new object: of the fields, of undocumented keys (`additionalProperties`),
/// and of the allowed combinations of fields.
pub(super) fn report_object_changes(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: (&Object, &TypeDefinition),
    after: (&Object, &TypeDefinition),
) {
    let (b, a) = (&before.0.fields, &after.0.fields);
    compare_all_fields(c, site, b, a, FieldOwner::Object);
    other_keys(c, site, before, after);
    compare_key_combinations(c, site, before.1, after.1);
}

/// Compares the fields of an old and a new form (a multipart or URL-encoded body), and reports the changes.
pub(super) fn report_form_field_changes(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: &[Field],
    after: &[Field],
) {
    compare_all_fields(c, site, before, after, FieldOwner::Form);
}

/// The owner of a field: an object, or a form or multipart body, whose parts are treated like fields.
#[derive(Clone, Copy, PartialEq)]
enum FieldOwner {
    Object,
    Form,
}

fn compare_all_fields(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: &[Field],
    after: &[Field],
    owner: FieldOwner,
) {
    let matched = pairs::match_fields(before, after);
    for field in &matched.removed_items {
        let rule = if field.required { &FIELD_REMOVED_REQUIRED } else { &FIELD_REMOVED_OPTIONAL };
        let text = format!(
            "{} no longer {} {}",
            site.message_subject(),
            choose_field_verb(site),
            shown(site, field, owner)
        );
        let is_hidden = is_hidden_tag(&field.schema, c.before);
        let change = c
            .report_change(rule, site, text, (Some(&field.key_location), None))
            .fill_in_migration_advice(&field.name, "");
        if is_hidden {
            change.cap_rust_effect(Unaffected);
        }
    }
    for field in &matched.added_items {
        let (rule, word) = match (field.required, site.directions.sent) {
            (true, true) => (&FIELD_ADDED_REQUIRED, "also"),
            (true, false) => (&FIELD_ADDED_REQUIRED, "now always also"),
            (false, _) => (&FIELD_ADDED_OPTIONAL, "now also"),
        };
        let verb = if field.required && site.directions.sent {
            site.choose_verb_form("needs", "need")
        } else {
            choose_field_verb(site)
        };
        let text = format!("{} {word} {verb} {}", site.message_subject(), shown(site, field, owner));
        let is_hidden = is_hidden_tag(&field.schema, c.after);
        let change = c
            .report_change(rule, site, text, (None, Some(&field.key_location)))
            .fill_in_migration_advice("", &field.name);
        if is_hidden {
            change.cap_rust_effect(Unaffected);
        }
    }
    for (b, a) in &matched.renamed_pairs {
        let text =
            format!("{} of {} is called `{}` now", shown(site, b, owner), site.message_subject(), a.name);
        let places = (Some(&b.key_location), Some(&a.key_location));
        let change = c
            .report_change(&FIELD_RENAMED, site, capitalize(&text), places)
            .fill_in_migration_advice(&b.name, &a.name);
        // A required part of a multipart body is an argument of the method. Callers do not write the names of
        // arguments, so a new name does not break their code.
        if owner == FieldOwner::Form && b.required && a.required {
            change.cap_rust_effect(Compatible);
        }
    }
    for (b, a) in matched.matched_pairs() {
        compare_field(c, site, b, a, owner);
    }
    // The required parts of a multipart body are arguments of a method, so their order matters. The order of the fields
    // of an object does not matter, because callers set fields by name.
    if owner == FieldOwner::Form {
        check_required_part_order(c, site, (before, after), &matched.matched_pairs().collect::<Vec<_>>());
    }
}

fn compare_field(c: &mut Comparison<'_>, site: &ChangeSite, b: &Field, a: &Field, owner: FieldOwner) {
    let name = match owner {
        FieldOwner::Object => format!("`{}.{}`", site.quoted_name.trim_matches('`'), a.name),
        FieldOwner::Form => format!("The part `{}` of {}", a.name, site.quoted_name),
    };
    let inner = site.with_quoted_name(&name);
    let places = (Some(&b.key_location), Some(&a.key_location));
    let position = |field: &Field| match owner {
        FieldOwner::Object => ValuePosition::Field { is_required: field.required },
        FieldOwner::Form => ValuePosition::Argument,
    };
    if b.name == a.name && b.rust_name != a.rust_name {
        let text = format!("{name} is called `{}` in Rust", a.rust_name);
        let change = c
            .report_change(&FIELD_NAME_CHANGED, &inner, text, places)
            .fill_in_migration_advice(&b.rust_name, &a.rust_name);
        if matches!(owner, FieldOwner::Form) && a.required && b.required {
            change.cap_rust_effect(DocumentationOnly);
        }
    }
    if b.required != a.required {
        let (rule, word) =
            if a.required { (&FIELD_REQUIRED, "required") } else { (&FIELD_OPTIONAL, "optional") };
        let types = c.format_rust_types((&b.schema, position(b)), (&a.schema, position(a)));
        let change = c
            .report_change(rule, &inner, format!("{name} is {word} now"), places)
            .fill_in_migration_advice(&b.name, &a.name);
        if !site.directions.sent && types.0 == types.1 {
            change.cap_rust_effect(Compatible);
        }
    }
    let (was_hidden, is_hidden) = (is_hidden_tag(&b.schema, c.before), is_hidden_tag(&a.schema, c.after));
    if was_hidden != is_hidden {
        let (rule, text) = match is_hidden {
            true => (&FIELD_HIDDEN, "has only one value, and is set by itself"),
            false => (&FIELD_SHOWN, "can have other values than one"),
        };
        c.report_change(rule, &inner, format!("{name} {text}"), places)
            .fill_in_migration_advice(&b.name, &a.name);
    }
    // If the vendor's docs show an optional field in every response, the generated type has an accessor method for the
    // field. So a change is reported if the docs begin or cease to show the field in every response. A type that is
    // also sent in requests has no such accessor methods, because its setters have the same names.
    let (was_always_shown, is_always_shown) =
        (b.schema.details.is_always_shown_in_docs, a.schema.details.is_always_shown_in_docs);
    if was_always_shown != is_always_shown && !site.directions.sent {
        let (rule, word) =
            if is_always_shown { (&FIELD_EXPECTED, "is") } else { (&FIELD_UNEXPECTED, "is no longer") };
        c.report_change(rule, &inner, format!("{name} {word} expected in every response"), places)
            .fill_in_migration_advice(&b.rust_name, &a.rust_name);
    }
    for (key, [added, removed], was, is) in [
        (
            "responses",
            [&READ_ONLY_ADDED, &READ_ONLY_REMOVED],
            b.schema.details.read_only,
            a.schema.details.read_only,
        ),
        (
            "requests",
            [&WRITE_ONLY_ADDED, &WRITE_ONLY_REMOVED],
            b.schema.details.write_only,
            a.schema.details.write_only,
        ),
    ] {
        if was != is {
            let (rule, word) = if is { (added, "only") } else { (removed, "no longer only") };
            c.report_change(rule, &inner, format!("{name} is {word} in {key}"), places)
                .fill_in_migration_advice(&b.name, &a.name);
        }
    }
    values::report_changes(c, &inner, (&b.schema, position(b)), (&a.schema, position(a)));
}

/// Checks whether the required parts of a multipart body are in another order than before. These parts are arguments of
/// a method, so a new order breaks callers. Only parts that are required before and after are compared.
fn check_required_part_order(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    all: (&[Field], &[Field]),
    matched: &[(&Field, &Field)],
) {
    let is_argument = |field: &Field, model| field.required && !is_hidden_tag(&field.schema, model);
    let both = matched.iter().filter(|(b, a)| is_argument(b, c.before) && is_argument(a, c.after));
    let position =
        |fields: &[Field], wanted: &Field| fields.iter().position(|field| std::ptr::eq(field, wanted));
    let mut old: Vec<_> = both.collect();
    let mut new = old.clone();
    old.sort_by_key(|(b, _)| position(all.0, b));
    new.sort_by_key(|(_, a)| position(all.1, a));
    let (Some(first), false) =
        (new.first(), old.iter().map(|(_, a)| &a.name).eq(new.iter().map(|(_, a)| &a.name)))
    else {
        return;
    };
    let names: Vec<String> = new.iter().map(|(_, a)| format!("`{}`", a.rust_name)).collect();
    let text = format!("{} takes its arguments in another order: {}", site.quoted_name, names.join(", "));
    let name = site.quoted_name.trim_matches('`').to_owned();
    let change = c.report_change(
        &ARGUMENTS_REORDERED,
        site,
        text,
        (Some(&first.0.key_location), Some(&first.1.key_location)),
    );
    change.rust_effect = Breaking;
    change.fill_in_migration_advice(&name, &name);
}

fn other_keys(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: (&Object, &TypeDefinition),
    after: (&Object, &TypeDefinition),
) {
    let name = site.quoted_name.trim_matches('`').to_owned();
    let (rule, text) = match (&before.0.additional_properties, &after.0.additional_properties) {
        (None, Some(_)) => (&OTHER_KEYS_ALLOWED, "can have keys that are not documented"),
        (Some(_), None) => (&OTHER_KEYS_REFUSED, "can no longer have keys that are not documented"),
        (Some(b), Some(a)) => {
            let inner = site.with_quoted_name(format!("The values of other keys of {}", site.quoted_name));
            return values::report_changes(
                c,
                &inner,
                (b, ValuePosition::ResponseOrElement),
                (a, ValuePosition::ResponseOrElement),
            );
        }
        (None, None) => return,
    };
    c.report_change(
        rule,
        site,
        format!("{} {text}", site.quoted_name),
        old_and_new_locations(before.1, after.1),
    )
    .fill_in_migration_advice(&name, &name);
}

fn compare_key_combinations(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: &TypeDefinition,
    after: &TypeDefinition,
) {
    let (b, a) = (&before.schema_details.key_combinations, &after.schema_details.key_combinations);
    let (old, new) = (collect_sorted_required_keys(b), collect_sorted_required_keys(a));
    let name = site.quoted_name.trim_matches('`').to_owned();
    let (rule, text) = match (old.is_empty(), new.is_empty()) {
        _ if old == new && collect_sorted_combination_titles(b) == collect_sorted_combination_titles(a) => {
            return;
        }
        _ if old == new => (&COMBINATION_RENAMED, "names its combinations of fields differently"),
        (true, _) => (&COMBINATION_ADDED, "allows only some combinations of fields"),
        (_, true) => (&COMBINATION_REMOVED, "allows any combination of fields"),
        _ => (&COMBINATION_CHANGED, "allows other combinations of fields"),
    };
    let shown = if new.is_empty() {
        String::new()
    } else {
        let one =
            |one: &Vec<Vec<String>>| one.iter().map(|keys| keys.join(" + ")).collect::<Vec<_>>().join(" or ");
        format!(": {}", new.iter().map(one).collect::<Vec<_>>().join("; "))
    };
    let titles = b.iter().chain(a).filter_map(|combination| combination.title.as_deref().map(to_type_name));
    let owners: Vec<String> = site.affected_type_names.iter().cloned().chain(titles).collect();
    let is_breaking =
        owners.len() > site.affected_type_names.len() && site.directions.sent && !site.directions.received;
    let site = &ChangeSite { affected_type_names: owners, ..site.clone() };
    let change = c.report_change(
        rule,
        site,
        format!("{} {text}{shown}", site.quoted_name),
        old_and_new_locations(before, after),
    );
    if is_breaking {
        change.rust_effect = Breaking;
    }
    change.fill_in_migration_advice(&name, &name);
}

/// Collects the keys that the alternatives of key combinations require. A key combination is a `oneOf` whose
/// alternatives require different keys. The result has a list for each key combination, which has a list of required
/// keys for each alternative. All lists are sorted, so that the result does not depend on the order in the document.
fn collect_sorted_required_keys(combinations: &[KeyCombination]) -> Vec<Vec<Vec<String>>> {
    let one = |combination: &KeyCombination| {
        let mut alternatives: Vec<Vec<String>> =
            combination.alternatives.iter().map(|one| one.keys.clone()).collect();
        alternatives.iter_mut().for_each(|keys| keys.sort());
        alternatives.sort();
        alternatives
    };
    let mut all: Vec<_> = combinations.iter().map(one).collect();
    all.sort();
    all
}

/// Returns the title of each key combination (see [`collect_sorted_required_keys`]), with the titles of its
/// alternatives. If the object only occurs in requests, the generated code can have an enum that is named after the
/// combination, with a variant for each alternative that is named after the alternative. Key combinations without a
/// title are left out.
fn collect_sorted_combination_titles(combinations: &[KeyCombination]) -> Vec<(&str, Vec<Option<&str>>)> {
    let titled = combinations.iter().filter_map(|one| Some((one.title.as_deref()?, one)));
    let mut all: Vec<_> = titled
        .map(|(title, one)| {
            let mut names: Vec<_> =
                one.alternatives.iter().map(|alternative| alternative.title.as_deref()).collect();
            names.sort_unstable();
            (title, names)
        })
        .collect();
    all.sort();
    all
}

/// Chooses the verb of a message about an added or removed field: `accepts` in "`create_order` no longer accepts
/// `note`".
fn choose_field_verb(site: &ChangeSite) -> String {
    match (site.client_method_names.is_empty(), site.directions.sent, site.directions.received) {
        (true, ..) => site.choose_verb_form("has", "have"),
        (_, true, false) => site.choose_verb_form("accepts", "accept"),
        (_, false, _) => site.choose_verb_form("returns", "return"),
        (_, true, true) => site.choose_verb_form("accepts and returns", "accept and return"),
    }
}

fn shown(site: &ChangeSite, field: &Field, owner: FieldOwner) -> String {
    match owner {
        FieldOwner::Object if site.client_method_names.is_empty() => format!("`{}`", field.name),
        FieldOwner::Object => format!("`{}` of {}", field.name, site.quoted_name),
        FieldOwner::Form => format!("the part `{}`", field.name),
    }
}

fn capitalize(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
