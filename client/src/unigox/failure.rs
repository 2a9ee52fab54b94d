//! What Unigox sends when a call fails. Several shapes coexist, sometimes in one operation, and often there is no
//! body at all.

use serde_json::Value;

use super::{API, ErrorCode};
use crate::Error;
use crate::api::FailureBody;
use crate::error::Failure;

impl ErrorCode {
    /// The code of an error, when it is one of Unigox and has a code.
    pub fn of(error: &Error) -> Option<ErrorCode> {
        let ours = error.api().is_some_and(|api| std::ptr::eq(api, &raw const API));
        error.code().filter(|_| ours).map(ErrorCode::from)
    }
}

/// Reads the body of a failure:
///
/// - `{success, data: {error_key, message?}}`: discovery, user management, webhooks;
/// - `{success, error: {code, message, details?}}`: everything that moves money;
/// - `{success, error: "text"}`: refused payment details and a few others.
pub(super) fn read(body: &FailureBody<'_>) -> Failure {
    let Some(json) = body.json else { return Failure::default() };
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    match (json.get("error"), json.get("data")) {
        (Some(Value::String(message)), _) => Failure { message: Some(message.clone()), ..Failure::default() },
        (Some(error), _) => Failure {
            code: text(error, "code"),
            message: text(error, "message"),
            details: error.get("details").filter(|details| !details.is_null()).cloned(),
            ..Failure::default()
        },
        (None, Some(data)) => {
            Failure { code: text(data, "error_key"), message: text(data, "message"), ..Failure::default() }
        }
        (None, None) => Failure { message: text(json, "message"), ..Failure::default() },
    }
}
