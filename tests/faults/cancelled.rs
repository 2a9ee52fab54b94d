//! Calls whose futures are dropped.

use std::time::Duration;

use crate::server::{Behavior, Server, empty_response, order};

#[tokio::test]
async fn a_call_that_is_dropped_closes_its_connection() {
    let server = Server::start(Behavior::WriteAndStall(Vec::new())).await;
    let call = tokio::spawn(order(&server.client()).into_future());
    wait_until(|| server.requests() == 1).await;
    assert_eq!(server.closed(), 0);
    call.abort();
    wait_until(|| server.closed() == 1).await;
}

#[tokio::test]
async fn a_call_that_is_dropped_between_attempts_is_not_retried() {
    let server = Server::start(Behavior::Write(empty_response("429 Too Many", "retry-after: 1\r\n"))).await;
    let call = tokio::spawn(order(&server.client()).into_future());
    wait_until(|| server.requests() == 1).await;
    // The response is being sent, and the pause before the next attempt has begun or is about to begin.
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!call.is_finished());
    call.abort();
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(server.requests(), 1);
}

async fn wait_until(happened: impl Fn() -> bool) {
    let wait = async {
        while !happened() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), wait).await.expect("it happens");
}
