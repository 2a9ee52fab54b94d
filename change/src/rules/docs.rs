//! Finds changes that affect only the documentation: descriptions, deprecation, docs pages, confidence (how reliable a
//! description is) and the like.

use partner_model::{Availability, Confidence, Operation, SchemaDetails};
use partner_spec::Location;

use super::operations::to_availability_word;
use crate::compare::Comparison;
use crate::rule::{Effect::*, Rule};
use crate::site::ChangeSite;

declare_rules! {
    DESCRIPTION_CHANGED = Rule::new(
        "description-changed",
        "A description or summary is written differently",
        "What is described is the same.",
    ).with_effects_in_both_directions(DocumentationOnly, DocumentationOnly);
    DEPRECATED = Rule::new(
        "deprecated",
        "Something is deprecated",
        "It works as before; the compiler warns of methods that are deprecated.",
    ).with_effects_in_both_directions(DocumentationOnly, DocumentationOnly);
    UNDEPRECATED = Rule::new("undeprecated", "Something is no longer deprecated", "It works as before.")
        .with_effects_in_both_directions(DocumentationOnly, DocumentationOnly);
    PAGE_CHANGED = Rule::new(
        "page-changed",
        "An operation is on another docs page",
        "Methods and types are in the module of the API, whatever page they are on.",
    ).with_effects_in_both_directions(DocumentationOnly, DocumentationOnly);
    CONFIDENCE_CHANGED = Rule::new(
        "confidence-changed",
        "It is more or less sure that a description is right",
        "What is described is the same.",
    ).with_effects_in_both_directions(DocumentationOnly, DocumentationOnly);
    FIELD_AVAILABILITY_CHANGED = Rule::new(
        "value-availability-changed",
        "More or fewer callers can use a field",
        "The vendor says for whom it is meant; whether it is there is said elsewhere.",
    ).with_effects_in_both_directions(DocumentationOnly, DocumentationOnly);
    SENSITIVITY_CHANGED = Rule::new(
        "sensitivity-changed",
        "A value is kept out of logs and errors, or is so no longer",
        "Only what `Debug` prints is another text.",
    ).with_effects_in_both_directions(Unaffected, DocumentationOnly);
}

/// Compares two descriptions, ignoring white space, and reports a change.
pub(super) fn compare_descriptions(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: (Option<&str>, &Location),
    after: (Option<&str>, &Location),
) {
    let words = |text: Option<&str>| text.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    if words(before.0) != words(after.0) {
        let text = format!("The description of {} is another one", lowercase_leading_the(&site.quoted_name));
        c.report_change(&DESCRIPTION_CHANGED, site, text, (Some(before.1), Some(after.1)));
    }
}

/// Reports an item that has become deprecated, or that is no longer deprecated.
pub(super) fn compare_deprecation(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: (bool, &Location),
    after: (bool, &Location),
) {
    let (rule, text) = match (before.0, after.0) {
        (false, true) => (&DEPRECATED, "is deprecated"),
        (true, false) => (&UNDEPRECATED, "is no longer deprecated"),
        _ => return,
    };
    c.report_change(rule, site, format!("{} {text}", site.quoted_name), (Some(before.1), Some(after.1)));
}

/// Compares the annotations of two schemas: the description, deprecation, availability, sensitivity, and confidence
/// (how reliable the description is).
pub(super) fn compare_annotations(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: (&SchemaDetails, &Location),
    after: (&SchemaDetails, &Location),
) {
    let ((b, old), (a, new)) = (before, after);
    let places = (Some(old), Some(new));
    compare_descriptions(c, site, (b.description.as_deref(), old), (a.description.as_deref(), new));
    compare_deprecation(c, site, (b.deprecated, old), (a.deprecated, new));
    if b.availability != a.availability {
        let text = format_availability_change(&site.quoted_name, b.availability, a.availability);
        c.report_change(&FIELD_AVAILABILITY_CHANGED, site, text, places);
    }
    compare_confidences(c, site, (b.confidence, old), (a.confidence, new));
    if b.is_sensitive != a.is_sensitive {
        let word = if a.is_sensitive { "kept" } else { "no longer kept" };
        c.report_change(
            &SENSITIVITY_CHANGED,
            site,
            format!("{} is {word} out of logs and errors", site.quoted_name),
            places,
        );
    }
}

/// Compares the documentation of two operations: the description, deprecation, docs page, and confidence (how reliable
/// the description is).
pub(super) fn compare_operation_docs(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: &Operation,
    after: &Operation,
) {
    let (old, new) = (&before.id_location, &after.id_location);
    let text = |operation: &Operation| {
        [&operation.summary, &operation.description].map(|text| text.clone().unwrap_or_default()).join(" ")
    };
    compare_descriptions(c, site, (Some(&text(before)), old), (Some(&text(after)), new));
    compare_deprecation(c, site, (before.deprecated, old), (after.deprecated, new));
    compare_confidences(
        c,
        site,
        (before.description_source.confidence, old),
        (after.description_source.confidence, new),
    );
    if before.description_source.page_title != after.description_source.page_title {
        let text = format!(
            "{} is on the page *{}*, and was on *{}*",
            site.quoted_name, after.description_source.page_title, before.description_source.page_title
        );
        c.report_change(&PAGE_CHANGED, site, text, (Some(old), Some(new)));
    }
}

fn compare_confidences(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: (Confidence, &Location),
    after: (Confidence, &Location),
) {
    if before.0 == after.0 {
        return;
    }
    let word = |level: Confidence| {
        Confidence::ALL_WITH_NAMES.iter().find(|(_, found)| *found == level).map_or("", |found| found.0)
    };
    let text = format!("{} is `{}`, and was `{}`", site.quoted_name, word(after.0), word(before.0));
    c.report_change(&CONFIDENCE_CHANGED, site, text, (Some(before.1), Some(after.1)));
}

fn format_availability_change(name: &str, before: Availability, after: Availability) -> String {
    format!(
        "The availability of {} is `{}`, and was `{}`",
        lowercase_leading_the(name),
        to_availability_word(after),
        to_availability_word(before)
    )
}

/// Changes a leading `The` of a name to `the`, so that the name can stand in the middle of a sentence.
fn lowercase_leading_the(name: &str) -> String {
    match name.strip_prefix("The ") {
        Some(rest) => format!("the {rest}"),
        None => name.to_owned(),
    }
}
