//! Storing deliveries before they are acknowledged, and handling them afterwards.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use crate::receiver::{LEASE, verify};
use crate::{BoxError, Delivery, Event, EventKey, Handler, Outcome, Receive, StoreError, Verifier};

/// Keeps deliveries until they are handled, and remembers that they were.
pub trait Inbox: Send + Sync + 'static {
    /// What a handler works with, so that its effect and the mark are committed together.
    type Session: Send + 'static;

    /// Stores a delivery, unless it is known. Returns whether it is new.
    ///
    /// # Errors
    ///
    /// When the store cannot be reached. Then nothing is stored, as far as anybody knows.
    fn put(
        &self,
        key: &EventKey,
        delivery: &Delivery,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Takes the delivery that is due first, if there is one. Nobody else gets it until the session ends.
    ///
    /// # Errors
    ///
    /// When the store cannot be reached.
    fn take(
        &self,
        lease: Duration,
    ) -> impl Future<Output = Result<Option<DueDelivery<Self::Session>>, StoreError>> + Send;

    /// Marks a delivery as handled, together with what was done in the session, and forgets its body.
    ///
    /// # Errors
    ///
    /// When the session has ended, or the store cannot be reached.
    fn complete(
        &self,
        key: &str,
        session: Self::Session,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Lets a delivery whose session was dropped be taken again after a while, and counts the attempt.
    ///
    /// # Errors
    ///
    /// When the store cannot be reached. Then the delivery is due at once.
    fn postpone(&self, key: &str, delay: Duration) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// A delivery from an inbox.
pub struct DueDelivery<S> {
    /// The key of its event.
    pub key: String,
    /// The path to which it was delivered.
    pub path: String,
    /// Its body.
    pub body: Bytes,
    /// How often a handler has failed with it.
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

/// Takes deliveries of one sender, stores them and acknowledges them at once. A [`Worker`] handles them.
///
/// For senders that want to be acknowledged at once, for handlers that take long, and for events that are sent only once.
pub struct InboxReceiver<V, I> {
    shared: Arc<(V, I)>,
}

impl<V: Verifier, I: Inbox> InboxReceiver<V, I> {
    /// A receiver that stores what it has verified.
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

/// How long a worker waits before it looks again at an inbox where nothing was due.
const IDLE: Duration = Duration::from_millis(500);

/// How long a delivery waits whose handler has failed: a second, then twice as long each time, up to ten minutes.
const FIRST_DELAY: Duration = Duration::from_secs(1);
const LONGEST_DELAY: Duration = Duration::from_secs(600);

impl<V, I, H> Worker<V, I, H>
where
    V: Verifier,
    I: Inbox,
    H: Handler<V::Event, I::Session>,
{
    /// A worker. The verifier reads what was verified when it came in.
    pub fn new(verifier: V, inbox: I, handler: H) -> Worker<V, I, H> {
        Worker { verifier, inbox, handler, lease: LEASE }
    }

    /// How long a handler may sit idle in its session: 30 seconds, unless this is set.
    #[must_use]
    pub fn lease(self, lease: Duration) -> Self {
        Worker { lease, ..self }
    }

    /// Handles what is due, until the future is dropped. The function is called for each delivery that was handled or
    /// failed, and when the store fails.
    ///
    /// A delivery whose handler fails is handled again: after a second, and after twice as long each time, up to ten
    /// minutes. It is never given up, so watch what is old.
    pub async fn run(&self, mut observe: impl FnMut(Result<(), BoxError>)) {
        loop {
            match self.run_once().await {
                Ok(true) => observe(Ok(())),
                Ok(false) => tokio::time::sleep(IDLE).await,
                Err(error) => {
                    observe(Err(error));
                    // A store that fails is not asked in a tight loop.
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
                // Without it, the delivery is due at once.
                let _ = self.inbox.postpone(&key, delay).await;
                return Err(error);
            }
        }
        Ok(true)
    }
}
