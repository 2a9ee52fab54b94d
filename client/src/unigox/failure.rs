//! What Unigox sends when a call fails. Several shapes coexist, sometimes in one operation, and often there is no
//! body at all.

use std::borrow::Cow;
use std::time::Duration;

use super::{API, ErrorCode};
use crate::api::FailureBody;
use crate::error::Failure;
use crate::retry::Processed;
use crate::{Error, Json};

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
    let text = |of: &Json, key: &str| Some(of.get(key)?.as_str()?.into_owned());
    match (json.get("error"), json.get("data")) {
        (Some(error), _) if error.as_str().is_some() => {
            Failure { message: error.as_str().map(Cow::into_owned), ..Failure::default() }
        }
        (Some(error), _) => {
            let details = error.get("details").filter(|details| !details.is_null());
            let seconds = details.as_ref().and_then(|details| details.get("retry_after_seconds"));
            let seconds = seconds.and_then(|seconds| seconds.read().ok());
            let code = text(&error, "code");
            Failure {
                processed: match code.as_deref() {
                    Some(ADDRESS_CAP_REACHED) => Processed::NoAndWillNot,
                    _ => Processed::ByStatus,
                },
                message: text(&error, "message"),
                retry_after: seconds.map(Duration::from_secs),
                details,
                code,
            }
        }
        (None, Some(data)) => {
            Failure { code: text(&data, "error_key"), message: text(&data, "message"), ..Failure::default() }
        }
        (None, None) => Failure { message: text(json, "message"), ..Failure::default() },
    }
}
