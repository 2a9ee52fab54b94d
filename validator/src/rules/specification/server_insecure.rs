use std::net::IpAddr;

use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Server, check);

static RULE: Rule = Rule::warning("server-insecure", Profile::OpenApi, include_str!("server_insecure.md"));

fn check(model: &Model<'_>, server: &Place<'_>, found: &mut RuleFindings) {
    let schemes = model.root.get("components").and_then(|components| components.get("securitySchemes"));
    let Some(url) = server.node.get("url").filter(|_| schemes.is_some()) else { return };
    let text = url.as_str().unwrap_or_default();
    let Some(url_without_scheme) = text.strip_prefix("http://") else { return };
    if !has_local_or_private_host(url_without_scheme) {
        found
            .report_at(&url.location, format!("the server `{text}` is called without TLS, with credentials"))
            .with_help("write `https://`");
    }
}

/// Whether the host of a URL is the local machine, or is in a private network. The argument is the URL without
/// `http://`.
fn has_local_or_private_host(url_without_scheme: &str) -> bool {
    let host = url_without_scheme.split(['/', '?', '#']).next().unwrap_or_default();
    let name = host
        .rsplit_once(':')
        .map_or(host, |(name, port)| if port.bytes().all(|b| b.is_ascii_digit()) { name } else { host });
    let address: Option<IpAddr> = name.trim_matches(['[', ']']).parse().ok();
    let private = match address {
        Some(IpAddr::V4(v4)) => v4.is_loopback() || v4.is_private() || v4.is_unspecified(),
        Some(IpAddr::V6(v6)) => v6.is_loopback() || v6.is_unique_local() || v6.is_unspecified(),
        None => false,
    };
    let reserved = [".local", ".localhost", ".internal", ".test"].iter().any(|end| name.ends_with(end));
    // A host name without a dot, like `gateway`, is local. A host name with a placeholder counts as local, because the
    // value of the placeholder may be local.
    private || reserved || !name.contains('.') || name.contains('{')
}
