//! Finds changes of responses: of their statuses, media types and bodies.

use std::collections::BTreeSet;

use partner_model::media::extract_media_type_essence;
use partner_model::{Operation, Response, SuccessBodies};

use super::{docs, failures, values};
use crate::compare::Comparison;
use crate::matching::MatchingResult;
use crate::pairs;
use crate::rule::{Effect::*, Rule};
use crate::rust::{RustTypeFormatter, ValuePosition};
use crate::site::ChangeSite;
use crate::wire;

declare_rules! {
    SUCCESS_STATUS_ADDED = Rule::new(
        "success-status-added",
        "A success can have another status beside the known ones",
        "Programs that expect any 2xx go on working.",
    ).with_response_effects(Compatible, Compatible);
    SUCCESS_STATUS_REMOVED = Rule::new(
        "success-status-removed",
        "A success no longer has one of its statuses",
        "Programs already deal with those that stay.",
    ).with_response_effects(Compatible, Compatible);
    SUCCESS_STATUS_CHANGED = Rule::new(
        "success-status-changed",
        "A success has another status",
        "Programs that look for the old one take the call for failed; the client takes any 2xx for a success.",
    ).with_response_effects(Breaking, Compatible)
    .with_migration_advice("Where you look at the status of `{old}`, expect the new one.");
    FAILURE_STATUS_ADDED = Rule::new(
        "failure-status-added",
        "A failure has another status beside the known ones",
        "Every status that is not 2xx is an error already.",
    ).with_response_effects(Compatible, Compatible);
    FAILURE_STATUS_REMOVED = Rule::new(
        "failure-status-removed",
        "A status of failures is no longer documented",
        "Programs that look for it never see it, and deal with the others already.",
    ).with_response_effects(Compatible, Compatible);
    FAILURE_BODY_EXTENDED = Rule::new(
        "failure-body-extended",
        "A failure holds more than before",
        "Programs ignore what they do not know.",
    ).with_response_effects(Compatible, Compatible);
    FAILURE_BODY_CHANGED = Rule::new(
        "failure-body-changed",
        "A failure no longer holds what it did",
        "Programs that read it miss it; in Rust all failures are one type, whatever they hold.",
    ).with_response_effects(Breaking, Compatible)
    .with_migration_advice("Where you read the raw body of failures of `{old}`, expect the new form.");
    RESPONSE_HEADER_ADDED = Rule::new(
        "response-header-added",
        "A response has another header",
        "Programs ignore headers that they do not know.",
    ).with_response_effects(Compatible, Unaffected);
    RESPONSE_HEADER_REMOVED = Rule::new(
        "response-header-removed",
        "A response no longer has a header",
        "Programs that read it miss it; the Rust client has no field for it.",
    ).with_response_effects(Breaking, Unaffected).with_migration_advice("Stop reading the header `{old}`.");
    RESPONSE_HEADER_CHANGED = Rule::new(
        "response-header-changed",
        "A header of a response holds something else, or is no longer always there",
        "Programs that read it cannot read what comes; the Rust client has no field for it.",
    ).with_response_effects(Breaking, Unaffected).with_migration_advice("Read the header `{old}` as it is now.");
    RESPONSE_BODY_ADDED = Rule::new(
        "response-body-added",
        "A success that had no body has one",
        "Programs ignore it; the Rust call responds with a value instead of `()`.",
    ).with_response_effects(Compatible, Breaking)
    .with_migration_advice("`{old}` responds with a value now; drop it or use it.");
    RESPONSE_BODY_REMOVED = Rule::new(
        "response-body-removed",
        "A success has no body any more",
        "What programs read in it is not there.",
    ).with_response_effects(Breaking, Breaking).with_migration_advice("`{old}` responds with nothing but its status.");
    RESPONSE_MEDIA_TYPE_CHANGED = Rule::new(
        "response-media-type-changed",
        "A success has another media type",
        "Programs cannot read the body the way they did.",
    ).with_response_effects(Breaking, Breaking).with_migration_advice("`{old}` responds with another type; read that.");
    OUTCOME_VARIANT_REMOVED = Rule::new(
        "outcome-variant-removed",
        "The enum of what a call responds with has lost the variant of a status",
        "Programs that match on it do not compile.",
    ).with_response_effects(Unaffected, Breaking)
    .with_migration_advice("Remove the match arm for the status that `{old}` no longer has.");
    RESPONSE_WRAPPED = Rule::new(
        "response-wrapped",
        "Successes of an operation are in the envelope, or are so no longer",
        "Programs look for the response in another place; the client takes the envelope off by itself.",
    ).with_response_effects(Breaking, Compatible)
    .with_migration_advice("Build with the new version; the old one cannot read what `{old}` returns.");
    ENVELOPE_PROMISE_LOST = Rule::new(
        "envelope-promise-lost",
        "A key of the envelope is no longer always there",
        "Programs that rely on it fail when it is missing.",
    ).with_response_effects(Breaking, Compatible)
    .with_migration_advice("Build with the new version; the old one refuses such responses of `{old}`.");
    ENVELOPE_PROMISE_MADE = Rule::new(
        "envelope-promise-made",
        "A key of the envelope is always there",
        "Programs had to expect that it is missing.",
    ).with_response_effects(Compatible, Compatible);
}

