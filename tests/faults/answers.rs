//! Answers that are whole, and not what they should be.

use partner_client::ErrorKind::{Api, Decode};

use partner_tests::case::uuid;

use crate::server::{Server, Then, answer, in_time, order};
use crate::three::{ACCEPTED, Which, fails, repeated_if_harmless, succeeds, three};

/// A whole answer of that type.
fn whole(status: &str, content_type: &str, body: impl AsRef<[u8]>) -> Then {
    let body = body.as_ref();
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\n\r\n");
    Then::Write([head.as_bytes(), body].concat())
}

#[tokio::test]
async fn json_that_is_cut_off_does_not_fit() {
    for length in [1, ACCEPTED.len() / 2, ACCEPTED.len() - 1] {
        let cut = whole("200 OK", "application/json", &ACCEPTED[..length]);
        for one in three(cut, |_| fails(Decode, 1).status(200)).await {
            assert_eq!(one.error.unwrap().body().len(), length, "{:?}: what came is kept", one.which);
        }
    }
}

#[tokio::test]
async fn a_length_that_is_too_short_cuts_json_off() {
    let short = answer("200 OK", "content-length: 30\r\n", ACCEPTED);
    three(Then::Write(short), |_| fails(Decode, 1).status(200)).await;
}

#[tokio::test]
async fn text_that_is_not_utf_8_does_not_fit() {
    let (message, between) = (ACCEPTED.find("ine").unwrap(), ACCEPTED.find("\"data").unwrap());
    for place in [message, between] {
        let mut broken = ACCEPTED.as_bytes().to_vec();
        broken.insert(place, 0xFF);
        let over =
            three(whole("200 OK", "application/json", broken), |which| match (which, place == message) {
                // Its answer has no `message`, and what is not read does not matter.
                (Which::Order, true) => succeeds(1),
                _ => fails(Decode, 1).status(200),
            });
        for error in over.await.into_iter().filter_map(|one| one.error) {
            assert!(error.body().contains(&0xFF) && !error.to_string().contains("ine\""), "{error}");
        }
    }
}

#[tokio::test]
async fn a_failure_that_is_not_utf_8_keeps_its_status_and_bytes() {
    for content_type in ["application/json", "text/plain", "text/plain; charset=latin-1"] {
        let refusal = whole("400 Bad Request", content_type, b"abgelehnt: Stra\xDFe");
        let end = fails(Api, 1).status(400).not_executed();
        for one in three(refusal, |_| end).await {
            let error = one.error.unwrap();
            assert_eq!((error.message(), &error.body()[..]), (None, &b"abgelehnt: Stra\xDFe"[..]));
        }
    }
}

#[tokio::test]
async fn the_name_of_the_content_type_does_not_matter() {
    for content_type in ["text/html", "text/plain; charset=utf-8", "application/octet-stream", "nonsense"] {
        three(whole("200 OK", content_type, ACCEPTED), |_| succeeds(1)).await;
    }
    let untyped = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{ACCEPTED}", ACCEPTED.len());
    three(Then::Write(untyped.into()), |_| succeeds(1)).await;
}

const PAGE: &str = "<!doctype html><html><body><h1>Bad gateway</h1><p>ray 7f3a</p></body></html>";

#[tokio::test]
async fn an_html_page_is_no_success_whatever_it_says_it_is() {
    for content_type in ["text/html", "application/json"] {
        three(whole("200 OK", content_type, PAGE), |_| fails(Decode, 1).status(200)).await;
    }
}

#[tokio::test]
async fn an_html_page_of_a_gateway_is_a_failure_with_its_status() {
    let gateway = whole("502 Bad Gateway", "text/html", PAGE);
    let end = fails(Api, 1).status(502);
    for one in three(gateway, |which| repeated_if_harmless(which, end)).await {
        let error = one.error.unwrap();
        assert_eq!((error.message(), error.code(), &error.body()[..]), (None, None, PAGE.as_bytes()));
        assert!(!format!("{error} {error:?}").contains("html"), "{error:?}");
    }
    let firewall = whole("403 Forbidden", "text/html; charset=utf-8", PAGE);
    three(firewall, |_| fails(Api, 1).status(403).not_executed()).await;
}

/// What becomes of a success that holds nothing: of a read, of an order of which nothing is required, and of an upload
/// whose response has to be there.
fn ends_with_nothing(which: Which, status: u16) -> crate::three::End {
    match which {
        Which::Order => succeeds(1),
        _ => fails(Decode, 1).status(status),
    }
}

#[tokio::test]
async fn nothing_is_no_answer_where_a_body_is_due() {
    three(whole("200 OK", "application/json", ""), |which| ends_with_nothing(which, 200)).await;
    let none = b"HTTP/1.1 204 No Content\r\n\r\n".to_vec();
    for one in three(Then::Write(none), |which| ends_with_nothing(which, 204)).await {
        assert!(one.error.is_none_or(|error| error.to_string().contains("empty")), "{:?}", one.which);
    }
}

