//! What P100 sends when a call fails.

use std::borrow::Cow;

use super::{API, ErrorCode};
use crate::api::FailureBody;
use crate::error::Failure;
use crate::retry::Processed;
use crate::{Error, Json, JsonObject};

impl ErrorCode {
    /// The code of an error, when it is one of P100 and has a code.
    pub fn of(error: &Error) -> Option<ErrorCode> {
        let ours = error.api().is_some_and(|api| std::ptr::eq(api, &raw const API));
        error.code().filter(|_| ours).map(ErrorCode::from)
    }
}

/// "Temporarily unavailable", which comes with status 400 instead of 503.
const UNAVAILABLE: &str = "P501";

/// "Unknown exception", which comes with status 400 instead of 500.
const UNKNOWN: &str = "P500";

/// The codes that are documented with a status of success. "Proof of address pending" is a state.
const SUCCESSES: [&str; 1] = ["P211"];

/// Whether a body is that of a failure, whatever its status: P100 has nothing that says that a call succeeded.
pub(super) fn is_failure(body: &JsonObject) -> bool {
    let says = |key: &str| body.get(key).is_some_and(|value| !value.is_blank());
    let code = body.get("errorCode").and_then(Json::as_str);
    match code {
        Some(code) if !code.is_empty() => !SUCCESSES.contains(&&*code),
        _ => says("errorCode") || says("errorName") || says("errorMessage"),
    }
}

/// Reads the body of a failure: `{errorCode, errorName?, errorMessage?}`. A refused key has a body of its own, in
/// which the name of the only key is not documented.
pub(super) fn read(body: &FailureBody<'_>) -> Failure {
    let list = body.json.and_then(Json::as_array);
    let json = list.as_ref().and_then(|failures| failures.first()).or(body.json);
    let Some(object) = json.and_then(Json::as_object) else {
        // A refused key may also be answered with a JSON string.
        let processed = processed(body.status, None);
        return Failure { message: json.and_then(text_of), processed, ..Failure::default() };
    };
    let text = |key: &str| object.get(key).and_then(text_of);
    let code = object.get("errorCode").and_then(Json::as_str).filter(|code| !code.is_empty());
    let code = code.map(Cow::into_owned);
    let only_text = match (body.status, code.is_none()) {
        (401 | 403, true) => object.values().find_map(text_of),
        _ => None,
    };
    Failure {
        processed: processed(body.status, code.as_deref()),
        message: text("errorMessage").or_else(|| text("message")).or_else(|| text("errorName")).or(only_text),
        code,
        ..Failure::default()
    }
}

/// A string that is not empty, or the strings of a list: a validation error may have several.
fn text_of(json: &Json) -> Option<String> {
    let text = match json.as_array() {
        Some(texts) => texts.iter().filter_map(Json::as_str).collect::<Vec<_>>().join("; "),
        None => json.as_str()?.into_owned(),
    };
    Some(text).filter(|text| !text.is_empty())
}

/// What the code says beyond the status. Every failure has the status 400, P100's own as well, so a 400 whose code
/// cannot be read, because the body was cut off or somebody else answered, may be one of those.
fn processed(status: u16, code: Option<&str>) -> Processed {
    match (status, code) {
        (_, Some(UNAVAILABLE)) => Processed::No,
        (_, Some(UNKNOWN)) | (400, None) => Processed::Unknown,
        _ => Processed::ByStatus,
    }
}
