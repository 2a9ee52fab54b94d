use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::SecurityScheme, check);

static RULE: Rule = Rule::error(
    "security-scheme-incomplete",
    Profile::OpenApi,
    include_str!("security_scheme_incomplete.md"),
);

fn check(_: &Model<'_>, scheme: &Place<'_>, found: &mut RuleFindings) {
    let type_ = scheme.node.get_str("type").unwrap_or_default();
    let needed: &[&str] = match type_ {
        "apiKey" => &["name", "in"],
        "http" => &["scheme"],
        "oauth2" => &["flows"],
        "openIdConnect" => &["openIdConnectUrl"],
        _ => &[],
    };
    for key in needed {
        match scheme.node.get(key) {
            None => {
                let message = format!("`{key}` is missing: a security scheme of type `{type_}` has one");
                found.report_at(scheme.key_location, message).with_help(format!("add `{key}`"));
            }
            Some(node) if node.as_str().is_some_and(|text| text.trim().is_empty()) => {
                found
                    .report_at(&node.location, format!("the `{key}` of this security scheme is empty"))
                    .with_help("fill it in");
            }
            Some(_) => {}
        }
    }
    if let Some(flows) = scheme.node.get("flows").filter(|_| type_ == "oauth2") {
        check_flows(flows, scheme, found);
    }
}

fn check_flows(flows: &Node, scheme: &Place<'_>, found: &mut RuleFindings) {
    let Some(object) = flows.as_object() else { return };
    if object.iter().all(|flow| flow.key.starts_with("x-")) {
        found
            .report_at(
                &scheme.location_of_key_or_start("flows"),
                "there is no flow, so nobody can get a token",
            )
            .with_help("add one: `authorizationCode`, `clientCredentials`, `implicit` or `password`");
    }
    for flow in object.iter() {
        for key in find_required_oauth_url_keys(&flow.key).iter().filter(|key| flow.node.get(key).is_none()) {
            found
                .report_at(&flow.key_location, format!("`{key}` is missing: the flow `{}` has one", flow.key))
                .with_help(format!("add `{key}`, the address where tokens come from"));
        }
    }
}

/// Returns the keys with URLs that an OAuth flow must have, like `tokenUrl`. `flow` is the name of the flow, like
/// `implicit`.
fn find_required_oauth_url_keys(flow: &str) -> &'static [&'static str] {
    match flow {
        "implicit" => &["authorizationUrl"],
        "password" | "clientCredentials" => &["tokenUrl"],
        "authorizationCode" => &["authorizationUrl", "tokenUrl"],
        _ => &[],
    }
}
