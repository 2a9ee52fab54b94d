//! The failures of Unigox. There are bodies of three shapes, and often there is no body.

use partner_client::unigox::ErrorCode;
use serde_json::{Value, json};

use crate::mismatch::Mismatch;
use crate::mock::Failure;
use crate::refusal::Refusal;
use crate::reply::Reply;

/// A failure with an error key, as in user management.
pub(super) fn keyed(status: u16, key: &ErrorCode) -> Reply {
    Reply::body(status, json!({ "success": false, "data": { "error_key": key.as_str() } }))
}

/// A failure with a code, as for wallets and everything that moves money.
pub(super) fn coded(status: u16, code: &ErrorCode, message: &str) -> Reply {
    Reply::body(status, json!({ "success": false, "error": { "code": code.as_str(), "message": message } }))
}

/// A failure with a text only.
pub(super) fn text(status: u16, text: &str) -> Reply {
    Reply::body(status, json!({ "success": false, "error": text }))
}

/// The person or thing does not exist. No body is documented for it.
pub(super) fn not_found() -> Reply {
    Reply::status(404)
}

/// A required field is missing or blank.
pub(super) fn missing() -> Reply {
    keyed(400, &ErrorCode::RequiredFieldsMissing)
}

/// The body does not fit the document. This is the shape of user management.
pub(super) fn mismatch(mismatch: &Mismatch) -> Reply {
    keyed(400, mismatch_key(mismatch))
}

fn mismatch_key(mismatch: &Mismatch) -> &'static ErrorCode {
    match mismatch {
        Mismatch::Body | Mismatch::Missing(_) => &ErrorCode::RequiredFieldsMissing,
        Mismatch::Invalid(_) => &ErrorCode::InvalidFieldValue,
    }
}

/// The request does not fit the document, in the shape of the operation's documented 400. Where no body is documented,
/// there is none.
pub(super) fn refuse_mismatch(mismatch: &Mismatch, documented: Option<Value>) -> Reply {
    match documented.as_ref().map(Shape::new) {
        Some(Shape::Coded) => coded(400, &ErrorCode::InvalidRequest, &format!("{mismatch}.")),
        Some(Shape::Keyed) => keyed(400, mismatch_key(mismatch)),
        Some(Shape::Text) => text(400, &mismatch.to_string()),
        None => Reply::status(400),
    }
}

/// The body of a failure with any code.
pub(super) fn body(failure: &Failure, documented: Option<Value>) -> Value {
    let shape = documented.as_ref().map(Shape::new);
    let mut body = match documented {
        Some(body) if code(&body) == Some(&failure.code) => body,
        _ if shape == Some(Shape::Keyed) => {
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

/// The code in the body of a failure.
pub(super) fn code(body: &Value) -> Option<&str> {
    body.pointer("/error/code").or_else(|| body.pointer("/data/error_key"))?.as_str()
}

/// The three bodies of failures.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// `error` is an object with `code` and `message`.
    Coded,
    /// `data` is an object with `error_key`.
    Keyed,
    /// `error` is a text.
    Text,
}

impl Shape {
    fn new(body: &Value) -> Shape {
        match body.get("error") {
            Some(Value::Object(_)) => Shape::Coded,
            Some(_) => Shape::Text,
            None => Shape::Keyed,
        }
    }
}

/// The request does not get to an operation.
pub(super) fn refuse(refusal: Refusal) -> Reply {
    match refusal {
        Refusal::NoKey | Refusal::WrongKey => keyed(401, &ErrorCode::UnauthorizedKey),
        // No code is documented for these, so there is only a text.
        Refusal::UnknownPath => text(404, "the sandbox has no such path"),
        Refusal::WrongMethod => text(405, "the path has no such method"),
    }
}
