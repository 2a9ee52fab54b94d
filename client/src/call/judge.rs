//! Whether an answer is a success, and which failure it is otherwise.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::api::{Api, FailureBody};
use crate::envelope::{self, Verdict};
use crate::operation::{AnswerKind, Operation};
use crate::{Error, Json};

/// Whether the answer is a success; the failure that it is otherwise.
pub(super) fn judge(
    api: &Api,
    operation: &Operation,
    status: StatusCode,
    headers: &HeaderMap,
    body: &Bytes,
) -> Result<(), Error> {
    if !status.is_success() {
        return Err(failure(api, status, headers, body));
    }
    let Some(envelope) = api.envelope else { return Ok(()) };
    let is_json = matches!(operation.answer, AnswerKind::Json | AnswerKind::ByStatus);
    let verdict = match (operation.enveloped, is_json) {
        (true, true) => envelope::verdict_before_reading(envelope, body),
        // Where no answer or any is documented, a refusal may come all the same, and must not count as done.
        (true, false) | (false, false) => envelope::verdict(envelope, body),
        (false, true) => return Ok(()),
    };
    match verdict {
        Verdict::Failure => Err(failure(api, status, headers, body)),
        Verdict::Broken(_) if operation.enveloped && body.is_empty() => {
            Err(Error::decode("the answer is empty; a body was expected"))
        }
        Verdict::Broken(why) if operation.enveloped => Err(Error::decode(why)),
        Verdict::Success | Verdict::Broken(_) => Ok(()),
    }
}

/// The status that the document has: another 2xx is as good as the first that is documented.
pub(super) fn documented(operation: &Operation, status: StatusCode) -> StatusCode {
    let documented = operation.success;
    if documented.contains(&status.as_u16()) {
        return status;
    }
    documented.first().and_then(|code| StatusCode::from_u16(*code).ok()).unwrap_or(status)
}

/// The failure that an answer tells of, whatever its shape.
fn failure(api: &Api, status: StatusCode, headers: &HeaderMap, body: &Bytes) -> Error {
    // One byte that is not UTF-8 in some message must not hide the code beside it.
    let json = serde_json::from_str::<Json>(&String::from_utf8_lossy(body)).ok();
    let mut failure = (api.failure)(&FailureBody { status: status.as_u16(), json: json.as_ref() });
    let content_type = headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if failure.message.is_none()
        && json.is_none()
        && content_type.is_some_and(|content_type| content_type.starts_with("text/plain"))
        && let Ok(text) = std::str::from_utf8(body)
        && !text.trim().is_empty()
        // Whoever refuses a key may repeat it.
        && !matches!(status.as_u16(), 401 | 403)
    {
        failure.message = Some(text.to_owned());
    }
    Error::answered(status, failure)
}
