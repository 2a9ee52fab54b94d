//! Reads the failure responses of P100.

use std::borrow::Cow;

use partner_runtime::plumbing::{FailedResponse, Failure, ProcessingEvidence, is_blank_value};

use super::ErrorCode;
use crate::{Json, JsonObject};

/// The error codes that mean that P100 did not process the request, because something in the request is invalid,
/// unknown or forbidden. In the vendor's docs, these error codes have the HTTP status 400.
const REFUSAL_ERROR_CODES: [ErrorCode; 17] = [
    ErrorCode::ValidationError,
    ErrorCode::InvalidCurrency,
    ErrorCode::InvalidUser,
    ErrorCode::PartnerNotFound,
    ErrorCode::SourceOrDestinationRequired,
    ErrorCode::InvalidFileType,
    ErrorCode::ForbiddenCountry,
    ErrorCode::InsufficientFunds,
    ErrorCode::InvalidCard,
    ErrorCode::NoKycFiles,
    ErrorCode::FileTooLarge,
    ErrorCode::ProofOfAddressAlreadyVerified,
    ErrorCode::ForbiddenCountryCard,
    ErrorCode::UserHasActiveCards,
    ErrorCode::UserSuspended,
    ErrorCode::UserNotVerified,
    ErrorCode::UserNotExtended,
];

/// Whether the body of a response with a success status reports a failure. P100's bodies have no success flag, so a
/// body reports a failure if it contains an error code, name or message. `documented_status` is the success status in
/// the docs.
pub(super) fn is_failure_body(body: &JsonObject, documented_status: Option<u16>) -> bool {
    let says = |key: &str| body.get(key).is_some_and(|value| !is_blank_value(value));
    let code = body.get("errorCode").and_then(Json::as_str);
    match code {
        // The code `ProofOfAddressPending` does not always stand for a failure. If the documented success status of an
        // operation is 202, its successful responses also have this code while a proof of address is pending.
        Some(code) if !code.is_empty() => {
            ErrorCode::from(&*code) != ErrorCode::ProofOfAddressPending || documented_status != Some(202)
        }
        _ => says("errorCode") || says("errorName") || says("errorMessage"),
    }
}

/// Reads the body of a failure response: `{errorCode, errorName?, errorMessage?}`. If the API key was refused, the body
/// has a single property instead, whose name is not documented.
pub(super) fn read_failure(response: &FailedResponse<'_>) -> Failure {
    let refused = matches!(response.status, 401 | 403);
    let list = response.json_body.and_then(Json::as_array);
    let json = list.as_ref().and_then(|failures| failures.first()).or(response.json_body);
    let Some(object) = json.and_then(Json::as_object) else {
        // If the API key was refused, the body may also be a JSON string. This string becomes the error message only if
        // it is a documented message, because any other string may repeat the key.
        let message =
            json.and_then(extract_message_text).filter(|text| !refused || is_api_key_refusal_message(text));
        return Failure {
            message,
            processing_evidence: derive_processing_evidence(response.status, None),
            ..Failure::default()
        };
    };
    let text = |key: &str| object.get(key).and_then(extract_message_text);
    let code = object.get("errorCode").and_then(Json::as_str).filter(|code| !code.is_empty());
    let code = code.map(Cow::into_owned);
    let refusal =
        || object.values().filter_map(extract_message_text).find(|text| is_api_key_refusal_message(text));
    let refusal = if refused && code.is_none() { refusal() } else { None };
    Failure {
        processing_evidence: derive_processing_evidence(response.status, code.as_deref()),
        message: text("errorMessage").or_else(|| text("message")).or_else(|| text("errorName")).or(refusal),
        code,
        ..Failure::default()
    }
}

/// Whether a text begins like the documented messages for a refused API key, "Access Denied. xo1" to "Access Denied.
/// xo3". Any other text in the response to a refused key may contain the key, and must not be shown.
fn is_api_key_refusal_message(text: &str) -> bool {
    text.get(.."access denied".len()).is_some_and(|start| start.eq_ignore_ascii_case("access denied"))
}

/// Returns the text of a message: a JSON string, or the joined strings of a JSON array, because a validation error may
/// have several messages. `None` if there is no text.
fn extract_message_text(json: &Json) -> Option<String> {
    let text = match json.as_array() {
        Some(texts) => texts.iter().filter_map(Json::as_str).collect::<Vec<_>>().join("; "),
        None => json.as_str()?.into_owned(),
    };
    Some(text).filter(|text| !text.is_empty())
}

