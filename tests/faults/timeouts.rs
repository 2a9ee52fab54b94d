//! Responses that do not arrive in time.

use std::time::{Duration, Instant};

use partner_client::unigox::{Client, KycDocumentType};
use partner_client::{ClientBuilder, ErrorKind, TimeLimit, Upload, reqwest};

use partner_tests::case::uuid;

use crate::each_call::{ACCEPTED, CallKind, Expected, accepted, assert_error, call, fails};
use crate::each_call::{each_call_with, repeated_if_harmless, succeeds};
use crate::server::{
    Behavior, Server, assert_outcome, http_client_with, in_time, order, order_error, response,
};

/// Long enough to send a small request, also when this machine is busy.
const SHORT: Duration = Duration::from_millis(600);

/// Long enough for an upload of the three calls, and for any response that is sent at once.
const ENOUGH: Duration = Duration::from_millis(1200);

/// Expects that an attempt exceeds its deadline.
const TIMES_OUT: Expected = fails(ErrorKind::Timeout, 1).deadline(TimeLimit::Attempt);

#[tokio::test]
async fn a_head_that_stalls_times_out() {
    for begun in ["", "HTTP/1.1 200 OK\r\ncontent-"] {
        each_call_with(
            Behavior::WriteAndStall(begun.into()),
            |builder| builder.attempt_timeout(ENOUGH),
            |call_kind| repeated_if_harmless(call_kind, TIMES_OUT),
        )
        .await;
    }
}

#[tokio::test]
async fn a_body_that_stalls_times_out_and_keeps_its_status() {
    let head = format!("content-length: {}\r\n", ACCEPTED.len());
    for half in [response("200 OK", &head, ""), response("200 OK", &head, &ACCEPTED[..20])] {
        each_call_with(
            Behavior::WriteAndStall(half),
            |builder| builder.attempt_timeout(ENOUGH),
            |call_kind| repeated_if_harmless(call_kind, TIMES_OUT.status(200)),
        )
        .await;
    }
}

#[tokio::test]
async fn a_response_that_arrives_too_slowly_times_out() {
    // Data keep arriving, so that only the deadline of the whole attempt can end it.
    let slow = Behavior::Drip(accepted(), Duration::from_millis(50));
    let end = |call_kind| repeated_if_harmless(call_kind, TIMES_OUT);
    each_call_with(slow, |builder| builder.attempt_timeout(ENOUGH), end).await;
    let patient = Duration::from_secs(15);
    let bearable = Behavior::Drip(accepted(), Duration::from_millis(5));
    each_call_with(bearable, |builder| builder.attempt_timeout(patient), |_| succeeds(1)).await;
}

#[tokio::test]
async fn a_call_that_stalls_ends_at_its_deadline() {
    each_call_with(
        Behavior::WriteAndStall(Vec::new()),
        |builder| builder.timeout(ENOUGH),
        |_| fails(ErrorKind::Timeout, 1).deadline(TimeLimit::Call),
    )
    .await;
}

#[tokio::test]
async fn a_call_ends_at_its_own_timeout() {
    let server = Server::start(Behavior::WriteAndStall(Vec::new())).await;
    let client = server.client();
    let started = Instant::now();
    let call = order(&client).timeout(SHORT);
    let error = in_time(call.into_future()).await.unwrap_err();
    assert_outcome(&error, ErrorKind::Timeout, true, 1);
    assert!(error.is_timeout() && error.is_retryable());
    assert_eq!(error.exceeded_time_limit(), Some(TimeLimit::Call));
    assert!(started.elapsed() >= SHORT, "{:?}", started.elapsed());
    assert_eq!((error.status(), server.requests()), (None, 1));
}

