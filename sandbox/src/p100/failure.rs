//! The failures of P100: nearly always status 400 with a code.

use partner_client::p100::ErrorCode;
use serde_json::{Value, json};

use crate::mismatch::Mismatch;
use crate::mock::Failure;
use crate::refusal::Refusal;
use crate::reply::Reply;

/// A failure with a code. Few of the names and texts are documented, so most have only the code.
pub(super) fn coded(status: u16, code: &ErrorCode) -> Reply {
    let code_text = code.as_str();
    Reply::body(
        status,
        match code {
            ErrorCode::P411 => json!({ "errorCode": code_text, "errorName": "user-exists" }),
            ErrorCode::P412 => json!({
                "errorCode": code_text,
                "errorName": "invalid-user",
                "errorMessage": "User does not exist",
            }),
            _ => json!({ "errorCode": code_text }),
        },
    )
}

/// The body is not valid. All findings are in one text, and there is no `errorName`.
pub(super) fn invalid(findings: &[String]) -> Reply {
    let code = ErrorCode::P403;
    let text: Vec<_> = findings.iter().map(|finding| format!("{finding}.")).collect();
    Reply::body(400, json!({ "errorCode": code.as_str(), "errorMessage": text.join(" ") }))
}

/// The request does not fit the document.
pub(super) fn mismatch(mismatch: &Mismatch) -> Reply {
    invalid(&[match mismatch {
        Mismatch::Body => "the body must be JSON".to_owned(),
        Mismatch::Missing(field) => format!("{field} should not be empty"),
        Mismatch::Invalid(problem) => problem.clone(),
    }])
}

/// The body of a failure with any code.
pub(super) fn body(failure: &Failure, documented: Option<Value>) -> Value {
    let documented = documented.filter(|body| code(body) == Some(&failure.code));
    let mut body = documented.unwrap_or_else(|| json!({ "errorCode": failure.code }));
    if let Some(message) = &failure.message {
        body["errorMessage"] = message.as_str().into();
    }
    body
}

/// The code in the body of a failure.
pub(super) fn code(body: &Value) -> Option<&str> {
    body.get("errorCode")?.as_str()
}

/// The finding that a value is none of the known ones.
pub(super) fn not_one_of(field: &str, known: impl Iterator<Item = String>) -> String {
    format!("{field} must be one of the following values: {}", known.collect::<Vec<_>>().join(", "))
}

/// The request does not get to an operation.
pub(super) fn refuse(refusal: Refusal) -> Reply {
    // The key of the text is not documented; `message` is the usual one.
    let denied = |text: &str| Reply::body(401, json!({ "message": format!("Access Denied. {text}") }));
    // No code is documented for these: P500 is the one for whatever has none.
    let unknown = |status: u16, text: &str| {
        Reply::body(status, json!({ "errorCode": ErrorCode::P500.as_str(), "errorMessage": text }))
    };
    match refusal {
        Refusal::NoKey => denied("xo1"),
        Refusal::WrongKey => denied("xo2"),
        Refusal::UnknownPath => unknown(404, "the sandbox has no such path"),
        Refusal::WrongMethod => unknown(405, "the path has no such method"),
    }
}
