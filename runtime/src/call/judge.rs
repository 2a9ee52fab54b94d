//! Whether a response is a success, and which failure it is otherwise.

use std::borrow::Cow;
use std::sync::LazyLock;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use memchr::memmem::{self, Finder};
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use crate::api::{Api, Envelope, FailureBody};
use crate::envelope::{self, Verdict};
use crate::json::{exceeds, without_bom};
use crate::operation::{Operation, ResponseKind};
use crate::{Error, Json, JsonObject};

/// How much of a response is read.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    /// How many bytes the body may have.
    pub(super) body: usize,
    /// How many bytes of memory its values may take, apart from the text of strings.
    pub(super) values: usize,
}

impl Limits {
    fn are_exceeded(self, operation: &Operation, text: &[u8]) -> bool {
        let largest = operation.object_sizes.iter().copied().max().unwrap_or_default();
        exceeds(text, largest, self.values)
    }
}

/// Whether the response is a success; the failure that it is otherwise. Of a failure that may take more memory than
/// it should once it is deserialized, the status and the raw body have to do.
pub(super) fn judge(
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
    if let Some(encoding) = encoding(headers)
        && operation.response != ResponseKind::Bytes
        && !body.is_empty()
    {
        return Err(Error::decode(encoding));
    }
    let text = without_bom(body);
    match verdict(api, operation, status, text) {
        Verdict::Failure => Err(failure(api, operation, status, headers, body)),
        Verdict::Broken(why) => Err(Error::decode(why)),
        Verdict::Success => Ok(()),
    }
}

/// What the body of a response with a status of success says of the call. Where no body is documented, or one of any
/// shape, a failure may come all the same, and must not count as done.
fn verdict(api: &Api, operation: &Operation, status: StatusCode, text: &[u8]) -> Verdict {
    if text.trim_ascii().is_empty() {
        // Whether that can be a success is for whoever reads the contents to say.
        return Verdict::Success;
    }
    let is_json =
        matches!(operation.response, ResponseKind::Json | ResponseKind::ByStatus | ResponseKind::Any);
    match api.envelope.filter(|_| operation.enveloped) {
        // The rest of it is looked at once, when the contents are read.
        Some(envelope) if is_json && envelope::begins_with_success(envelope, text) => Verdict::Success,
        Some(envelope) => match envelope::verdict(envelope, operation.flag_required, text) {
            Verdict::Success if is_marked(api, operation, status, text) => Verdict::Failure,
            Verdict::Broken(_) if is_failure(api, operation, status, text) => Verdict::Failure,
            verdict => verdict,
        },
        // The items of a list that a call reads may tell of failures, and are no failure of the call.
        None if text.trim_ascii_start().starts_with(b"[") && operation.only_reads() => Verdict::Success,
        None if is_failure(api, operation, status, text) => Verdict::Failure,
        None if operation.response == ResponseKind::Empty && is_broken_json(text) => {
            Verdict::Broken("the response is JSON that is cut off or broken")
        }
        None => Verdict::Success,
    }
}

/// Whether a body is that of a failure: it says so itself, or has what only failures have.
pub(super) fn is_failure(api: &Api, operation: &Operation, status: StatusCode, text: &[u8]) -> bool {
    let denies = |envelope: Envelope| {
        memmem::find(text, envelope.success.as_bytes()).is_some()
            && envelope::verdict(envelope, true, first_object(text).as_bytes()) == Verdict::Failure
    };
    api.envelope.is_some_and(denies) || is_marked(api, operation, status, text)
}

/// Whether a body has what only failures have.
fn is_marked(api: &Api, operation: &Operation, status: StatusCode, text: &[u8]) -> bool {
    static KEY: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new(b"\"error"));
    let documented = || Some(status.as_u16()).filter(|status| operation.success.contains(status));
    KEY.find(text).is_some()
        && serde_json::from_str(&first_object(text))
            .is_ok_and(|body: JsonObject| (api.is_failure)(&body, documented()))
}

