//! Tests of the classification of responses by status, headers and body.

use super::*;
use crate::ErrorKind;

const API: Api = Api {
    title: "Sample",
    api_key_header_name: "x-key",
    security_schemes: &[],
    raw_call_credential_alternatives: &[],
    envelope: Some(Envelope { success_property_name: "ok", data_property_name: "result" }),
    sensitive_names: &[],
    failure_reader: crate::api::failure::read_failure,
    failure_body_predicate: |body, documented| body.contains_key("errorCode") && documented != Some(202),
};

fn operation(enveloped: bool, response: ResponseKind) -> OperationEntry {
    OperationEntry::new("sample")
        .method("POST")
        .response_is_enveloped(enveloped)
        .response_kind(response)
        .success_statuses(&[200, 202])
}

#[test]
fn an_operation_without_data_succeeds_when_its_envelope_says_so() {
    let classify = |text: &str| {
        classify_body(&API, &operation(true, ResponseKind::Empty), StatusCode::OK, text.as_bytes())
    };
    for text in [r#"{"ok":true}"#, r#"{"ok":true,"result":null}"#, r#"{"result":[1],"ok":true}"#, "", " \n"] {
        assert_eq!(classify(text), BodyOutcome::Success, "{text}");
    }
    for text in [r#"{"ok":false}"#, r#"{"ok":true,"errorCode":1}"#, r#"{"errorCode":1}"#] {
        assert_eq!(classify(text), BodyOutcome::Failure, "{text}");
    }
    for text in ["{}", "fine", "<html>", r#"{"ok":null}"#] {
        assert!(matches!(classify(text), BodyOutcome::Malformed(_)), "{text}");
    }
}

#[test]
fn a_failure_is_found_in_what_has_no_envelope() {
    use ResponseKind::{AnyJson, Bytes, Empty, Json, Text};
    for kind in [AnyJson, Bytes, Empty, Json, Text] {
        let classify = |text: &[u8]| classify_body(&API, &operation(false, kind), StatusCode::OK, text);
        for text in [
            &br#"{"ok":false}"#[..],
            br#"{"x":[{}], "ok" : false}"#,
            br#"{"errorCode":"E"}"#,
            br#" [{"ok":false}, 1]"#,
            br#"[{"errorCode":"E"}]"#,
            b"{\"ok\":false,\"message\":\"\xe9\"}",
            b"[{\"errorCode\":\"\xe9\"}]",
        ] {
            assert_eq!(classify(text), BodyOutcome::Failure, "{} {kind:?}", text.escape_ascii());
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
            assert_eq!(classify(text), BodyOutcome::Success, "{} {kind:?}", text.escape_ascii());
        }
    }
}

#[test]
fn a_list_that_is_read_may_have_items_that_tell_of_failures() {
    let list = br#"[{"ok":false,"errorCode":"E"}]"#;
    let reads = OperationEntry { method: "GET", ..operation(false, ResponseKind::Json) };
    assert_eq!(classify_body(&API, &reads, StatusCode::OK, list), BodyOutcome::Success);
}

#[test]
fn json_that_is_cut_off_is_no_success_where_nothing_is_documented() {
    let classify = |text: &str| {
        classify_body(&API, &operation(false, ResponseKind::Empty), StatusCode::OK, text.as_bytes())
    };
    for text in ["{", "[", r#"{"ok":false,"err"#, r#"[{"ok":false}"#, " {\"ok\":false}}", "{ok:false}"] {
        assert!(matches!(classify(text), BodyOutcome::Malformed(_)), "{text}");
    }
    for text in ["{}", "[]", "done", "\"done", "<html>"] {
        assert_eq!(classify(text), BodyOutcome::Success, "{text}");
    }
}

