//! Connections that cannot be made, or break.

use std::time::Duration;

use partner_client::ErrorKind;
use partner_client::ErrorKind::{Api, Connect, Transport};
use partner_client::unigox::Client;
use tokio::net::TcpListener;

use crate::server::{Server, Then, answer, assert_is, client, post};
use crate::three::{ACCEPTED, Which, assert_error, call, fails, repeated_if_harmless, succeeds, three};

/// The head and the first half of an answer.
fn half() -> Vec<u8> {
    answer("200 OK", &format!("content-length: {}\r\n", ACCEPTED.len()), &ACCEPTED[..ACCEPTED.len() / 2])
}

#[tokio::test]
async fn a_refused_connection_has_executed_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    for which in [Which::Read, Which::Order, Which::Upload] {
        let error = call(&client(&base_url), which).await.unwrap_err();
        // Nothing was sent, and so even an order is attempted again.
        assert_error(which, &error, &fails(Connect, 3).not_executed());
        assert!(error.is_retryable() && error.is_connect() && !error.is_timeout());
        assert!(std::error::Error::source(&error).is_some());
        assert_eq!((error.status(), error.body().len()), (None, 0));
    }
}

#[tokio::test]
async fn a_host_that_is_not_found_has_executed_nothing() {
    // `.invalid` is reserved for names that never exist.
    let builder = Client::builder().api_key("key").base_url("https://api.invalid");
    // Some resolvers take their time to find nothing.
    let error = post(&builder.connect_timeout(Duration::from_secs(3)).build().unwrap()).await;
    assert_is(&error, Connect, false, 3);
}

#[tokio::test]
async fn a_connection_that_is_reset_before_the_request_was_read_may_have_executed() {
    // From outside, this looks like one that was read.
    let over = three(Then::ResetUnread, |which| repeated_if_harmless(which, fails(Transport, 1).requests(0)));
    for one in over.await {
        let attempts = one.error.unwrap().attempts() as usize;
        assert_eq!(one.server.connections(), attempts, "{:?}", one.which);
    }
}

#[tokio::test]
async fn a_connection_that_is_reset_after_the_request_was_read_may_have_executed() {
    three(Then::WriteAndReset(Vec::new()), |which| repeated_if_harmless(which, fails(Transport, 1))).await;
}

#[tokio::test]
async fn a_connection_that_is_reset_in_the_body_may_have_executed() {
    three(Then::WriteAndReset(half()), |which| repeated_if_harmless(which, fails(Transport, 1).status(200)))
        .await;
}

#[tokio::test]
async fn a_connection_that_is_closed_after_the_request_may_have_executed() {
    three(Then::Write(Vec::new()), |which| repeated_if_harmless(which, fails(Transport, 1))).await;
}

#[tokio::test]
async fn a_connection_that_is_closed_at_once_is_no_answer() {
    let server = Server::that(Then::CloseAtOnce).await;
    let error = post(&server.client()).await;
    assert_eq!(error.kind(), Transport, "{error:?}");
    // Which of the two was faster, the request or the end of the connection, is known only here.
    assert_eq!(error.attempts(), if error.may_have_executed() { 1 } else { 3 }, "{error:?}");
    assert_eq!(server.requests(), 0);
}

#[tokio::test]
async fn a_post_on_a_kept_connection_that_breaks_is_not_sent_again() {
    let first = answer("500 Oops", "content-length: 0\r\n", "");
    let server = Server::that(Then::WriteThenClose(first)).await;
    for (which, kind) in
        [(Which::Order, Api), (Which::Order, Transport), (Which::Upload, Api), (Which::Upload, Transport)]
    {
        let before = server.requests();
        let client = server.client();
        if kind == Transport {
            // The first answer opens the connection that the second request breaks on.
            assert_is(&call(&client, which).await.unwrap_err(), Api, true, 1);
        }
        assert_is(&call(&client, which).await.unwrap_err(), kind, true, 1);
        assert_eq!(server.requests() - before, if kind == Api { 1 } else { 2 }, "one for each call");
    }
}

