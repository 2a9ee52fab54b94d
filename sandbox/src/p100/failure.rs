//! How P100 says no: nearly always with status 400 and a code.

use partner_client::p100::ErrorCode;
use serde_json::json;

use crate::answer::Answer;
use crate::call::Misfit;
use crate::vendor::Refusal;

/// A failure with a code. Few of the names and texts are documented, so most have only the code.
pub(super) fn coded(status: u16, code: &ErrorCode) -> Answer {
    let code_text = code.as_str();
    Answer::failure(
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

/// A body that is not valid. All findings are in one text, and there is no name.
pub(super) fn invalid(findings: &[String]) -> Answer {
    let code = ErrorCode::P403;
    let text: Vec<_> = findings.iter().map(|finding| format!("{finding}.")).collect();
    Answer::failure(400, json!({ "errorCode": code.as_str(), "errorMessage": text.join(" ") }))
}

/// The body does not fit the document.
pub(super) fn misfit(misfit: &Misfit) -> Answer {
    invalid(&[match misfit {
        Misfit::NotJson => "the body must be JSON".to_owned(),
        Misfit::Missing(field) => format!("{field} should not be empty"),
        Misfit::Invalid => "a field has another type than it should".to_owned(),
    }])
}

/// The finding that a value is not one of those that are known.
pub(super) fn not_one_of(field: &str, known: impl Iterator<Item = String>) -> String {
    format!("{field} must be one of the following values: {}", known.collect::<Vec<_>>().join(", "))
}

/// A request that gets to no operation.
pub(super) fn refuse(refusal: Refusal) -> Answer {
    // The key of the text is not documented; `message` is the usual one.
    let denied = |text: &str| Answer::failure(401, json!({ "message": format!("Access Denied. {text}") }));
    // No code is documented for these: P500 is the one for whatever has none.
    let unknown = |status: u16, text: &str| {
        Answer::failure(status, json!({ "errorCode": ErrorCode::P500.as_str(), "errorMessage": text }))
    };
    match refusal {
        Refusal::NoKey => denied("xo1"),
        Refusal::WrongKey => denied("xo2"),
        Refusal::UnknownPath => unknown(404, "the sandbox has no such path"),
        Refusal::WrongMethod => unknown(405, "the path has no such method"),
        Refusal::NotSimulated => unknown(501, "the sandbox does not simulate this operation"),
    }
}
