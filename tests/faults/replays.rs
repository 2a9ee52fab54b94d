//! What an HTTP client could do on its own: send again, follow, remember. None of it happens.

use partner_client::ErrorKind;
use partner_client::unigox::Client;
use partner_tests::case::uuid;

use crate::server::{Server, Then, answer, assert_is, empty, in_time};
use crate::three::{Which, accepted, call};

/// A `POST` that says that money has arrived, and has no body.
async fn confirm(client: &Client) -> partner_client::Error {
    in_time(client.confirm_fiat_received(uuid()).into_future()).await.unwrap_err()
}

#[tokio::test]
async fn a_post_without_a_body_arrives_once_when_its_connection_is_closed() {
    let first = answer("500 Oops", "content-length: 0\r\n", "");
    let server = Server::that(Then::WriteThenClose(first)).await;
    let client = server.client();
    assert_is(&confirm(&client).await, ErrorKind::Api, true, 1);
    // The connection was kept, and is closed once the second request has arrived.
    assert_is(&confirm(&client).await, ErrorKind::Transport, true, 1);
    assert_eq!((server.requests(), server.connections()), (2, 1));
}

#[tokio::test]
async fn a_post_without_a_body_arrives_once_when_nothing_is_answered() {
    for then in [Then::Write(Vec::new()), Then::WriteAndReset(Vec::new())] {
        let server = Server::that(then).await;
        assert_is(&confirm(&server.client()).await, ErrorKind::Transport, true, 1);
        assert_eq!((server.requests(), server.connections()), (1, 1));
    }
}

#[tokio::test]
async fn a_post_without_a_body_that_is_redirected_goes_nowhere_and_neither_does_the_key() {
    for status in ["307 Temporary Redirect", "308 Permanent Redirect", "303 See Other"] {
        let other = Server::that(Then::Write(accepted())).await;
        let location = format!("location: {}/stolen\r\n", other.base_url);
        let server = Server::that(Then::Write(empty(status, &location))).await;
        assert_is(&confirm(&server.client()).await, ErrorKind::Api, true, 1);
        assert_eq!((server.requests(), other.connections()), (1, 0), "{status}");
    }
}

#[tokio::test]
async fn nothing_is_remembered_from_one_call_to_the_next() {
    let body = crate::three::ACCEPTED;
    let headers = format!("content-length: {}\r\nset-cookie: session=1; Path=/\r\n", body.len());
    let server = Server::that(Then::Write(answer("200 OK", &headers, body))).await;
    let client = server.client();
    for _ in 0..2 {
        assert_eq!(call(&client, Which::Read).await.unwrap(), 200);
    }
    for request in server.received() {
        for name in ["cookie", "referer"] {
            assert_eq!(request.header(name), None, "{:?}", request.headers);
        }
    }
    assert_eq!(server.requests(), 2);
}
