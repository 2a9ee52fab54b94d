//! Limits of rate and concurrency that a client enforces on itself.

use std::time::{Duration, Instant};

use partner_client::unigox::Client;
use partner_client::{Error, ErrorKind, Response};

use crate::server::{Behavior, Server, accepted, assert_outcome, in_time, order};

#[tokio::test]
async fn requests_are_spread_over_time() {
    let server = Server::start(Behavior::Write(accepted())).await;
    let builder = Client::builder().api_key("key").base_url(&server.base_url);
    let client = builder.rate_limit(2, Duration::from_millis(300)).build().unwrap();
    let started = Instant::now();
    let calls: Vec<_> = (0..5).map(|_| tokio::spawn(order(&client).into_future())).collect();
    for call in calls {
        in_time(async { call.await.unwrap() }).await.unwrap();
    }
    assert!(started.elapsed() >= Duration::from_millis(600), "{:?}", started.elapsed());
    assert_eq!(server.requests(), 5);
}

#[tokio::test]
async fn a_call_that_would_wait_for_longer_than_its_timeout_fails_at_once_and_sends_nothing() {
    let server = Server::start(Behavior::Write(accepted())).await;
    let builder = Client::builder().api_key("key").base_url(&server.base_url);
    let client = builder.rate_limit(1, Duration::from_secs(60)).build().unwrap();
    in_time(order(&client).into_future()).await.unwrap();
    let started = Instant::now();
    let error = in_time(order(&client).into_future()).await.unwrap_err();
    assert_outcome(&error, ErrorKind::Throttled, false, 0);
    assert!(error.is_retryable() && error.to_string().contains("rate limit"), "{error}");
    assert!(started.elapsed() < Duration::from_secs(5));
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn a_permit_is_released_when_its_call_ends() {
    let server = Server::start(Behavior::WriteAndStall(Vec::new())).await;
    let builder = Client::builder().api_key("key").base_url(&server.base_url);
    let client = builder.concurrency_limit(1).build().unwrap();
    let short = Duration::from_millis(600);
    let call = |time: Duration| -> tokio::task::JoinHandle<Result<Response<_>, Error>> {
        tokio::spawn(order(&client).timeout(time).into_future())
    };
    let first = call(short * 2);
    tokio::time::sleep(short / 2).await;
    let second = call(short);
    let error = in_time(async { second.await.unwrap() }).await.unwrap_err();
    assert_outcome(&error, ErrorKind::Throttled, false, 0);
    assert_eq!(in_time(async { first.await.unwrap() }).await.unwrap_err().kind(), ErrorKind::Timeout);
    let third = call(short);
    let error = in_time(async { third.await.unwrap() }).await.unwrap_err();
    assert_outcome(&error, ErrorKind::Timeout, true, 1);
    assert_eq!(server.requests(), 2);
}

#[tokio::test]
async fn a_limit_that_allows_nothing_is_refused() {
    for builder in [Client::builder().concurrency_limit(0), Client::builder().rate_limit(0, Duration::ZERO)] {
        let error = builder.api_key("key").base_url("http://127.0.0.1:1").build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains("limit of 0"), "{error}");
    }
}