/// A body in which failures are looked for: the first item, where it is a list. One byte that is not UTF-8 in some
/// message must not hide a failure.
fn first_object(text: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(text);
    let items = serde_json::from_str::<Vec<&RawValue>>(&text);
    let first = items.ok().and_then(|items| items.first().map(|first| first.get().to_owned()));
    first.map_or(text, Cow::Owned)
}

/// Whether a body begins like JSON that says something, and is none: what it says is not known.
fn is_broken_json(text: &[u8]) -> bool {
    matches!(text.trim_ascii_start().first(), Some(b'{' | b'['))
        && serde_json::from_slice::<IgnoredAny>(text).is_err()
}

/// The status that the document has: another 2xx is as good as the first that is documented.
pub(super) fn documented(operation: &Operation, status: StatusCode) -> StatusCode {
    let documented = operation.success;
    if documented.contains(&status.as_u16()) {
        return status;
    }
    documented.first().and_then(|code| StatusCode::from_u16(*code).ok()).unwrap_or(status)
}

/// What there is to say of a content encoding that is not the one that was asked for.
fn encoding(headers: &HeaderMap) -> Option<String> {
    let named = headers.get(http::header::CONTENT_ENCODING)?.to_str().unwrap_or_default().trim();
    if named.is_empty() || named.eq_ignore_ascii_case("identity") {
        return None;
    }
    let is_token =
        named.len() <= 32 && named.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let named = if is_token { named } else { "of an unknown name" };
    Some(format!("the response has the content encoding `{named}`, which was not asked for and is not read"))
}

