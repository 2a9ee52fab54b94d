//! Whether a response is a success, and the error that it is otherwise.

use std::borrow::Cow;
use std::sync::LazyLock;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use memchr::memmem::{self, Finder};
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use crate::api::failure::FailureBody;
use crate::api::{Api, Envelope};
use crate::envelope::{self, Classification};
use crate::json::{exceeds, without_bom};
use crate::operation::{Operation, ResponseKind};
use crate::{Error, Json, JsonObject};

/// How large a response may be.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    /// The limit of the body, in bytes.
    pub(super) body: usize,
    /// The limit of the memory that the values in the body may take, apart from the text of strings, in bytes.
    pub(super) values: usize,
}

impl Limits {
    /// Whether deserializing the text may take more memory than the limit.
    fn are_exceeded(self, operation: &Operation, text: &[u8]) -> bool {
        let largest = operation.object_sizes.iter().copied().max().unwrap_or_default();
        exceeds(text, largest, self.values)
    }
}

/// Decides whether a response is a success.
///
/// # Errors
///
/// The error that the response is otherwise. The body of a failure is not deserialized when that may take too much memory:
/// then the error has the status alone.
pub(super) fn classify_response(
    api: &Api,
    operation: &Operation,
    status: StatusCode,
    headers: &HeaderMap,
    body: &Bytes,
    limits: Limits,
) -> Result<(), Error> {
    let is_too_much = limits.are_exceeded(operation, without_bom(body));
    match status.is_success() {
        true if is_too_much => return Err(Error::too_many_values(limits.body)),
        true => {}
        false if is_too_much => return Err(failure(api, operation, status, headers, &Bytes::new())),
        false => return Err(failure(api, operation, status, headers, body)),
    }
    if let Some(message) = unexpected_encoding(headers)
        && operation.response != ResponseKind::Bytes
        && !body.is_empty()
    {
        return Err(Error::decode(message));
    }
    let text = without_bom(body);
    match classify_body(api, operation, status, text) {
        Classification::Failure => Err(failure(api, operation, status, headers, body)),
        Classification::Malformed(why) => Err(Error::decode(why)),
        Classification::Success => Ok(()),
    }
}

/// Classifies the body of a response whose status is a success. An operation without a documented body is looked at as
/// well: the server may report a failure with a status of success, which must not count as done.
fn classify_body(api: &Api, operation: &Operation, status: StatusCode, text: &[u8]) -> Classification {
    if text.trim_ascii().is_empty() {
        // Reading the contents decides whether the operation may have none.
        return Classification::Success;
    }
    let is_json =
        matches!(operation.response, ResponseKind::Json | ResponseKind::ByStatus | ResponseKind::Any);
    match api.envelope.filter(|_| operation.enveloped) {
        // The rest of the body is parsed only once, when the contents are read.
        Some(envelope) if is_json && envelope::begins_with_success(envelope, text) => Classification::Success,
        Some(envelope) => match envelope::classify(envelope, operation.flag_required, text) {
            Classification::Success if has_failure_property(api, operation, status, text) => {
                Classification::Failure
            }
            Classification::Malformed(_) if is_failure(api, operation, status, text) => {
                Classification::Failure
            }
            classification => classification,
        },
        // The items of a list may describe failures, which are no failure of the call that reads the list.
        None if text.trim_ascii_start().starts_with(b"[") && operation.only_reads() => {
            Classification::Success
        }
        None if is_failure(api, operation, status, text) => Classification::Failure,
        None if operation.response == ResponseKind::Empty && is_broken_json(text) => {
            Classification::Malformed("the response is JSON that is cut off or broken")
        }
        None => Classification::Success,
    }
}

/// Whether a body reports a failure: by the flag of the envelope, or by a property that only failures have.
pub(super) fn is_failure(api: &Api, operation: &Operation, status: StatusCode, text: &[u8]) -> bool {
    let reports_failure = |envelope: Envelope| {
        memmem::find(text, envelope.success.as_bytes()).is_some()
            && envelope::classify(envelope, true, first_object(text).as_bytes()) == Classification::Failure
    };
    api.envelope.is_some_and(reports_failure) || has_failure_property(api, operation, status, text)
}

/// Whether a body has a property that only failures have.
fn has_failure_property(api: &Api, operation: &Operation, status: StatusCode, text: &[u8]) -> bool {
    static KEY: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new(b"\"error"));
    let documented = || Some(status.as_u16()).filter(|status| operation.success.contains(status));
    KEY.find(text).is_some()
        && serde_json::from_str(&first_object(text))
            .is_ok_and(|body: JsonObject| (api.is_failure)(&body, documented()))
}

/// The part of a body that may report a failure: the first item of a list, and otherwise the whole body. Bytes that are not
/// UTF-8 are replaced, so that one of them in a message does not hide the failure.
fn first_object(text: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(text);
    let items = serde_json::from_str::<Vec<&RawValue>>(&text);
    let first = items.ok().and_then(|items| items.first().map(|first| first.get().to_owned()));
    first.map_or(text, Cow::Owned)
}

/// Whether a body begins like a JSON object or list, but is not valid JSON.
fn is_broken_json(text: &[u8]) -> bool {
    matches!(text.trim_ascii_start().first(), Some(b'{' | b'['))
        && serde_json::from_slice::<IgnoredAny>(text).is_err()
}

/// The documented status that a response counts as. A 2xx that the operation does not document counts as the first that it
/// documents.
pub(super) fn documented_status(operation: &Operation, status: StatusCode) -> StatusCode {
    let documented = operation.success;
    if documented.contains(&status.as_u16()) {
        return status;
    }
    documented.first().and_then(|code| StatusCode::from_u16(*code).ok()).unwrap_or(status)
}

/// The message about a content encoding that was not asked for. None when the body is not encoded.
fn unexpected_encoding(headers: &HeaderMap) -> Option<String> {
    let named = headers.get(http::header::CONTENT_ENCODING)?.to_str().unwrap_or_default().trim();
    if named.is_empty() || named.eq_ignore_ascii_case("identity") {
        return None;
    }
    let is_token =
        named.len() <= 32 && named.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let named = if is_token { named } else { "of an unknown name" };
    Some(format!("the response has the content encoding `{named}`, which was not asked for and is not read"))
}

/// The error of a response that reports a failure.
pub(super) fn failure(
    api: &Api,
    operation: &Operation,
    status: StatusCode,
    headers: &HeaderMap,
    body: &Bytes,
) -> Error {
    // Bytes that are not UTF-8 are replaced, so that one of them in a message does not hide the code.
    let json = serde_json::from_str::<Json>(&String::from_utf8_lossy(without_bom(body))).ok();
    let mut failure = (api.failure)(&FailureBody { operation, status: status.as_u16(), json: json.as_ref() });
    let content_type = headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if failure.message.is_none()
        && json.is_none()
        && content_type.is_some_and(|content_type| content_type.starts_with("text/plain"))
        && let Ok(text) = std::str::from_utf8(body)
        && !text.trim().is_empty()
        // A server that refuses a key may repeat it in its text.
        && !matches!(status.as_u16(), 401 | 403)
    {
        failure.message = Some(text.to_owned());
    }
    if failure.message.is_none() && json.is_none() && !body.is_empty() {
        failure.message = unexpected_encoding(headers);
    }
    if failure.message.is_none() && failure.code.is_none() && status.is_success() {
        failure.message = Some(String::from("the API reported a failure, and gave no reason"));
    }
    Error::failure(status, failure)
}

#[cfg(test)]
#[path = "classify_tests.rs"]
mod tests;