pub(super) fn report_changes(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: &Operation,
    after: &Operation,
) {
    let outcomes = [before, after].map(|operation| match &operation.success_bodies {
        SuccessBodies::ByStatus { enum_name: name, .. } => Some(name.clone()),
        SuccessBodies::SameForAllStatuses(_) => None,
    });
    let owners = site.affected_type_names.iter().cloned().chain(outcomes.into_iter().flatten()).collect();
    let site = &ChangeSite { affected_type_names: owners, ..site.clone() };
    successes(c, site, before, after);
    compare_failure_responses(c, site, before, after);
    wrapping(c, site, before, after);
    report_removed_response_variants(c, site, before, after);
}

fn successes(c: &mut Comparison<'_>, site: &ChangeSite, before: &Operation, after: &Operation) {
    let since = c.change_count();
    let matched = pairs::match_successful_responses(before, after);
    for response in &matched.removed_items {
        let text = format!("{} no longer responds with {}", site.message_subject(), response.status);
        c.report_change(&SUCCESS_STATUS_REMOVED, site, text, (Some(&response.location), None));
    }
    for response in &matched.added_items {
        let text = format!("{} can also respond with {}", site.message_subject(), response.status);
        c.report_change(&SUCCESS_STATUS_ADDED, site, text, (None, Some(&response.location)));
    }
    for (b, a) in &matched.renamed_pairs {
        let text =
            format!("{} responds with {}, and did with {}", site.message_subject(), a.status, b.status);
        c.report_change(&SUCCESS_STATUS_CHANGED, site, text, (Some(&b.location), Some(&a.location)))
            .fill_in_migration_advice(&before.client_method_name, &after.client_method_name);
    }
    let inner = site.with_quoted_name(format!("The response of {}", site.message_subject()));
    for (b, a) in matched.matched_pairs() {
        let since_this_status = c.change_count();
        if !pairs::only_one_uses_envelope(before, after) {
            compare_response_contents(c, site, (b, a), &after.client_method_name);
        }
        compare_response_docs(c, site, b, a);
        compare_response_headers(c, site, (before, b), (after, a));
        let types = (
            RustTypeFormatter::for_old_state(&c.pairs).format_response_variant_type(before, b),
            RustTypeFormatter::for_new_state(&c.pairs).format_response_variant_type(after, a),
        );
        if let (Some(old), Some(new)) = types {
            c.correct_rust_effects(
                since_this_status,
                &inner,
                old == new,
                (old, &b.location),
                (new, &a.location),
            );
        }
    }
    // If the old and the new response type are both enums with a variant for each status, the loop above has compared
    // them variant by variant. All other response types are compared here, as a whole.
    let has_response_enum =
        |operation: &Operation| matches!(operation.success_bodies, SuccessBodies::ByStatus { .. });
    if !(has_response_enum(before) && has_response_enum(after)) {
        let (old, new) = (
            RustTypeFormatter::for_old_state(&c.pairs).format_response_type(before),
            RustTypeFormatter::for_new_state(&c.pairs).format_response_type(after),
        );
        c.correct_rust_effects(
            since,
            &inner,
            old == new,
            (old, &before.id_location),
            (new, &after.id_location),
        );
    }
}

