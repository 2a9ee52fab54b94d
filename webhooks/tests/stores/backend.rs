//! The operations on a store and its server that the tests use.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use partner_webhooks::{BoxError, EventKey, EventStore, SenderName};

/// A kind of store, with its server.
pub(crate) trait Backend: Send + Sync + Sized + 'static {
    const NAME: &'static str;
    /// Whether the effect of an event is written in the session of the store, so that it happens exactly once.
    const TRANSACTIONAL: bool;
    /// Whether several events can be handled at the same time.
    const PARALLEL: bool;

    type Store: EventStore + Clone;

    /// Starts the server.
    fn start() -> impl Future<Output = Self> + Send;

    /// Creates a store with its own connections, like the store of another receiver.
    fn replica(&self) -> impl Future<Output = Self::Store> + Send;

    /// Applies the effect of an event, in the session if the store has transactions.
    fn apply(
        &self,
        session: <Self::Store as EventStore>::Session,
        event: &str,
    ) -> impl Future<Output = Result<<Self::Store as EventStore>::Session, BoxError>> + Send;

    /// Executes a statement that fails in the session, like a handler that ignores an error.
    fn fail_statement(
        &self,
        session: <Self::Store as EventStore>::Session,
    ) -> impl Future<Output = <Self::Store as EventStore>::Session> + Send {
        std::future::ready(session)
    }

    /// Creates a store whose clock is a century ahead, if the store has a clock.
    fn replica_of_the_future(&self) -> impl Future<Output = Self::Store> + Send {
        self.replica()
    }

    /// Returns the number of times that the effect of an event was applied.
    fn count_effects(&self, event: &str) -> impl Future<Output = u64> + Send;

    /// Stops the server at once, and starts it again. The server must not lose acknowledged data.
    fn restart(&self) -> impl Future<Output = ()> + Send;

    /// Breaks all connections to the server. Does nothing for a store without connections.
    fn break_connections(&self) -> impl Future<Output = ()> + Send;
}

pub(crate) const LEASE: Duration = Duration::from_millis(800);
pub(crate) const KEEP: Duration = Duration::from_secs(3600);

pub(crate) fn key(event: &str) -> EventKey {
    EventKey::new(SenderName("test"), event, KEEP)
}

/// The number of effects of each event, for stores without transactions. The numbers are not in the store.
#[derive(Clone, Default)]
pub(crate) struct OutsideEffects(Arc<Mutex<HashMap<String, u64>>>);

impl OutsideEffects {
    pub(crate) fn add(&self, event: &str) {
        *self.0.lock().unwrap().entry(event.to_owned()).or_default() += 1;
    }

    pub(crate) fn count(&self, event: &str) -> u64 {
        self.0.lock().unwrap().get(event).copied().unwrap_or_default()
    }
}
