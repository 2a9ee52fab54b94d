use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::Method;

use crate::{BoxError, ClaimResult, Delivery, Event, EventStore, Outcome, Refusal, StoreError, Verifier};

/// The default lease: the time for which a handler has exclusive access to an event. If the process of the handler
/// dies, the event can be handled again only after this time. The time is shorter than the pause before a sender's last
/// attempt, for all senders that document their attempts.
pub(crate) const DEFAULT_LEASE: Duration = Duration::from_secs(30);

/// Handles the events of a receiver.
///
/// Every function with the signature `async fn(E, S) -> Result<S, BoxError>` is a handler. `S` is the session of the
/// store (e.g. an open transaction), which a handler returns if it succeeds.
pub trait Handler<E, S>: Send + Sync + 'static {
    /// Handles an event. If the handler fails, the session is dropped, and its changes are rolled back.
    ///
    /// # Errors
    ///
    /// Any error of the handler. The event is handled again at its next delivery.
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

/// A receiver that handles each event of one sender once, and responds to the sender afterwards.
///
/// Clones share their state.
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
    /// Makes a receiver that verifies deliveries, and acknowledges an event after its handler has succeeded.
    pub fn new(verifier: V, store: S, handler: H) -> Receiver<V, S, H> {
        Receiver { shared: Arc::new(Shared { verifier, store, handler }), lease: DEFAULT_LEASE }
    }

    /// Sets the lease, the time for which a handler has exclusive access to an event. The default is 30 seconds.
    ///
    /// If a handler takes longer than its lease, a second handler of the same event may start before the first one
    /// ends. If the process of a handler dies, only a delivery after the lease is handled again, so the lease has to be
    /// shorter than the pause before the sender's last attempt.
    #[must_use]
    pub fn lease(self, lease: Duration) -> Self {
        Receiver { lease, ..self }
    }

    /// Calls the handler for an event, unless the event was handled before, or another handler is handling it now.
    async fn handle_event_once(&self, event: V::Event) -> Outcome {
        let Shared { store, handler, .. } = &*self.shared;
        let (claim, session) = match store.claim_event(&event.key(), self.lease).await {
            Ok(ClaimResult::Granted(claim, session)) => (claim, session),
            Ok(ClaimResult::AlreadyHandled) => return Outcome::Duplicate,
            Ok(ClaimResult::HeldByAnother { remaining_time }) => {
                return Outcome::Busy { retry_after: remaining_time };
            }
            Err(error) => return Outcome::StoreFailed(error.into()),
        };
        match handler.handle(event, session).await {
            Ok(session) => match store.complete_claim(claim, session).await {
                Ok(()) => Outcome::Handled,
                Err(StoreError::LeaseExpired) => Outcome::LeaseExpired,
                Err(error) => Outcome::StoreFailed(error.into()),
            },
            Err(error) => {
                // The result is ignored, because a claim that cannot be released ends when its lease expires.
                let _ = store.release_claim(claim).await;
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
    /// Receives a delivery: verifies it, and handles its event.
    ///
    /// If the future is dropped, the handler is cancelled. The event can be handled again when the lease of this
    /// handler (its exclusive access to the event) has expired. In a [`ReceiverService`](crate::ReceiverService), the
    /// handler always runs to its end.
    fn receive(&self, delivery: Delivery) -> impl Future<Output = Outcome> + Send {
        let verified = verify_delivery_and_read_event(&self.shared.verifier, &delivery);
        async move {
            match verified {
                Ok(event) => self.handle_event_once(event).await,
                Err(outcome) => outcome,
            }
        }
    }

    fn max_body_bytes(&self) -> usize {
        self.shared.verifier.max_body_bytes()
    }
}

/// Receives deliveries. A [`ReceiverService`](crate::ReceiverService) can wrap any type that implements this trait.
pub trait Receive: Clone + Send + Sync + 'static {
    /// Receives a delivery: verifies it, handles or stores its event, and returns the outcome.
    fn receive(&self, delivery: Delivery) -> impl Future<Output = Outcome> + Send;

    /// Returns the maximum accepted size of a body, in bytes.
    fn max_body_bytes(&self) -> usize;
}

/// Verifies a delivery, and returns its event. If the delivery is a health check or is refused, there is no event. The
/// error is then the outcome of the delivery.
pub(crate) fn verify_delivery_and_read_event<V: Verifier>(
    verifier: &V,
    delivery: &Delivery,
) -> Result<V::Event, Outcome> {
    if verifier.is_health_check_path(&delivery.path) {
        return Err(Outcome::HealthCheck);
    }
    if delivery.method != Method::POST {
        return Err(Outcome::Refused(Refusal::WrongMethod));
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
