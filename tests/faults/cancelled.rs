//! Calls that nobody waits for any more.

use std::time::Duration;

use crate::server::{Server, Then, empty, order};

#[tokio::test]
async fn a_call_that_is_dropped_gives_up_its_connection() {
    let server = Server::that(Then::WriteAndStall(Vec::new())).await;
    let call = tokio::spawn(order(&server.client()).into_future());
    until(|| server.requests() == 1).await;
    assert_eq!(server.closed(), 0);
    call.abort();
    until(|| server.closed() == 1).await;
}

#[tokio::test]
async fn a_call_that_is_dropped_in_a_pause_is_not_attempted_again() {
    let server = Server::that(Then::Write(empty("429 Too Many", "retry-after: 1\r\n"))).await;
    let call = tokio::spawn(order(&server.client()).into_future());
    until(|| server.requests() == 1).await;
    // The answer is on its way, and the pause has begun or is about to.
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!call.is_finished());
    call.abort();
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(server.requests(), 1);
}

async fn until(happened: impl Fn() -> bool) {
    let wait = async {
        while !happened() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), wait).await.expect("it happens");
}
