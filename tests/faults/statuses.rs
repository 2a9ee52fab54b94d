//! Answers that say that the server is busy, or not there.

use std::time::{Duration, Instant, SystemTime};

use partner_client::ErrorKind::Api;

use crate::server::{Then, empty};
use crate::three::{Which, accepted, fails, repeated_if_harmless, succeeds, three};

/// A date as HTTP writes it, without a library to do so.
pub(crate) fn httpdate(from_now: u64) -> String {
    let time = SystemTime::now() + Duration::from_secs(from_now);
    partner_client::chrono::DateTime::<partner_client::chrono::Utc>::from(time)
        .format("%a, %d %b %Y %H:%M:%S GMT")
        .to_string()
}

#[tokio::test]
async fn too_many_requests_are_sent_again_when_the_server_says_so() {
    // The clock of the server is an hour ahead.
    let date = format!("date: {}\r\nretry-after: {}\r\n", httpdate(3600), httpdate(3601));
    for headers in [String::from("retry-after: 1\r\n"), date] {
        let started = Instant::now();
        let busy = empty("429 Too Many Requests", &headers);
        three(Then::WriteInTurn(vec![busy, accepted()]), |_| succeeds(2)).await;
        let waited = started.elapsed();
        assert!((1..10).contains(&waited.as_secs()), "{headers}: {waited:?}");
    }
}

#[tokio::test]
async fn too_many_requests_without_end_have_executed_nothing() {
    let end = fails(Api, 3).status(429).not_executed();
    for one in three(Then::Write(empty("429 Too Many Requests", "")), |_| end).await {
        assert_eq!(one.server.executed(), 0, "{:?}", one.which);
        assert!(one.error.unwrap().is_rate_limited());
    }
}

#[tokio::test]
async fn a_server_that_asks_to_wait_for_too_long_is_left_alone() {
    for retry_after in [String::from("86400"), httpdate(86_400)] {
        let busy = empty("429 Too Many Requests", &format!("retry-after: {retry_after}\r\n"));
        let end = fails(Api, 1).status(429).not_executed();
        for one in three(Then::Write(busy), |_| end).await {
            let wait = one.error.unwrap().retry_after().unwrap().as_secs();
            assert!((86_390..=86_400).contains(&wait), "{:?}: {retry_after}: {wait}", one.which);
        }
    }
}

#[tokio::test]
async fn what_is_unavailable_once_is_asked_again_where_that_is_harmless() {
    let answers = vec![empty("503 Unavailable", ""), accepted()];
    three(Then::WriteInTurn(answers), |which| match which {
        Which::Read => succeeds(2),
        Which::Order | Which::Upload => fails(Api, 1).status(503),
    })
    .await;
}

#[tokio::test]
async fn what_stays_unavailable_is_asked_three_times_where_that_is_harmless() {
    for headers in ["", "retry-after: 0\r\n"] {
        let end = fails(Api, 1).status(503);
        three(Then::Write(empty("503 Unavailable", headers)), |which| repeated_if_harmless(which, end)).await;
    }
}

#[tokio::test]
async fn what_the_server_failed_at_is_not_asked_again() {
    for status in [500, 505] {
        let answer = empty(&format!("{status} Oops"), "");
        three(Then::Write(answer), |_| fails(Api, 1).status(status)).await;
    }
}

#[tokio::test]
async fn what_the_server_has_no_method_for_was_not_done() {
    let end = fails(Api, 1).status(501).not_executed();
    three(Then::Write(empty("501 Not Implemented", "")), |_| end).await;
}

#[tokio::test]
async fn what_a_proxy_answers_in_place_of_the_server_may_have_been_done() {
    // nginx, an AWS load balancer, Cloudflare, and what nobody has defined.
    for status in [499, 460, 520, 522, 524, 530, 598, 599, 444, 419] {
        let answer = empty(&format!("{status} Made Up"), "");
        three(Then::Write(answer), |_| fails(Api, 1).status(status)).await;
    }
}

#[tokio::test]
async fn what_a_proxy_refuses_itself_was_not_done() {
    for status in [463, 464, 494, 497] {
        let answer = empty(&format!("{status} Refused"), "");
        three(Then::Write(answer), |_| fails(Api, 1).status(status).not_executed()).await;
    }
}
