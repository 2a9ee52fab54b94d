//! What every store of events promises.

use std::time::Duration;

use partner_client::webhooks::{ClaimResult, EventKey, EventStore, MemoryStore, SenderName, StoreError};

const LEASE: Duration = Duration::from_secs(20);
const KEEP: Duration = Duration::from_secs(3600);

fn key(id: &str) -> EventKey {
    EventKey::new(SenderName("test"), id, KEEP)
}

#[tokio::test(start_paused = true)]
async fn a_handled_event_is_forgotten_once_its_key_need_not_be_kept() {
    let store = MemoryStore::new(10);
    let ClaimResult::Granted(claim, ()) = store.claim_event(&key("1"), LEASE).await.unwrap() else {
        panic!()
    };
    tokio::time::advance(LEASE / 2).await;
    store.complete_claim(claim, ()).await.unwrap();
    tokio::time::advance(KEEP - Duration::from_secs(1)).await;
    assert!(matches!(store.claim_event(&key("1"), LEASE).await.unwrap(), ClaimResult::AlreadyHandled));
    tokio::time::advance(Duration::from_secs(1)).await;
    assert!(matches!(store.claim_event(&key("1"), LEASE).await.unwrap(), ClaimResult::Granted(..)));
}

#[tokio::test(start_paused = true)]
async fn forgetting_old_events_makes_room_for_new_ones() {
    let store = MemoryStore::new(2);
    let ClaimResult::Granted(first, ()) = store.claim_event(&key("1"), LEASE).await.unwrap() else {
        panic!()
    };
    let ClaimResult::Granted(second, ()) = store.claim_event(&key("2"), LEASE).await.unwrap() else {
        panic!()
    };
    assert!(matches!(store.claim_event(&key("3"), LEASE).await, Err(StoreError::Full)));
    store.release_claim(first).await.unwrap();
    assert!(matches!(store.claim_event(&key("3"), LEASE).await.unwrap(), ClaimResult::Granted(..)));
    store.complete_claim(second, ()).await.unwrap();
    tokio::time::advance(LEASE).await;
    assert!(matches!(store.claim_event(&key("4"), LEASE).await.unwrap(), ClaimResult::Granted(..)));
    assert_eq!(store.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn the_holder_of_an_expired_lease_can_neither_complete_nor_release_the_event() {
    let store = MemoryStore::new(10);
    let ClaimResult::Granted(slow, ()) = store.claim_event(&key("1"), LEASE).await.unwrap() else { panic!() };
    let ClaimResult::Granted(slow_to_fail, ()) = store.claim_event(&key("2"), LEASE).await.unwrap() else {
        panic!()
    };
    tokio::time::advance(LEASE).await;
    let ClaimResult::Granted(next, ()) = store.claim_event(&key("1"), LEASE).await.unwrap() else { panic!() };
    let ClaimResult::Granted(_, ()) = store.claim_event(&key("2"), LEASE).await.unwrap() else { panic!() };
    assert!(matches!(store.complete_claim(slow, ()).await, Err(StoreError::LeaseExpired)));
    store.release_claim(slow_to_fail).await.unwrap();
    assert!(matches!(store.claim_event(&key("2"), LEASE).await.unwrap(), ClaimResult::HeldByAnother { .. }));
    store.complete_claim(next, ()).await.unwrap();
    assert!(matches!(store.claim_event(&key("1"), LEASE).await.unwrap(), ClaimResult::AlreadyHandled));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn only_one_of_many_concurrent_claims_is_granted() {
    for round in 0..50 {
        let store = MemoryStore::new(100);
        let tries: Vec<_> = (0..20)
            .map(|_| {
                let (store, key) = (store.clone(), key(&round.to_string()));
                tokio::spawn(async move {
                    matches!(store.claim_event(&key, LEASE).await, Ok(ClaimResult::Granted(..)))
                })
            })
            .collect();
        let mut granted = 0;
        for attempt in tries {
            granted += usize::from(attempt.await.unwrap());
        }
        assert_eq!(granted, 1);
    }
}

#[tokio::test]
async fn a_lease_and_a_time_to_keep_of_any_length_do_no_harm() {
    let store = MemoryStore::new(10);
    let key = EventKey::new(SenderName("test"), "1", Duration::MAX);
    let ClaimResult::Granted(claim, ()) = store.claim_event(&key, Duration::MAX).await.unwrap() else {
        panic!()
    };
    store.complete_claim(claim, ()).await.unwrap();
    assert!(matches!(store.claim_event(&key, Duration::MAX).await.unwrap(), ClaimResult::AlreadyHandled));
}
