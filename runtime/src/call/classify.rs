//! Decides whether a response is a success, and makes the errors for all other responses.

use std::borrow::Cow;
use std::sync::LazyLock;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use memchr::memmem::{self, Finder};
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use crate::api::failure::FailedResponse;
use crate::api::{Api, Envelope};
use crate::envelope::{self, BodyOutcome};
use crate::json::{may_exceed_memory_budget, strip_bom};
use crate::operation::{OperationEntry, ResponseKind};
use crate::{Error, Json, JsonObject};

/// The size limits of a response.
#[derive(Clone, Copy)]
pub(super) struct ResponseSizeLimits {
    /// The maximum number of bytes in the body.
    pub(super) max_body_bytes: usize,
    /// The maximum number of bytes of memory that the deserialized values of the body may take, apart from the text of
    /// strings.
    pub(super) max_value_memory_bytes: usize,
}

impl ResponseSizeLimits {
    /// Whether the deserialized response may take more memory than `max_value_memory_bytes`. `text` is the body of the
    /// response.
    fn values_may_exceed_memory_limit(self, operation: &OperationEntry, text: &[u8]) -> bool {
        let largest = operation.response_type_sizes.iter().copied().max().unwrap_or_default();
        may_exceed_memory_budget(text, largest, self.max_value_memory_bytes)
    }
}

/// Decides whether a response is a success.
///
/// # Errors
///
/// When the response reports a failure, is malformed, or may take too much memory. If a response with a failure status
/// may take too much memory, its error has no details from the body.
pub(super) fn classify_response(
    api: &Api,
    operation: &OperationEntry,
    status: StatusCode,
    headers: &HeaderMap,
    body: &Bytes,
    limits: ResponseSizeLimits,
) -> Result<(), Error> {
    let may_exceed_memory_limit = limits.values_may_exceed_memory_limit(operation, strip_bom(body));
    match status.is_success() {
        true if may_exceed_memory_limit => {
            return Err(Error::response_values_too_large(limits.max_body_bytes));
        }
        true => {}
        false if may_exceed_memory_limit => {
            return Err(make_failure_error(api, operation, status, headers, &Bytes::new()));
        }
        false => return Err(make_failure_error(api, operation, status, headers, body)),
    }
    if let Some(message) = describe_unsupported_encoding(headers)
        && operation.response_kind != ResponseKind::Bytes
        && !body.is_empty()
    {
        return Err(Error::decode(message));
    }
    let text = strip_bom(body);
    match classify_body(api, operation, status, text) {
        BodyOutcome::Failure => Err(make_failure_error(api, operation, status, headers, body)),
        BodyOutcome::Malformed(why) => Err(Error::decode(why)),
        BodyOutcome::Success => Ok(()),
    }
}

/// Classifies the body of a response with a success status. Some servers report a failure with a success status, so the
/// body is examined even if the OpenAPI document describes no body for the operation.
fn classify_body(api: &Api, operation: &OperationEntry, status: StatusCode, text: &[u8]) -> BodyOutcome {
    if text.trim_ascii().is_empty() {
        // An empty body reports no failure. Whether the operation allows an empty body is checked later, when the body
        // is deserialized.
        return BodyOutcome::Success;
    }
    let is_json = matches!(
        operation.response_kind,
        ResponseKind::Json | ResponseKind::ByStatus | ResponseKind::AnyJson
    );
    match api.envelope.filter(|_| operation.response_is_enveloped) {
        // The envelope begins with a success flag that is true, so the body counts as a success for now. The rest of
        // the body is parsed later, and may still report a failure.
        Some(envelope) if is_json && envelope::begins_with_true_success_flag(envelope, text) => {
            BodyOutcome::Success
        }
        Some(envelope) => {
            match envelope::classify_by_success_flag(envelope, operation.requires_success_flag, text) {
                BodyOutcome::Success if has_failure_property(api, operation, status, text) => {
                    BodyOutcome::Failure
                }
                BodyOutcome::Malformed(_) if is_failure_body(api, operation, status, text) => {
                    BodyOutcome::Failure
                }
                classification => classification,
            }
        }
        // If a request only reads data, a list as its response means success. An error in an item of the list belongs
        // to an earlier request.
        None if text.trim_ascii_start().starts_with(b"[") && operation.is_read_only() => BodyOutcome::Success,
        None if is_failure_body(api, operation, status, text) => BodyOutcome::Failure,
        None if operation.response_kind == ResponseKind::Empty && is_broken_json(text) => {
            BodyOutcome::Malformed("the response is JSON that is cut off or broken")
        }
        None => BodyOutcome::Success,
    }
}