#[tokio::test]
async fn a_body_that_stalls_times_out() {
    let half = response("201 Created", "content-length: 100\r\n", r#"{"success":"#);
    let server = Server::start(Behavior::WriteAndStall(half)).await;
    let client = server.client();
    let call = order(&client).timeout(SHORT);
    let error = in_time(call.into_future()).await.unwrap_err();
    assert_outcome(&error, ErrorKind::Timeout, true, 1);
    assert_eq!(error.status().unwrap().as_u16(), 201);
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn an_attempt_ends_at_its_own_timeout() {
    let server = Server::start(Behavior::WriteAndStall(Vec::new())).await;
    let call = order(&server.client()).attempt_timeout(SHORT);
    let error = in_time(call.into_future()).await.unwrap_err();
    assert_outcome(&error, ErrorKind::Timeout, true, 1);
    assert_eq!(error.exceeded_time_limit(), Some(TimeLimit::Attempt));
    assert_eq!(server.requests(), 1, "an order is not started again");
}

#[tokio::test]
async fn connecting_has_a_timeout_of_its_own() {
    // The server never responds to the TLS handshake, which is a part of connecting.
    let server = Server::start(Behavior::WriteAndStall(Vec::new())).await;
    let base_url = server.base_url.replace("http://", "https://");
    let builder = Client::builder().api_key("key").base_url(base_url).connect_timeout(SHORT);
    let error = order_error(&builder.build().unwrap()).await;
    assert_outcome(&error, ErrorKind::Connect, false, 3);
    assert_eq!(error.exceeded_time_limit(), Some(TimeLimit::Connect));
    assert!(error.is_timeout() && error.is_retryable());
}

#[tokio::test]
async fn a_call_that_times_out_before_it_is_connected_has_executed_nothing() {
    // The server never responds to the TLS handshake, and the timeout for connecting is longer than the others.
    let server = Server::start(Behavior::WriteAndStall(Vec::new())).await;
    let base_url = server.base_url.replace("http://", "https://");
    let own = || Client::builder().api_key("key").base_url(&base_url);
    let changed = || {
        let impatient = |http: reqwest::ClientBuilder| http.timeout(Duration::from_millis(1)).no_proxy();
        Client::builder().api_key("key").base_url(&base_url).http_client(http_client_with(impatient))
    };
    for call_kind in [CallKind::Order, CallKind::Upload] {
        for builder in [&own as &dyn Fn() -> ClientBuilder<Client>, &changed] {
            let client = builder().attempt_timeout(SHORT).build().unwrap();
            let end = fails(ErrorKind::Timeout, 3).deadline(TimeLimit::Attempt).not_executed();
            assert_error(call_kind, &call(&client, call_kind).await.unwrap_err(), &end);

            let client = builder().timeout(SHORT).build().unwrap();
            let end = fails(ErrorKind::Timeout, 1).deadline(TimeLimit::Call).not_executed();
            assert_error(call_kind, &call(&client, call_kind).await.unwrap_err(), &end);
        }
    }
    assert_eq!(server.requests(), 0);
}

#[tokio::test]
async fn an_upload_that_cannot_be_opened_in_time_has_sent_nothing() {
    let server = Server::start(Behavior::WriteAndStall(Vec::new())).await;
    let document =
        Upload::from_reader("a.jpg", None, std::future::pending::<std::io::Result<tokio::io::Empty>>);
    let call = server.client().upload_kyc_document(uuid().into(), KycDocumentType::Selfie, document);
    let error = in_time(call.timeout(SHORT).into_future()).await.unwrap_err();
    assert_outcome(&error, ErrorKind::Timeout, false, 0);
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn timeouts_also_apply_to_the_callers_http_client() {
    let server = Server::start(Behavior::WriteAndStall(Vec::new())).await;
    let impatient = http_client_with(|builder| builder.timeout(Duration::from_millis(1)));
    let builder = Client::builder().api_key("key").base_url(&server.base_url).http_client(impatient);
    let started = Instant::now();
    let error = order_error(&builder.timeout(SHORT).build().unwrap()).await;
    assert_outcome(&error, ErrorKind::Timeout, true, 1);
    assert_eq!(error.exceeded_time_limit(), Some(TimeLimit::Call));
    assert!(started.elapsed() >= SHORT, "{error:?} after {:?}", started.elapsed());
}
