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
