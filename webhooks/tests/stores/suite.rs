//! Tests that every store must pass.

use std::sync::Arc;
use std::time::Duration;

use partner_webhooks::{Claim, ClaimResult, EventKey, EventStore, SenderName, StoreError};

use crate::backend::{Backend, KEEP, LEASE, key};
use crate::deliveries;

/// Returns the tests of a store, as pairs of name and function.
pub(crate) fn tests<B: Backend>() -> Vec<(&'static str, fn())> {
    vec![
        ("an_event_is_claimed_by_one_holder_and_done_once", || run(one_holder::<B>)),
        ("a_released_event_can_be_claimed_at_once", || run(released::<B>)),
        ("of_two_replicas_that_race_one_is_granted_the_claim", || run(race::<B>)),
        ("an_event_whose_holder_died_can_be_claimed_after_the_lease", || run(dead_holder::<B>)),
        ("who_has_lost_a_lease_cannot_complete", || run(lost_lease::<B>)),
        ("what_was_completed_outlives_a_restart", || run(restart::<B>)),
        ("a_connection_that_breaks_while_an_event_is_handled_undoes_it", || run(broken_connection::<B>)),
        ("after_a_statement_that_failed_mark_and_effect_are_the_same", || run(failed_statement::<B>)),
        ("a_clock_that_jumps_takes_no_event_from_its_holder", || run(clock_jump::<B>)),
        ("a_handled_event_is_forgotten_when_it_need_not_be_kept", || run(forgotten::<B>)),
        ("ten_thousand_deliveries_of_two_thousand_events_have_their_effects", || {
            run(deliveries::random::<B>)
        }),
    ]
}

pub(crate) fn run<B: Backend, F: Future<Output = ()>>(test: fn(Arc<B>) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async { test(Arc::new(B::start().await)).await });
}

type Session<B> = <<B as Backend>::Store as EventStore>::Session;

/// Claims an event, and returns the granted claim. Waits at most for the lease and the time until the server notices
/// that the lease has ended.
async fn claim<B: Backend>(store: &B::Store, key: &EventKey) -> (Claim, Session<B>) {
    for _ in 0..40 {
        match store.claim_event(key, LEASE).await {
            Ok(ClaimResult::Granted(claim, session)) => return (claim, session),
            Ok(ClaimResult::AlreadyHandled) => panic!("{key} is done"),
            // An error can come from a connection of the pool that has just been broken, so the claim is tried again.
            Ok(ClaimResult::HeldByAnother { .. }) | Err(_) => tokio::time::sleep(LEASE / 10).await,
        }
    }
    panic!("{key} is not granted");
}

async fn is_done<B: Backend>(store: &B::Store, key: &EventKey) -> bool {
    matches!(store.claim_event(key, LEASE).await, Ok(ClaimResult::AlreadyHandled))
}

async fn one_holder<B: Backend>(backend: Arc<B>) {
    let (one, other) = (backend.replica().await, backend.replica().await);
    let (granted, session) = claim::<B>(&one, &key("1")).await;
    let held = other.claim_event(&key("1"), LEASE).await.unwrap();
    assert!(
        matches!(held, ClaimResult::HeldByAnother { remaining_time } if remaining_time <= Duration::from_secs(1))
    );
    if B::PARALLEL {
        assert!(matches!(other.claim_event(&key("2"), LEASE).await.unwrap(), ClaimResult::Granted(..)));
    }
    let session = backend.apply(session, "1").await.unwrap();
    one.complete_claim(granted, session).await.unwrap();
    for store in [&one, &other] {
        assert!(is_done::<B>(store, &key("1")).await);
    }
    assert_eq!(backend.count_effects("1").await, 1);
}

async fn released<B: Backend>(backend: Arc<B>) {
    let store = backend.replica().await;
    let (granted, session) = claim::<B>(&store, &key("1")).await;
    let session = backend.apply(session, "1").await.unwrap();
    drop(session);
    store.release_claim(granted).await.unwrap();
    let (granted, session) = claim::<B>(&store, &key("1")).await;
    store.complete_claim(granted, session).await.unwrap();
    assert!(is_done::<B>(&store, &key("1")).await);
    assert_eq!(
        backend.count_effects("1").await,
        u64::from(!B::TRANSACTIONAL),
        "what was done in the session is undone"
    );
}

async fn race<B: Backend>(backend: Arc<B>) {
    let replicas = [backend.replica().await, backend.replica().await];
    for round in 0..20 {
        let key = key(&format!("race-{round}"));
        let tries: Vec<_> = (0..8)
            .map(|at| {
                let (store, key) = (replicas[at % 2].clone(), key.clone());
                tokio::spawn(async move {
                    let Ok(ClaimResult::Granted(claim, session)) = store.claim_event(&key, LEASE).await
                    else {
                        return 0;
                    };
                    tokio::time::sleep(Duration::from_millis(5)).await;
                    store.complete_claim(claim, session).await.unwrap();
                    1
                })
            })
            .collect();
        let mut granted = 0;
        for attempt in tries {
            granted += attempt.await.unwrap();
        }
        assert_eq!(granted, 1, "round {round}");
    }
}