/// The failure that a response reports, whatever its shape.
pub(super) fn failure(
    api: &Api,
    operation: &Operation,
    status: StatusCode,
    headers: &HeaderMap,
    body: &Bytes,
) -> Error {
    // One byte that is not UTF-8 in some message must not hide the code beside it.
    let json = serde_json::from_str::<Json>(&String::from_utf8_lossy(without_bom(body))).ok();
    let mut failure = (api.failure)(&FailureBody { operation, status: status.as_u16(), json: json.as_ref() });
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
    if failure.message.is_none() && json.is_none() && !body.is_empty() {
        failure.message = encoding(headers);
    }
    if failure.message.is_none() && failure.code.is_none() && status.is_success() {
        failure.message = Some(String::from("the API reported a failure, and gave no reason"));
    }
    Error::answered(status, failure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Failure;
    use crate::operation::{Availability, Confidence, Security};

    const API: Api = Api {
        title: "Sample",
        key_header: "x-key",
        envelope: Some(Envelope { success: "ok", data: "result" }),
        sensitive: &[],
        failure: |_| Failure::default(),
        is_failure: |body, documented| body.contains_key("errorCode") && documented != Some(202),
    };

    fn operation(enveloped: bool, answer: ResponseKind) -> Operation {
        Operation {
            id: "sample",
            method: "POST",
            path: "/sample",
            page: "",
            security: Security::None,
            idempotent: false,
            availability: Availability::General,
            confidence: Confidence::Documented,
            enveloped,
            flag_required: true,
            may_be_empty: false,
            response: answer,
            success: &[200, 202],
            object_sizes: &[],
        }
    }

    #[test]
    fn an_operation_without_data_succeeds_when_its_envelope_says_so() {
        let verdict = |text: &str| {
            verdict(&API, &operation(true, ResponseKind::Empty), StatusCode::OK, text.as_bytes())
        };
        for text in
            [r#"{"ok":true}"#, r#"{"ok":true,"result":null}"#, r#"{"result":[1],"ok":true}"#, "", " \n"]
        {
            assert_eq!(verdict(text), Verdict::Success, "{text}");
        }
        for text in [r#"{"ok":false}"#, r#"{"ok":true,"errorCode":1}"#] {
            assert_eq!(verdict(text), Verdict::Failure, "{text}");
        }
        for text in ["{}", "fine", "<html>", r#"{"ok":null}"#] {
            assert!(matches!(verdict(text), Verdict::Broken(_)), "{text}");
        }
    }

    #[test]
    fn a_failure_is_found_in_what_has_no_envelope() {
        use ResponseKind::{Any, Bytes, Empty, Json, Text};
        for answer in [Any, Bytes, Empty, Json, Text] {
            let verdict = |text: &[u8]| verdict(&API, &operation(false, answer), StatusCode::OK, text);
            for text in [
                &br#"{"ok":false}"#[..],
                br#"{"x":[{}], "ok" : false}"#,
                br#"{"errorCode":"E"}"#,
                br#" [{"ok":false}, 1]"#,
                br#"[{"errorCode":"E"}]"#,
                b"{\"ok\":false,\"message\":\"\xe9\"}",
                b"[{\"errorCode\":\"\xe9\"}]",
            ] {
                assert_eq!(verdict(text), Verdict::Failure, "{} {answer:?}", text.escape_ascii());
            }
            for text in [
                &br#"{"ok":true}"#[..],
                br#"{"x":{"ok":false,"errorCode":"E"}}"#,
                br#"["errorCode"]"#,
                br#"[1, {"errorCode":"E"}]"#,
                b"{\"ok\":true,\"message\":\"\xe9\"}",
                b"ok",
                b"",
            ] {
                assert_eq!(verdict(text), Verdict::Success, "{} {answer:?}", text.escape_ascii());
            }
        }
    }

    #[test]
    fn a_list_that_is_read_may_have_items_that_tell_of_failures() {
        let list = br#"[{"ok":false,"errorCode":"E"}]"#;
        let reads = Operation { method: "GET", ..operation(false, ResponseKind::Json) };
        assert_eq!(verdict(&API, &reads, StatusCode::OK, list), Verdict::Success);
    }

    #[test]
    fn json_that_is_cut_off_is_no_success_where_nothing_is_documented() {
        let verdict = |text: &str| {
            verdict(&API, &operation(false, ResponseKind::Empty), StatusCode::OK, text.as_bytes())
        };
        for text in ["{", "[", r#"{"ok":false,"err"#, r#"[{"ok":false}"#, " {\"ok\":false}}", "{ok:false}"] {
            assert!(matches!(verdict(text), Verdict::Broken(_)), "{text}");
        }
        for text in ["{}", "[]", "done", "\"done", "<html>"] {
            assert_eq!(verdict(text), Verdict::Success, "{text}");
        }
    }

    #[test]
    fn an_api_is_told_the_status_only_where_the_operation_documents_it() {
        let operation = operation(false, ResponseKind::Any);
        for (status, expected) in [
            (StatusCode::ACCEPTED, Verdict::Success),
            (StatusCode::OK, Verdict::Failure),
            (StatusCode::CREATED, Verdict::Failure),
        ] {
            assert_eq!(verdict(&API, &operation, status, br#"{"errorCode":"E"}"#), expected, "{status}");
        }
        let elsewhere = Operation { success: &[200], ..operation };
        let found = verdict(&API, &elsewhere, StatusCode::ACCEPTED, br#"{"errorCode":"E"}"#);
        assert_eq!(found, Verdict::Failure);
    }

    #[test]
    fn only_an_encoding_that_was_not_asked_for_is_named() {
        let named = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(http::header::CONTENT_ENCODING, value.parse().unwrap());
            encoding(&headers)
        };
        assert_eq!((encoding(&HeaderMap::new()), named(""), named(" Identity ")), (None, None, None));
        assert!(named("gzip").unwrap().contains("`gzip`"));
        for forged in ["gzip, br", "x\ty", &"a".repeat(33)] {
            assert!(named(forged).unwrap().contains("unknown name"), "{forged}");
        }
    }
}
