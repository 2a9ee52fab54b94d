//! The failures of an API that has no module of its own for them: status, raw body, and a message from the usual
//! properties. No code is taken to say that a request was not processed, since nothing is known of the vendor's codes.

use std::borrow::Cow;

use crate::api::FailureBody;
use crate::error::Failure;
use crate::retry::Processed;
use crate::{Json, JsonObject};

/// Where APIs put the message of a failure, in the order in which it is looked for. `error` is an object in some of them.
const MESSAGES: [&str; 7] =
    ["message", "error_description", "errorMessage", "detail", "title", "error", "errors"];

/// Where APIs put the code of a failure.
const CODES: [&str; 4] = ["code", "error_code", "errorCode", "error_key"];

/// Reads the body of a failure. A conflict may come from an earlier delivery of this request, which a proxy may have
/// repeated, so status 409 leaves open whether it was processed.
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

/// Whether a body with a status of success is that of a failure. Only documents of a vendor say how to tell, and here
/// there are none beyond the envelope, which is looked at before.
pub fn is_failure(_body: &JsonObject, _documented: Option<u16>) -> bool {
    false
}

/// A string that is not empty, or the first one of a list.
fn text_of(json: &Json) -> Option<String> {
    let item = first_item(json);
    Some(item.as_str().map(Cow::into_owned)?).filter(|text| !text.is_empty())
}

/// The first item of a list, and what is no list as it is.
fn first_item(json: &Json) -> Json {
    json.as_array().and_then(|items| items.into_iter().next()).unwrap_or_else(|| json.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Operation;

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
