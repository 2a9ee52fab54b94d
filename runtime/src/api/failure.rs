//! The failures of an API, and how they are read for an API that has no module of its own for them: the message comes from
//! the usual properties. No code counts as "not processed", because nothing is known about the vendor's codes.

use std::borrow::Cow;
use std::time::Duration;

use crate::operation::Operation;
use crate::retry::Processed;
use crate::{Json, JsonObject};

/// A response that reports a failure.
#[derive(Debug)]
pub struct FailureBody<'a> {
    /// The operation that failed.
    pub operation: &'a Operation,
    /// The HTTP status.
    pub status: u16,
    /// The body, if it is JSON.
    pub json: Option<&'a Json>,
}

/// The contents of a failure, whatever its shape.
#[derive(Debug, Default)]
pub struct Failure {
    /// The vendor's code.
    pub code: Option<String>,
    /// The vendor's message.
    pub message: Option<String>,
    /// The vendor's details.
    pub details: Option<Json>,
    /// What the code says about the request beyond the status.
    pub processed: Processed,
    /// How long the body asks to wait.
    pub retry_after: Option<Duration>,
}

/// The properties in which APIs put the message of a failure, in the order in which they are tried. In some APIs `error` is
/// an object.
const MESSAGES: [&str; 7] =
    ["message", "error_description", "errorMessage", "detail", "title", "error", "errors"];

/// The properties in which APIs put the code of a failure.
const CODES: [&str; 4] = ["code", "error_code", "errorCode", "error_key"];

/// Reads the body of a failure. A proxy may have sent the request twice, and then the second one may conflict with the first.
/// So status 409 does not say that the request was not processed.
pub fn read(body: &FailureBody<'_>) -> Failure {
    let root = body.json.map(first_item).and_then(|json| json.as_object());
    let inner = root.as_ref().and_then(|root| root.get("error")).and_then(Json::as_object);
    let objects = || [inner.as_ref(), root.as_ref()].into_iter().flatten();
    let text =
        |keys: &[&str]| objects().find_map(|object| keys.iter().find_map(|key| text_of(object.get(*key)?)));
    Failure {
        code: text(&CODES),
        message: text(&MESSAGES),
        processed: if body.status == 409 { Processed::Unknown } else { Processed::ByStatus },
        ..Failure::default()
    }
}

/// Whether a body with a status of success reports a failure. Only a vendor's docs say how to recognize one, so here the
/// answer is always no. The envelope, if there is one, is checked before.
pub fn is_failure(_body: &JsonObject, _documented: Option<u16>) -> bool {
    false
}

/// The text of a string, or of the first string of a list. None when it is empty.
fn text_of(json: &Json) -> Option<String> {
    let item = first_item(json);
    Some(item.as_str().map(Cow::into_owned)?).filter(|text| !text.is_empty())
}

/// The first item of a list, or the value itself if it is not a list.
fn first_item(json: &Json) -> Json {
    json.as_array().and_then(|items| items.into_iter().next()).unwrap_or_else(|| json.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: u16, body: &str) -> Failure {
        let json: Option<Json> = body.parse().ok();
        super::read(&FailureBody { operation: &Operation::new("sample"), status, json: json.as_ref() })
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
            (400, Processed::ByStatus),
            (404, Processed::ByStatus),
            (409, Processed::Unknown),
            (429, Processed::ByStatus),
            (503, Processed::ByStatus),
        ] {
            for body in ["", r#"{"code":"REFUSED"}"#, r#"{"error":{"code":"REFUSED"}}"#] {
                assert_eq!(read(status, body).processed, processed, "{status} {body}");
            }
        }
        assert_eq!(read(400, r#"{"error":{"code":"REFUSED"}}"#).code.as_deref(), Some("REFUSED"));
    }
}
