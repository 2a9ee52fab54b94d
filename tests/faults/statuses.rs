//! Statuses that say that the server is busy or unavailable.

use std::time::{Duration, Instant, SystemTime};

use partner_client::ErrorKind::Api;

use crate::each_call::{CallKind, accepted, each_call, fails, repeated_if_harmless, succeeds};
use crate::server::{Behavior, empty_response};

/// A date in the format of HTTP headers, formatted independently of the library that the client uses.
pub(crate) fn httpdate(from_now: u64) -> String {
    let time = SystemTime::now() + Duration::from_secs(from_now);
    partner_client::chrono::DateTime::<partner_client::chrono::Utc>::from(time)
        .format("%a, %d %b %Y %H:%M:%S GMT")
        .to_string()
}

#[tokio::test]
async fn a_429_is_retried_after_the_time_that_the_server_asks_for() {
    // The clock of the server is an hour ahead.
    let date = format!("date: {}\r\nretry-after: {}\r\n", httpdate(3600), httpdate(3601));
    for headers in [String::from("retry-after: 1\r\n"), date] {
        let started = Instant::now();
        let busy = empty_response("429 Too Many Requests", &headers);
        each_call(Behavior::WriteInTurn(vec![busy, accepted()]), |_| succeeds(2)).await;
        let waited = started.elapsed();
        assert!((1..10).contains(&waited.as_secs()), "{headers}: {waited:?}");
    }
}

#[tokio::test]
async fn a_429_of_every_attempt_has_executed_nothing() {
    let end = fails(Api, 3).status(429).not_executed();
    for one in each_call(Behavior::Write(empty_response("429 Too Many Requests", "")), |_| end).await {
        assert_eq!(one.server.executed(), 0, "{:?}", one.call_kind);
        assert!(one.error.unwrap().is_rate_limited());
    }
}

#[tokio::test]
async fn a_retry_after_that_is_too_long_is_not_waited_for() {
    for retry_after in [String::from("86400"), httpdate(86_400)] {
        let busy = empty_response("429 Too Many Requests", &format!("retry-after: {retry_after}\r\n"));
        let end = fails(Api, 1).status(429).not_executed();
        for one in each_call(Behavior::Write(busy), |_| end).await {
            let wait = one.error.unwrap().retry_after().unwrap().as_secs();
            assert!((86_390..=86_400).contains(&wait), "{:?}: {retry_after}: {wait}", one.call_kind);
        }
    }
}

#[tokio::test]
async fn a_503_is_retried_where_that_is_harmless() {
    let responses = vec![empty_response("503 Unavailable", ""), accepted()];
    each_call(Behavior::WriteInTurn(responses), |call_kind| match call_kind {
        CallKind::Read => succeeds(2),
        CallKind::Order | CallKind::Upload => fails(Api, 1).status(503),
    })
    .await;
}

#[tokio::test]
async fn a_503_of_every_attempt_is_an_error_after_three_of_them() {
    for headers in ["", "retry-after: 0\r\n"] {
        let end = fails(Api, 1).status(503);
        each_call(Behavior::Write(empty_response("503 Unavailable", headers)), |call_kind| {
            repeated_if_harmless(call_kind, end)
        })
        .await;
    }
}

#[tokio::test]
async fn a_500_is_not_retried() {
    for status in [500, 505] {
        let response = empty_response(&format!("{status} Oops"), "");
        each_call(Behavior::Write(response), |_| fails(Api, 1).status(status)).await;
    }
}

#[tokio::test]
async fn a_501_has_executed_nothing() {
    let end = fails(Api, 1).status(501).not_executed();
    each_call(Behavior::Write(empty_response("501 Not Implemented", "")), |_| end).await;
}

#[tokio::test]
async fn a_response_of_a_proxy_in_place_of_the_server_leaves_open_what_was_done() {
    // Statuses of nginx, AWS load balancers and Cloudflare, and undefined ones.
    for status in [499, 460, 520, 522, 524, 530, 598, 599, 444, 419] {
        let response = empty_response(&format!("{status} Made Up"), "");
        each_call(Behavior::Write(response), |_| fails(Api, 1).status(status)).await;
    }
}

#[tokio::test]
async fn a_refusal_by_a_proxy_has_executed_nothing() {
    for status in [463, 464, 494, 497] {
        let response = empty_response(&format!("{status} Refused"), "");
        each_call(Behavior::Write(response), |_| fails(Api, 1).status(status).not_executed()).await;
    }
}
