//! Answers that are whole, and not what they should be.

use partner_client::ErrorKind::{Api, Decode};

use crate::server::{Then, answer};
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

#[tokio::test]
async fn nothing_is_no_answer_where_a_body_is_due() {
    three(whole("200 OK", "application/json", ""), |_| fails(Decode, 1).status(200)).await;
    let none = b"HTTP/1.1 204 No Content\r\n\r\n".to_vec();
    for one in three(Then::Write(none), |_| fails(Decode, 1).status(204)).await {
        assert!(one.error.unwrap().to_string().contains("empty"), "{:?}", one.which);
    }
}

#[tokio::test]
async fn json_that_is_something_else_does_not_fit() {
    for body in
        ["null", "[]", "7", "\"fine\"", r#"{"success":true}"#, r#"{"success":"true","data":{}}"#, "{}{}"]
    {
        three(whole("200 OK", "application/json", body), |_| fails(Decode, 1).status(200)).await;
    }
}

#[tokio::test]
async fn json_that_is_too_deep_does_not_fit_and_breaks_nothing() {
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let list = format!(r#"{{"success":true,"data":{deep}}}"#);
    three(whole("200 OK", "application/json", &list), |_| fails(Decode, 1).status(200)).await;
    let fields = format!(r#"{{"success":true,"data":{{"message":{deep},"order_id":{deep}}}}}"#);
    three(whole("200 OK", "application/json", &fields), |which| match which {
        // Its answer is one of several, and one that is not known is kept as it came.
        Which::Upload => succeeds(1),
        _ => fails(Decode, 1).status(200),
    })
    .await;
    let failure = format!(r#"{{"success":false,"error":{{"code":"KYC_NOT_CLEARED","details":{deep}}}}}"#);
    let end = fails(Api, 1).status(400).not_executed();
    for one in three(whole("400 Bad Request", "application/json", &failure), |_| end).await {
        let error = one.error.unwrap();
        assert_eq!((error.code(), error.details().unwrap().as_json()), (Some("KYC_NOT_CLEARED"), &*deep));
        assert!(error.details().unwrap().to_value().is_err());
    }
}