#[test]
fn an_api_is_told_the_status_only_where_the_operation_documents_it() {
    let operation = operation(false, ResponseKind::AnyJson);
    for (status, expected) in [
        (StatusCode::ACCEPTED, BodyOutcome::Success),
        (StatusCode::OK, BodyOutcome::Failure),
        (StatusCode::CREATED, BodyOutcome::Failure),
    ] {
        assert_eq!(classify_body(&API, &operation, status, br#"{"errorCode":"E"}"#), expected, "{status}");
    }
    let elsewhere = OperationEntry { success_statuses: &[200], ..operation };
    let found = classify_body(&API, &elsewhere, StatusCode::ACCEPTED, br#"{"errorCode":"E"}"#);
    assert_eq!(found, BodyOutcome::Failure);
}

#[test]
fn only_an_encoding_that_was_not_asked_for_is_named() {
    let named = |value: &str| {
        let mut headers = HeaderMap::new();
        headers.insert(http::header::CONTENT_ENCODING, value.parse().unwrap());
        describe_unsupported_encoding(&headers)
    };
    assert_eq!(
        (describe_unsupported_encoding(&HeaderMap::new()), named(""), named(" Identity ")),
        (None, None, None)
    );
    assert!(named("gzip").unwrap().contains("`gzip`"));
    for forged in ["gzip, br", "x\ty", &"a".repeat(33)] {
        assert!(named(forged).unwrap().contains("unknown name"), "{forged}");
    }
}

/// Classifies a response of an operation that returns JSON. `values` is the limit for the bytes of the parsed values.
fn classify_text(status: u16, content_type: &str, body: &'static str, values: usize) -> Result<(), Error> {
    let mut headers = HeaderMap::new();
    headers.insert(http::header::CONTENT_TYPE, content_type.parse().unwrap());
    let status = StatusCode::from_u16(status).unwrap();
    let limits = ResponseSizeLimits { max_body_bytes: 1 << 20, max_value_memory_bytes: values };
    let operation = operation(false, ResponseKind::Json);
    classify_response(&API, &operation, status, &headers, &Bytes::from_static(body.as_bytes()), limits)
}

#[test]
fn the_status_decides_unless_the_body_reports_a_failure() {
    let classify = |status, body| classify_text(status, "application/json", body, 1 << 20);
    assert!(classify(200, r#"{"id":1}"#).is_ok() && classify(202, "").is_ok());
    for (status, body) in [(200, r#"{"ok":false,"message":"no funds"}"#), (404, r#"{"message":"no funds"}"#)]
    {
        let error = classify(status, body).unwrap_err();
        assert_eq!((error.kind(), error.message()), (ErrorKind::Api, Some("no funds")), "{status}");
    }
}

#[test]
fn values_that_take_too_much_memory_are_not_deserialized() {
    let classify =
        |status| classify_text(status, "application/json", r#"{"message":"no funds","list":[{},{}]}"#, 100);
    assert_eq!(classify(200).unwrap_err().kind(), ErrorKind::ResponseTooLarge);
    let error = classify(404).unwrap_err();
    assert_eq!((error.kind(), error.message()), (ErrorKind::Api, None));
}

#[test]
fn a_failure_in_plain_text_has_the_text_as_its_message_unless_the_key_was_refused() {
    let message = |status, content_type, body| {
        let error = classify_text(status, content_type, body, 1 << 20).unwrap_err();
        error.message().map(str::to_owned)
    };
    assert_eq!(message(500, "text/plain; charset=utf-8", "no funds").as_deref(), Some("no funds"));
    assert_eq!(message(500, "text/html", "no funds"), None);
    assert_eq!(message(500, "text/plain", " \n"), None);
    assert_eq!(message(500, "text/plain", "7"), None);
    for status in [401, 403] {
        assert_eq!(message(status, "text/plain", "no such key: abc"), None);
    }
}

#[test]
fn a_failure_with_a_status_of_success_and_no_reason_says_so() {
    let message = |body| {
        let error = classify_text(200, "application/json", body, 1 << 20).unwrap_err();
        error.message().map(str::to_owned)
    };
    assert!(message(r#"{"ok":false}"#).unwrap().contains("gave no reason"));
    assert_eq!(message(r#"{"ok":false,"message":"no funds"}"#).unwrap(), "no funds");
    assert_eq!(message(r#"{"ok":false,"code":"E7"}"#), None);
    let error = classify_text(500, "application/json", "{}", 1 << 20).unwrap_err();
    assert_eq!(error.message(), None);
}

#[test]
fn an_encoded_body_is_an_error_unless_it_is_passed_on_as_bytes() {
    let mut headers = HeaderMap::new();
    headers.insert(http::header::CONTENT_ENCODING, "gzip".parse().unwrap());
    let limits = ResponseSizeLimits { max_body_bytes: 1 << 20, max_value_memory_bytes: 1 << 20 };
    let classify = |kind, status, body: &'static [u8]| {
        classify_response(&API, &operation(false, kind), status, &headers, &Bytes::from_static(body), limits)
    };
    let error = classify(ResponseKind::Json, StatusCode::OK, b"\x1f\x8b").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.message().unwrap().contains("`gzip`"));
    assert!(classify(ResponseKind::Bytes, StatusCode::OK, b"\x1f\x8b").is_ok());
    assert!(classify(ResponseKind::Json, StatusCode::OK, b"").is_ok());
    let failure = |body| classify(ResponseKind::Json, StatusCode::NOT_FOUND, body).unwrap_err();
    assert!(failure(b"\x1f\x8b").message().unwrap().contains("`gzip`"));
    assert_eq!(failure(b"").message(), None);
    assert_eq!(failure(b"{}").message(), None);
}

#[test]
fn the_contents_of_a_successful_envelope_are_left_to_their_reader() {
    let text = br#"{"ok":true,"result":[}"#;
    let classify = |kind| classify_body(&API, &operation(true, kind), StatusCode::OK, text);
    assert_eq!(classify(ResponseKind::Json), BodyOutcome::Success);
    assert!(matches!(classify(ResponseKind::Empty), BodyOutcome::Malformed(_)));
}