async fn dead_holder<B: Backend>(backend: Arc<B>) {
    let (dies, lives) = (backend.replica().await, backend.replica().await);
    let (granted, session) = claim::<B>(&dies, &key("1")).await;
    let session = backend.apply(session, "1").await.unwrap();
    drop((granted, session, dies));
    let (granted, session) = claim::<B>(&lives, &key("1")).await;
    let session = backend.apply(session, "1").await.unwrap();
    lives.complete_claim(granted, session).await.unwrap();
    let expected = if B::TRANSACTIONAL { 1 } else { 2 };
    assert_eq!(backend.count_effects("1").await, expected);
}

async fn lost_lease<B: Backend>(backend: Arc<B>) {
    if B::TRANSACTIONAL && !B::PARALLEL {
        // A transaction of SQLite holds the write lock until it ends, so no other holder can take the event, and the
        // test does not apply.
        return;
    }
    let (slow, next) = (backend.replica().await, backend.replica().await);
    let (granted, session) = claim::<B>(&slow, &key("1")).await;
    let session = backend.apply(session, "1").await.unwrap();
    tokio::time::sleep(LEASE + LEASE / 2).await;
    let (new, new_session) = claim::<B>(&next, &key("1")).await;
    let lost = slow.complete_claim(granted, session).await;
    assert!(matches!(lost, Err(StoreError::LeaseExpired | StoreError::Failed(_))), "{lost:?}");
    let new_session = backend.apply(new_session, "1").await.unwrap();
    next.complete_claim(new, new_session).await.unwrap();
    let expected = if B::TRANSACTIONAL { 1 } else { 2 };
    assert_eq!(backend.count_effects("1").await, expected);
}

async fn restart<B: Backend>(backend: Arc<B>) {
    let before = backend.replica().await;
    let (granted, session) = claim::<B>(&before, &key("1")).await;
    let session = backend.apply(session, "1").await.unwrap();
    before.complete_claim(granted, session).await.unwrap();
    backend.restart().await;
    let after = backend.replica().await;
    assert!(is_done::<B>(&after, &key("1")).await);
    assert_eq!(backend.count_effects("1").await, 1);
}

async fn broken_connection<B: Backend>(backend: Arc<B>) {
    let store = backend.replica().await;
    let (granted, session) = claim::<B>(&store, &key("1")).await;
    let session = backend.apply(session, "1").await.unwrap();
    backend.break_connections().await;
    let completed = store.complete_claim(granted, session).await;
    if B::NAME == "postgres" {
        assert!(completed.is_err(), "the transaction went with its connection");
    }
    let store = backend.replica().await;
    if completed.is_err() {
        let (granted, session) = claim::<B>(&store, &key("1")).await;
        let session = backend.apply(session, "1").await.unwrap();
        store.complete_claim(granted, session).await.unwrap();
    }
    assert!(is_done::<B>(&store, &key("1")).await);
    if B::TRANSACTIONAL {
        assert_eq!(backend.count_effects("1").await, 1);
    }
}

async fn failed_statement<B: Backend>(backend: Arc<B>) {
    let store = backend.replica().await;
    let (granted, session) = claim::<B>(&store, &key("1")).await;
    let session = backend.apply(session, "1").await.unwrap();
    let session = backend.fail_statement(session).await;
    let completed = store.complete_claim(granted, session).await.is_ok();
    assert_eq!(backend.count_effects("1").await, u64::from(completed));
    assert_eq!(is_done::<B>(&store, &key("1")).await, completed);
}

async fn clock_jump<B: Backend>(backend: Arc<B>) {
    let (store, future) = (backend.replica().await, backend.replica_of_the_future().await);
    let (granted, session) = claim::<B>(&store, &key("1")).await;
    assert!(matches!(future.claim_event(&key("1"), LEASE).await.unwrap(), ClaimResult::HeldByAnother { .. }));
    let session = backend.apply(session, "1").await.unwrap();
    store.complete_claim(granted, session).await.unwrap();
    assert_eq!(backend.count_effects("1").await, 1);
}

async fn forgotten<B: Backend>(backend: Arc<B>) {
    let store = backend.replica().await;
    let short = EventKey::new(SenderName("test"), "short", Duration::from_secs(1));
    for key in [
        &short,
        &EventKey::new(SenderName("test"), "long", KEEP),
        &EventKey::new(SenderName("test"), "forever", Duration::MAX),
    ] {
        let (granted, session) = claim::<B>(&store, key).await;
        store.complete_claim(granted, session).await.unwrap();
        assert!(is_done::<B>(&store, key).await, "{key}");
    }
    tokio::time::sleep(Duration::from_millis(2100)).await;
    assert!(is_done::<B>(&store, &key("long")).await);
    assert!(is_done::<B>(&store, &key("forever")).await);
    let (granted, session) = claim::<B>(&store, &short).await;
    store.complete_claim(granted, session).await.unwrap();
    assert!(is_done::<B>(&store, &short).await);
}
