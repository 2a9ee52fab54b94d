//! What Unigox sends when a call fails. Several shapes coexist, sometimes in one operation, and often there is no
//! body at all.

use std::time::Duration;

use serde_json::Value;

use super::{API, ErrorCode};
use crate::Error;
use crate::api::FailureBody;
use crate::error::Failure;
use crate::retry::Processed;

impl ErrorCode {
    /// The code of an error, when it is one of Unigox and has a code.
    pub fn of(error: &Error) -> Option<ErrorCode> {
        let ours = error.api().is_some_and(|api| std::ptr::eq(api, &raw const API));
        error.code().filter(|_| ours).map(ErrorCode::from)
    }
}

/// "The customer has as many addresses as allowed", which comes with status 429, as if it were about haste.
const ADDRESS_CAP_REACHED: &str = "ADDRESS_CAP_REACHED";

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
        (Some(error), _) => {
            let details = error.get("details").filter(|details| !details.is_null());
            let seconds =
                details.and_then(|details| details.get("retry_after_seconds")).and_then(Value::as_u64);
            let code = text(error, "code");
            Failure {
                processed: match code.as_deref() {
                    Some(ADDRESS_CAP_REACHED) => Processed::NoAndWillNot,
                    _ => Processed::ByStatus,
                },
                message: text(error, "message"),
                retry_after: seconds.map(Duration::from_secs),
                details: details.cloned(),
                code,
            }
        }
        (None, Some(data)) => {
            Failure { code: text(data, "error_key"), message: text(data, "message"), ..Failure::default() }
        }
        (None, None) => Failure { message: text(json, "message"), ..Failure::default() },
    }
}
