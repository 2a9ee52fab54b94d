//! Connections that cannot be established, or break.

use std::time::Duration;

use partner_client::ErrorKind;
use partner_client::ErrorKind::{Api, Connect, Transport};
use partner_client::unigox::Client;
use tokio::net::TcpListener;

use crate::each_call::{
    ACCEPTED, CallKind, assert_error, call, each_call, fails, repeated_if_harmless, succeeds,
};
use crate::server::{Behavior, Server, assert_outcome, client, order_error, response};

/// The head and the first half of a response.
fn half_a_response() -> Vec<u8> {
    response("200 OK", &format!("content-length: {}\r\n", ACCEPTED.len()), &ACCEPTED[..ACCEPTED.len() / 2])
}

#[tokio::test]
async fn a_refused_connection_has_executed_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    for call_kind in [CallKind::Read, CallKind::Order, CallKind::Upload] {
        let error = call(&client(&base_url), call_kind).await.unwrap_err();
        // Nothing was sent, so even an order is retried.
        assert_error(call_kind, &error, &fails(Connect, 3).not_executed());
        assert!(error.is_retryable() && error.is_connect() && !error.is_timeout());
        assert!(std::error::Error::source(&error).is_some());
        assert_eq!((error.status(), error.body().len()), (None, 0));
    }
}

#[tokio::test]
async fn a_host_that_is_not_found_has_executed_nothing() {
    // `.invalid` is reserved for names that never exist.
    let builder = Client::builder().api_key("key").base_url("https://api.invalid");
    // Some resolvers take long to report that there is no such host.
    let error = order_error(&builder.connect_timeout(Duration::from_secs(3)).build().unwrap()).await;
    assert_outcome(&error, Connect, false, 3);
}

#[tokio::test]
async fn a_connection_that_is_reset_before_the_request_was_read_may_have_executed() {
    // For the client, this looks like a request that was read.
    let over = each_call(Behavior::ResetUnread, |call_kind| {
        repeated_if_harmless(call_kind, fails(Transport, 1).requests(0))
    });
    for one in over.await {
        let attempts = one.error.unwrap().attempt_count() as usize;
        assert_eq!(one.server.connections(), attempts, "{:?}", one.call_kind);
    }
}

#[tokio::test]
async fn a_connection_that_is_reset_after_the_request_was_read_may_have_executed() {
    each_call(Behavior::WriteAndReset(Vec::new()), |call_kind| {
        repeated_if_harmless(call_kind, fails(Transport, 1))
    })
    .await;
}

#[tokio::test]
async fn a_connection_that_is_reset_in_the_body_may_have_executed() {
    each_call(Behavior::WriteAndReset(half_a_response()), |call_kind| {
        repeated_if_harmless(call_kind, fails(Transport, 1).status(200))
    })
    .await;
}

#[tokio::test]
async fn a_connection_that_is_closed_after_the_request_may_have_executed() {
    each_call(Behavior::Write(Vec::new()), |call_kind| repeated_if_harmless(call_kind, fails(Transport, 1)))
        .await;
}

#[tokio::test]
async fn a_connection_that_is_closed_at_once_is_no_response() {
    let server = Server::start(Behavior::CloseAtOnce).await;
    let error = order_error(&server.client()).await;
    assert_eq!(error.kind(), Transport, "{error:?}");
    // Whether the request was sent before the connection was closed depends on timing.
    assert_eq!(error.attempt_count(), if error.may_have_executed() { 1 } else { 3 }, "{error:?}");
    assert_eq!(server.requests(), 0);
}

#[tokio::test]
async fn a_post_on_a_kept_connection_that_breaks_is_not_sent_again() {
    let first = response("500 Oops", "content-length: 0\r\n", "");
    let server = Server::start(Behavior::WriteThenClose(first)).await;
    for (call_kind, kind) in [
        (CallKind::Order, Api),
        (CallKind::Order, Transport),
        (CallKind::Upload, Api),
        (CallKind::Upload, Transport),
    ] {
        let before = server.requests();
        let client = server.client();
        if kind == Transport {
            // The first response leaves the connection open, on which the second request fails.
            assert_outcome(&call(&client, call_kind).await.unwrap_err(), Api, true, 1);
        }
        assert_outcome(&call(&client, call_kind).await.unwrap_err(), kind, true, 1);
        assert_eq!(server.requests() - before, if kind == Api { 1 } else { 2 }, "one for each call");
    }
}