#[tokio::test]
async fn a_read_on_a_kept_connection_that_breaks_is_sent_again() {
    let server = Server::that(Then::WriteThenClose(crate::three::accepted())).await;
    let client = server.client();
    for _ in 0..3 {
        assert_eq!(call(&client, Which::Read).await.unwrap(), 200);
    }
    assert!((4..=5).contains(&server.requests()), "{}", server.requests());
}

#[tokio::test]
async fn a_body_that_ends_too_early_may_have_executed() {
    for early in [
        half(),
        answer("200 OK", "transfer-encoding: chunked\r\n", "10\r\n{\"success\":true,\r\n"),
        answer("200 OK", "transfer-encoding: chunked\r\n", "10\r\n{\"succ"),
    ] {
        let end = fails(Transport, 1).status(200);
        three(Then::Write(early), |which| repeated_if_harmless(which, end)).await;
    }
}

#[tokio::test]
async fn a_head_that_breaks_off_is_no_answer() {
    for bytes in ["HTTP/1.1 200 O", "HTTP/1.1 200 OK\r\ncontent-type: applica"] {
        three(Then::Write(bytes.into()), |which| repeated_if_harmless(which, fails(Transport, 1))).await;
    }
}

#[tokio::test]
async fn what_is_not_http_is_no_answer() {
    for garbage in [
        b"\x00\x01\x02 not HTTP at all\r\n\r\n".to_vec(),
        b"SSH-2.0-OpenSSH_9.9\r\n".to_vec(),
        b"HTTP/1.1 2000 OK\r\n\r\n".to_vec(),
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n".to_vec(),
    ] {
        three(Then::Write(garbage), |which| repeated_if_harmless(which, fails(Transport, 1))).await;
    }
}

#[tokio::test]
async fn a_length_that_is_none_is_no_answer() {
    for length in
        ["content-length: many\r\n", "content-length: -1\r\n", "content-length: 3\r\ncontent-length: 4\r\n"]
    {
        let wrong = answer("200 OK", length, ACCEPTED);
        three(Then::Write(wrong), |which| repeated_if_harmless(which, fails(Transport, 1))).await;
    }
}

#[tokio::test]
async fn a_server_of_the_last_century_is_understood() {
    let body = ACCEPTED;
    for answer in [
        format!("HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n{body}"),
        format!(
            "HTTP/1.0 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        ),
    ] {
        three(Then::Write(answer.into()), |_| succeeds(1)).await;
    }
    // Without a length its end cannot be told from an early one, but what it holds can.
    let cut = format!("HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n{}", &body[..40]);
    three(Then::Write(cut.into()), |_| fails(ErrorKind::Decode, 1).status(200)).await;
}

#[tokio::test]
async fn chunks_with_trailers_are_understood() {
    let chunks = format!(
        "{:x};name=value\r\n{ACCEPTED}\r\n0\r\nx-checksum: 12\r\nx-request-id: late\r\n\r\n",
        ACCEPTED.len()
    );
    let answer = answer("200 OK", "transfer-encoding: chunked\r\ntrailer: x-checksum\r\n", &chunks);
    three(Then::Write(answer), |_| succeeds(1)).await;
}

#[tokio::test]
async fn an_answer_that_is_announced_first_is_understood() {
    let answer = [
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n",
        &crate::three::accepted()[..],
    ];
    three(Then::Write(answer.concat()), |_| succeeds(1)).await;
}

#[tokio::test]
async fn a_server_without_tls_is_not_reached_over_https() {
    let server = Server::that(Then::WriteUnread(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec())).await;
    let base_url = server.base_url.replace("http://", "https://");
    let error = post(&client(&base_url)).await;
    assert_is(&error, Connect, false, 1);
    assert!(!error.is_retryable(), "it will not speak TLS the next time");
    assert_eq!(server.requests(), 0);
}
