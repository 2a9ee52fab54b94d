use crate::{Finding, Findings, Node, Profile, Rule, Value};

pub(crate) static RULE: Rule =
    Rule::error("openapi-version", Profile::OpenApi, include_str!("openapi_version.md")).blocking();

/// Reports a document that is not OpenAPI 3.0.x. Returns whether the rest of the document should be checked. A document
/// of another version should not be checked, because the rules for OpenAPI 3.0 would report too many findings.
pub(crate) fn check_openapi_version(root: &Node, found: &mut Findings) -> bool {
    let Some(version) = root.get("openapi") else {
        let what = match root.as_object() {
            Some(object) if object.contains_key("swagger") => "a Swagger 2.0 document",
            _ => "no OpenAPI document",
        };
        let message = format!("this is {what}: there is no `openapi` key");
        let missing = Finding::new(&RULE, &root.location.collapse_to_start(), message);
        found.push(missing.with_help("the first line of a document is `openapi: 3.0.3`"));
        return false;
    };
    let text = match &version.value {
        Value::String(text) | Value::Number(text) => text.as_str(),
        _ => "",
    };
    let patch = text.strip_prefix("3.0.").unwrap_or_default();
    let is_supported = !patch.is_empty() && patch.bytes().all(|b| b.is_ascii_digit());
    if !is_supported || version.as_str().is_none() {
        let wrong = Finding::new(&RULE, &version.location, "only OpenAPI 3.0.x is supported");
        found.push(wrong.with_help(match text.starts_with("3.0") || text.is_empty() {
            true => "write `openapi: 3.0.3`",
            false => "convert the document to 3.0; with another version number alone, its schemas mean something else",
        }));
    }
    text.starts_with("3.0")
}
