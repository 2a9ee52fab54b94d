use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::SecurityScheme, check);

static RULE: Rule =
    Rule::warning("security-scheme-key", Profile::OpenApi, include_str!("security_scheme_key.md"));

fn check(_: &Model<'_>, scheme: &Place<'_>, found: &mut RuleFindings) {
    let Some(type_) = scheme.node.get_str("type") else { return };
    let keys: &[&str] = match type_ {
        "apiKey" => &["name", "in"],
        "http" => &["scheme", "bearerFormat"],
        "oauth2" => &["flows"],
        "openIdConnect" => &["openIdConnectUrl"],
        _ => return,
    };
    for entry in scheme.node.as_object().into_iter().flat_map(|object| object.iter()) {
        let key = entry.key.as_str();
        let specific = !matches!(key, "type" | "description") && !key.starts_with("x-");
        if specific && ObjectKind::SecurityScheme.value_kind(key).is_some() && !keys.contains(&key) {
            let message = format!("a security scheme of type `{type_}` has no `{key}`");
            found.report_at(&entry.key_location, message).with_help("check the type, or take the key away");
        }
    }
    let bearer = scheme.node.get_str("scheme").is_none_or(|name| name.eq_ignore_ascii_case("bearer"));
    if type_ == "http" && !bearer && scheme.node.get("bearerFormat").is_some() {
        found
            .report_at(
                &scheme.location_of_key_or_start("bearerFormat"),
                "`bearerFormat` is for the scheme `bearer` only",
            )
            .with_help("take it away, or write `scheme: bearer`");
    }
    check_flows(scheme.node, found);
}

fn check_flows(scheme: &Node, found: &mut RuleFindings) {
    for flow in scheme.get_entries("flows") {
        let foreign = match flow.key.as_str() {
            "implicit" => "tokenUrl",
            "password" | "clientCredentials" => "authorizationUrl",
            _ => continue,
        };
        if let Some(entry) = flow.node.as_object().and_then(|object| object.entry(foreign)) {
            found
                .report_at(&entry.key_location, format!("the flow `{}` has no `{foreign}`", flow.key))
                .with_help("take it away, or check which flow it is");
        }
    }
}