#[tokio::test]
async fn an_envelope_that_holds_nothing_is_a_success_where_nothing_is_required() {
    for body in [r#"{"success":true}"#, r#"{"success":true,"data":null}"#] {
        three(whole("200 OK", "application/json", body), |which| match which {
            Which::Upload => fails(Decode, 1).status(200),
            Which::Read | Which::Order => succeeds(1),
        })
        .await;
    }
}

#[tokio::test]
async fn json_that_is_something_else_does_not_fit() {
    for body in ["null", "[]", "7", "\"fine\"", "{}", r#"{"success":"true","data":{}}"#, "{}{}"] {
        three(whole("200 OK", "application/json", body), |_| fails(Decode, 1).status(200)).await;
    }
}

#[tokio::test]
async fn a_byte_order_mark_is_skipped() {
    let marked = [b"\xEF\xBB\xBF", ACCEPTED.as_bytes()].concat();
    three(whole("200 OK", "application/json; charset=utf-8", marked), |_| succeeds(1)).await;
}

#[tokio::test]
async fn an_encoding_that_was_not_asked_for_is_named() {
    // What it says does not matter: it cannot be read.
    let zipped = b"\x1f\x8b\x08\x00garbage";
    for (sent, named) in
        [("gzip", "`gzip`"), ("br", "`br`"), ("x y\tz", "`of an unknown name`"), ("zstd", "`zstd`")]
    {
        for (status, kind) in [("200 OK", Decode), ("422 Unprocessable", Api)] {
            let head = format!(
                "HTTP/1.1 {status}\r\ncontent-encoding: {sent}\r\ncontent-length: {}\r\n\r\n",
                zipped.len()
            );
            let encoded = Then::Write([head.as_bytes(), zipped].concat());
            let end = match kind {
                Api => fails(Api, 1).status(422).not_executed(),
                kind => fails(kind, 1).status(200),
            };
            for one in three(encoded, |_| end).await {
                let error = one.error.unwrap();
                assert!(error.to_string().contains(&format!("content encoding {named}")), "{error}");
                assert_eq!(&error.body()[..], zipped, "{:?}: what came is kept", one.which);
                assert_eq!(one.server.received()[0].header("accept-encoding"), Some("identity"));
            }
        }
    }
    let identity = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: identity\r\ncontent-length: {}\r\n\r\n{ACCEPTED}",
        ACCEPTED.len()
    );
    three(Then::Write(identity.into()), |_| succeeds(1)).await;
}

#[tokio::test]
async fn the_encoding_of_a_body_that_is_empty_does_not_matter() {
    for head in ["204 No Content", "200 OK", "202 Accepted"] {
        let length = if head.starts_with("204") { "" } else { "content-length: 0\r\n" };
        let empty = format!("HTTP/1.1 {head}\r\ncontent-encoding: gzip\r\n{length}\r\n");
        let server = Server::that(Then::Write(empty.into())).await;
        in_time(server.client().confirm_fiat_received(uuid()).into_future()).await.unwrap();
    }
}

#[tokio::test]
async fn a_field_that_does_not_fit_costs_no_payment_its_id() {
    let id = "550e8400-e29b-41d4-a716-446655440000";
    let body = format!(
        r#"{{"success":true,"data":{{"order_id":"{id}","created_at":"","amounts":{{"crypto_amount":"4111x"}}}}}}"#
    );
    let server = Server::that(whole("201 Created", "application/json", body)).await;
    let order = in_time(order(&server.client()).into_future()).await.unwrap();
    assert_eq!(order.order_id.map(|id| id.to_string()).as_deref(), Some(id));
    assert!(
        order.unreadable().iter().any(|field| field.path() == "data.amounts.crypto_amount"),
        "{:?}",
        order.unreadable()
    );
    assert!(!format!("{:?}", order.unreadable()).contains("4111"));
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn json_that_is_too_deep_does_not_fit_and_breaks_nothing() {
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let list = format!(r#"{{"success":true,"data":{deep}}}"#);
    three(whole("200 OK", "application/json", &list), |_| fails(Decode, 1).status(200)).await;
    let fields = format!(r#"{{"success":true,"data":{{"message":{deep},"order_id":{deep}}}}}"#);
    // The order id is left out like any other field that does not fit; an alternative that is not known is kept.
    three(whole("200 OK", "application/json", &fields), |_| succeeds(1)).await;
    let failure = format!(r#"{{"success":false,"error":{{"code":"KYC_NOT_CLEARED","details":{deep}}}}}"#);
    let end = fails(Api, 1).status(400).not_executed();
    for one in three(whole("400 Bad Request", "application/json", &failure), |_| end).await {
        let error = one.error.unwrap();
        assert_eq!((error.code(), error.details().unwrap().as_json()), (Some("KYC_NOT_CLEARED"), &*deep));
        assert!(error.details().unwrap().to_value().is_err());
    }
}
