//! Tests of the parts of an error that a caller reads.

use super::*;
use crate::JsonObject;

static API: Api = Api::new("Sample");
static OPERATION: OperationEntry =
    OperationEntry::new("create_order").method("POST").path("/orders/{order_id}");

fn make_headers(entries: &[(&'static str, &'static str)]) -> HeaderMap {
    let entry = |(name, value): &(&'static str, &'static str)| {
        (http::HeaderName::from_static(name), http::HeaderValue::from_static(value))
    };
    entries.iter().map(entry).collect()
}

fn fail_with_response(failure: Failure, headers: HeaderMap, body: &'static str) -> Error {
    let status = StatusCode::CONFLICT;
    Error::api_failure(status, failure).with_response(status, headers, Bytes::from_static(body.as_bytes()))
}

#[test]
fn the_error_of_a_failed_call_has_its_operation_and_its_response() {
    let failure = Failure {
        code: Some(String::from("E7")),
        message: Some(String::from("no funds")),
        details: Some(Json::from("more")),
        ..Failure::default()
    };
    let headers = make_headers(&[("x-request-id", "r-1"), ("retry-after", "7")]);
    let error = fail_with_response(failure, headers, r#"{"code":"E7"}"#)
        .with_operation_and_attempts(&API, &OPERATION, 2);
    assert_eq!((error.kind(), error.status()), (ErrorKind::Api, Some(StatusCode::CONFLICT)));
    assert_eq!((error.code(), error.message()), (Some("E7"), Some("no funds")));
    assert_eq!((error.details(), error.json_path()), (Some(&Json::from("more")), None));
    assert_eq!(error.api().unwrap().title, "Sample");
    assert_eq!(error.operation(), Some(&OPERATION));
    assert_eq!((error.method(), error.path()), (Some("POST"), Some("/orders/{order_id}")));
    assert_eq!((error.attempt_count(), error.request_id()), (2, Some("r-1")));
    assert_eq!(error.headers()["retry-after"], "7");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(error.body(), r#"{"code":"E7"}"#);
    assert_eq!(error.body_as::<JsonObject>().unwrap()["code"], Json::from("E7"));
    assert!(error.body_as::<u8>().is_err());
}

#[test]
fn an_error_that_is_not_about_a_call_has_no_response() {
    let error = Error::configuration("no server");
    assert_eq!((error.kind(), error.message()), (ErrorKind::Configuration, Some("no server")));
    assert_eq!((error.status(), error.code(), error.details()), (None, None, None));
    assert!(error.api().is_none() && error.operation().is_none());
    assert_eq!((error.method(), error.path(), error.request_id()), (None, None, None));
    assert_eq!((error.attempt_count(), error.retry_after(), error.exceeded_time_limit()), (0, None, None));
    assert!(error.headers().is_empty() && error.body().is_empty());
}

#[test]
fn the_path_of_a_raw_call_is_the_one_that_was_requested() {
    static RAW: OperationEntry = OperationEntry::new("raw").method("POST");
    let path = |operation, redacted_call_path| {
        let error = Error::request("x")
            .with_operation_and_attempts(&API, operation, 0)
            .with_redacted_raw_call_path(redacted_call_path);
        error.path().map(str::to_owned)
    };
    assert_eq!(path(&RAW, Some("/orders/{}")).as_deref(), Some("/orders/{}"));
    assert_eq!(path(&RAW, None), None);
    assert_eq!(path(&OPERATION, None).as_deref(), Some("/orders/{order_id}"));
}

#[test]
fn the_request_id_is_found_in_the_usual_headers() {
    let find = |entries: &[(&'static str, &'static str)]| {
        let error = fail_with_response(Failure::default(), make_headers(entries), "");
        error.request_id().map(str::to_owned)
    };
    for name in ["x-request-id", "request-id", "x-correlation-id", "cf-ray"] {
        assert_eq!(find(&[(name, "r-1")]).as_deref(), Some("r-1"), "{name}");
    }
    assert_eq!(find(&[("cf-ray", "r-2"), ("x-request-id", "r-1")]).as_deref(), Some("r-1"));
    assert_eq!(find(&[("x-other", "r-1")]), None);
    // The headers of a list page may repeat a secret that is no longer known.
    let page = Error::decode("x")
        .with_page_status_and_headers(StatusCode::OK, make_headers(&[("x-request-id", "r-1")]));
    assert_eq!((page.status(), page.request_id(), page.headers().len()), (Some(StatusCode::OK), None, 1));
}

#[test]
fn a_large_body_is_dropped_with_its_details() {
    for (length, is_kept) in [(64 * 1024, true), (64 * 1024 + 1, false)] {
        let failure = Failure { details: Some(Json::from("more")), ..Failure::default() };
        let error = Error::api_failure(StatusCode::CONFLICT, failure);
        let body = Bytes::from(vec![b' '; length]);
        let error = error.with_response(StatusCode::CONFLICT, HeaderMap::new(), body).without_large_body();
        assert_eq!((!error.body().is_empty(), error.details().is_some()), (is_kept, is_kept), "{length}");
    }
}

#[test]
fn no_wait_that_a_body_asks_for_is_longer_than_a_day() {
    let day = Duration::from_secs(24 * 60 * 60);
    for (asked, expected) in [(Duration::from_secs(7), Duration::from_secs(7)), (2 * day, day)] {
        let failure = Failure { retry_after: Some(asked), ..Failure::default() };
        assert_eq!(fail_with_response(failure, HeaderMap::new(), "").retry_after(), Some(expected));
    }
}
