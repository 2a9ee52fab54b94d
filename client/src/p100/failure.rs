//! What P100 sends when a call fails.

use std::borrow::Cow;

use super::{API, ErrorCode};
use crate::api::FailureBody;
use crate::error::Failure;
use crate::retry::Processed;
use crate::{Error, Json};

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

/// Reads the body of a failure: `{errorCode, errorName?, errorMessage?}`. A refused key has a body of its own, in
/// which the name of the only key is not documented.
pub(super) fn read(body: &FailureBody<'_>) -> Failure {
    let text_of = |of: &Json| of.as_str().map(Cow::into_owned);
    let refused = matches!(body.status, 401 | 403);
    let Some(object) = body.json.and_then(Json::as_object) else {
        // A refused key may also be answered with a JSON string.
        let message = body.json.and_then(text_of).filter(|text| !refused || is_refusal(text));
        return Failure { message, processed: processed(body.status, None), ..Failure::default() };
    };
    let text = |key: &str| object.get(key).and_then(text_of);
    let code = text("errorCode");
    let refusal = || object.values().filter_map(text_of).find(|text| is_refusal(text));
    let refusal = if refused && code.is_none() { refusal() } else { None };
    Failure {
        processed: processed(body.status, code.as_deref()),
        message: text("errorMessage").or_else(|| text("message")).or_else(|| text("errorName")).or(refusal),
        code,
        ..Failure::default()
    }
}

/// Whether it is what P100 says of a key that it refuses: "Access Denied. xo1" to "xo3". Whatever else the body of a
/// refused key says may repeat the key.
fn is_refusal(text: &str) -> bool {
    text.get(.."access denied".len()).is_some_and(|start| start.eq_ignore_ascii_case("access denied"))
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
