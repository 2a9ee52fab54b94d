//! HTTP clients of the caller with settings that this library avoids on purpose, like retries and redirects.

use std::time::Duration;

use partner_client::http::{Method, StatusCode};
use partner_client::unigox::Client;
use partner_client::{Error, ErrorKind, Response, reqwest};
use partner_tests::case::uuid;

use crate::server::{Behavior, Server, accepted, assert_outcome, empty_response, in_time, order};

/// A `reqwest::Client` of the caller.
fn http(configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder) -> reqwest::Client {
    // reqwest needs a cryptography provider even without TLS. It may be installed already.
    let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
    configure(reqwest::Client::builder()).build().unwrap()
}

fn with(server: &Server, http: reqwest::Client) -> Client {
    Client::builder().api_key("key").base_url(&server.base_url).http_client(http).build().unwrap()
}

/// Retries every request that does not succeed.
fn repeats_failures(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    let policy = reqwest::retry::for_host("127.0.0.1").no_budget().max_retries_per_request(3);
    builder.retry(policy.classify_fn(|attempt| match attempt.status() {
        Some(StatusCode::OK) => attempt.success(),
        _ => attempt.retryable(),
    }))
}

fn follows_redirects(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder.redirect(reqwest::redirect::Policy::limited(3))
}

/// Calls that must not be retried: with a body, without one, and with an empty one.
async fn posts(client: &Client) -> [Result<StatusCode, Error>; 4] {
    fn status<T>(result: Result<Response<T>, Error>) -> Result<StatusCode, Error> {
        result.map(|response| response.http_status())
    }
    [
        status(in_time(order(client).into_future()).await),
        status(in_time(client.confirm_fiat_received(uuid().into()).into_future()).await),
        status(in_time(client.raw(Method::POST, "/v1/cancel").bytes()).await),
        status(in_time(client.raw(Method::PATCH, "/v1/lock").body("text/plain", "").bytes()).await),
    ]
}

#[tokio::test]
async fn a_retry_policy_of_reqwest_repeats_no_payment_whether_it_has_a_body_or_not() {
    for status in ["503 Unavailable", "500 Oops", "429 Too Many", "409 Conflict"] {
        let server = Server::start(Behavior::Write(empty_response(status, ""))).await;
        let builder = Client::builder().api_key("key").base_url(&server.base_url);
        let once = builder.http_client(http(repeats_failures)).retry(partner_client::RetryPolicy::none());
        for result in posts(&once.build().unwrap()).await {
            assert_eq!(result.unwrap_err().attempt_count(), 1, "{status}");
        }
        assert_eq!(server.requests(), 4, "{status}: one for each call");
    }
}

#[tokio::test]
async fn a_retry_policy_of_reqwest_repeats_no_payment_whose_connection_breaks() {
    let server = Server::start(Behavior::Write(Vec::new())).await;
    for result in posts(&with(&server, http(repeats_failures))).await {
        assert_outcome(&result.unwrap_err(), ErrorKind::Transport, true, 1);
    }
    assert_eq!(server.requests(), 4, "one for each call");
}

#[tokio::test]
async fn a_redirect_that_keeps_the_method_repeats_no_payment_whether_it_has_a_body_or_not() {
    for status in ["307 Temporary Redirect", "308 Permanent Redirect"] {
        let other = Server::start(Behavior::Write(accepted())).await;
        let location = format!("location: {}/v1/again\r\n", other.base_url);
        let server = Server::start(Behavior::Write(empty_response(status, &location))).await;
        for result in posts(&with(&server, http(follows_redirects))).await {
            let error = result.unwrap_err();
            assert_outcome(&error, ErrorKind::Api, true, 1);
            assert!(error.status().unwrap().is_redirection(), "{error:?}");
        }
        assert_eq!((server.requests(), other.connections()), (4, 0), "{status}: nobody went there");
    }
}

#[tokio::test]
async fn a_redirect_that_makes_a_get_of_a_payment_is_not_taken_for_its_response() {
    for status in ["301 Moved", "302 Found", "303 See Other"] {
        let other = Server::start(Behavior::Write(accepted())).await;
        let location = format!("location: {}/v1/result\r\n", other.base_url);
        let server = Server::start(Behavior::Write(empty_response(status, &location))).await;
        for result in posts(&with(&server, http(follows_redirects))).await {
            let error = result.unwrap_err();
            // A `PATCH` would keep its method after 301 and 302, and is not redirected.
            let kept = error.status().is_some_and(|status| status.is_redirection());
            assert_outcome(&error, if kept { ErrorKind::Api } else { ErrorKind::Redirected }, true, 1);
        }
        assert_eq!(server.requests(), 4, "{status}: one for each call");
        assert_eq!(other.requests(), if status.starts_with("303") { 4 } else { 3 }, "{status}");
        assert!(other.received().iter().all(|request| request.method == "GET"), "{status}");
    }
}

#[tokio::test]
async fn a_call_without_a_body_is_written_the_same_whether_it_may_be_repeated_or_not() {
    let server = Server::start(Behavior::Write(accepted())).await;
    let client = server.client();
    for method in [Method::POST, Method::PATCH, Method::PUT] {
        in_time(client.raw(method.clone(), "/v1/x").bytes()).await.unwrap();
        in_time(client.raw(method, "/v1/x").repeatable().bytes()).await.unwrap();
    }
    in_time(client.confirm_fiat_received(uuid().into()).into_future()).await.unwrap();
    for request in server.received() {
        assert_eq!((request.header("content-length"), request.body.len()), (Some("0"), 0), "{request:?}");
        assert_eq!((request.header("transfer-encoding"), request.header("content-type")), (None, None));
    }
    for method in [Method::GET, Method::DELETE] {
        in_time(client.raw(method, "/v1/x").bytes()).await.unwrap();
        let request = server.received().pop().unwrap();
        assert_eq!((request.header("content-length"), request.header("transfer-encoding")), (None, None));
    }
}

#[tokio::test]
async fn a_call_without_a_body_that_times_out_before_it_is_connected_has_executed_nothing() {
    // The server never responds to TLS, and connecting may take longer than anything else.
    let server = Server::start(Behavior::WriteAndStall(Vec::new())).await;
    let base_url = server.base_url.replace("http://", "https://");
    let client = Client::builder().api_key("key").base_url(base_url).build().unwrap();
    let call = client.confirm_fiat_received(uuid().into()).timeout(Duration::from_millis(300));
    assert_outcome(&in_time(call.into_future()).await.unwrap_err(), ErrorKind::Timeout, false, 1);
    let call = client.confirm_fiat_received(uuid().into()).attempt_timeout(Duration::from_millis(300));
    assert_outcome(&in_time(call.into_future()).await.unwrap_err(), ErrorKind::Timeout, false, 3);
    assert_eq!(server.requests(), 0);
}

#[tokio::test]
async fn a_call_without_a_body_that_times_out_after_it_was_sent_may_have_executed() {
    let server = Server::start(Behavior::WriteAndStall(Vec::new())).await;
    let call = server.client().confirm_fiat_received(uuid().into()).timeout(Duration::from_millis(600));
    assert_outcome(&in_time(call.into_future()).await.unwrap_err(), ErrorKind::Timeout, true, 1);
    assert_eq!(server.requests(), 1);
}