/// Returns what the status and the error code of a failure say about whether the request was processed. The result is
/// `ByStatus` if the code says no more than the status.
///
/// Nearly every failure has status 400, even failures of P100's servers. So only the code can tell that a request with
/// this status was not processed. A code may be unknown, because not all codes could be read in the docs. It may be
/// missing, because the body was cut off or comes from a proxy. Status 409 and 422 are not documented, and may mean
/// that this request was processed before.
fn derive_processing_evidence(status: u16, code: Option<&str>) -> ProcessingEvidence {
    let code = code.map(ErrorCode::from);
    match (status, &code) {
        // The vendor's docs list the error "Temporarily unavailable" with status 400 instead of 503. They do not say
        // whether the request was processed.
        (400, Some(ErrorCode::ServiceUnavailable)) => ProcessingEvidence::MaybeProcessedAndTransient,
        // With these errors, it is unknown whether the request was processed. The vendor's docs list "Unknown
        // exception" with status 400, although it is an error of the server. If a proxy has sent the request twice,
        // "User exists" may mean that the first copy of the request has created the user.
        (
            _,
            Some(
                ErrorCode::ServiceUnavailable
                | ErrorCode::UnknownException
                | ErrorCode::UserExists
                | ErrorCode::ProofOfAddressPending,
            ),
        ) => ProcessingEvidence::MaybeProcessed,
        (400 | 409 | 422, code) if !code.as_ref().is_some_and(|code| REFUSAL_ERROR_CODES.contains(code)) => {
            ProcessingEvidence::MaybeProcessed
        }
        _ => ProcessingEvidence::ByStatus,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The known error codes that are not in `REFUSAL_ERROR_CODES`. According to the docs, P211, P428, P445 and P460
    /// have a status other than 400. For the other codes in this list, the docs do not say whether the request was
    /// processed.
    const NON_REFUSAL_ERROR_CODES: [ErrorCode; 7] = [
        ErrorCode::ProofOfAddressPending,
        ErrorCode::UserExists,
        ErrorCode::SepaTransferNotFound,
        ErrorCode::KycNotFound,
        ErrorCode::ProofOfAddressVerificationNotFound,
        ErrorCode::UnknownException,
        ErrorCode::ServiceUnavailable,
    ];

    #[test]
    fn every_known_code_is_decided() {
        for code in ErrorCode::KNOWN {
            assert!(
                REFUSAL_ERROR_CODES.contains(code) != NON_REFUSAL_ERROR_CODES.contains(code),
                "decide what {} says, from a source",
                code.as_str()
            );
        }
    }

    #[test]
    fn a_400_409_or_422_says_that_nothing_was_done_only_with_a_code_that_says_so() {
        for status in [400, 409, 422] {
            assert_eq!(derive_processing_evidence(status, Some("P433")), ProcessingEvidence::ByStatus);
            for code in [None, Some(""), Some("P428"), Some("P499"), Some("P502"), Some("p433"), Some("P500")]
            {
                assert_eq!(
                    derive_processing_evidence(status, code),
                    ProcessingEvidence::MaybeProcessed,
                    "{status} {code:?}"
                );
            }
        }
    }

    #[test]
    fn what_exists_or_is_pending_may_be_the_work_of_this_request_whatever_the_status() {
        for status in [200, 400, 403, 404, 409, 422, 429, 500] {
            for code in ["P411", "P211"] {
                assert_eq!(
                    derive_processing_evidence(status, Some(code)),
                    ProcessingEvidence::MaybeProcessed,
                    "{status} {code}"
                );
            }
        }
    }

    #[test]
    fn a_pending_proof_is_a_success_only_with_the_status_that_documents_it() {
        let body = JsonObject::from([("errorCode", "P211")]);
        assert!(!is_failure_body(&body, Some(202)));
        for documented in [None, Some(200), Some(201)] {
            assert!(is_failure_body(&body, documented), "{documented:?}");
        }
        assert!(is_failure_body(&JsonObject::from([("errorCode", "P412")]), Some(202)));
    }

    #[test]
    fn a_code_of_a_failed_service_means_what_it_says_with_its_documented_status_only() {
        assert_eq!(
            derive_processing_evidence(400, Some("P501")),
            ProcessingEvidence::MaybeProcessedAndTransient
        );
        for status in [200, 401, 404, 429, 500, 503] {
            assert_eq!(
                derive_processing_evidence(status, Some("P501")),
                ProcessingEvidence::MaybeProcessed,
                "{status}"
            );
            assert_eq!(
                derive_processing_evidence(status, Some("P500")),
                ProcessingEvidence::MaybeProcessed,
                "{status}"
            );
        }
    }
}
