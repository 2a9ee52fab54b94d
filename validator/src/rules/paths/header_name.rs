use http::HeaderName;

use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::error("header-name", Profile::OpenApi, include_str!("header_name.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for kind in [ObjectKind::Parameter, ObjectKind::SecurityScheme] {
        for place in model.object_places_of_kind(kind) {
            let what = match place.node.get_str("in") {
                Some("header") => "header",
                Some("cookie") => "cookie",
                _ => continue,
            };
            if let Some(name) = place.node.get("name") {
                check_name(name.as_str().unwrap_or("named"), what, &name.location, found);
            }
        }
    }
    for header in model.places_of_kind(ObjectKind::Header) {
        let in_components =
            model.find_parent_place(header).is_some_and(|parent| parent.kind == ObjectKind::Components);
        if let Some(name) = header.map_key.filter(|_| !in_components) {
            check_name(name, "header", header.key_location, found);
        }
    }
}

fn check_name(name: &str, what: &str, at: &Location, found: &mut RuleFindings) {
    if HeaderName::from_bytes(name.as_bytes()).is_err() {
        let message = format!("`{name}` cannot be the name of a {what}");
        found.report_at(at, message).with_help("use letters, digits and `-`, like `X-Request-Id`");
    }
}
