//! Connections that cannot be made, or break.

use partner_client::ErrorKind;
use tokio::net::TcpListener;

use crate::server::{Server, Then, answer, assert_is, client, post};

#[tokio::test]
async fn a_refused_connection_has_executed_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = post(&client(&base_url)).await;
    // Nothing was sent, and so even an order is attempted again.
    assert_is(&error, ErrorKind::Connect, false, 3);
    assert!(error.is_retryable() && error.is_connect() && !error.is_timeout());
    assert!(std::error::Error::source(&error).is_some());
    assert_eq!((error.status(), error.body().len()), (None, 0));
}

#[tokio::test]
async fn a_host_that_is_not_found_has_executed_nothing() {
    // `.invalid` is reserved for names that never exist.
    let error = post(&client("https://api.invalid")).await;
    assert_is(&error, ErrorKind::Connect, false, 3);
}

#[tokio::test]
async fn a_connection_that_is_closed_after_the_request_may_have_executed() {
    let server = Server::that(Then::Write(Vec::new())).await;
    let error = post(&server.client()).await;
    assert_is(&error, ErrorKind::Transport, true, 1);
    assert!(error.is_retryable());
    assert_eq!((server.requests(), server.connections()), (1, 1), "it is not sent again");
}

#[tokio::test]
async fn a_connection_that_is_closed_at_once_is_no_answer() {
    let server = Server::that(Then::CloseAtOnce).await;
    let error = post(&server.client()).await;
    assert_eq!(error.kind(), ErrorKind::Transport, "{error:?}");
    // Which of the two was faster, the request or the end of the connection, is known only here.
    assert_eq!(error.attempts(), if error.may_have_executed() { 1 } else { 3 }, "{error:?}");
    assert_eq!(server.requests(), 0);
}

#[tokio::test]
async fn a_post_on_a_kept_connection_that_breaks_is_not_sent_again() {
    let first = answer("500 Oops", "content-length: 0\r\n", "");
    let server = Server::that(Then::WriteThenClose(first)).await;
    let client = server.client();
    assert_is(&post(&client).await, ErrorKind::Api, true, 1);
    let error = post(&client).await;
    assert_is(&error, ErrorKind::Transport, true, 1);
    assert_eq!(server.requests(), 2, "one for each call");
}

#[tokio::test]
async fn a_body_that_ends_too_early_may_have_executed() {
    let half = answer("201 Created", "content-length: 100\r\n", r#"{"success":true,"#);
    let server = Server::that(Then::Write(half)).await;
    let error = post(&server.client()).await;
    assert_is(&error, ErrorKind::Transport, true, 1);
    assert_eq!(error.status().unwrap().as_u16(), 201);
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn a_chunked_body_that_ends_too_early_may_have_executed() {
    let half = answer("201 Created", "transfer-encoding: chunked\r\n", "10\r\n{\"success\":true,\r\n");
    let server = Server::that(Then::Write(half)).await;
    let error = post(&server.client()).await;
    assert_is(&error, ErrorKind::Transport, true, 1);
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn head_and_body_that_break_off_are_no_answer() {
    for bytes in ["HTTP/1.1 201 Cre", "HTTP/1.1 201 Created\r\ncontent-type: applica"] {
        let server = Server::that(Then::Write(bytes.into())).await;
        let error = post(&server.client()).await;
        assert_is(&error, ErrorKind::Transport, true, 1);
        assert_eq!((error.status(), server.requests()), (None, 1));
    }
}

#[tokio::test]
async fn what_is_not_http_is_no_answer() {
    for garbage in [b"\x00\x01\x02 not HTTP at all\r\n\r\n".to_vec(), b"SSH-2.0-OpenSSH_9.9\r\n".to_vec()] {
        let server = Server::that(Then::Write(garbage)).await;
        let error = post(&server.client()).await;
        assert_is(&error, ErrorKind::Transport, true, 1);
        assert_eq!((error.status(), server.requests()), (None, 1));
    }
}

#[tokio::test]
async fn a_server_without_tls_is_not_reached_over_https() {
    let server = Server::that(Then::WriteUnread(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec())).await;
    let base_url = server.base_url.replace("http://", "https://");
    let error = post(&client(&base_url)).await;
    assert_is(&error, ErrorKind::Connect, false, 1);
    assert!(!error.is_retryable(), "it will not speak TLS the next time");
    assert_eq!(server.requests(), 0);
}
