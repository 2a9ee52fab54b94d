use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::error("parameter-style", Profile::OpenApi, include_str!("parameter_style.md"))
    .yielding_to_blocking_rules();

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for place in model.object_places_of_kind(ObjectKind::Parameter) {
        check_one(place.node, place.node.get_str("in").unwrap_or_default(), model, found);
    }
    for place in model.object_places_of_kind(ObjectKind::Header) {
        check_one(place.node, "header", model, found);
    }
}

/// Returns the styles that OpenAPI allows for a parameter, depending on the value of its key `in`. The list is empty if
/// this value is unknown.
fn list_allowed_parameter_styles(in_value: &str) -> &'static [&'static str] {
    match in_value {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "cookie" => &["form"],
        _ => &[],
    }
}

fn check_one<'a>(node: &'a Node, in_value: &str, model: &Model<'a>, found: &mut RuleFindings) {
    let Some(style) = node.get("style") else { return };
    let (Some(name), styles) = (style.as_str(), list_allowed_parameter_styles(in_value)) else { return };
    if styles.is_empty() {
        return;
    }
    if !styles.contains(&name) {
        found
            .report_at(&style.location, format!("`{name}` is no style of a {in_value} parameter"))
            .with_help(advise_on_unknown_name(name, styles.iter().copied()).unwrap_or_default());
        return;
    }
    let schema = node.get("schema").and_then(|schema| model.resolve_reference(schema));
    let Some(of) = schema.and_then(|schema| schema.get_str("type")) else { return };
    let expected = match name {
        "deepObject" if of != "object" => "objects",
        "spaceDelimited" | "pipeDelimited" if of != "array" && of != "object" => "lists",
        _ => return,
    };
    let message = format!("the style `{name}` is for {expected}, and this value is of type `{of}`");
    found.report_at(&style.location, message).with_help("leave the style out, or check the type");
}
