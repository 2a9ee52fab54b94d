//! Answers that are larger than the client accepts.

use partner_client::ErrorKind;
use partner_client::client::DEFAULT_MAX_BODY;
use partner_client::unigox::Client;

use crate::server::{Server, Then, answer, assert_is, in_time, post};
use crate::three::{fails, three};

const LIMIT: usize = 64;

async fn limited(then: Then) -> (Server, Client) {
    let server = Server::that(then).await;
    let builder = Client::builder().api_key("key").base_url(&server.base_url);
    let client = builder.max_response_bytes(LIMIT).build().unwrap();
    (server, client)
}

/// An answer of so many bytes.
fn body(length: usize) -> String {
    let (head, tail) = (r#"{"success":true,"data":{"message":""#, r#""}}"#);
    format!("{head}{}{tail}", "x".repeat(length - head.len() - tail.len()))
}

fn in_chunks(body: &str) -> String {
    let chunks = body.as_bytes().chunks(10).map(|chunk| std::str::from_utf8(chunk).unwrap());
    let chunks: String = chunks.map(|chunk| format!("{:x}\r\n{chunk}\r\n", chunk.len())).collect();
    chunks + "0\r\n\r\n"
}

/// 100 MB.
const HUGE: usize = 100_000_000;

/// What a client of this machine and its socket hold at most of an answer that it does not want.
const ON_ITS_WAY: usize = 16 * 1024 * 1024;

#[tokio::test]
async fn an_answer_of_100_mb_is_not_taken() {
    let piece = vec![b' '; 64 * 1024];
    for (headers, piece, taken) in [
        (format!("content-length: {HUGE}\r\n"), piece.clone(), 0),
        (String::from("connection: close\r\n"), piece.clone(), DEFAULT_MAX_BODY),
        (
            String::from("transfer-encoding: chunked\r\n"),
            [b"10000\r\n", &piece[..], b"\r\n"].concat(),
            DEFAULT_MAX_BODY,
        ),
    ] {
        let flood = Then::Flood(answer("200 OK", &headers, ""), piece, HUGE);
        for one in three(flood, |_| fails(ErrorKind::TooLarge, 1).status(200)).await {
            let (which, flooded) = (one.which, one.server.flooded());
            assert!(flooded <= taken + ON_ITS_WAY, "{which:?}: {flooded} bytes with {headers}");
            assert!(one.error.unwrap().body().is_empty(), "{which:?}: nothing of it is kept");
        }
    }
}

#[tokio::test]
async fn an_answer_that_announces_too_much_is_not_read() {
    // The body never comes: the length alone decides.
    for length in [LIMIT + 1, usize::MAX >> 1] {
        let head = answer("201 Created", &format!("content-length: {length}\r\n"), "");
        let (server, client) = limited(Then::WriteAndStall(head)).await;
        let error = post(&client).await;
        assert_is(&error, ErrorKind::TooLarge, true, 1);
        assert_eq!((error.status().unwrap().as_u16(), server.requests()), (201, 1));
        assert!(error.to_string().contains("64 bytes"), "{error}");
    }
}

#[tokio::test]
async fn an_answer_that_does_not_say_how_much_it_holds_is_read_up_to_the_limit() {
    for (headers, body) in [
        ("transfer-encoding: chunked\r\n", in_chunks(&body(LIMIT + 1))),
        ("connection: close\r\n", body(LIMIT + 1)),
        // Without an end: whoever waits for it runs out of memory or time.
        ("transfer-encoding: chunked\r\n", in_chunks(&body(LIMIT * 100)).replace("0\r\n\r\n", "")),
    ] {
        let (server, client) = limited(Then::WriteAndStall(answer("201 Created", headers, &body))).await;
        let error = post(&client).await;
        assert_is(&error, ErrorKind::TooLarge, true, 1);
        assert!(!error.is_retryable());
        assert_eq!((error.status().unwrap().as_u16(), server.requests()), (201, 1));
    }
}

#[tokio::test]
async fn a_failure_that_is_too_large_keeps_its_status() {
    let large = "x".repeat(LIMIT + 1);
    let headers = format!("content-length: {}\r\n", large.len());
    let (server, client) = limited(Then::Write(answer("500 Oops", &headers, &large))).await;
    let error = post(&client).await;
    assert_is(&error, ErrorKind::TooLarge, true, 1);
    assert_eq!((error.status().unwrap().as_u16(), server.requests()), (500, 1));
}

#[tokio::test]
async fn an_answer_of_exactly_the_limit_is_read() {
    let exact = body(LIMIT);
    for (headers, body) in [
        (format!("content-length: {LIMIT}\r\n"), exact.clone()),
        (String::from("transfer-encoding: chunked\r\n"), in_chunks(&exact)),
        (String::from("connection: close\r\n"), exact.clone()),
    ] {
        let (server, client) = limited(Then::Write(answer("200 OK", &headers, &body))).await;
        let check = in_time(client.verify_auth().into_future()).await.unwrap();
        assert!(check.message.as_ref().unwrap().starts_with("xxx"));
        assert_eq!(server.requests(), 1);
    }
}