fn compare_response_contents(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    (b, a): (&Response, &Response),
    name: &str,
) {
    let places = (Some(&b.location), Some(&a.location));
    let who = site.message_subject();
    let found = match (b.media_types_with_schemas.first(), a.media_types_with_schemas.first()) {
        (None, None) => return,
        (None, Some((media, _))) => {
            (&RESPONSE_BODY_ADDED, format!("{who} responds with a body ({media}) under {}", a.status))
        }
        (Some(_), None) => {
            (&RESPONSE_BODY_REMOVED, format!("{who} responds with no body under {}", a.status))
        }
        (Some((old, _)), Some((new, _)))
            if extract_media_type_essence(old) != extract_media_type_essence(new) =>
        {
            (
                &RESPONSE_MEDIA_TYPE_CHANGED,
                format!("{who} responds with `{new}` under {}, and did with `{old}`", a.status),
            )
        }
        (Some((_, Some(old))), Some((_, Some(new)))) => {
            let inner = site.with_quoted_name(format!("The response of {who}"));
            return values::report_changes_with_uncorrected_effects(
                c,
                &inner,
                (old, ValuePosition::ResponseOrElement),
                (new, ValuePosition::ResponseOrElement),
            );
        }
        (Some((_, None)), Some((_, None))) => return,
        (Some(_), Some((_, None))) => {
            (&values::VALUE_FREED, format!("What {who} responds with is no longer documented"))
        }
        (Some(_), Some(_)) => (&values::VALUE_KNOWN, format!("What {who} responds with is documented")),
    };
    c.report_change(found.0, site, found.1, places).fill_in_migration_advice(name, name);
}

fn compare_failure_responses(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: &Operation,
    after: &Operation,
) {
    let of = |operation| -> Vec<&Response> {
        let operation: &Operation = operation;
        operation.responses.iter().filter(|response| !response.is_success()).collect()
    };
    let (old, new) = (of(before), of(after));
    let matched = MatchingResult::match_by_name_or_score(
        old,
        new,
        |response: &Response| response.status.as_str(),
        |_, _| 0,
    );
    for response in &matched.removed_items {
        let text =
            format!("{} is no longer documented to fail with {}", site.message_subject(), response.status);
        c.report_change(&FAILURE_STATUS_REMOVED, site, text, (Some(&response.location), None));
    }
    for response in &matched.added_items {
        let text = format!("{} can also fail with {}", site.message_subject(), response.status);
        c.report_change(&FAILURE_STATUS_ADDED, site, text, (None, Some(&response.location)));
    }
    for (b, a) in &matched.same_name_pairs {
        compare_response_docs(c, site, b, a);
        failures::check_failure_body(c, site, (before, b), (after, a));
        compare_response_headers(c, site, (before, b), (after, a));
    }
}

/// Returns the parts of an old and a new response that the models do not contain: the bodies of failures, and the
/// headers.
pub(super) fn find_unmodeled_response_parts<'c>(
    c: &Comparison<'c>,
    before: (&Operation, &Response),
    after: (&Operation, &Response),
) -> Option<(&'c wire::UnmodeledResponseParts, &'c wire::UnmodeledResponseParts)> {
    let find = |index: usize, (operation, response): (&Operation, &Response)| {
        c.unmodeled_parts[index].find_unmodeled_response_parts(
            &operation.method,
            &operation.path_template,
            &response.status,
        )
    };
    find(0, before).zip(find(1, after))
}

