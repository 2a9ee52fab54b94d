use super::webhook::is_component;
use super::words::LetterCase;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::warning("identifier-case", Profile::Workspace, include_str!("identifier_case.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for operation in model.operations() {
        if let Some(id) = operation.place.node.get("operationId") {
            check_name("operationId", id.as_str(), &id.location, LetterCase::Camel, found);
        }
    }
    for place in model.object_places_of_kind(ObjectKind::Schema) {
        if is_component(model, place) {
            check_name("schema", place.map_key, place.key_location, LetterCase::Upper, found);
        }
        if let Some(title) = place.node.get("title") {
            check_name("title", title.as_str(), &title.location, LetterCase::Upper, found);
        }
    }
}

fn check_name(what: &str, name: Option<&str>, at: &Location, case: LetterCase, found: &mut RuleFindings) {
    if let Some(name) = name.filter(|name| !case.matches_name(name)) {
        let expected = case.convert_name_to_case(name);
        let note = found.report_at(at, format!("the {what} `{name}` is not written in {}", case.name()));
        note.with_help(format!("write `{expected}`"));
    }
}
