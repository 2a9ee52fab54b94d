//! Whether an answer is a success, and which failure it is otherwise.

use std::sync::LazyLock;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use memchr::memmem::{self, Finder};

use crate::api::{Api, Envelope, FailureBody};
use crate::envelope::{self, Verdict};
use crate::json::without_bom;
use crate::operation::{AnswerKind, Operation};
use crate::{Error, Json, JsonObject};

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
    if let Some(encoding) = encoding(headers)
        && operation.answer != AnswerKind::Bytes
    {
        return Err(Error::decode(encoding));
    }
    let text = without_bom(body);
    match verdict(api, operation, text) {
        Verdict::Failure => Err(failure(api, status, headers, body)),
        Verdict::Broken(why) => Err(Error::decode(why)),
        Verdict::Success => Ok(()),
    }
}

/// What the body of a response with a status of success says of the call. Where no body is documented, or one of any
/// shape, a failure may come all the same, and must not count as done.
fn verdict(api: &Api, operation: &Operation, text: &[u8]) -> Verdict {
    if text.trim_ascii().is_empty() {
        // Whether that can be a success is for whoever reads the contents to say.
        return Verdict::Success;
    }
    let is_json = matches!(operation.answer, AnswerKind::Json | AnswerKind::ByStatus | AnswerKind::Any);
    match api.envelope.filter(|_| operation.enveloped) {
        // The rest of it is looked at once, when the contents are read.
        Some(envelope) if is_json && envelope::begins_with_success(envelope, text) => Verdict::Success,
        Some(envelope) => match envelope::verdict(envelope, operation.flag_required, text) {
            Verdict::Success | Verdict::Broken(_) if is_marked(api, text) => Verdict::Failure,
            verdict => verdict,
        },
        None if is_failure(api, text) => Verdict::Failure,
        None => Verdict::Success,
    }
}

/// Whether a body is that of a failure: it says so itself, or has what only failures have.
pub(super) fn is_failure(api: &Api, text: &[u8]) -> bool {
    let denies = |envelope: Envelope| {
        memmem::find(text, envelope.success.as_bytes()).is_some()
            && envelope::verdict(envelope, true, text) == Verdict::Failure
    };
    api.envelope.is_some_and(denies) || is_marked(api, text)
}

/// Whether a body has what only failures have.
fn is_marked(api: &Api, text: &[u8]) -> bool {
    static KEY: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new(b"\"error"));
    KEY.find(text).is_some()
        && serde_json::from_slice(text).is_ok_and(|body: JsonObject| (api.is_failure)(&body))
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

/// The failure that an answer tells of, whatever its shape.
pub(super) fn failure(api: &Api, status: StatusCode, headers: &HeaderMap, body: &Bytes) -> Error {
    // One byte that is not UTF-8 in some message must not hide the code beside it.
    let json = serde_json::from_str::<Json>(&String::from_utf8_lossy(without_bom(body))).ok();
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
        is_failure: |body: &JsonObject| body.contains_key("errorCode"),
    };

    fn operation(enveloped: bool, answer: AnswerKind) -> Operation {
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
            answer,
            success: &[200],
        }
    }

    #[test]
    fn an_operation_without_data_succeeds_when_its_envelope_says_so() {
        let verdict = |text: &str| verdict(&API, &operation(true, AnswerKind::Empty), text.as_bytes());
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
        use AnswerKind::{Any, Bytes, Empty, Json, Text};
        for answer in [Any, Bytes, Empty, Json, Text] {
            let verdict = |text: &str| verdict(&API, &operation(false, answer), text.as_bytes());
            for text in [r#"{"ok":false}"#, r#"{"x":[{}], "ok" : false}"#, r#"{"errorCode":"E"}"#] {
                assert_eq!(verdict(text), Verdict::Failure, "{text} {answer:?}");
            }
            for text in
                [r#"{"ok":true}"#, r#"{"x":{"ok":false,"errorCode":"E"}}"#, "[\"errorCode\"]", "ok", "", "{"]
            {
                assert_eq!(verdict(text), Verdict::Success, "{text} {answer:?}");
            }
        }
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
