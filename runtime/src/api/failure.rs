//! Reads the failed responses of an API whose generated crate has no module `failure` of its own. The error message
//! comes from the usual properties, like `message` and `error`. No error code proves that a request was not processed,
//! because nothing is known about the vendor's codes.

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

/// The contents of a failed response's body, as a type that is the same for all APIs.
#[derive(Debug, Default)]
pub struct Failure {
    /// The vendor's error code; `None` if the body has none.
    pub code: Option<String>,
    /// The vendor's error message; `None` if the body has none.
    pub message: Option<String>,
    /// More details about the failure, in the vendor's own format; `None` if the body has none.
    pub details: Option<Json>,
    /// Whether the request was processed, as far as the vendor's code tells.
    pub processing_evidence: ProcessingEvidence,
    /// The time to wait before the next attempt; `None` if the body does not state it.
    pub retry_after: Option<Duration>,
}

/// The JSON properties that may have the message of a failure, in the order in which they are tried. They are looked
/// for in the object `error` first, if there is one, and then in the body itself.
const MESSAGE_PROPERTY_NAMES: [&str; 7] =
    ["message", "error_description", "errorMessage", "detail", "title", "error", "errors"];

/// The JSON properties that may have the code of a failure, in the order in which they are tried.
const CODE_PROPERTY_NAMES: [&str; 4] = ["code", "error_code", "errorCode", "error_key"];

/// Reads the code and the message of a failure, and decides whether the request may have been processed. After a
/// response with the status 409 this is unknown: a proxy may have sent the request twice, and the second request may
/// conflict with the first, which succeeded.
pub fn read(response: &FailedResponse<'_>) -> Failure {
    let root = response.json_body.map(choose_first_item_or_self).and_then(|json| json.as_object());
    let inner = root.as_ref().and_then(|root| root.get("error")).and_then(Json::as_object);
    let objects = || [inner.as_ref(), root.as_ref()].into_iter().flatten();
    let text = |keys: &[&str]| {
        objects().find_map(|object| keys.iter().find_map(|key| read_non_empty_text(object.get(*key)?)))
    };
    Failure {
        code: text(&CODE_PROPERTY_NAMES),
        message: text(&MESSAGE_PROPERTY_NAMES),
        processing_evidence: if response.status == 409 {
            ProcessingEvidence::MaybeProcessed
        } else {
            ProcessingEvidence::ByStatus
        },
        ..Failure::default()
    }
}

/// Whether the body of a response with a success status reports a failure. Always false for an API without a module
/// `failure`, because only the vendor's docs say how to recognize such a body. The caller has already checked the
/// success flag of the API's envelope.
pub fn is_failure(_body: &JsonObject, _documented_status: Option<u16>) -> bool {
    false
}

/// Returns the text of a JSON string, or of a JSON list's first item. `None` if the value or item is not a string, or
/// is an empty string.
fn read_non_empty_text(json: &Json) -> Option<String> {
    let item = choose_first_item_or_self(json);
    Some(item.as_str().map(Cow::into_owned)?).filter(|text| !text.is_empty())
}

/// Returns the first item of a JSON list, or the value itself if it is not a list or has no items.
fn choose_first_item_or_self(json: &Json) -> Json {
    json.as_array().and_then(|items| items.into_iter().next()).unwrap_or_else(|| json.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: u16, body: &str) -> Failure {
        let json_body: Option<Json> = body.parse().ok();
        super::read(&FailedResponse {
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
            assert!(!is_failure(&serde_json::from_str(body).unwrap(), Some(200)), "{body}");
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
