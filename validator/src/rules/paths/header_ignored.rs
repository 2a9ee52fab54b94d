use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::warning("header-ignored", Profile::OpenApi, include_str!("header_ignored.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for parameter in
        model.object_places_of_kind(ObjectKind::Parameter).filter(|p| p.node.get_str("in") == Some("header"))
    {
        let Some(name) = parameter.node.get("name") else { continue };
        let text = name.as_str().unwrap_or_default();
        let help = match text.to_ascii_lowercase().as_str() {
            "accept" => "the media types of the responses say it",
            "content-type" => "the media types of the request body say it",
            "authorization" => "declare a security scheme, and name it in `security`",
            _ => continue,
        };
        found
            .report_at(&name.location, format!("OpenAPI ignores a header parameter `{text}`"))
            .with_help(help);
    }
    for header in model.places_of_kind(ObjectKind::Header) {
        let holder = model.find_parent_place(header).map(|parent| parent.kind);
        let (holder, help) = match holder {
            Some(ObjectKind::Response) => ("response", "the media types of the response say it"),
            Some(ObjectKind::Encoding) => ("part", "`contentType` beside `headers` says it"),
            _ => continue,
        };
        if let Some(name) = header.map_key.filter(|name| name.eq_ignore_ascii_case("content-type")) {
            found
                .report_at(header.key_location, format!("OpenAPI ignores the header `{name}` of a {holder}"))
                .with_help(help);
        }
    }
}
