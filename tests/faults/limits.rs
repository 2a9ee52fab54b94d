//! Responses that are larger than the client accepts.

use partner_client::ErrorKind;
use partner_client::client::DEFAULT_MAX_RESPONSE_BYTES;
use partner_client::unigox::Client;

use crate::each_call::{each_call, fails};
use crate::server::{Behavior, Server, assert_outcome, in_time, order_error, response};

const LIMIT: usize = 64;

async fn limited(then: Behavior) -> (Server, Client) {
    let server = Server::start(then).await;
    let builder = Client::builder().api_key("key").base_url(&server.base_url);
    let client = builder.max_response_bytes(LIMIT).build().unwrap();
    (server, client)
}

/// A JSON body of this number of bytes.
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

/// How much of a response the buffers of the socket can hold that the client does not read.
const ON_ITS_WAY: usize = 16 * 1024 * 1024;

#[tokio::test]
async fn a_response_of_100_mb_is_not_read() {
    let piece = vec![b' '; 64 * 1024];
    for (headers, piece, taken) in [
        (format!("content-length: {HUGE}\r\n"), piece.clone(), 0),
        (String::from("connection: close\r\n"), piece.clone(), DEFAULT_MAX_RESPONSE_BYTES),
        (
            String::from("transfer-encoding: chunked\r\n"),
            [b"10000\r\n", &piece[..], b"\r\n"].concat(),
            DEFAULT_MAX_RESPONSE_BYTES,
        ),
    ] {
        let flood = Behavior::Flood(response("200 OK", &headers, ""), piece, HUGE);
        for one in each_call(flood, |_| fails(ErrorKind::ResponseTooLarge, 1).status(200)).await {
            let (call_kind, flooded) = (one.call_kind, one.server.flooded());
            assert!(flooded <= taken + ON_ITS_WAY, "{call_kind:?}: {flooded} bytes with {headers}");
            assert!(one.error.unwrap().body().is_empty(), "{call_kind:?}: nothing of it is kept");
        }
    }
}

#[tokio::test]
async fn a_response_with_too_large_a_length_is_not_read() {
    // The body is never sent: the length is enough to refuse the response.
    for length in [LIMIT + 1, usize::MAX >> 1] {
        let head = response("201 Created", &format!("content-length: {length}\r\n"), "");
        let (server, client) = limited(Behavior::WriteAndStall(head)).await;
        let error = order_error(&client).await;
        assert_outcome(&error, ErrorKind::ResponseTooLarge, true, 1);
        assert_eq!((error.status().unwrap().as_u16(), server.requests()), (201, 1));
        assert!(error.to_string().contains("64 bytes"), "{error}");
    }
}

#[tokio::test]
async fn a_response_without_a_length_is_read_up_to_the_limit() {
    for (headers, body) in [
        ("transfer-encoding: chunked\r\n", in_chunks(&body(LIMIT + 1))),
        ("connection: close\r\n", body(LIMIT + 1)),
        // The body has no end: a client that reads all of it runs out of memory or time.
        ("transfer-encoding: chunked\r\n", in_chunks(&body(LIMIT * 100)).replace("0\r\n\r\n", "")),
    ] {
        let (server, client) =
            limited(Behavior::WriteAndStall(response("201 Created", headers, &body))).await;
        let error = order_error(&client).await;
        assert_outcome(&error, ErrorKind::ResponseTooLarge, true, 1);
        assert!(!error.is_retryable());
        assert_eq!((error.status().unwrap().as_u16(), server.requests()), (201, 1));
    }
}

#[tokio::test]
async fn a_failure_that_is_too_large_keeps_its_status() {
    let large = "x".repeat(LIMIT + 1);
    let headers = format!("content-length: {}\r\n", large.len());
    let (server, client) = limited(Behavior::Write(response("500 Oops", &headers, &large))).await;
    let error = order_error(&client).await;
    assert_outcome(&error, ErrorKind::ResponseTooLarge, true, 1);
    assert_eq!((error.status().unwrap().as_u16(), server.requests()), (500, 1));
}

#[tokio::test]
async fn a_response_of_exactly_the_limit_is_read() {
    let exact = body(LIMIT);
    for (headers, body) in [
        (format!("content-length: {LIMIT}\r\n"), exact.clone()),
        (String::from("transfer-encoding: chunked\r\n"), in_chunks(&exact)),
        (String::from("connection: close\r\n"), exact.clone()),
    ] {
        let (server, client) = limited(Behavior::Write(response("200 OK", &headers, &body))).await;
        let check = in_time(client.verify_auth().into_future()).await.unwrap();
        assert!(check.message.as_ref().unwrap().starts_with("xxx"));
        assert_eq!(server.requests(), 1);
    }
}
