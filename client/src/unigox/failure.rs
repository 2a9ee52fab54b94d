//! Reads the failure responses of Unigox. Their bodies have several shapes, even for the same operation, and many
//! failures have no body.

use std::borrow::Cow;
use std::time::Duration;

use partner_runtime::plumbing::{FailedResponse, Failure, ProcessingEvidence, is_blank_value};

use crate::{Json, JsonObject};

/// The error code for "the customer already has the maximum number of addresses". It comes with status 429, although a
/// retry cannot succeed.
const ADDRESS_CAP_REACHED_ERROR_CODE: &str = "ADDRESS_CAP_REACHED";

/// The error codes of responses with status 409 that mean that the request was not processed, according to Unigox's
/// docs. Any other code with status 409 means that an equal request was processed before or is being processed. The
/// equal request may be the first copy of this request, if a proxy sent it twice. The docs show some responses with
/// status 409 that have no body, so the code may also be missing.
const UNPROCESSED_CONFLICT_ERROR_CODES: [&str; 8] = [
    "QUOTE_EXPIRED",
    "PRICE_CHANGED_REQUOTE",
    "NO_OFFERS_AVAILABLE",
    "THIRD_PARTY_RAIL_NOT_SUPPORTED",
    "THIRD_PARTY_PAYOUT_AGENT_NOT_READY",
    "ACCOUNT_CLOSING",
    "WALLET_NOT_LINKED",
    "WALLET_TYPE_MISMATCH",
];

/// The error codes of requests that may have been executed, or may still be executed, although the API sends these
/// codes with a 4xx status (not 409). An expired challenge may mean that this request has already used the challenge to
/// link a wallet. A payout under review may still be made.
const UNKNOWN_OUTCOME_ERROR_CODES: [&str; 2] = ["CHALLENGE_EXPIRED", "THIRD_PARTY_PAYOUT_UNDER_REVIEW"];

/// The error code that the API sends if one of its servers or gateways failed.
const INTERNAL_ERROR_CODE: &str = "INTERNAL_ERROR";

/// The error codes of failures in the backend, the systems behind the API. The docs list these codes with 5xx statuses,
/// except `RECORD_FAILED`, which is listed without a status. Even if such a code comes with a 4xx status, the request
/// may have been executed.
const BACKEND_FAILURE_ERROR_CODES: [&str; 8] = [
    "TRANSACTOR_ERROR",
    INTERNAL_ERROR_CODE,
    "RECIPIENT_SERVICE_UNAVAILABLE",
    "BANKING_ERROR",
    "BANKING_UNAVAILABLE",
    "BALANCE_UNAVAILABLE",
    "DEPOSIT_ADDRESSES_UNAVAILABLE",
    "RECORD_FAILED",
];

/// The id of an upload operation. Its docs list the status 429 with [`INTERNAL_ERROR_CODE`]: such a response means that
/// the rate limit of ten files per minute is reached, so the request was not executed.
const RATE_LIMITED_UPLOAD_OPERATION_ID: &str = "upload_source_of_funds_document";

/// Whether the body of a response with a success status reports a failure. The runtime recognizes a body with
/// `success: false`, so this function looks only for other signs of a failure.
pub(super) fn is_failure_body(body: &JsonObject, _documented_status: Option<u16>) -> bool {
    let says = |key: &str| body.get(key).is_some_and(|value| !is_blank_value(value));
    let success = body.get("success").and_then(Json::as_bool);
    let data = body.get("data").filter(|_| success != Some(true));
    says("error")
        || says("error_key")
        || data.is_some_and(|data| find_non_empty_string(data, "error_key").is_some())
}

/// Reads a failure response. The error code, the message and the details come from its body. The status and the error
/// code also tell whether the request was processed.
pub(super) fn read_failure(response: &FailedResponse<'_>) -> Failure {
    let failure = read_failure_body(response);
    Failure {
        processing_evidence: derive_processing_evidence(
            response.operation.id,
            response.status,
            failure.code.as_deref(),
        ),
        ..failure
    }
}

/// Returns what the status and the error code say about whether the request was processed. The result is `ByStatus` if
/// the code says no more than the status.
fn derive_processing_evidence(operation: &str, status: u16, code: Option<&str>) -> ProcessingEvidence {
    match (status, code) {
        (429, Some(INTERNAL_ERROR_CODE)) if operation == RATE_LIMITED_UPLOAD_OPERATION_ID => {
            ProcessingEvidence::ByStatus
        }
        (429, Some(ADDRESS_CAP_REACHED_ERROR_CODE)) => ProcessingEvidence::Permanent,
        (409, code) if !code.is_some_and(|code| UNPROCESSED_CONFLICT_ERROR_CODES.contains(&code)) => {
            ProcessingEvidence::MaybeProcessed
        }
        (_, Some(code))
            if UNKNOWN_OUTCOME_ERROR_CODES.contains(&code) || BACKEND_FAILURE_ERROR_CODES.contains(&code) =>
        {
            ProcessingEvidence::MaybeProcessed
        }
        _ => ProcessingEvidence::ByStatus,
    }
}

