use super::urls::describe_url_mistake;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::error("url-malformed", Profile::OpenApi, include_str!("url_malformed.md"));

/// The keys whose values are URLs, for each kind of object that has such keys.
const URL_KEYS_BY_OBJECT_KIND: &[(ObjectKind, &[&str])] = &[
    (ObjectKind::Info, &["termsOfService"]),
    (ObjectKind::Contact, &["url"]),
    (ObjectKind::License, &["url"]),
    (ObjectKind::ExternalDocs, &["url"]),
    (ObjectKind::OAuthFlow, &["authorizationUrl", "tokenUrl", "refreshUrl"]),
    (ObjectKind::SecurityScheme, &["openIdConnectUrl"]),
    (ObjectKind::Example, &["externalValue"]),
];

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for (kind, keys) in URL_KEYS_BY_OBJECT_KIND {
        for place in model.object_places_of_kind(*kind) {
            for node in keys.iter().filter_map(|key| place.node.get(key)) {
                let text = node.as_str().unwrap_or("url");
                if let Some(why) = describe_url_mistake(text) {
                    found
                        .report_at(&node.location, format!("`{text}` {why}"))
                        .with_help("a URL looks like `https://example.com/terms`");
                }
            }
        }
    }
}
