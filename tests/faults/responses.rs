//! Responses that arrive completely, but are not what they should be.

use partner_client::ErrorKind::{Api, Decode};

use partner_tests::case::uuid;

use crate::each_call::{ACCEPTED, CallKind, each_call, fails, repeated_if_harmless, succeeds};
use crate::server::{Behavior, Server, in_time, order, response};

/// A complete response of that content type.
fn complete_response(status: &str, content_type: &str, body: impl AsRef<[u8]>) -> Behavior {
    let body = body.as_ref();
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\n\r\n");
    Behavior::Write([head.as_bytes(), body].concat())
}

#[tokio::test]
async fn json_that_is_cut_off_does_not_fit() {
    for length in [1, ACCEPTED.len() / 2, ACCEPTED.len() - 1] {
        let cut = complete_response("200 OK", "application/json", &ACCEPTED[..length]);
        for one in each_call(cut, |_| fails(Decode, 1).status(200)).await {
            assert_eq!(one.error.unwrap().body().len(), length, "{:?}: what came is kept", one.call_kind);
        }
    }
}

#[tokio::test]
async fn a_length_that_is_too_short_cuts_json_off() {
    let short = response("200 OK", "content-length: 30\r\n", ACCEPTED);
    each_call(Behavior::Write(short), |_| fails(Decode, 1).status(200)).await;
}

#[tokio::test]
async fn text_that_is_not_utf_8_does_not_fit() {
    let (message, between) = (ACCEPTED.find("ine").unwrap(), ACCEPTED.find("\"data").unwrap());
    for place in [message, between] {
        let mut broken = ACCEPTED.as_bytes().to_vec();
        broken.insert(place, 0xFF);
        let over = each_call(complete_response("200 OK", "application/json", broken), |call_kind| {
            match (call_kind, place == message) {
                // The type of its response has no `message`, and a property that is not read does not matter.
                (CallKind::Order, true) => succeeds(1),
                _ => fails(Decode, 1).status(200),
            }
        });
        for error in over.await.into_iter().filter_map(|one| one.error) {
            assert!(error.body().contains(&0xFF) && !error.to_string().contains("ine\""), "{error}");
        }
    }
}

#[tokio::test]
async fn a_failure_that_is_not_utf_8_keeps_its_status_and_bytes() {
    for content_type in ["application/json", "text/plain", "text/plain; charset=latin-1"] {
        let refusal = complete_response("400 Bad Request", content_type, b"abgelehnt: Stra\xDFe");
        let end = fails(Api, 1).status(400).not_executed();
        for one in each_call(refusal, |_| end).await {
            let error = one.error.unwrap();
            assert_eq!((error.message(), &error.body()[..]), (None, &b"abgelehnt: Stra\xDFe"[..]));
        }
    }
}

#[tokio::test]
async fn the_content_type_of_json_does_not_matter() {
    for content_type in ["text/html", "text/plain; charset=utf-8", "application/octet-stream", "nonsense"] {
        each_call(complete_response("200 OK", content_type, ACCEPTED), |_| succeeds(1)).await;
    }
    let untyped = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{ACCEPTED}", ACCEPTED.len());
    each_call(Behavior::Write(untyped.into()), |_| succeeds(1)).await;
}

const PAGE: &str = "<!doctype html><html><body><h1>Bad gateway</h1><p>ray 7f3a</p></body></html>";

#[tokio::test]
async fn an_html_page_is_no_success_whatever_its_content_type() {
    for content_type in ["text/html", "application/json"] {
        each_call(complete_response("200 OK", content_type, PAGE), |_| fails(Decode, 1).status(200)).await;
    }
}

#[tokio::test]
async fn an_html_page_of_a_gateway_is_a_failure_with_its_status() {
    let gateway = complete_response("502 Bad Gateway", "text/html", PAGE);
    let end = fails(Api, 1).status(502);
    for one in each_call(gateway, |call_kind| repeated_if_harmless(call_kind, end)).await {
        let error = one.error.unwrap();
        assert_eq!((error.message(), error.code(), &error.body()[..]), (None, None, PAGE.as_bytes()));
        assert!(!format!("{error} {error:?}").contains("html"), "{error:?}");
    }
    let firewall = complete_response("403 Forbidden", "text/html; charset=utf-8", PAGE);
    each_call(firewall, |_| fails(Api, 1).status(403).not_executed()).await;
}

/// The expected result of a success with an empty body. It is an error for the read and for the upload, whose bodies
/// are required, and a success for the order, of which nothing is required.
fn ends_with_nothing(call_kind: CallKind, status: u16) -> crate::each_call::Expected {
    match call_kind {
        CallKind::Order => succeeds(1),
        _ => fails(Decode, 1).status(status),
    }
}

#[tokio::test]
async fn an_empty_body_is_an_error_where_a_body_is_required() {
    each_call(complete_response("200 OK", "application/json", ""), |call_kind| {
        ends_with_nothing(call_kind, 200)
    })
    .await;
    let none = b"HTTP/1.1 204 No Content\r\n\r\n".to_vec();
    for one in each_call(Behavior::Write(none), |call_kind| ends_with_nothing(call_kind, 204)).await {
        assert!(one.error.is_none_or(|error| error.to_string().contains("empty")), "{:?}", one.call_kind);
    }
}

