//! An HTTP client could retry, follow redirects and keep cookies on its own. None of this happens.

use partner_client::ErrorKind;
use partner_client::unigox::Client;
use partner_tests::case::uuid;

use crate::each_call::{CallKind, accepted, call};
use crate::server::{Behavior, Server, assert_outcome, empty_response, in_time, response};

/// A `POST` without a body, which confirms that money has arrived.
async fn confirm(client: &Client) -> partner_client::Error {
    in_time(client.confirm_fiat_received(uuid().into()).into_future()).await.unwrap_err()
}

#[tokio::test]
async fn a_post_without_a_body_arrives_once_when_its_connection_is_closed() {
    let first = response("500 Oops", "content-length: 0\r\n", "");
    let server = Server::start(Behavior::WriteThenClose(first)).await;
    let client = server.client();
    assert_outcome(&confirm(&client).await, ErrorKind::Api, true, 1);
    // The connection is kept open after the first request, and closed when the second one has arrived.
    assert_outcome(&confirm(&client).await, ErrorKind::Transport, true, 1);
    assert_eq!((server.requests(), server.connections()), (2, 1));
}

#[tokio::test]
async fn a_post_without_a_body_arrives_once_when_there_is_no_response() {
    for then in [Behavior::Write(Vec::new()), Behavior::WriteAndReset(Vec::new())] {
        let server = Server::start(then).await;
        assert_outcome(&confirm(&server.client()).await, ErrorKind::Transport, true, 1);
        assert_eq!((server.requests(), server.connections()), (1, 1));
    }
}

#[tokio::test]
async fn a_post_without_a_body_that_is_redirected_goes_nowhere_and_neither_does_the_key() {
    for status in ["307 Temporary Redirect", "308 Permanent Redirect", "303 See Other"] {
        let other = Server::start(Behavior::Write(accepted())).await;
        let location = format!("location: {}/stolen\r\n", other.base_url);
        let server = Server::start(Behavior::Write(empty_response(status, &location))).await;
        assert_outcome(&confirm(&server.client()).await, ErrorKind::Api, true, 1);
        assert_eq!((server.requests(), other.connections()), (1, 0), "{status}");
    }
}

#[tokio::test]
async fn cookies_are_not_kept_from_one_call_to_the_next() {
    let body = crate::each_call::ACCEPTED;
    let headers = format!("content-length: {}\r\nset-cookie: session=1; Path=/\r\n", body.len());
    let server = Server::start(Behavior::Write(response("200 OK", &headers, body))).await;
    let client = server.client();
    for _ in 0..2 {
        assert_eq!(call(&client, CallKind::Read).await.unwrap(), 200);
    }
    for request in server.received() {
        for name in ["cookie", "referer"] {
            assert_eq!(request.header(name), None, "{:?}", request.headers);
        }
    }
    assert_eq!(server.requests(), 2);
}
