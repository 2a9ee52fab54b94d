//! The failure responses of P100. Nearly all of them have the status 400 and an error code.

use partner_client::p100::ErrorCode;
use serde_json::{Value, json};

use crate::mismatch::Mismatch;
use crate::mock::MockFailure;
use crate::refusal::RequestRefusal;
use crate::reply::Reply;

/// Returns a failure with this code. The vendor documents a name and a message for only a few codes, so most failures
/// have only the code.
pub(super) fn new_failure_with_code(status: u16, code: &ErrorCode) -> Reply {
    let code_text = code.as_str();
    Reply::from_json(
        status,
        match code {
            ErrorCode::UserExists => json!({ "errorCode": code_text, "errorName": "user-exists" }),
            ErrorCode::InvalidUser => json!({
                "errorCode": code_text,
                "errorName": "invalid-user",
                "errorMessage": "User does not exist",
            }),
            _ => json!({ "errorCode": code_text }),
        },
    )
}

/// Returns the failure for an invalid request body, with a message that lists all problems of the body. The failure has
/// no `errorName`.
pub(super) fn new_invalid_body_failure(problems: &[String]) -> Reply {
    let code = ErrorCode::ValidationError;
    let text: Vec<_> = problems.iter().map(|problem| format!("{problem}.")).collect();
    Reply::from_json(400, json!({ "errorCode": code.as_str(), "errorMessage": text.join(" ") }))
}

/// Returns the failure for a request that does not conform to the OpenAPI document.
pub(super) fn new_mismatch_failure(mismatch: &Mismatch) -> Reply {
    new_invalid_body_failure(&[match mismatch {
        Mismatch::UnusableBody => "the body must be JSON".to_owned(),
        Mismatch::MissingValue(field) => format!("{field} should not be empty"),
        Mismatch::InvalidValue(problem) => problem.clone(),
    }])
}

/// Builds the response body of a mock failure. The body is `documented`, an example from the OpenAPI document, if this
/// example has the error code of the mock failure. Otherwise, the body is an object with only the error code. If the
/// mock failure has a message, the message is added to the response body.
pub(super) fn build_mock_failure_body(failure: &MockFailure, documented: Option<Value>) -> Value {
    let documented = documented.filter(|body| read_error_code(body) == Some(&failure.code));
    let mut body = documented.unwrap_or_else(|| json!({ "errorCode": failure.code }));
    if let Some(message) = &failure.message {
        body["errorMessage"] = message.as_str().into();
    }
    body
}

/// Returns the error code in the body of a failure; `None` if the body has no code.
pub(super) fn read_error_code(body: &Value) -> Option<&str> {
    body.get("errorCode")?.as_str()
}

/// Returns the error message for a `field` whose value is none of the `known` values, in the wording of P100.
pub(super) fn describe_unknown_value(field: &str, known: impl Iterator<Item = String>) -> String {
    format!("{field} must be one of the following values: {}", known.collect::<Vec<_>>().join(", "))
}

/// Returns the failure for a request that is refused before any operation is executed, because its API key, path or
/// method is wrong.
pub(super) fn new_refusal_failure(refusal: RequestRefusal) -> Reply {
    // The vendor's docs show only the text of this failure, not its JSON. The property name `message` is a guess.
    let new_access_denied_failure =
        |text: &str| Reply::from_json(401, json!({ "message": format!("Access Denied. {text}") }));
    // The vendor's docs have no code for unknown paths and methods, so these failures get P500, which stands for
    // unknown errors.
    let new_p500_failure = |status: u16, text: &str| {
        Reply::from_json(
            status,
            json!({ "errorCode": ErrorCode::UnknownException.as_str(), "errorMessage": text }),
        )
    };
    match refusal {
        RequestRefusal::NoKey => new_access_denied_failure("xo1"),
        RequestRefusal::WrongKey => new_access_denied_failure("xo2"),
        RequestRefusal::UnknownPath => new_p500_failure(404, "the sandbox has no such path"),
        RequestRefusal::WrongMethod => new_p500_failure(405, "the path has no such method"),
    }
}