#[tokio::test]
async fn a_read_on_a_kept_connection_that_breaks_is_sent_again() {
    let server = Server::start(Behavior::WriteThenClose(crate::each_call::accepted())).await;
    let client = server.client();
    for _ in 0..3 {
        assert_eq!(call(&client, CallKind::Read).await.unwrap(), 200);
    }
    assert!((4..=5).contains(&server.requests()), "{}", server.requests());
}

#[tokio::test]
async fn a_body_that_ends_too_early_may_have_executed() {
    for early in [
        half_a_response(),
        response("200 OK", "transfer-encoding: chunked\r\n", "10\r\n{\"success\":true,\r\n"),
        response("200 OK", "transfer-encoding: chunked\r\n", "10\r\n{\"succ"),
    ] {
        let end = fails(Transport, 1).status(200);
        each_call(Behavior::Write(early), |call_kind| repeated_if_harmless(call_kind, end)).await;
    }
}

#[tokio::test]
async fn a_truncated_head_is_no_response() {
    for bytes in ["HTTP/1.1 200 O", "HTTP/1.1 200 OK\r\ncontent-type: applica"] {
        each_call(Behavior::Write(bytes.into()), |call_kind| {
            repeated_if_harmless(call_kind, fails(Transport, 1))
        })
        .await;
    }
}

#[tokio::test]
async fn what_is_not_http_is_no_response() {
    for garbage in [
        b"\x00\x01\x02 not HTTP at all\r\n\r\n".to_vec(),
        b"SSH-2.0-OpenSSH_9.9\r\n".to_vec(),
        b"HTTP/1.1 2000 OK\r\n\r\n".to_vec(),
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n".to_vec(),
    ] {
        each_call(Behavior::Write(garbage), |call_kind| repeated_if_harmless(call_kind, fails(Transport, 1)))
            .await;
    }
}

#[tokio::test]
async fn a_malformed_length_is_no_response() {
    for length in
        ["content-length: many\r\n", "content-length: -1\r\n", "content-length: 3\r\ncontent-length: 4\r\n"]
    {
        let wrong = response("200 OK", length, ACCEPTED);
        each_call(Behavior::Write(wrong), |call_kind| repeated_if_harmless(call_kind, fails(Transport, 1)))
            .await;
    }
}

#[tokio::test]
async fn a_server_with_http_1_0_is_understood() {
    let body = ACCEPTED;
    for response in [
        format!("HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n{body}"),
        format!(
            "HTTP/1.0 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        ),
    ] {
        each_call(Behavior::Write(response.into()), |_| succeeds(1)).await;
    }
    // Without a length, a truncated body looks like a complete one, but truncated JSON is an error.
    let cut = format!("HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n{}", &body[..40]);
    each_call(Behavior::Write(cut.into()), |_| fails(ErrorKind::Decode, 1).status(200)).await;
}

#[tokio::test]
async fn chunks_with_trailers_are_understood() {
    let chunks = format!(
        "{:x};name=value\r\n{ACCEPTED}\r\n0\r\nx-checksum: 12\r\nx-request-id: late\r\n\r\n",
        ACCEPTED.len()
    );
    let response = response("200 OK", "transfer-encoding: chunked\r\ntrailer: x-checksum\r\n", &chunks);
    each_call(Behavior::Write(response), |_| succeeds(1)).await;
}

#[tokio::test]
async fn an_informational_response_is_skipped() {
    let response = [
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n",
        &crate::each_call::accepted()[..],
    ];
    each_call(Behavior::Write(response.concat()), |_| succeeds(1)).await;
}

#[tokio::test]
async fn a_server_without_tls_is_not_reached_over_https() {
    let server = Server::start(Behavior::WriteUnread(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec())).await;
    let base_url = server.base_url.replace("http://", "https://");
    let error = order_error(&client(&base_url)).await;
    assert_outcome(&error, Connect, false, 1);
    assert!(!error.is_retryable(), "it will not speak TLS the next time");
    assert_eq!(server.requests(), 0);
}
