//! Tests of reading the contents of a successful response, for each kind of contents, for empty bodies, for contents
//! that do not fit, and for failures that only a complete reading of the body finds.

use super::*;
use crate::{Decimal, ErrorKind};

static API: Api = Api::new("Sample")
    .envelope(Envelope { success_property_name: "ok", data_property_name: "result" })
    .failure_functions(crate::api::failure::read_failure, |body, _| body.contains_key("errorCode"));

const GET: OperationEntry =
    OperationEntry::new("get_order").method("GET").success_statuses(&[200]).response_kind(ResponseKind::Json);
const POST: OperationEntry = OperationEntry { id: "create_order", method: "POST", ..GET };

/// An object with a required property.
#[derive(PartialEq)]
struct Order {
    id: String,
    amount: Option<Decimal>,
}

crate::__object!(Order { id: "id", amount: "amount" optional });

/// An object whose properties are all optional.
#[derive(PartialEq)]
struct Receipt {
    note: Option<String>,
}

crate::__object!(Receipt { note: "note" optional });

/// Returns a response of an operation, with this status and body.
fn respond_with_status(status: u16, operation: &OperationEntry, body: &str) -> SuccessResponse {
    let operation: &'static OperationEntry = Box::leak(Box::new(operation.clone()));
    let status = StatusCode::from_u16(status).unwrap();
    SuccessResponse {
        api: &API,
        operation,
        status,
        documented_status: StatusCode::OK,
        headers: HeaderMap::new(),
        body: Bytes::copy_from_slice(body.as_bytes()),
        envelope: API.envelope.filter(|_| operation.response_is_enveloped),
        attempt_count: 1,
        origin: Origin::new(&API, operation, status, 1, false),
    }
}

fn respond(operation: &OperationEntry, body: &str) -> SuccessResponse {
    respond_with_status(200, operation, body)
}

fn error_text<T>(result: Result<T, Error>) -> String {
    result.err().unwrap().to_string()
}

#[test]
fn text_and_bytes_are_the_body_as_it_was_received() {
    for body in ["", " 1.50\n", "\u{feff}{\"ok\":false}"] {
        let response = respond(&GET, body);
        assert_eq!(String::from_response(&response).unwrap(), body);
        assert_eq!(Bytes::from_response(&response).unwrap(), body);
    }
    let image = SuccessResponse { body: Bytes::from_static(b"\xff\xd8"), ..respond(&GET, "") };
    assert_eq!(image.read_bytes().unwrap(), &b"\xff\xd8"[..]);
    assert_eq!(error_text(image.read_text()), "the response is not UTF-8 text");
}

#[test]
fn text_and_bytes_in_an_envelope_are_its_contents_as_they_were_received() {
    let operation = GET.response_is_enveloped(true);
    let response = respond(&operation, "\u{feff}{\"ok\":true,\"result\": 1.50 }");
    assert_eq!(String::from_response(&response).unwrap(), "1.50");
    assert_eq!(Bytes::from_response(&response).unwrap(), "1.50");
    for body in [r#"{"ok":true}"#, r#"{"ok":true,"result":null}"#] {
        assert_eq!(
            error_text(respond(&operation, body).read_bytes()),
            "the response has no `result`",
            "{body}"
        );
    }
}

#[test]
fn a_response_counts_as_its_documented_status() {
    let response = SuccessResponse { documented_status: StatusCode::CREATED, ..respond(&POST, "") };
    assert_eq!(response.documented_status(), 201);
    assert!(
        error_text(response.fail_with_unexpected_status::<()>())
            .contains("a status that the document does not have")
    );
}

