use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::SecurityScheme, check);

static RULE: Rule =
    Rule::warning("security-http-scheme", Profile::OpenApi, include_str!("security_http_scheme.md"));

/// The registered HTTP authentication schemes, in lower case.
const REGISTERED_HTTP_AUTH_SCHEMES: &[&str] = &[
    "basic",
    "bearer",
    "concealed",
    "digest",
    "dpop",
    "gnap",
    "hoba",
    "mutual",
    "negotiate",
    "oauth",
    "privatetoken",
    "scram-sha-1",
    "scram-sha-256",
    "vapid",
];

fn check(_: &Model<'_>, scheme: &Place<'_>, found: &mut RuleFindings) {
    let Some(name) = scheme.node.get("scheme").filter(|_| scheme.node.get_str("type") == Some("http")) else {
        return;
    };
    let text = name.as_str().unwrap_or("basic");
    if !text.trim().is_empty() && !REGISTERED_HTTP_AUTH_SCHEMES.contains(&text.to_ascii_lowercase().as_str())
    {
        let help = advise_on_unknown_name(text, REGISTERED_HTTP_AUTH_SCHEMES.iter().copied());
        found
            .report_at(&name.location, format!("`{text}` is no registered HTTP authentication scheme"))
            .with_help(help.unwrap_or_else(|| {
                String::from("mostly `basic` or `bearer`; a key in a header is an `apiKey`")
            }));
    }
}
