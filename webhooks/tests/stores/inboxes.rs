//! Tests that every inbox must pass.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use partner_webhooks::{
    BoxError, Delivery, EventStore, Handler, Inbox, InboxReceiver, InboxWorker, Outcome, Receive,
};

use crate::backend::Backend;
use crate::deliveries::{PlainEvent, TrustingVerifier, UNREADABLE};
use crate::suite::run;

type Session<B> = <<B as Backend>::Store as EventStore>::Session;

/// Returns the tests of an inbox, as pairs of name and function.
pub(crate) fn tests<B: Backend>() -> Vec<(&'static str, fn())>
where
    B::Store: Inbox<Session = Session<B>>,
{
    vec![
        ("a_delivery_is_stored_once_and_handled_once", || run(stored_once::<B>)),
        ("a_delivery_whose_handler_failed_is_handled_later", || run(handled_later::<B>)),
        ("a_delivery_that_cannot_be_read_is_postponed", || run(postponed::<B>)),
        ("workers_share_an_inbox_and_outlive_a_restart", || run(shared::<B>)),
    ]
}

/// A handler that applies the effect of an event, and afterwards fails for the first `failures` events.
struct ApplyingHandler<B> {
    backend: Arc<B>,
    failures: AtomicUsize,
}

impl<B: Backend> Handler<PlainEvent, Session<B>> for ApplyingHandler<B> {
    async fn handle(&self, event: PlainEvent, session: Session<B>) -> Result<Session<B>, BoxError> {
        let session = self.backend.apply(session, &event.0).await?;
        let left = self.failures.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        match left {
            Ok(_) => Err("failed on purpose".into()),
            Err(_) => Ok(session),
        }
    }
}

fn worker<B: Backend>(
    backend: &Arc<B>,
    store: B::Store,
    failures: usize,
) -> InboxWorker<TrustingVerifier, B::Store, ApplyingHandler<B>>
where
    B::Store: Inbox<Session = Session<B>>,
{
    let failures = AtomicUsize::new(failures);
    InboxWorker::new(TrustingVerifier, store, ApplyingHandler { backend: Arc::clone(backend), failures })
}

fn delivery(event: &str) -> Delivery {
    Delivery::new("/hook", Default::default(), event.to_owned())
}

async fn stored_once<B: Backend>(backend: Arc<B>)
where
    B::Store: Inbox<Session = Session<B>>,
{
    let (receives, works) = (backend.replica().await, backend.replica().await);
    let receiver = InboxReceiver::new(TrustingVerifier, receives);
    assert!(matches!(receiver.receive(delivery("1")).await, Outcome::Stored));
    assert!(matches!(receiver.receive(delivery("1")).await, Outcome::Duplicate));
    let worker = worker(&backend, works, 0);
    assert!(worker.handle_next_delivery().await.unwrap());
    assert!(!worker.handle_next_delivery().await.unwrap(), "nothing is left");
    assert!(matches!(receiver.receive(delivery("1")).await, Outcome::Duplicate));
    assert!(!worker.handle_next_delivery().await.unwrap());
    assert_eq!(backend.count_effects("1").await, 1);
}

async fn handled_later<B: Backend>(backend: Arc<B>)
where
    B::Store: Inbox<Session = Session<B>>,
{
    let store = backend.replica().await;
    let receiver = InboxReceiver::new(TrustingVerifier, store.clone());
    receiver.receive(delivery("1")).await;
    let worker = worker(&backend, store, 1);
    assert_eq!(worker.handle_next_delivery().await.unwrap_err().to_string(), "failed on purpose");
    assert_eq!(backend.count_effects("1").await, 0, "what was done in the session is undone");
    assert!(!worker.handle_next_delivery().await.unwrap(), "it is not due yet");
    receiver.receive(delivery("2")).await;
    assert!(worker.handle_next_delivery().await.unwrap(), "another delivery does not wait for it");
    tokio::time::sleep(Duration::from_millis(2100)).await;
    assert!(worker.handle_next_delivery().await.unwrap());
    assert_eq!((backend.count_effects("1").await, backend.count_effects("2").await), (1, 1));
}

async fn postponed<B: Backend>(backend: Arc<B>)
where
    B::Store: Inbox<Session = Session<B>>,
{
    let store = backend.replica().await;
    let receiver = InboxReceiver::new(TrustingVerifier, store.clone());
    receiver.receive(delivery(UNREADABLE)).await;
    let worker = worker(&backend, store, 0);
    assert!(worker.handle_next_delivery().await.unwrap_err().to_string().contains(UNREADABLE));
    assert!(!worker.handle_next_delivery().await.unwrap(), "it is not due yet");
    receiver.receive(delivery("2")).await;
    assert!(worker.handle_next_delivery().await.unwrap(), "another delivery does not wait for it");
}

async fn shared<B: Backend>(backend: Arc<B>)
where
    B::Store: Inbox<Session = Session<B>>,
{
    const EVENTS: usize = 200;
    let receiver = InboxReceiver::new(TrustingVerifier, backend.replica().await);
    for event in 0..EVENTS {
        let outcome = receiver.receive(delivery(&event.to_string())).await;
        assert!(matches!(outcome, Outcome::Stored), "{outcome:?}");
    }
    let handled = Arc::new(AtomicUsize::new(0));
    let mut workers = Vec::new();
    for _ in 0..4 {
        let (worker, handled) = (worker(&backend, backend.replica().await, 3), Arc::clone(&handled));
        workers.push(tokio::spawn(async move {
            worker.run(|outcome| drop(outcome.map(|()| handled.fetch_add(1, Ordering::SeqCst)))).await;
        }));
    }
    while handled.load(Ordering::SeqCst) < EVENTS / 3 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    backend.restart().await;
    // If the server stopped during a commit, the delivery may be handled without the worker knowing, so the effects are
    // counted instead.
    for _ in 0..150 {
        tokio::time::sleep(Duration::from_millis(200)).await;
        let mut left = 0;
        for event in 0..EVENTS {
            left += u64::from(backend.count_effects(&event.to_string()).await == 0);
        }
        if left == 0 {
            break;
        }
    }
    workers.into_iter().for_each(|worker| worker.abort());
    for event in 0..EVENTS {
        assert_eq!(backend.count_effects(&event.to_string()).await, 1, "event {event}");
    }
}
