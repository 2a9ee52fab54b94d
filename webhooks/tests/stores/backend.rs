//! What the tests need of a store and its server.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use partner_webhooks::{BoxError, EventKey, EventStore};

/// A store with its server.
pub(crate) trait Backend: Send + Sync + Sized + 'static {
    const NAME: &'static str;
    /// Whether the effect is written in the session, and so exactly once.
    const TRANSACTIONAL: bool;
    /// Whether other events can be handled while one is.
    const PARALLEL: bool;

    type Store: EventStore + Clone;

    /// Starts the server.
    fn start() -> impl Future<Output = Self> + Send;

    /// A store with connections of its own, as another receiver has.
    fn replica(&self) -> impl Future<Output = Self::Store> + Send;

    /// Does the effect of an event: in the session, where the store has one.
    fn apply(
        &self,
        session: <Self::Store as EventStore>::Session,
        event: &str,
    ) -> impl Future<Output = Result<<Self::Store as EventStore>::Session, BoxError>> + Send;

    /// Has a statement fail in the session, as a handler does that goes on after an error.
    fn fail_statement(
        &self,
        session: <Self::Store as EventStore>::Session,
    ) -> impl Future<Output = <Self::Store as EventStore>::Session> + Send {
        std::future::ready(session)
    }

    /// A replica whose own clock is a century ahead, where the store has one.
    fn replica_of_the_future(&self) -> impl Future<Output = Self::Store> + Send {
        self.replica()
    }

    /// How often the effect of an event has happened.
    fn effects(&self, event: &str) -> impl Future<Output = u64> + Send;

    /// Stops the server at once, and starts it again. What was acknowledged has to be there.
    fn restart(&self) -> impl Future<Output = ()> + Send;

    /// Breaks all connections. A store without a connection does nothing.
    fn break_connections(&self) -> impl Future<Output = ()> + Send;
}

pub(crate) const LEASE: Duration = Duration::from_millis(800);
pub(crate) const KEEP: Duration = Duration::from_secs(3600);

pub(crate) fn key(event: &str) -> EventKey {
    EventKey::new("test", event, KEEP)
}

/// Effects that are written outside of the store.
#[derive(Clone, Default)]
pub(crate) struct Outside(Arc<Mutex<HashMap<String, u64>>>);

impl Outside {
    pub(crate) fn add(&self, event: &str) {
        *self.0.lock().unwrap().entry(event.to_owned()).or_default() += 1;
    }

    pub(crate) fn count(&self, event: &str) -> u64 {
        self.0.lock().unwrap().get(event).copied().unwrap_or_default()
    }
}
