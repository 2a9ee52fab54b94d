//! How often an event is handled, and what the sender is told.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use partner_client::http::{Method, Response, StatusCode, header};
use partner_client::unigox::webhook::{Event, Verifier};
use partner_client::webhooks::{
    BoxError, Delivery, Handler, MemoryStore, Outcome, Receive as _, Receiver, Refusal,
};
use tokio::sync::Notify;

use crate::deliveries::{BODY, order, signed, verifier};

/// Counts how often a handler ran.
#[derive(Clone, Default)]
pub(crate) struct Runs(Arc<AtomicUsize>);

impl Runs {
    pub(crate) fn add(&self) -> usize {
        self.0.fetch_add(1, Ordering::SeqCst) + 1
    }

    pub(crate) fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

/// A receiver that counts, and the count.
fn counting() -> (Receiver<Verifier, MemoryStore, Runs>, Runs) {
    let runs = Runs::default();
    (Receiver::new(verifier(), MemoryStore::new(100), runs.clone()), runs)
}

impl Handler<Event, ()> for Runs {
    async fn handle(&self, _: Event, (): ()) -> Result<(), BoxError> {
        self.add();
        Ok(())
    }
}

#[tokio::test]
async fn an_event_is_handled_once_however_often_it_is_replayed() {
    let (receiver, runs) = counting();
    let first = receiver.receive(signed(BODY)).await;
    assert!(matches!(first, Outcome::Handled), "{first:?}");
    for _ in 0..3 {
        let replay = receiver.receive(signed(BODY)).await;
        assert!(matches!(replay, Outcome::Duplicate), "{replay:?}");
        assert_eq!(replay.status(), StatusCode::OK);
    }
    assert_eq!(runs.count(), 1);
}

#[tokio::test]
async fn a_refused_delivery_is_neither_handled_nor_remembered() {
    let (receiver, runs) = counting();
    let forged = Delivery { body: BODY.replace("VERIFIED", "REJECTED").into(), ..signed(BODY) };
    let outcome = receiver.receive(forged).await;
    assert!(matches!(outcome, Outcome::Refused(Refusal::WrongSignature)), "{outcome:?}");
    assert_eq!(runs.count(), 0);
    assert!(matches!(receiver.receive(signed(BODY)).await, Outcome::Handled));
}

#[tokio::test]
async fn only_post_is_received() {
    let (receiver, runs) = counting();
    for method in [Method::GET, Method::PUT, Method::HEAD] {
        let outcome = receiver.receive(Delivery { method, ..signed(BODY) }).await;
        let response: Response<&str> = outcome.to_response();
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(response.headers()[header::ALLOW], "POST");
    }
    assert_eq!(runs.count(), 0);
}

#[tokio::test]
async fn an_event_whose_handler_failed_is_handled_when_it_is_delivered_again() {
    let runs = Runs::default();
    let counted = runs.clone();
    let receiver = Receiver::new(verifier(), MemoryStore::new(100), move |_: Event, ()| {
        let run = counted.add();
        async move { if run == 1 { Err(BoxError::from("no database")) } else { Ok(()) } }
    });
    let failed = receiver.receive(signed(BODY)).await;
    assert!(matches!(&failed, Outcome::HandlerFailed(error) if error.to_string() == "no database"));
    assert_eq!(failed.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(matches!(receiver.receive(signed(BODY)).await, Outcome::Handled));
    assert_eq!(runs.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn another_delivery_of_an_event_that_is_being_handled_is_asked_to_retry() {
    let (runs, entered, goes_on) = (Runs::default(), Arc::new(Notify::new()), Arc::new(Notify::new()));
    let receiver = Receiver::new(verifier(), MemoryStore::new(100), {
        let (runs, entered, goes_on) = (runs.clone(), entered.clone(), goes_on.clone());
        move |_: Event, ()| {
            runs.add();
            let (entered, goes_on) = (entered.clone(), goes_on.clone());
            async move {
                entered.notify_one();
                goes_on.notified().await;
                Ok(())
            }
        }
    })
    .lease(Duration::from_secs(20));
    let first = tokio::spawn({
        let receiver = receiver.clone();
        async move { receiver.receive(signed(BODY)).await }
    });
    entered.notified().await;
    tokio::time::advance(Duration::from_secs(5)).await;
    let second = receiver.receive(signed(BODY)).await;
    assert!(
        matches!(second, Outcome::Busy { retry_after } if retry_after == Duration::from_secs(15)),
        "{second:?}"
    );
    let response: Response<&str> = second.to_response();
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(response.headers()[header::RETRY_AFTER], "15");
    goes_on.notify_one();
    assert!(matches!(first.await.unwrap(), Outcome::Handled));
    assert!(matches!(receiver.receive(signed(BODY)).await, Outcome::Duplicate));
    assert_eq!(runs.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_event_whose_holder_died_is_handled_after_the_lease_has_expired() {
    let runs = Runs::default();
    let counted = runs.clone();
    let receiver = Receiver::new(verifier(), MemoryStore::new(100), move |_: Event, ()| {
        let run = counted.add();
        async move {
            if run == 1 {
                std::future::pending::<()>().await;
            }
            Ok(())
        }
    })
    .lease(Duration::from_secs(20));
    let dies = tokio::spawn({
        let receiver = receiver.clone();
        async move { receiver.receive(signed(BODY)).await }
    });
    tokio::task::yield_now().await;
    dies.abort();
    assert!(matches!(receiver.receive(signed(BODY)).await, Outcome::Busy { .. }));
    tokio::time::advance(Duration::from_secs(20)).await;
    assert!(matches!(receiver.receive(signed(BODY)).await, Outcome::Handled));
    assert_eq!(runs.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_outlives_its_lease_does_not_mark_the_event() {
    let receiver = Receiver::new(verifier(), MemoryStore::new(100), |_: Event, ()| async {
        tokio::time::sleep(Duration::from_secs(21)).await;
        Ok(())
    })
    .lease(Duration::from_secs(20));
    let outcome = receiver.receive(signed(BODY)).await;
    assert!(matches!(outcome, Outcome::LeaseExpired), "{outcome:?}");
    assert_eq!(outcome.status(), StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn a_full_store_refuses_new_events_and_forgets_none() {
    let runs = Runs::default();
    let counted = runs.clone();
    let receiver = Receiver::new(verifier(), MemoryStore::new(1), move |_: Event, ()| {
        counted.add();
        std::future::ready(Ok(()))
    });
    assert!(matches!(receiver.receive(signed(BODY)).await, Outcome::Handled));
    let other = receiver.receive(signed(order("evt_2", "completed", "2026-01-01T00:00:00Z"))).await;
    assert!(matches!(&other, Outcome::StoreFailed(_)), "{other:?}");
    assert_eq!(other.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(matches!(receiver.receive(signed(BODY)).await, Outcome::Duplicate));
    assert_eq!(runs.count(), 1);
}

#[test]
fn each_refusal_has_the_status_that_the_docs_of_receivers_promise() {
    let seconds = Duration::from_secs;
    for (refusal, status) in [
        (Refusal::WrongMethod, 405),
        (Refusal::BodyTooLarge { max_bytes: 1 }, 413),
        (Refusal::CompressedBody, 415),
        (Refusal::IncompleteBody, 400),
        (Refusal::MissingHeader("x"), 401),
        (Refusal::RepeatedHeader("x"), 401),
        (Refusal::MalformedSignature, 401),
        (Refusal::MalformedTimestamp, 401),
        (Refusal::WrongSignature, 401),
        (Refusal::WrongToken, 401),
        (Refusal::SignatureTooOld { age: seconds(2), max_age: seconds(1) }, 403),
        (Refusal::SignatureInFuture { ahead_by: seconds(2), max_clock_skew: seconds(1) }, 403),
        (Refusal::MalformedBody("x".to_owned()), 400),
    ] {
        let outcome = Outcome::Refused(refusal);
        let response: Response<&str> = outcome.to_response();
        assert_eq!(response.status().as_u16(), status, "{outcome:?}");
        assert_eq!(*response.body(), "{}", "the sender is not told why");
    }
}
