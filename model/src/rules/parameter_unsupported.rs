//! The rule `parameter-unsupported`, which is explained in `parameter_unsupported.md`.

use partner_spec::{Diagnostic, Location, Node, Profile, Rule};

use crate::model::{CredentialPlace, SecurityScheme};

pub(crate) static RULE: Rule =
    Rule::error("parameter-unsupported", Profile::Generator, include_str!("parameter_unsupported.md"))
        .blocking();

/// Returns the finding about a parameter that the client cannot send. `what` gives the reason.
pub(crate) fn new_finding(operation: &str, what: &str, location: &Location) -> Diagnostic {
    Diagnostic::new(&RULE, location, format!("`{operation}`: {what}"))
}

/// The headers that OpenAPI does not let a parameter describe, each with advice on how to describe the header instead.
const IGNORED_HEADERS: [(&str, &str); 3] = [
    ("accept", "the media types of the responses say it"),
    ("authorization", "describe it as a security scheme"),
    ("content-type", "the media types of the request body say it"),
];

/// The headers that a client must not set itself: they belong to the connection, frame the request, or replace its
/// method. The runtime refuses the same headers.
pub const CONNECTION_HEADERS: [&str; 16] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "http2-settings",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
];

/// Checks a header parameter. Returns the finding about a parameter that the client cannot send; `None` if the client
/// can send it.
pub(crate) fn check_header(
    operation: &str,
    name: &str,
    parameter: &Node,
    schemes: &[SecurityScheme],
) -> Option<Diagnostic> {
    let lower = name.to_ascii_lowercase();
    let location = parameter.get("name").map_or(&parameter.location, |name| &name.location);
    let described = IGNORED_HEADERS.iter().find(|(header, _)| *header == lower);
    if let Some((_, help)) = described {
        let what = format!("OpenAPI ignores a parameter for the header `{name}`");
        return Some(new_finding(operation, &what, location).with_help(*help));
    }
    let is_credential = |scheme: &SecurityScheme| match &scheme.credential_place {
        CredentialPlace::Header(header) => header.eq_ignore_ascii_case(name),
        _ => false,
    };
    if let Some(scheme) = schemes.iter().find(|scheme| is_credential(scheme)) {
        let what = format!("the header `{name}` carries the credential of `{}`", scheme.name);
        return Some(
            new_finding(operation, &what, location)
                .with_help("leave the parameter out; `security` says who sends it"),
        );
    }
    let is_token =
        name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
    let what = match (is_token, CONNECTION_HEADERS.contains(&lower.replace('_', "-").as_str())) {
        (false, _) => format!("no header can have the name `{name}`"),
        (_, true) => format!("only the HTTP client can set the header `{name}`"),
        _ => return None,
    };
    Some(new_finding(operation, &what, location))
}
