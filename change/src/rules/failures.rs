//! Finds changes of the bodies of failures (error responses). The model does not contain these bodies, because all
//! failures have one Rust type.

use partner_model::{Model, Operation, Response};
use partner_spec::Location;

use super::enums::{ENUM_VALUE_ADDED, ENUM_VALUE_REMOVED};
use super::limits;
use super::responses::{FAILURE_BODY_CHANGED, FAILURE_BODY_EXTENDED, find_unmodeled_response_parts};
use super::values::{ENUM_FROM_STRING, STRING_FROM_ENUM};
use crate::compare::Comparison;
use crate::rule::Effect::Compatible;
use crate::site::ChangeSite;
use crate::users::SHARED_TYPES_SECTION_TITLE;
use crate::wire::FailureOrHeaderValue;

/// A value in the bodies of failures (error responses). The old and the new document both have the value, with the same
/// type and format, and it is required in both or in neither.
pub(crate) struct MatchedFailureValue<'m> {
    /// What is needed to report changes of this value: the docs page that describes the value, the name of the value in
    /// messages, and the client methods whose calls can fail with the value.
    site: ChangeSite,
    before: &'m FailureOrHeaderValue,
    after: &'m FailureOrHeaderValue,
}

/// Checks the body of a failure (error response) for changes, but not its enums and limits. Many failures share the
/// same schemas, so [`check_failure_enums_and_limits`] reports each change of enums and limits once for all operations.
pub(super) fn check_failure_body(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: (&Operation, &Response),
    after: (&Operation, &Response),
) {
    let Some((old, new)) = find_unmodeled_response_parts(c, before, after) else { return };
    let (old, new) = (&old.failure_values, &new.failure_values);
    for (key, was) in old {
        let Some(is) = new.get(key).filter(|is| is.type_format_and_presence == was.type_format_and_presence)
        else {
            continue;
        };
        let is_same =
            is.enum_values == was.enum_values && is.schema_details.limits == was.schema_details.limits;
        let Some(places) = was.schema_location.clone().zip(is.schema_location.clone()).filter(|_| !is_same)
        else {
            continue;
        };
        let shared = c.pending_failure_values.entry(places).or_insert_with(|| {
            let site = ChangeSite {
                client_method_names: Vec::new(),
                quoted_name: format!("`{key}`"),
                ..site.clone()
            };
            MatchedFailureValue { site, before: was, after: is }
        });
        if site.page_title != shared.site.page_title {
            shared.site.page_title = SHARED_TYPES_SECTION_TITLE.to_owned();
        }
        let methods = &mut shared.site.client_method_names;
        methods.extend(
            site.client_method_names
                .iter()
                .filter(|method| !methods.contains(method))
                .cloned()
                .collect::<Vec<_>>(),
        );
    }
    let changed: Vec<&String> = old
        .iter()
        .filter(|(key, was)| {
            new.get(*key).is_none_or(|is| is.type_format_and_presence != was.type_format_and_presence)
        })
        .map(|(key, _)| key)
        .collect();
    let added: Vec<&String> = new.keys().filter(|key| !old.contains_key(*key)).collect();
    let (rule, keys, word) = match (changed.is_empty(), added.is_empty()) {
        (true, true) => return,
        (true, false) => (&FAILURE_BODY_EXTENDED, added, "holds more"),
        (false, _) => (&FAILURE_BODY_CHANGED, changed, "no longer holds what it did"),
    };
    // If a whole object was added or removed, the keys inside that object are not listed.
    let is_inside_listed_object = |key: &str| keys.iter().any(|outer| key.starts_with(&format!("{outer}.")));
    let keys: Vec<&&String> = keys.iter().filter(|key| !is_inside_listed_object(key)).collect();
    let shown: Vec<String> = keys.iter().take(4).map(|key| format!("`{key}`")).collect();
    let more = keys.len().saturating_sub(shown.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let text = format!(
        "The failure {} of {} {word}: {}{more}",
        after.1.status,
        site.message_subject(),
        shown.join(", ")
    );
    c.report_change(rule, site, text, (Some(&before.1.location), Some(&after.1.location)))
        .fill_in_migration_advice(&before.0.client_method_name, &after.0.client_method_name);
}

/// Checks the enums and limits of the values in failures (error responses) for changes. A schema that many failures
/// share is checked once.
pub(super) fn check_failure_enums_and_limits(c: &mut Comparison<'_>) {
    for ((old, new), MatchedFailureValue { site, before, after }) in
        std::mem::take(&mut c.pending_failure_values)
    {
        // If Rust types are generated from the old and the new schema, the schemas are skipped here, because the rules
        // about types already compare their enums and limits.
        if has_generated_type(c.before, &old) && has_generated_type(c.after, &new) {
            continue;
        }
        let name = format!("{} in failures of {}", site.quoted_name, site.message_subject());
        let site = site.with_quoted_name(&name);
        let since = c.change_count();
        limits::report_changes(c, &site, (&before.schema_details, &old), (&after.schema_details, &new));
        check_enum(c, &site, (before, &old), (after, &new));
        // The Rust type of error responses does not depend on the enums and limits in the document, so a change of an
        // enum or limit does not break Rust callers.
        c.changes_since_mut(since).for_each(|change| {
            change.cap_rust_effect(Compatible);
        });
    }
}

/// Whether the model has a type that is generated from the schema at this location.
fn has_generated_type(model: &Model, location: &Location) -> bool {
    model.types.values().any(|definition| definition.location == *location)
}

fn check_enum(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    (before, old): (&FailureOrHeaderValue, &Location),
    (after, new): (&FailureOrHeaderValue, &Location),
) {
    let places = (Some(old), Some(new));
    let list = |values: Vec<&String>| values.iter().map(|v| format!("`{v}`")).collect::<Vec<_>>().join(", ");
    let (removed, added): (Vec<_>, Vec<_>) = (
        before.enum_values.difference(&after.enum_values).collect(),
        after.enum_values.difference(&before.enum_values).collect(),
    );
    match (before.enum_values.is_empty(), after.enum_values.is_empty()) {
        (true, true) => {}
        (true, false) => {
            let text = format!("{} is one of {}", site.quoted_name, list(added));
            c.report_change(&ENUM_FROM_STRING, site, text, places);
        }
        (false, true) => {
            c.report_change(
                &STRING_FROM_ENUM,
                site,
                format!("{} can be any string", site.quoted_name),
                places,
            );
        }
        (false, false) => {
            if !removed.is_empty() {
                let text = format!("{} is no longer {}", site.quoted_name, list(removed));
                c.report_change(&ENUM_VALUE_REMOVED, site, text, places)
                    .fill_in_migration_advice(&site.quoted_name, "");
            }
            if !added.is_empty() {
                let text = format!("{} can also be {}", site.quoted_name, list(added));
                c.report_change(&ENUM_VALUE_ADDED, site, text, places);
            }
        }
    }
}
