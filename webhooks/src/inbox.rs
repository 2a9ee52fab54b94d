//! The inbox, which stores deliveries before they are acknowledged, so that they can be handled afterwards.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use crate::receiver::{LEASE, verify};
use crate::{BoxError, Delivery, Event, EventKey, Handler, Outcome, Receive, StoreError, Verifier};

/// Stores deliveries until they are handled, and records which were handled.
pub trait Inbox: Send + Sync + 'static {
    /// The session of a handler, in which its effect and the record of the event are committed together.
    type Session: Send + 'static;

    /// Stores a delivery, unless its event is known. Returns whether it is new.
    ///
    /// # Errors
    ///
    /// When the store cannot be reached. The delivery counts as not stored then.
    fn put(
        &self,
        key: &EventKey,
        delivery: &Delivery,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Takes the delivery that is due first, if there is one. No other worker gets it until the session ends.
    ///
    /// # Errors
    ///
    /// When the store cannot be reached.
    fn take(
        &self,
        lease: Duration,
    ) -> impl Future<Output = Result<Option<DueDelivery<Self::Session>>, StoreError>> + Send;

    /// Records a delivery as handled, commits the changes of the session, and deletes the body.
    ///
    /// # Errors
    ///
    /// When the session has ended, or the store cannot be reached.
    fn complete(
        &self,
        key: &str,
        session: Self::Session,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Makes a delivery whose session was dropped due again after a delay, and counts the failure.
    ///
    /// # Errors
    ///
    /// When the store cannot be reached. Then the delivery is due at once.
    fn postpone(&self, key: &str, delay: Duration) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// A delivery that was taken from an inbox.
pub struct DueDelivery<S> {
    /// The key of its event.
    pub key: String,
    /// The path to which it was delivered.
    pub path: String,
    /// Its body.
    pub body: Bytes,
    /// How often a handler has failed to handle it.
    pub failures: u32,
    /// The session for its handler.
    pub session: S,
}

impl<S> fmt::Debug for DueDelivery<S> {
    /// The body may hold personal data, and is not shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DueDelivery")
            .field("key", &self.key)
            .field("failures", &self.failures)
            .finish_non_exhaustive()
    }
}

/// A receiver that stores the deliveries of one sender, and acknowledges them at once. A [`Worker`] handles them.
///
/// Use it for senders that require a fast response, for slow handlers, and for events that are sent only once.
pub struct InboxReceiver<V, I> {
    shared: Arc<(V, I)>,
}

impl<V: Verifier, I: Inbox> InboxReceiver<V, I> {
    /// A receiver that stores verified deliveries.
    pub fn new(verifier: V, inbox: I) -> InboxReceiver<V, I> {
        InboxReceiver { shared: Arc::new((verifier, inbox)) }
    }
}

impl<V: Verifier, I: Inbox> Receive for InboxReceiver<V, I> {
    fn receive(&self, delivery: Delivery) -> impl Future<Output = Outcome> + Send {
        let (verifier, inbox) = &*self.shared;
        let verified = verify(verifier, &delivery).map(|event| event.key());
        async move {
            let key = match verified {
                Ok(key) => key,
                Err(outcome) => return outcome,
            };
            match inbox.put(&key, &delivery).await {
                Ok(true) => Outcome::Stored,
                Ok(false) => Outcome::Duplicate,
                Err(error) => Outcome::StoreFailed(error.into()),
            }
        }
    }

    fn body_limit(&self) -> usize {
        self.shared.0.body_limit()
    }
}

impl<V, I> Clone for InboxReceiver<V, I> {
    fn clone(&self) -> Self {
        InboxReceiver { shared: Arc::clone(&self.shared) }
    }
}

/// Handles the deliveries of an inbox, one after the other. Any number of workers can share an inbox.
pub struct Worker<V, I, H> {
    verifier: V,
    inbox: I,
    handler: H,
    lease: Duration,
}

/// The pause of a worker when no delivery is due.
const IDLE: Duration = Duration::from_millis(500);

/// The delay of a delivery whose handler has failed: a second, then twice as long each time, up to ten minutes.
const FIRST_DELAY: Duration = Duration::from_secs(1);
const LONGEST_DELAY: Duration = Duration::from_secs(600);

impl<V, I, H> Worker<V, I, H>
where
    V: Verifier,
    I: Inbox,
    H: Handler<V::Event, I::Session>,
{
    /// A worker. The verifier reads deliveries that were verified before they were stored.
    pub fn new(verifier: V, inbox: I, handler: H) -> Worker<V, I, H> {
        Worker { verifier, inbox, handler, lease: LEASE }
    }

    /// Sets how long the session of a handler may be idle. The default is 30 seconds.
    #[must_use]
    pub fn lease(self, lease: Duration) -> Self {
        Worker { lease, ..self }
    }

    /// Handles the deliveries that are due, until the future is dropped. The function is called with the result of each delivery,
    /// and with failures of the store.
    ///
    /// A delivery whose handler fails is handled again after a second, and then after twice as long each time, up to ten
    /// minutes. A worker never gives up, so monitor the age of deliveries.
    pub async fn run(&self, mut observe: impl FnMut(Result<(), BoxError>)) {
        loop {
            match self.run_once().await {
                Ok(true) => observe(Ok(())),
                Ok(false) => tokio::time::sleep(IDLE).await,
                Err(error) => {
                    observe(Err(error));
                    // The pause prevents a tight loop while the store fails.
                    tokio::time::sleep(IDLE).await;
                }
            }
        }
    }

    /// Handles one delivery, if one is due. Returns whether there was one.
    ///
    /// # Errors
    ///
    /// When the handler or the store fails.
    pub async fn run_once(&self) -> Result<bool, BoxError> {
        let Some(DueDelivery { key, path, body, failures, session }) = self.inbox.take(self.lease).await?
        else {
            return Ok(false);
        };
        let delivery = Delivery::new(path, http::HeaderMap::new(), body);
        let handled = match self.verifier.restore(&delivery) {
            Ok(event) => self.handler.handle(event, session).await,
            Err(refusal) => Err(refusal.into()),
        };
        match handled {
            Ok(session) => self.inbox.complete(&key, session).await?,
            Err(error) => {
                let delay = FIRST_DELAY.saturating_mul(2_u32.saturating_pow(failures)).min(LONGEST_DELAY);
                // If this fails, the delivery is due at once.
                let _ = self.inbox.postpone(&key, delay).await;
                return Err(error);
            }
        }
        Ok(true)
    }
}
