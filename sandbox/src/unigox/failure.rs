//! How Unigox says no. Three bodies coexist, and often there is none.

use partner_client::unigox::ErrorCode;
use serde_json::json;

use crate::answer::Answer;
use crate::call::Misfit;
use crate::vendor::Refusal;

/// A failure with an error key: user management.
pub(super) fn keyed(status: u16, key: &ErrorCode) -> Answer {
    Answer::failure(status, json!({ "success": false, "data": { "error_key": key.as_str() } }))
}

/// A failure with a code: wallets, and everything that moves money.
pub(super) fn coded(status: u16, code: &ErrorCode, message: &str) -> Answer {
    Answer::failure(
        status,
        json!({ "success": false, "error": { "code": code.as_str(), "message": message } }),
    )
}

/// A failure that is only a text.
pub(super) fn text(status: u16, text: &str) -> Answer {
    Answer::failure(status, json!({ "success": false, "error": text }))
}

/// The person or thing does not exist. No body is documented for it.
pub(super) fn not_found() -> Answer {
    Answer::bare(404)
}

/// Something required is missing from the body, or blank.
pub(super) fn missing() -> Answer {
    keyed(400, &ErrorCode::RequiredFieldsMissing)
}

/// The body does not fit the document.
pub(super) fn misfit(misfit: &Misfit) -> Answer {
    match misfit {
        Misfit::NotJson | Misfit::Missing(_) => missing(),
        Misfit::Invalid => keyed(400, &ErrorCode::InvalidFieldValue),
    }
}

/// A request that gets to no operation.
pub(super) fn refuse(refusal: Refusal) -> Answer {
    match refusal {
        Refusal::NoKey | Refusal::WrongKey => keyed(401, &ErrorCode::UnauthorizedKey),
        // No code is documented for these, so there is only a text.
        Refusal::UnknownPath => text(404, "the sandbox has no such path"),
        Refusal::WrongMethod => text(405, "the path has no such method"),
        Refusal::NotSimulated => text(501, "the sandbox does not simulate this operation"),
    }
}
