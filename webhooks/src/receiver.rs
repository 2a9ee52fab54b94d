use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::Method;

use crate::{BoxError, Claimed, Delivery, Event, EventStore, Outcome, Refusal, StoreError, Verifier};

/// How long a handler has an event to itself, unless set otherwise: less than any gap between two deliveries of an event
/// that a sender documents for its last attempt.
pub(crate) const LEASE: Duration = Duration::from_secs(30);

/// Handles the events of a receiver.
///
/// Functions are handlers: `async fn(E, S) -> Result<S, BoxError>`, where `S` is the session of the store, which they give
/// back when they have succeeded.
pub trait Handler<E, S>: Send + Sync + 'static {
    /// Handles an event. The session is dropped, and what was done in it undone, when this fails.
    ///
    /// # Errors
    ///
    /// Any; the event is then handled again when it is delivered again.
    fn handle(&self, event: E, session: S) -> impl Future<Output = Result<S, BoxError>> + Send;
}

impl<E, S, F, R> Handler<E, S> for F
where
    F: Fn(E, S) -> R + Send + Sync + 'static,
    R: Future<Output = Result<S, BoxError>> + Send,
{
    fn handle(&self, event: E, session: S) -> impl Future<Output = Result<S, BoxError>> + Send {
        self(event, session)
    }
}

/// Takes deliveries of one sender, and has each event handled once, before the sender is told so.
///
/// Clones are the same receiver.
pub struct Receiver<V, S, H> {
    shared: Arc<Shared<V, S, H>>,
    lease: Duration,
}

struct Shared<V, S, H> {
    verifier: V,
    store: S,
    handler: H,
}

impl<V, S, H> Receiver<V, S, H>
where
    V: Verifier,
    S: EventStore,
    H: Handler<V::Event, S::Session>,
{
    /// A receiver that verifies deliveries, and has their events handled before it acknowledges them.
    pub fn new(verifier: V, store: S, handler: H) -> Receiver<V, S, H> {
        Receiver { shared: Arc::new(Shared { verifier, store, handler }), lease: LEASE }
    }

    /// How long a handler has an event to itself: 30 seconds, unless this is set.
    ///
    /// A handler that takes longer may run twice at the same time. When its process dies, the event is handled again by
    /// the first delivery after the lease, so it has to be shorter than the gap before the sender's last attempt.
    #[must_use]
    pub fn lease(self, lease: Duration) -> Self {
        Receiver { lease, ..self }
    }

    /// Has an event handled, unless it was or is being handled.
    async fn handle(&self, event: V::Event) -> Outcome {
        let Shared { store, handler, .. } = &*self.shared;
        let (claim, session) = match store.claim(&event.key(), self.lease).await {
            Ok(Claimed::Granted(claim, session)) => (claim, session),
            Ok(Claimed::Done) => return Outcome::Duplicate,
            Ok(Claimed::Held { remaining }) => return Outcome::Busy { retry_after: remaining },
            Err(error) => return Outcome::StoreFailed(error.into()),
        };
        match handler.handle(event, session).await {
            Ok(session) => match store.complete(claim, session).await {
                Ok(()) => Outcome::Handled,
                Err(StoreError::LeaseLost) => Outcome::LeaseLost,
                Err(error) => Outcome::StoreFailed(error.into()),
            },
            Err(error) => {
                // Without the release, the event is claimed after the lease instead of at once.
                let _ = store.release(claim).await;
                Outcome::HandlerFailed(error)
            }
        }
    }
}

impl<V, S, H> Receive for Receiver<V, S, H>
where
    V: Verifier,
    S: EventStore,
    H: Handler<V::Event, S::Session>,
{
    /// Verifies a delivery and has its event handled.
    ///
    /// When the future is dropped, the handler stops where it is, and the event can be claimed after the lease. A
    /// [`Service`](crate::Service) prevents that.
    fn receive(&self, delivery: Delivery) -> impl Future<Output = Outcome> + Send {
        let verified = verify(&self.shared.verifier, &delivery);
        async move {
            match verified {
                Ok(event) => self.handle(event).await,
                Err(outcome) => outcome,
            }
        }
    }

    fn body_limit(&self) -> usize {
        self.shared.verifier.body_limit()
    }
}

/// Takes deliveries.
pub trait Receive: Clone + Send + Sync + 'static {
    /// Takes a delivery, and says what became of it.
    fn receive(&self, delivery: Delivery) -> impl Future<Output = Outcome> + Send;

    /// How large a body may be.
    fn body_limit(&self) -> usize;
}

/// Verifies a delivery. What needs no handler is an outcome.
pub(crate) fn verify<V: Verifier>(verifier: &V, delivery: &Delivery) -> Result<V::Event, Outcome> {
    if verifier.is_health_check(&delivery.path) {
        return Err(Outcome::Healthy);
    }
    if delivery.method != Method::POST {
        return Err(Outcome::Refused(Refusal::Method));
    }
    verifier.verify(delivery).map_err(Outcome::Refused)
}

impl<V, S, H> Clone for Receiver<V, S, H> {
    fn clone(&self) -> Self {
        Receiver { shared: Arc::clone(&self.shared), lease: self.lease }
    }
}

impl<V: fmt::Debug, S: fmt::Debug, H> fmt::Debug for Receiver<V, S, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shared { verifier, store, .. } = &*self.shared;
        f.debug_struct("Receiver").field("verifier", verifier).field("store", store).finish_non_exhaustive()
    }
}
