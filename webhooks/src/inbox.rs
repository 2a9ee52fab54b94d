//! The inbox, which stores deliveries before they are acknowledged, so that they can be handled afterwards.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use crate::receiver::{DEFAULT_LEASE, verify_delivery_and_read_event};
use crate::{BoxError, Delivery, Event, EventKey, Handler, Outcome, Receive, StoreError, Verifier};

/// Stores deliveries until they are handled, and records that they were handled.
pub trait Inbox: Send + Sync + 'static {
    /// The session of a handler: a transaction that commits the handler's changes together with the record that the
    /// event was handled.
    type Session: Send + 'static;

    /// Stores a delivery, unless its event was stored before. Returns whether the delivery was stored.
    ///
    /// # Errors
    ///
    /// When the store cannot be reached. Then the delivery is not stored.
    fn store_delivery(
        &self,
        key: &EventKey,
        delivery: &Delivery,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Returns the delivery that has been due for the longest time; `None` if no delivery is due. No other worker gets
    /// this delivery until the returned session ends. The store may end a session that has been idle for
    /// `session_idle_timeout`.
    ///
    /// # Errors
    ///
    /// When the store cannot be reached.
    fn take_due_delivery(
        &self,
        session_idle_timeout: Duration,
    ) -> impl Future<Output = Result<Option<DueDelivery<Self::Session>>, StoreError>> + Send;

    /// Records a delivery as handled, commits the changes that the handler made in the session, and deletes the body of
    /// the delivery.
    ///
    /// # Errors
    ///
    /// When the session has ended, or the store cannot be reached.
    fn complete_delivery(
        &self,
        key: &str,
        session: Self::Session,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Postpones a delivery whose handler has failed, and increments its number of failures. The caller has to drop the
    /// delivery's session before the call, so that the handler's changes are rolled back.
    ///
    /// # Errors
    ///
    /// When the store cannot be reached. Then the delivery is due at once.
    fn postpone_delivery(
        &self,
        key: &str,
        delay: Duration,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// A delivery that was taken from an inbox because it is due to be handled.
pub struct DueDelivery<S> {
    /// The key by which the delivery's event is recognized.
    pub key: String,
    /// The path of the URL to which the delivery was sent.
    pub path: String,
    /// The body.
    pub body: Bytes,
    /// The number of times that a handler has failed to handle the delivery.
    pub failure_count: u32,
    /// A session of the store, e.g. an open transaction. The handler of the delivery can write to the store in this
    /// session.
    pub session: S,
}

impl<S> fmt::Debug for DueDelivery<S> {
    /// Formats the delivery without its body, because the body may be personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DueDelivery")
            .field("key", &self.key)
            .field("failures", &self.failure_count)
            .finish_non_exhaustive()
    }
}

/// A receiver that stores the deliveries of one sender, and then acknowledges them without handling them. An
/// [`InboxWorker`] handles the deliveries later.
///
/// Use this receiver for senders that require a fast response, for slow handlers, and for events that are sent only
/// once.
pub struct InboxReceiver<V, I> {
    shared: Arc<(V, I)>,
}

impl<V: Verifier, I: Inbox> InboxReceiver<V, I> {
    /// Makes a receiver that verifies deliveries, and stores them in the inbox.
    pub fn new(verifier: V, inbox: I) -> InboxReceiver<V, I> {
        InboxReceiver { shared: Arc::new((verifier, inbox)) }
    }
}

impl<V: Verifier, I: Inbox> Receive for InboxReceiver<V, I> {
    fn receive(&self, delivery: Delivery) -> impl Future<Output = Outcome> + Send {
        let (verifier, inbox) = &*self.shared;
        let verified = verify_delivery_and_read_event(verifier, &delivery).map(|event| event.key());
        async move {
            let key = match verified {
                Ok(key) => key,
                Err(outcome) => return outcome,
            };
            match inbox.store_delivery(&key, &delivery).await {
                Ok(true) => Outcome::Stored,
                Ok(false) => Outcome::Duplicate,
                Err(error) => Outcome::StoreFailed(error.into()),
            }
        }
    }

    fn max_body_bytes(&self) -> usize {
        self.shared.0.max_body_bytes()
    }
}

impl<V, I> Clone for InboxReceiver<V, I> {
    fn clone(&self) -> Self {
        InboxReceiver { shared: Arc::clone(&self.shared) }
    }
}

/// Handles the deliveries in an inbox, one after the other. Any number of workers can share an inbox.
pub struct InboxWorker<V, I, H> {
    verifier: V,
    inbox: I,
    handler: H,
    session_idle_timeout: Duration,
}

/// The time for which a worker pauses if no delivery is due, or after a failure.
const WORKER_PAUSE: Duration = Duration::from_millis(500);

/// The time after which a delivery is handled again if its handler has failed for the first time. The time doubles
/// after each further failure.
const FIRST_RETRY_DELAY: Duration = Duration::from_secs(1);
/// The maximum time after which a delivery is handled again if its handler has failed.
const MAX_RETRY_DELAY: Duration = Duration::from_secs(600);

impl<V, I, H> InboxWorker<V, I, H>
where
    V: Verifier,
    I: Inbox,
    H: Handler<V::Event, I::Session>,
{
    /// Makes a worker for an inbox. The worker uses the verifier only to read the event of each delivery, because the
    /// receiver has already verified each delivery before storing it.
    pub fn new(verifier: V, inbox: I, handler: H) -> InboxWorker<V, I, H> {
        InboxWorker { verifier, inbox, handler, session_idle_timeout: DEFAULT_LEASE }
    }

    /// Sets the maximum idle time of a handler's database session. Postgres ends a session that is idle for longer, so
    /// that another worker can take the delivery. SQLite ignores the timeout. The default is 30 seconds.
    #[must_use]
    pub fn session_idle_timeout(self, session_idle_timeout: Duration) -> Self {
        InboxWorker { session_idle_timeout, ..self }
    }

    /// Handles due deliveries until the future is dropped. Calls `observe` with the result of each delivery, and with
    /// each failure of the store.
    ///
    /// A delivery whose handler fails is handled again after one second. The delay doubles after each further failure,
    /// up to ten minutes. A worker never gives up, so monitor the age of deliveries.
    pub async fn run(&self, mut observe: impl FnMut(Result<(), BoxError>)) {
        loop {
            match self.handle_next_delivery().await {
                Ok(true) => observe(Ok(())),
                Ok(false) => tokio::time::sleep(WORKER_PAUSE).await,
                Err(error) => {
                    observe(Err(error));
                    // The pause prevents a tight loop while the store fails.
                    tokio::time::sleep(WORKER_PAUSE).await;
                }
            }
        }
    }

    /// Handles one due delivery. Returns false if no delivery is due.
    ///
    /// # Errors
    ///
    /// When the handler or the store fails.
    pub async fn handle_next_delivery(&self) -> Result<bool, BoxError> {
        let Some(DueDelivery { key, path, body, failure_count: failures, session }) =
            self.inbox.take_due_delivery(self.session_idle_timeout).await?
        else {
            return Ok(false);
        };
        let delivery = Delivery::new(path, http::HeaderMap::new(), body);
        let handled = match self.verifier.read_stored_event(&delivery) {
            Ok(event) => self.handler.handle(event, session).await,
            Err(refusal) => {
                // The session holds a lock on the delivery, so the delivery can be postponed only after the session is
                // dropped.
                drop(session);
                Err(refusal.into())
            }
        };
        match handled {
            Ok(session) => self.inbox.complete_delivery(&key, session).await?,
            Err(error) => {
                let delay =
                    FIRST_RETRY_DELAY.saturating_mul(2_u32.saturating_pow(failures)).min(MAX_RETRY_DELAY);
                // If the delivery cannot be postponed, it is handled again without a delay. So this error can be
                // ignored.
                let _ = self.inbox.postpone_delivery(&key, delay).await;
                return Err(error);
            }
        }
        Ok(true)
    }
}