/// Reads the error code, the message and the details from the body of a failure response. The body has one of these
/// shapes:
///
/// - `{success, data: {error_key, message?}}`: discovery, user management, webhooks;
/// - `{success, error: {code, message, details?}}`: everything that moves money;
/// - `{success, error: "text"}`: refused payment details and a few others.
///
/// A body may mix these shapes: it may have `data` and an `error` that is `null`, or a code or message at the root.
fn read_failure_body(response: &FailedResponse<'_>) -> Failure {
    let Some(root) = response.json_body.map(extract_first_item_or_whole) else { return Failure::default() };
    let (error, data) = (
        root.get("error").map(|error| extract_first_item_or_whole(&error)),
        root.get("data").map(|data| extract_first_item_or_whole(&data)),
    );
    let anywhere = |key: &str| {
        [error.as_ref(), data.as_ref(), Some(&root)]
            .into_iter()
            .flatten()
            .find_map(|at| find_non_empty_string(at, key))
    };
    let code = error
        .as_ref()
        .and_then(|error| find_non_empty_string(error, "code"))
        .or_else(|| anywhere("error_key"));
    let details = error.as_ref().and_then(|error| error.get("details")).filter(|details| !details.is_null());
    let seconds = details.as_ref().and_then(|details| details.get("retry_after_seconds"));
    let message = error.as_ref().and_then(Json::as_str).map(Cow::into_owned).filter(|text| !text.is_empty());
    Failure {
        message: message.or_else(|| anywhere("message")),
        retry_after: seconds.and_then(|seconds| seconds.deserialize_as().ok()).map(Duration::from_secs),
        details,
        code,
        ..Failure::default()
    }
}

/// Returns the string under a key of a JSON object; `None` if the value is missing, empty or not a string.
fn find_non_empty_string(json: &Json, key: &str) -> Option<String> {
    Some(json.get(key)?.as_str()?.into_owned()).filter(|text| !text.is_empty())
}

/// Returns the first item of `json` if `json` is a list with items. Otherwise returns the whole `json`, as a copy.
fn extract_first_item_or_whole(json: &Json) -> Json {
    json.as_array().and_then(|items| items.into_iter().next()).unwrap_or_else(|| json.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unigox::{ErrorCode, OPERATIONS};

    fn derive_processing_evidence(status: u16, code: Option<&str>) -> ProcessingEvidence {
        super::derive_processing_evidence("initiate_off_ramp", status, code)
    }

    #[test]
    fn a_conflict_says_that_nothing_was_done_only_with_a_code_that_says_so() {
        for code in UNPROCESSED_CONFLICT_ERROR_CODES {
            assert_eq!(derive_processing_evidence(409, Some(code)), ProcessingEvidence::ByStatus, "{code}");
            assert!(!matches!(ErrorCode::from(code), ErrorCode::Unrecognized(_)), "{code} is documented");
        }
        for code in [
            None,
            Some("QUOTE_ALREADY_USED"),
            Some("INVALID_STATUS"),
            Some("OPERATION_NOT_ALLOWED"),
            Some("PROVISIONING_IN_PROGRESS"),
            Some("WALLET_ALREADY_LINKED"),
            Some("HOLDER_REGISTRATION_IN_PROGRESS"),
            Some("BRAND_NEW"),
        ] {
            assert_eq!(derive_processing_evidence(409, code), ProcessingEvidence::MaybeProcessed, "{code:?}");
        }
    }

    #[test]
    fn what_was_used_or_is_under_review_leaves_open_what_was_done() {
        assert_eq!(
            derive_processing_evidence(410, Some("CHALLENGE_EXPIRED")),
            ProcessingEvidence::MaybeProcessed
        );
        assert_eq!(
            derive_processing_evidence(422, Some("THIRD_PARTY_PAYOUT_UNDER_REVIEW")),
            ProcessingEvidence::MaybeProcessed
        );
        assert_eq!(
            derive_processing_evidence(422, Some("THIRD_PARTY_PAYOUT_DECLINED")),
            ProcessingEvidence::ByStatus
        );
        assert_eq!(derive_processing_evidence(422, None), ProcessingEvidence::ByStatus);
    }

    #[test]
    fn only_a_cap_that_comes_as_too_many_requests_is_permanent() {
        assert_eq!(
            derive_processing_evidence(429, Some(ADDRESS_CAP_REACHED_ERROR_CODE)),
            ProcessingEvidence::Permanent
        );
        assert_eq!(derive_processing_evidence(429, None), ProcessingEvidence::ByStatus);
        assert_eq!(
            derive_processing_evidence(503, Some(ADDRESS_CAP_REACHED_ERROR_CODE)),
            ProcessingEvidence::ByStatus
        );
    }

    #[test]
    fn what_failed_behind_the_api_leaves_open_what_was_done_whatever_the_status() {
        for code in BACKEND_FAILURE_ERROR_CODES {
            for status in [400, 403, 404, 409, 422, 429, 500, 501, 502, 503] {
                assert_eq!(
                    derive_processing_evidence(status, Some(code)),
                    ProcessingEvidence::MaybeProcessed,
                    "{status} {code}"
                );
            }
            assert!(!matches!(ErrorCode::from(code), ErrorCode::Unrecognized(_)), "{code} is documented");
        }
        let named_so = |code: &&str| code.ends_with("_ERROR") || code.ends_with("_UNAVAILABLE");
        for code in ErrorCode::KNOWN.iter().map(ErrorCode::as_str).filter(named_so) {
            assert!(BACKEND_FAILURE_ERROR_CODES.contains(&code), "decide what {code} says, from a source");
        }
    }

    #[test]
    fn too_many_uploads_were_refused_in_the_operation_that_documents_it() {
        assert!(OPERATIONS.iter().any(|operation| operation.id == RATE_LIMITED_UPLOAD_OPERATION_ID));
        let upload = |status, code| {
            super::derive_processing_evidence(RATE_LIMITED_UPLOAD_OPERATION_ID, status, Some(code))
        };
        assert_eq!(upload(429, INTERNAL_ERROR_CODE), ProcessingEvidence::ByStatus);
        assert_eq!(upload(429, "TRANSACTOR_ERROR"), ProcessingEvidence::MaybeProcessed);
        assert_eq!(upload(422, INTERNAL_ERROR_CODE), ProcessingEvidence::MaybeProcessed);
    }
}