/// Whether a body reports a failure: its envelope has a success flag that is false, or the body has a property that
/// only failures have, like `errorCode`. If the body is a list, only its first item is examined.
pub(super) fn is_failure_body(
    api: &Api,
    operation: &OperationEntry,
    status: StatusCode,
    text: &[u8],
) -> bool {
    let reports_failure = |envelope: Envelope| {
        memmem::find(text, envelope.success_property_name.as_bytes()).is_some()
            && envelope::classify_by_success_flag(envelope, true, extract_first_item_or_body(text).as_bytes())
                == BodyOutcome::Failure
    };
    api.envelope.is_some_and(reports_failure) || has_failure_property(api, operation, status, text)
}

/// Whether a body has a property that only failures have, like `errorCode`.
fn has_failure_property(api: &Api, operation: &OperationEntry, status: StatusCode, text: &[u8]) -> bool {
    static FAILURE_KEY_START: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new(b"\"error"));
    let documented = || Some(status.as_u16()).filter(|status| operation.success_statuses.contains(status));
    FAILURE_KEY_START.find(text).is_some()
        && serde_json::from_str(&extract_first_item_or_body(text))
            .is_ok_and(|body: JsonObject| (api.failure_body_predicate)(&body, documented()))
}

/// Returns the part of a body that is examined for a failure: the first item if the body is a list, and otherwise the
/// whole body. Invalid UTF-8 is replaced, so that it does not hide the failure.
fn extract_first_item_or_body(text: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(text);
    let items = serde_json::from_str::<Vec<&RawValue>>(&text);
    let first = items.ok().and_then(|items| items.first().map(|first| first.get().to_owned()));
    first.map_or(text, Cow::Owned)
}

/// Whether a body begins like a JSON object or list, but is not valid JSON, e.g. because it is cut off.
fn is_broken_json(text: &[u8]) -> bool {
    matches!(text.trim_ascii_start().first(), Some(b'{' | b'['))
        && serde_json::from_slice::<IgnoredAny>(text).is_err()
}

/// Returns the status that determines the type of a response's body. If the operation documents only other success
/// statuses, it is the first of these. In all other cases, it is the response's own status.
pub(super) fn find_documented_status(operation: &OperationEntry, status: StatusCode) -> StatusCode {
    let documented = operation.success_statuses;
    if documented.contains(&status.as_u16()) {
        return status;
    }
    documented.first().and_then(|code| StatusCode::from_u16(*code).ok()).unwrap_or(status)
}

/// Returns an error message if the body has a content encoding, like gzip, because encoded bodies are not supported.
/// Returns `None` if the body is not encoded.
fn describe_unsupported_encoding(headers: &HeaderMap) -> Option<String> {
    let named = headers.get(http::header::CONTENT_ENCODING)?.to_str().unwrap_or_default().trim();
    if named.is_empty() || named.eq_ignore_ascii_case("identity") {
        return None;
    }
    let is_token =
        named.len() <= 32 && named.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let named = if is_token { named } else { "of an unknown name" };
    Some(format!("the response has the content encoding `{named}`, which was not asked for and is not read"))
}

/// Makes the error for a response that reports a failure.
pub(super) fn make_failure_error(
    api: &Api,
    operation: &OperationEntry,
    status: StatusCode,
    headers: &HeaderMap,
    body: &Bytes,
) -> Error {
    // Invalid UTF-8 is replaced, so that it does not hide the vendor's error code.
    let json = serde_json::from_str::<Json>(&String::from_utf8_lossy(strip_bom(body))).ok();
    let mut failure = (api.failure_reader)(&FailedResponse {
        operation,
        status: status.as_u16(),
        json_body: json.as_ref(),
    });
    let content_type = headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if failure.message.is_none()
        && json.is_none()
        && content_type.is_some_and(|content_type| content_type.starts_with("text/plain"))
        && let Ok(text) = std::str::from_utf8(body)
        && !text.trim().is_empty()
        // The text of a response with the status 401 or 403 is not shown, because a server that refuses an API key may
        // repeat the key in the text.
        && !matches!(status.as_u16(), 401 | 403)
    {
        failure.message = Some(text.to_owned());
    }
    if failure.message.is_none() && json.is_none() && !body.is_empty() {
        failure.message = describe_unsupported_encoding(headers);
    }
    if failure.message.is_none() && failure.code.is_none() && status.is_success() {
        failure.message = Some(String::from("the API reported a failure, and gave no reason"));
    }
    Error::api_failure(status, failure)
}

#[cfg(test)]
#[path = "classify_tests.rs"]
mod tests;
