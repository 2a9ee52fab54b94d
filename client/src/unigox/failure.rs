//! What Unigox sends when a call fails. Several shapes coexist, sometimes in one operation, and often there is no
//! body at all.

use std::borrow::Cow;
use std::time::Duration;

use super::{API, ErrorCode};
use crate::api::FailureBody;
use crate::error::Failure;
use crate::retry::Processed;
use crate::{Error, Json, JsonObject};

impl ErrorCode {
    /// The code of an error, when it is one of Unigox and has a code.
    pub fn of(error: &Error) -> Option<ErrorCode> {
        let ours = error.api().is_some_and(|api| std::ptr::eq(api, &raw const API));
        error.code().filter(|_| ours).map(ErrorCode::from)
    }
}

/// "The customer has as many addresses as allowed", which comes with status 429, as if it were about haste.
const ADDRESS_CAP_REACHED: &str = "ADDRESS_CAP_REACHED";

/// Whether a body is that of a failure although its status says success, and `success: false` is not in it.
pub(super) fn is_failure(body: &JsonObject) -> bool {
    let says = |key: &str| body.get(key).is_some_and(|value| !value.is_blank());
    let success = body.get("success").and_then(Json::as_bool);
    let data = body.get("data").filter(|_| success != Some(true));
    says("error") || says("error_key") || data.is_some_and(|data| text(data, "error_key").is_some())
}

/// Reads the body of a failure:
///
/// - `{success, data: {error_key, message?}}`: discovery, user management, webhooks;
/// - `{success, error: {code, message, details?}}`: everything that moves money;
/// - `{success, error: "text"}`: refused payment details and a few others.
///
/// What one of the places does not say, another one may: an `error` that is `null` beside `data`, a key at the root.
pub(super) fn read(body: &FailureBody<'_>) -> Failure {
    let Some(root) = body.json.map(first) else { return Failure::default() };
    let (error, data) =
        (root.get("error").map(|error| first(&error)), root.get("data").map(|data| first(&data)));
    let anywhere = |key: &str| {
        [error.as_ref(), data.as_ref(), Some(&root)].into_iter().flatten().find_map(|at| text(at, key))
    };
    let code = error.as_ref().and_then(|error| text(error, "code")).or_else(|| anywhere("error_key"));
    let details = error.as_ref().and_then(|error| error.get("details")).filter(|details| !details.is_null());
    let seconds = details.as_ref().and_then(|details| details.get("retry_after_seconds"));
    let message = error.as_ref().and_then(Json::as_str).map(Cow::into_owned).filter(|text| !text.is_empty());
    Failure {
        processed: match code.as_deref() {
            Some(ADDRESS_CAP_REACHED) => Processed::NoAndWillNot,
            _ => Processed::ByStatus,
        },
        message: message.or_else(|| anywhere("message")),
        retry_after: seconds.and_then(|seconds| seconds.read().ok()).map(Duration::from_secs),
        details,
        code,
    }
}

/// A string that is the value of a key, and not empty.
fn text(json: &Json, key: &str) -> Option<String> {
    Some(json.get(key)?.as_str()?.into_owned()).filter(|text| !text.is_empty())
}

/// The first item of a list, and what is no list as it is.
fn first(json: &Json) -> Json {
    json.as_array().and_then(|items| items.into_iter().next()).unwrap_or_else(|| json.clone())
}