#[test]
fn json_is_the_body_or_the_contents_of_its_envelope() {
    let order = Order { id: String::from("7"), amount: "1.10".parse().ok() };
    for (operation, body) in [
        (GET, r#"{"id":"7","amount":1.10}"#),
        (POST, "\u{feff} {\"id\":\"7\",\"amount\":\"1.10\",\"more\":[]}\n"),
        (GET.response_is_enveloped(true), r#"{"ok":true,"result":{"id":"7","amount":1.10},"more":[]}"#),
        (POST.response_is_enveloped(true), r#"{"result":{"id":"7","amount":1.10},"ok":true}"#),
    ] {
        let response = respond(&operation, body);
        assert_eq!(response.read_json::<Order>().unwrap(), order, "{body}");
        assert_eq!(response.deserialize_json::<Order>().unwrap(), order, "{body}");
        assert_eq!(response.read_any_json().unwrap().get("id"), Some(Json::from("7")), "{body}");
        assert!(response.origin.unreadable_fields().is_empty(), "{body}");
    }
}

#[test]
fn an_operation_without_contents_ignores_its_body() {
    for body in ["", "done", r#"{"id":7}"#] {
        let response = respond(&POST.response_kind(ResponseKind::Empty), body);
        response.read_json::<()>().unwrap();
        response.read_empty().unwrap();
    }
}

#[test]
fn a_required_body_may_not_be_empty() {
    for operation in [GET, POST, GET.response_is_enveloped(true), POST.response_is_enveloped(true)] {
        for status in [200, 204] {
            for body in ["", " \r\n", "\u{feff}\n"] {
                let response = respond_with_status(status, &operation, body);
                let text = error_text(response.read_json::<Receipt>());
                assert_eq!(text, "the response is empty; a body was expected", "{operation:?} {status}");
            }
        }
    }
}

/// The status alone says that a change was made, so an optional body may be absent then. A request that only reads asks
/// for the body.
#[test]
fn an_optional_body_may_be_empty_if_the_status_says_that_a_change_was_made() {
    let get = GET.response_may_be_empty(true);
    let post = POST.response_may_be_empty(true);
    for (operation, status, is_accepted) in [
        (get.clone(), 200, false),
        (get.clone(), 204, false),
        (get.clone(), 205, false),
        (post.clone(), 200, false),
        (post.clone(), 201, false),
        (post.clone(), 204, true),
        (post.clone(), 205, true),
        (get.clone().response_is_enveloped(true), 200, false),
        (get.response_is_enveloped(true), 204, false),
        (post.clone().response_is_enveloped(true), 200, true),
        (post.response_is_enveloped(true), 204, true),
    ] {
        let read = respond_with_status(status, &operation, "").read_json::<Receipt>();
        match is_accepted {
            true => assert_eq!(read.unwrap(), Receipt { note: None }, "{operation:?} {status}"),
            false => assert!(error_text(read).contains("a body was expected"), "{operation:?} {status}"),
        }
    }
}

#[test]
fn an_optional_body_that_is_there_is_read() {
    let paid = Receipt { note: Some(String::from("paid")) };
    let post = POST.response_may_be_empty(true);
    assert_eq!(respond(&post, r#"{"note":"paid"}"#).read_json::<Receipt>().unwrap(), paid);
    let body = r#"{"ok":true,"result":{"note":"paid"}}"#;
    assert_eq!(respond(&post.response_is_enveloped(true), body).read_json::<Receipt>().unwrap(), paid);
}

#[test]
fn an_envelope_without_contents_is_accepted_only_if_they_are_optional() {
    for body in [r#"{"ok":true}"#, r#"{"ok":true,"result":null}"#] {
        for operation in [GET.response_is_enveloped(true), POST.response_is_enveloped(true)] {
            let text = error_text(respond(&operation, body).read_json::<Receipt>());
            assert_eq!(text, "the response has no `result`", "{body}");
            let read = respond(&operation.response_may_be_empty(true), body).read_json::<Receipt>();
            assert_eq!(read.unwrap(), Receipt { note: None }, "{body}");
        }
    }
}

#[test]
fn absent_contents_of_any_shape_are_null() {
    let (get, post) = (GET.response_kind(ResponseKind::AnyJson), POST.response_kind(ResponseKind::AnyJson));
    let enveloped = [get.clone().response_is_enveloped(true), post.clone().response_is_enveloped(true)];
    let without_contents = [
        (&get, ""),
        (&post, ""),
        (&enveloped[1], ""),
        (&enveloped[0], r#"{"ok":true}"#),
        (&enveloped[1], r#"{"ok":true,"result":null}"#),
    ];
    for (operation, body) in without_contents {
        let response = respond(operation, body);
        assert!(response.read_any_json().unwrap().is_null(), "{operation:?} {body}");
        assert_eq!(response.deserialize_json::<Option<Order>>().unwrap(), None, "{operation:?} {body}");
        let text = error_text(response.deserialize_json::<Order>());
        assert!(text.starts_with("the response is empty, which does not fit the document: "), "{text}");
    }
    // The envelope of a request that only reads is its result, so it may not be absent.
    assert_eq!(
        error_text(respond(&enveloped[0], "").read_any_json()),
        "the response is empty; a body was expected"
    );
}

#[test]
fn a_failure_that_follows_the_success_flag_is_an_error() {
    let post = POST.response_is_enveloped(true);
    let failed = r#"{"ok":true,"result":{"id":"7"},"errorCode":"E7","message":"no funds"}"#;
    let error = respond(&post, failed).read_json::<Order>().unwrap_err();
    assert_eq!((error.kind(), error.code(), error.message()), (ErrorKind::Api, Some("E7"), Some("no funds")));
    assert!(error.may_have_executed(), "its status is a status of success");
    // The property may report a failure, but this API does not count it as one.
    let counted = r#"{"ok":true,"result":{"id":"7"},"errors_before":3}"#;
    assert_eq!(respond(&post, counted).read_json::<Order>().unwrap().id, "7");
}

#[test]
fn contents_that_do_not_fit_are_an_error_with_their_path() {
    for (operation, body, what, path) in [
        (GET, r#"{"id":7}"#, "the response does not fit the document: ", "id"),
        (
            GET.response_is_enveloped(true),
            r#"{"ok":true,"result":{"id":7}}"#,
            "what the response wraps does not fit the document: ",
            "result.id",
        ),
    ] {
        let error = respond(&operation, body).read_json::<Order>().unwrap_err();
        assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, Some(path)));
        assert!(error.to_string().starts_with(what), "{error}");
        assert!(error.may_have_executed());
    }
}

#[test]
fn a_failure_explains_contents_that_do_not_fit() {
    let post = POST.response_is_enveloped(true);
    for body in [
        r#"{"ok":true,"result":{"id":7},"errorCode":"E7"}"#,
        r#"{"ok":true,"result":{},"errorCode":"E7"}"#,
        r#"{"ok":true,"result":{"id":"7"},"ok":false,"code":"E7"}"#,
    ] {
        let error = respond(&post, body).read_json::<Order>().unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Api, Some("E7")), "{body}");
    }
}

#[test]
fn an_optional_field_that_does_not_fit_is_left_out_and_listed() {
    for (operation, body, path) in [
        (GET, r#"{"id":"7","amount":"soon"}"#, "amount"),
        (
            POST.response_is_enveloped(true),
            r#"{"ok":true,"result":{"id":"7","amount":"soon"}}"#,
            "result.amount",
        ),
    ] {
        let response = respond(&operation, body);
        let order: Order = response.read_json().unwrap();
        assert_eq!((order.id.as_str(), order.amount), ("7", None));
        let listed: Vec<String> =
            response.origin.unreadable_fields().iter().map(|field| field.path()).collect();
        assert_eq!(listed, [path]);
    }
}
