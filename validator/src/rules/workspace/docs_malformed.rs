use super::date::is_iso_date;
use super::webhook::is_component;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::error("docs-malformed", Profile::Workspace, include_str!("docs_malformed.md"));

const KEYS: [&str; 7] = ["page", "url", "retrieved", "confidence", "note", "operation", "also"];

const CONFIDENCE_LEVELS: [&str; 4] = ["documented", "older", "third-party", "inferred"];

/// The values of `confidence` that need a `note`. Both are keys of `x-docs`, which says where the description of an
/// operation or schema comes from. The note names this source, or the facts from which the description was concluded.
const CONFIDENCE_LEVELS_NEEDING_NOTE: [&str; 2] = ["third-party", "inferred"];

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for kind in [ObjectKind::Operation, ObjectKind::Schema] {
        for place in model.object_places_of_kind(kind) {
            let Some(entry) = place.node.as_object().and_then(|object| object.entry("x-docs")) else {
                continue;
            };
            let needs_page = kind == ObjectKind::Operation
                || (is_component(model, place) && place.node.get("x-webhook").is_some());
            check_docs_extension(place, &entry.node, &entry.key_location, needs_page, found);
        }
    }
}

/// Checks the value of one `x-docs`. The key `confidence` is always required. If `needs_page` is true, which it is for
/// operations and webhooks, the docs page and the day on which it was read are required as well.
fn check_docs_extension(
    place: &Place<'_>,
    docs: &Node,
    key: &Location,
    needs_page: bool,
    found: &mut RuleFindings,
) {
    let Some(object) = docs.as_object() else {
        let message = format!("`x-docs` is {} here; a map was expected", docs.value.describe_type());
        found
            .report_at(&docs.location.collapse_to_start(), message)
            .with_help(format!("its keys are `{}`", KEYS.join("`, `")));
        return;
    };
    for entry in object.iter() {
        if !KEYS.contains(&entry.key.as_str()) {
            let help = advise_on_unknown_name(&entry.key, KEYS);
            let note = found.report_at(&entry.key_location, format!("`x-docs` has no key `{}`", entry.key));
            note.with_help(help.unwrap_or_else(|| format!("its keys are `{}`", KEYS.join("`, `"))));
        } else if let Some(expected) = describe_expected_value(&entry.key, &entry.node) {
            found.report_at(&entry.node.location, format!("`{}` is not {expected}", entry.key));
        }
    }
    let needed: &[&str] = if needs_page { &["page", "retrieved", "confidence"] } else { &["confidence"] };
    // Missing keys are reported only if no key is unknown. An unknown key was already reported, and may be the
    // misspelled name of a missing key.
    let are_all_keys_known = object.iter().all(|entry| KEYS.contains(&entry.key.as_str()));
    for missing in needed.iter().filter(|key| are_all_keys_known && !object.contains_key(key)) {
        let what = if place.kind == ObjectKind::Operation { "an operation" } else { "a schema" };
        found
            .report_at(key, format!("`x-docs` of {what} has no `{missing}` here"))
            .with_help(describe_key_purpose(missing));
    }
    let unsure = docs
        .get("confidence")
        .filter(|word| word.as_str().is_some_and(|word| CONFIDENCE_LEVELS_NEEDING_NOTE.contains(&word)));
    if let Some(word) = unsure.filter(|_| !object.contains_key("note")) {
        let message = format!("nothing says what makes this `{}`", word.as_str().unwrap_or_default());
        found
            .report_at(&word.location, message)
            .with_help("add a `note`: from what it was concluded, or where it was seen");
    }
}

/// Describes the value that `key`, a key of `x-docs`, should have, like `a text`. Returns `None` if `value` is valid
/// for this key.
fn describe_expected_value(key: &str, value: &Node) -> Option<String> {
    let text = value.as_str().filter(|text| !text.trim().is_empty());
    let (fits, expected) = match key {
        "retrieved" => (text.is_some_and(is_iso_date), String::from("a day, like '2026-01-31'")),
        "confidence" => {
            (text.is_some_and(|text| CONFIDENCE_LEVELS.contains(&text)), one_of(&CONFIDENCE_LEVELS))
        }
        "url" => (text.is_some_and(|text| text.starts_with("https://")), String::from("an https address")),
        "also" => {
            let entries = value.as_array().is_some_and(|items| {
                !items.is_empty()
                    && items.iter().all(|item| item.as_str().is_some_and(|text| !text.is_empty()))
            });
            (entries, String::from("a list of the other entries of the docs"))
        }
        _ => (text.is_some(), String::from("a text")),
    };
    (!fits).then_some(expected)
}

fn one_of(words: &[&str]) -> String {
    format!("one of `{}`", words.join("`, `"))
}

fn describe_key_purpose(key: &str) -> &'static str {
    match key {
        "page" => "name the docs page by its title",
        "retrieved" => "say on which day the page was read, like '2026-01-31'",
        _ => "say how sure it is: `documented`, `older`, `third-party` or `inferred`",
    }
}