/// Compares the headers of two responses.
fn compare_response_headers(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: (&Operation, &Response),
    after: (&Operation, &Response),
) {
    let Some((old, new)) = find_unmodeled_response_parts(c, before, after) else { return };
    let names: BTreeSet<&String> = old.header_values.keys().chain(new.header_values.keys()).collect();
    for name in names {
        let (rule, word) = match (old.header_values.get(name), new.header_values.get(name)) {
            (None, _) => (&RESPONSE_HEADER_ADDED, "also has"),
            (_, None) => (&RESPONSE_HEADER_REMOVED, "no longer has"),
            (Some(old), Some(new)) if old.type_format_and_presence != new.type_format_and_presence => {
                (&RESPONSE_HEADER_CHANGED, "has something else in")
            }
            _ => continue,
        };
        let text = format!(
            "The response {} of {} {word} the header `{name}`",
            after.1.status,
            site.message_subject()
        );
        c.report_change(rule, site, text, (Some(&before.1.location), Some(&after.1.location)))
            .fill_in_migration_advice(name, name);
    }
}

fn compare_response_docs(c: &mut Comparison<'_>, site: &ChangeSite, b: &Response, a: &Response) {
    let inner = site.with_quoted_name(format!("The status {} of {}", a.status, site.message_subject()));
    docs::compare_descriptions(
        c,
        &inner,
        (Some(&b.description), &b.location),
        (Some(&a.description), &a.location),
    );
}

fn wrapping(c: &mut Comparison<'_>, site: &ChangeSite, before: &Operation, after: &Operation) {
    let places = (Some(&before.id_location), Some(&after.id_location));
    let (b, a) = match (before.required_envelope_properties, after.required_envelope_properties) {
        (Some(b), Some(a)) => (b, a),
        (None, None) => return,
        (_, now) => {
            let text = format!(
                "{} responds {} the envelope",
                site.message_subject(),
                if now.is_some() { "in" } else { "without" }
            );
            c.report_change(&RESPONSE_WRAPPED, site, text, places)
                .fill_in_migration_advice(&before.client_method_name, &after.client_method_name);
            return;
        }
    };
    for (key, was_required, is_required) in [
        ("success flag", b.requires_success_property, a.requires_success_property),
        ("data", b.requires_data_property, a.requires_data_property),
    ] {
        let (rule, word) = match (was_required, is_required) {
            (true, false) => (&ENVELOPE_PROMISE_LOST, "may be missing"),
            (false, true) => (&ENVELOPE_PROMISE_MADE, "is always there"),
            _ => continue,
        };
        let text = format!("The {key} in the envelope of {} {word}", site.message_subject());
        c.report_change(rule, site, text, places)
            .fill_in_migration_advice(&before.client_method_name, &after.client_method_name);
    }
}

/// Reports the removed variants of the response enum, which has a variant for each status.
fn report_removed_response_variants(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: &Operation,
    after: &Operation,
) {
    let (
        SuccessBodies::ByStatus { variants: old, .. },
        SuccessBodies::ByStatus { enum_name: name, variants: new },
    ) = (&before.success_bodies, &after.success_bodies)
    else {
        return;
    };
    for variant in old.iter().filter(|old| !new.iter().any(|new| new.variant_name == old.variant_name)) {
        let text = format!("`{name}` has no variant `{}` any more", variant.variant_name);
        c.report_change(
            &OUTCOME_VARIANT_REMOVED,
            site,
            text,
            (Some(&before.id_location), Some(&after.id_location)),
        )
        .fill_in_migration_advice(&before.client_method_name, &after.client_method_name);
    }
}
