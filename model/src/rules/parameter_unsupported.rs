//! The rule `parameter-unsupported`, which is explained in `parameter_unsupported.md`.

use partner_spec::{Finding, Location, Node, Profile, Rule};

use crate::model::{CredentialPlace, SecurityScheme};

pub(crate) static RULE: Rule =
    Rule::error("parameter-unsupported", Profile::Generator, include_str!("parameter_unsupported.md"))
        .blocking();

/// Returns the finding about a parameter that the client cannot send. `reason` says why.
pub(crate) fn new_finding(operation: &str, reason: &str, location: &Location) -> Finding {
    Finding::new(&RULE, location, format!("`{operation}`: {reason}"))
}

/// The header parameters that OpenAPI ignores, each with advice on how to describe the header instead.
const IGNORED_HEADER_PARAMETERS_WITH_ADVICE: [(&str, &str); 3] = [
    ("accept", "the media types of the responses say it"),
    ("authorization", "describe it as a security scheme"),
    ("content-type", "the media types of the request body say it"),
];

/// The headers that no parameter can set: they control the connection, mark where the request ends, or replace the HTTP
/// method. The runtime refuses the same headers.
pub const UNSETTABLE_HEADER_NAMES: [&str; 16] = [
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

/// Returns the finding about a header parameter that the client cannot send; `None` if the client can send it.
pub(crate) fn check_header_parameter(
    operation: &str,
    name: &str,
    parameter: &Node,
    schemes: &[SecurityScheme],
) -> Option<Finding> {
    let lower = name.to_ascii_lowercase();
    let location = parameter.get("name").map_or(&parameter.location, |name| &name.location);
    let described = IGNORED_HEADER_PARAMETERS_WITH_ADVICE.iter().find(|(header, _)| *header == lower);
    if let Some((_, help)) = described {
        let reason = format!("OpenAPI ignores a parameter for the header `{name}`");
        return Some(new_finding(operation, &reason, location).with_help(*help));
    }
    let is_credential = |scheme: &SecurityScheme| match &scheme.credential_place {
        CredentialPlace::ApiKeyHeader(header) => header.eq_ignore_ascii_case(name),
        _ => false,
    };
    if let Some(scheme) = schemes.iter().find(|scheme| is_credential(scheme)) {
        let reason = format!("the header `{name}` carries the credential of `{}`", scheme.name);
        return Some(
            new_finding(operation, &reason, location)
                .with_help("leave the parameter out; `security` says who sends it"),
        );
    }
    let is_token =
        name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
    let reason = match (is_token, UNSETTABLE_HEADER_NAMES.contains(&lower.replace('_', "-").as_str())) {
        (false, _) => format!("no header can have the name `{name}`"),
        (_, true) => format!("only the HTTP client can set the header `{name}`"),
        _ => return None,
    };
    Some(new_finding(operation, &reason, location))
}
