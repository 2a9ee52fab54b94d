//! The failure responses of Unigox. Their bodies have three shapes, and many failures have no body.

use partner_client::unigox::ErrorCode;
use serde_json::{Value, json};

use crate::mismatch::Mismatch;
use crate::mock::MockFailure;
use crate::refusal::RequestRefusal;
use crate::reply::Reply;

/// Returns a failure with an `error_key`. The user-management endpoints send failures in this form.
pub(super) fn new_failure_with_error_key(status: u16, key: &ErrorCode) -> Reply {
    Reply::from_json(status, json!({ "success": false, "data": { "error_key": key.as_str() } }))
}

/// Returns a failure with an error code and a message. The endpoints for wallets and for moving money send failures in
/// this form.
pub(super) fn new_failure_with_code(status: u16, code: &ErrorCode, message: &str) -> Reply {
    Reply::from_json(
        status,
        json!({ "success": false, "error": { "code": code.as_str(), "message": message } }),
    )
}

/// Returns a failure response in which the property `error` is a text. The response has no error code.
pub(super) fn new_failure_with_error_text(status: u16, text: &str) -> Reply {
    Reply::from_json(status, json!({ "success": false, "error": text }))
}

/// Returns the failure for a resource that does not exist. The vendor's docs show no body for this failure.
pub(super) fn new_unknown_resource_failure() -> Reply {
    Reply::failure_without_body(404)
}

/// Returns the failure for a required field that is missing or blank.
pub(super) fn new_missing_field_failure() -> Reply {
    new_failure_with_error_key(400, &ErrorCode::RequiredFieldsMissing)
}

/// Returns the failure that the user-management endpoints send for a request body that does not conform to the
/// document. It has an `error_key`.
pub(super) fn new_mismatch_failure_with_error_key(mismatch: &Mismatch) -> Reply {
    new_failure_with_error_key(400, choose_error_key(mismatch))
}

/// Returns the error key with which Unigox reports a mismatch with the document.
fn choose_error_key(mismatch: &Mismatch) -> &'static ErrorCode {
    match mismatch {
        Mismatch::UnusableBody | Mismatch::MissingValue(_) => &ErrorCode::RequiredFieldsMissing,
        Mismatch::InvalidValue(_) => &ErrorCode::InvalidFieldValue,
    }
}

/// Returns the failure response to a request that does not conform to the OpenAPI document. `documented` is the body of
/// the operation's first failure example with status 400. The body of the returned response has the same shape as
/// `documented`. If `documented` is `None`, the response has no body.
pub(super) fn new_mismatch_failure(mismatch: &Mismatch, documented: Option<Value>) -> Reply {
    match documented.as_ref().map(FailureBodyShape::from_body) {
        Some(FailureBodyShape::CodeAndMessage) => {
            new_failure_with_code(400, &ErrorCode::InvalidRequest, &format!("{mismatch}."))
        }
        Some(FailureBodyShape::ErrorKey) => new_failure_with_error_key(400, choose_error_key(mismatch)),
        Some(FailureBodyShape::ErrorText) => new_failure_with_error_text(400, &mismatch.to_string()),
        None => Reply::failure_without_body(400),
    }
}

/// Builds the body of the mock failure `failure`. `documented` is the body of the most similar failure among the
/// examples in the OpenAPI document, if there is one:
/// - If `documented` has the error code of `failure`, the result is `documented`.
/// - Otherwise, if `documented` has an `error_key`, the result has the error code of `failure` as its `error_key`.
/// - Otherwise, the result has the error code of `failure` as its `code`.
///
/// If `failure` has a message, the result gets this message.
pub(super) fn build_mock_failure_body(failure: &MockFailure, documented: Option<Value>) -> Value {
    let shape = documented.as_ref().map(FailureBodyShape::from_body);
    let mut body = match documented {
        Some(body) if read_error_code(&body) == Some(&failure.code) => body,
        _ if shape == Some(FailureBodyShape::ErrorKey) => {
            json!({ "success": false, "data": { "error_key": failure.code } })
        }
        _ => json!({ "success": false, "error": { "code": failure.code, "message": "" } }),
    };
    if let Some(message) = &failure.message {
        let holder = if body.get("data").is_some() { "data" } else { "error" };
        body[holder]["message"] = message.as_str().into();
    }
    body
}

/// Returns the error code in the body of a failure: the value of `code` or `error_key`.
pub(super) fn read_error_code(body: &Value) -> Option<&str> {
    body.pointer("/error/code").or_else(|| body.pointer("/data/error_key"))?.as_str()
}

/// The shape of the JSON body of a failure: the properties that contain the error.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FailureBodyShape {
    /// The body has a property `error`, an object with the properties `code` and `message`.
    CodeAndMessage,
    /// The body has a property `data`, an object with the property `error_key`.
    ErrorKey,
    /// The body has a property `error`, a string.
    ErrorText,
}

impl FailureBodyShape {
    /// Determines which shape the body of a failure has.
    fn from_body(body: &Value) -> FailureBodyShape {
        match body.get("error") {
            Some(Value::Object(_)) => FailureBodyShape::CodeAndMessage,
            Some(_) => FailureBodyShape::ErrorText,
            None => FailureBodyShape::ErrorKey,
        }
    }
}

/// Returns the failure for a request that is refused before any operation is executed, because the API key, path or
/// method of the request is wrong.
pub(super) fn new_refusal_failure(refusal: RequestRefusal) -> Reply {
    match refusal {
        RequestRefusal::NoKey | RequestRefusal::WrongKey => {
            new_failure_with_error_key(401, &ErrorCode::UnauthorizedKey)
        }
        // The vendor's docs have no error code for unknown paths and methods, so these failures have only a text.
        RequestRefusal::UnknownPath => new_failure_with_error_text(404, "the sandbox has no such path"),
        RequestRefusal::WrongMethod => new_failure_with_error_text(405, "the path has no such method"),
    }
}
