//! The default functions that read failed responses, for APIs without a handwritten module `failure`. They read the
//! error message from common properties, like `message` and `error`. They do not know the vendor's error codes, so no
//! code counts as evidence that a request was not processed.

use std::borrow::Cow;
use std::time::Duration;

use crate::operation::OperationEntry;
use crate::retry::ProcessingEvidence;
use crate::{Json, JsonObject};

/// A response that reports a failure.
#[derive(Debug)]
pub struct FailedResponse<'a> {
    /// The operation that failed.
    pub operation: &'a OperationEntry,
    /// The HTTP status of the response.
    pub status: u16,
    /// The body of the response; `None` if it is not JSON.
    pub json_body: Option<&'a Json>,
}

/// What the body of a failed response says, in a form that is the same for all APIs.
#[derive(Debug, Default)]
pub struct Failure {
    /// The vendor's error code; `None` if the body has no error code.
    pub code: Option<String>,
    /// The vendor's error message; `None` if the body has no error message.
    pub message: Option<String>,
    /// More details about the failure, as JSON in the vendor's own format; `None` if the body has no details.
    pub details: Option<Json>,
    /// What the vendor's error code says: whether the request may have been processed, and whether a retry may succeed.
    pub processing_evidence: ProcessingEvidence,
    /// The time to wait before the next attempt; `None` if the body does not state it.
    pub retry_after: Option<Duration>,
}

/// The JSON properties that can contain the error message, in the order in which they are tried. If the body has a
/// property `error` that is an object, they are tried in this object first, and then in the body itself.
const ERROR_MESSAGE_PROPERTY_NAMES: [&str; 7] =
    ["message", "error_description", "errorMessage", "detail", "title", "error", "errors"];

/// The JSON properties that can contain the error code, in the order in which they are tried.
const ERROR_CODE_PROPERTY_NAMES: [&str; 4] = ["code", "error_code", "errorCode", "error_key"];

/// Reads the error code and message of a failed response. If the status is 409, the request counts as possibly
/// processed: a proxy may have sent the request twice, and then the second copy conflicts with the first copy, which
/// succeeded.
pub fn read_failure(response: &FailedResponse<'_>) -> Failure {
    let root = response.json_body.map(extract_first_item_or_whole).and_then(|json| json.as_object());
    let inner = root.as_ref().and_then(|root| root.get("error")).and_then(Json::as_object);
    let objects = || [inner.as_ref(), root.as_ref()].into_iter().flatten();
    let text = |keys: &[&str]| {
        objects().find_map(|object| keys.iter().find_map(|key| read_non_empty_string(object.get(*key)?)))
    };
    Failure {
        code: text(&ERROR_CODE_PROPERTY_NAMES),
        message: text(&ERROR_MESSAGE_PROPERTY_NAMES),
        processing_evidence: if response.status == 409 {
            ProcessingEvidence::MaybeProcessed
        } else {
            ProcessingEvidence::ByStatus
        },
        ..Failure::default()
    }
}

/// The default function that says whether the body of a response with a success status reports a failure. It always
/// returns false. An API whose docs say how to recognize such a body has a function of its own.
pub fn is_failure_body(_body: &JsonObject, _documented_status: Option<u16>) -> bool {
    false
}

/// Reads a JSON value that is a string, or that is a list and has a string as its first item. Returns `None` for any
/// other value, and for an empty string.
fn read_non_empty_string(json: &Json) -> Option<String> {
    let item = extract_first_item_or_whole(json);
    Some(item.as_str().map(Cow::into_owned)?).filter(|text| !text.is_empty())
}

/// Returns the first item of `json` if `json` is a list with items. Otherwise returns the whole `json`, as a copy.
fn extract_first_item_or_whole(json: &Json) -> Json {
    json.as_array().and_then(|items| items.into_iter().next()).unwrap_or_else(|| json.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: u16, body: &str) -> Failure {
        let json_body: Option<Json> = body.parse().ok();
        super::read_failure(&FailedResponse {
            operation: &OperationEntry::new("sample"),
            status,
            json_body: json_body.as_ref(),
        })
    }

    #[test]
    fn a_message_is_found_in_the_usual_properties() {
        for body in [
            r#"{"message":"no funds"}"#,
            r#"{"error":{"message":"no funds","code":"C"}}"#,
            r#"{"error":"no funds"}"#,
            r#"{"error":"","detail":"no funds"}"#,
            r#"{"errors":["no funds","more"]}"#,
            r#"[{"title":"no funds"}]"#,
        ] {
            assert_eq!(read(400, body).message.as_deref(), Some("no funds"), "{body}");
        }
        for body in ["", "[]", "{}", "no funds", "\"no funds\"", r#"{"message":7}"#, r#"{"note":"x"}"#] {
            assert_eq!(read(400, body).message, None, "{body}");
        }
    }

    #[test]
    fn no_property_makes_a_success_a_failure() {
        for body in ["{}", r#"{"error":"no funds"}"#, r#"{"code":"E7","message":"no funds"}"#] {
            assert!(!is_failure_body(&serde_json::from_str(body).unwrap(), Some(200)), "{body}");
        }
    }

    #[test]
    fn no_code_says_that_a_request_was_not_processed() {
        for (status, processed) in [
            (400, ProcessingEvidence::ByStatus),
            (404, ProcessingEvidence::ByStatus),
            (409, ProcessingEvidence::MaybeProcessed),
            (429, ProcessingEvidence::ByStatus),
            (503, ProcessingEvidence::ByStatus),
        ] {
            for body in ["", r#"{"code":"REFUSED"}"#, r#"{"error":{"code":"REFUSED"}}"#] {
                assert_eq!(read(status, body).processing_evidence, processed, "{status} {body}");
            }
        }
        assert_eq!(read(400, r#"{"error":{"code":"REFUSED"}}"#).code.as_deref(), Some("REFUSED"));
    }
}
