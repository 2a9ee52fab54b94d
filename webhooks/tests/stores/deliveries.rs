//! Tests a store with deliveries in random order, with duplicates, to two receivers, while the store is restarted
//! twice.

use std::collections::{HashSet, VecDeque};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use partner_webhooks::{
    BoxError, Delivery, Event, EventKey, EventStore, Handler, Outcome, Receive, Receiver, Refusal, Verifier,
};

use crate::backend::{Backend, key};

const EVENTS: usize = 2_000;
const DELIVERIES: usize = 10_000;
const WORKERS: usize = 8;

/// A verifier that accepts every delivery. The body of the delivery is the id of the event.
pub(crate) struct TrustingVerifier;

/// A body that the verifier can store, but not read again, as after an update of the service.
pub(crate) const UNREADABLE: &str = "unreadable";

pub(crate) struct PlainEvent(pub(crate) String);

impl Event for PlainEvent {
    fn key(&self) -> EventKey {
        key(&self.0)
    }
}

impl Verifier for TrustingVerifier {
    type Event = PlainEvent;

    fn verify(&self, delivery: &Delivery) -> Result<PlainEvent, Refusal> {
        Ok(PlainEvent(String::from_utf8_lossy(&delivery.body).into_owned()))
    }

    fn read_stored_event(&self, delivery: &Delivery) -> Result<PlainEvent, Refusal> {
        match delivery.body == UNREADABLE {
            true => Err(Refusal::MalformedBody(UNREADABLE.to_owned())),
            false => self.verify(delivery),
        }
    }

    fn max_body_bytes(&self) -> usize {
        100
    }
}

/// A handler that applies the effect of an event, and counts the times at which two handlers handle one event.
struct ApplyingHandler<B> {
    backend: Arc<B>,
    running: Arc<Mutex<HashSet<String>>>,
    overlaps: Arc<AtomicUsize>,
}

impl<B: Backend> Handler<PlainEvent, <B::Store as EventStore>::Session> for ApplyingHandler<B> {
    async fn handle(
        &self,
        event: PlainEvent,
        session: <B::Store as EventStore>::Session,
    ) -> Result<<B::Store as EventStore>::Session, BoxError> {
        if !self.running.lock().unwrap().insert(event.0.clone()) {
            self.overlaps.fetch_add(1, Ordering::SeqCst);
        }
        // The handler fails at random, after it has applied the effect.
        let applied = self.backend.apply(session, &event.0).await;
        self.running.lock().unwrap().remove(&event.0);
        match fastrand::u8(..) {
            0..4 => Err("failed by chance".into()),
            _ => applied,
        }
    }
}

pub(crate) async fn random<B: Backend>(backend: Arc<B>) {
    let mut order: Vec<usize> = (0..DELIVERIES).map(|at| at % EVENTS).collect();
    fastrand::Rng::with_seed(18).shuffle(&mut order);
    let queue = Arc::new(Mutex::new(VecDeque::from(order)));
    let (running, overlaps, acknowledged) = (Arc::default(), Arc::default(), Arc::new(AtomicUsize::new(0)));
    let started = Instant::now();
    let mut workers = Vec::new();
    for _ in 0..2 {
        let handler = ApplyingHandler {
            backend: backend.clone(),
            running: Arc::clone(&running),
            overlaps: Arc::clone(&overlaps),
        };
        let receiver =
            Receiver::new(TrustingVerifier, backend.replica().await, handler).lease(Duration::from_secs(5));
        for _ in 0..WORKERS {
            let (receiver, queue, acknowledged) = (receiver.clone(), queue.clone(), acknowledged.clone());
            workers.push(tokio::spawn(async move {
                while acknowledged.load(Ordering::SeqCst) < DELIVERIES {
                    let next = queue.lock().unwrap().pop_front();
                    let Some(event) = next else {
                        tokio::time::sleep(Duration::from_millis(10)).await;
                        continue;
                    };
                    let delivery = Delivery::new("/", Default::default(), event.to_string());
                    match receiver.receive(delivery).await {
                        Outcome::Handled | Outcome::Duplicate => {
                            acknowledged.fetch_add(1, Ordering::SeqCst);
                        }
                        // The delivery is put back into the queue, like a sender that delivers an event again later.
                        _ => {
                            tokio::time::sleep(Duration::from_millis(10)).await;
                            queue.lock().unwrap().push_back(event);
                        }
                    }
                }
            }));
        }
    }
    for part in 1..=2 {
        while acknowledged.load(Ordering::SeqCst) < part * DELIVERIES / 3 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        backend.restart().await;
    }
    for worker in workers {
        worker.await.unwrap();
    }
    let rate = DELIVERIES as f64 / started.elapsed().as_secs_f64();
    eprintln!("{}: {DELIVERIES} deliveries of {EVENTS} events, {rate:.0} deliveries a second", B::NAME);
    assert_eq!(overlaps.load(Ordering::SeqCst), 0, "two handlers of one event at a time");
    for event in 0..EVENTS {
        let effects = backend.count_effects(&event.to_string()).await;
        let expected = if B::TRANSACTIONAL { effects == 1 } else { effects >= 1 };
        assert!(expected, "event {event} had {effects} effects");
    }
}
