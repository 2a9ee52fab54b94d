use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Server, check);

static RULE: Rule =
    Rule::warning("server-trailing-slash", Profile::OpenApi, include_str!("server_trailing_slash.md"));

fn check(_: &Model<'_>, server: &Place<'_>, found: &mut RuleFindings) {
    let Some(url) = server.node.get("url") else { return };
    // The URL `/` is not reported, because in OpenAPI it stands for the server from which the document was loaded.
    if let Some(text) = url.as_str().filter(|text| text.len() > 1 && text.ends_with('/')) {
        found
            .report_at(&url.location, format!("the server's URL `{text}` ends with a slash"))
            .with_help("take it away");
    }
}