#[tokio::test]
async fn an_envelope_that_holds_nothing_is_a_success_where_nothing_is_required() {
    for body in [r#"{"success":true}"#, r#"{"success":true,"data":null}"#] {
        each_call(complete_response("200 OK", "application/json", body), |call_kind| match call_kind {
            CallKind::Upload => fails(Decode, 1).status(200),
            CallKind::Read | CallKind::Order => succeeds(1),
        })
        .await;
    }
}

#[tokio::test]
async fn json_of_another_shape_does_not_fit() {
    for body in ["null", "[]", "7", "\"fine\"", "{}", r#"{"success":"true","data":{}}"#, "{}{}"] {
        each_call(complete_response("200 OK", "application/json", body), |_| fails(Decode, 1).status(200))
            .await;
    }
}

#[tokio::test]
async fn a_byte_order_mark_is_skipped() {
    let marked = [b"\xEF\xBB\xBF", ACCEPTED.as_bytes()].concat();
    each_call(complete_response("200 OK", "application/json; charset=utf-8", marked), |_| succeeds(1)).await;
}

#[tokio::test]
async fn an_unsupported_content_encoding_is_named() {
    // The contents do not matter, because they cannot be decoded.
    let zipped = b"\x1f\x8b\x08\x00garbage";
    for (sent, named) in
        [("gzip", "`gzip`"), ("br", "`br`"), ("x y\tz", "`of an unknown name`"), ("zstd", "`zstd`")]
    {
        for (status, kind) in [("200 OK", Decode), ("422 Unprocessable", Api)] {
            let head = format!(
                "HTTP/1.1 {status}\r\ncontent-encoding: {sent}\r\ncontent-length: {}\r\n\r\n",
                zipped.len()
            );
            let encoded = Behavior::Write([head.as_bytes(), zipped].concat());
            let end = match kind {
                Api => fails(Api, 1).status(422).not_executed(),
                kind => fails(kind, 1).status(200),
            };
            for one in each_call(encoded, |_| end).await {
                let error = one.error.unwrap();
                assert!(error.to_string().contains(&format!("content encoding {named}")), "{error}");
                assert_eq!(&error.body()[..], zipped, "{:?}: what came is kept", one.call_kind);
                assert_eq!(one.server.received()[0].header("accept-encoding"), Some("identity"));
            }
        }
    }
    let identity = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: identity\r\ncontent-length: {}\r\n\r\n{ACCEPTED}",
        ACCEPTED.len()
    );
    each_call(Behavior::Write(identity.into()), |_| succeeds(1)).await;
}

#[tokio::test]
async fn the_content_encoding_of_an_empty_body_does_not_matter() {
    for head in ["204 No Content", "200 OK", "202 Accepted"] {
        let length = if head.starts_with("204") { "" } else { "content-length: 0\r\n" };
        let empty = format!("HTTP/1.1 {head}\r\ncontent-encoding: gzip\r\n{length}\r\n");
        let server = Server::start(Behavior::Write(empty.into())).await;
        in_time(server.client().confirm_fiat_received(uuid().into()).into_future()).await.unwrap();
    }
}

#[tokio::test]
async fn a_field_that_does_not_fit_does_not_lose_the_id_of_a_payment() {
    let id = "550e8400-e29b-41d4-a716-446655440000";
    let body = format!(
        r#"{{"success":true,"data":{{"order_id":"{id}","created_at":"","amounts":{{"crypto_amount":"4111x"}}}}}}"#
    );
    let server = Server::start(complete_response("201 Created", "application/json", body)).await;
    let order = in_time(order(&server.client()).into_future()).await.unwrap();
    assert_eq!(order.order_id.map(|id| id.to_string()).as_deref(), Some(id));
    assert!(
        order.unreadable_fields().iter().any(|field| field.path() == "data.amounts.crypto_amount"),
        "{:?}",
        order.unreadable_fields()
    );
    assert!(!format!("{:?}", order.unreadable_fields()).contains("4111"));
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn json_that_is_nested_too_deeply_does_not_fit() {
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let list = format!(r#"{{"success":true,"data":{deep}}}"#);
    each_call(complete_response("200 OK", "application/json", &list), |_| fails(Decode, 1).status(200)).await;
    let fields = format!(r#"{{"success":true,"data":{{"message":{deep},"order_id":{deep}}}}}"#);
    // The order id is left out like any optional field that does not fit. An unrecognized alternative is kept.
    each_call(complete_response("200 OK", "application/json", &fields), |_| succeeds(1)).await;
    let failure = format!(r#"{{"success":false,"error":{{"code":"KYC_NOT_CLEARED","details":{deep}}}}}"#);
    let end = fails(Api, 1).status(400).not_executed();
    for one in each_call(complete_response("400 Bad Request", "application/json", &failure), |_| end).await {
        let error = one.error.unwrap();
        assert_eq!(
            (error.code(), error.details().unwrap().as_json_text()),
            (Some("KYC_NOT_CLEARED"), &*deep)
        );
        assert!(error.details().unwrap().to_value_lossy().is_err());
    }
}
