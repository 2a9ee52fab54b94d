//! Which events were handled.

mod memory;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "redis")]
mod redis;
#[cfg(feature = "sqlite")]
mod sqlite;

use std::fmt;
use std::time::Duration;

use crate::{BoxError, EventKey};

pub use memory::MemoryStore;
#[cfg(feature = "postgres")]
pub use postgres::PostgresStore;
#[cfg(feature = "redis")]
pub use redis::RedisStore;
#[cfg(feature = "sqlite")]
pub use sqlite::SqliteStore;

/// Remembers which events were handled, and who is handling one.
///
/// [`claim`](Self::claim) is granted to one holder at a time. A claim whose holder neither completes nor releases it, because
/// its process died, is granted again after its lease.
pub trait EventStore: Send + Sync + 'static {
    /// What a handler works with so that its effect and the mark are committed together: a transaction, or `()` where the
    /// store has none.
    type Session: Send + 'static;

    /// Claims an event for a handler.
    ///
    /// # Errors
    ///
    /// When the store cannot be reached, or has no room.
    fn claim(
        &self,
        key: &EventKey,
        lease: Duration,
    ) -> impl Future<Output = Result<Claimed<Self::Session>, StoreError>> + Send;

    /// Marks an event as handled, together with what was done in the session.
    ///
    /// # Errors
    ///
    /// [`StoreError::LeaseLost`] when the lease ran out and the claim is no longer this holder's.
    fn complete(
        &self,
        claim: Claim,
        session: Self::Session,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Gives a claim back, so that the event can be claimed again at once. What was done in the session, which was dropped,
    /// is undone.
    ///
    /// # Errors
    ///
    /// When the store cannot be reached. Then the event can be claimed again after the lease.
    fn release(&self, claim: Claim) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// What came of an attempt to claim an event.
#[derive(Debug)]
pub enum Claimed<S> {
    /// The event is this holder's, until its lease ends.
    Granted(Claim, S),
    /// The event was handled before.
    Done,
    /// Another holder has it.
    Held {
        /// How long its lease has still to run, as far as the store knows.
        remaining: Duration,
    },
}

/// A granted claim.
#[derive(Debug)]
pub struct Claim {
    key: EventKey,
    token: u128,
}

impl Claim {
    /// A claim of an event. A store tells it from other claims of the event by its token, which is drawn at random.
    pub fn new(key: &EventKey) -> Claim {
        Claim { key: key.clone(), token: fastrand::u128(..) }
    }

    /// The event.
    pub fn key(&self) -> &EventKey {
        &self.key
    }

    /// What tells this claim from every other claim of the event.
    pub fn token(&self) -> u128 {
        self.token
    }
}

/// What a store cannot do.
#[derive(Debug)]
#[non_exhaustive]
pub enum StoreError {
    /// The claim is no longer this holder's.
    LeaseLost,
    /// The store has as many events as it may hold, and may forget none of them yet.
    Full,
    /// The store failed, or could not be reached.
    Failed(BoxError),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::LeaseLost => f.write_str("the lease of the event ran out"),
            StoreError::Full => f.write_str("the store of events is full"),
            StoreError::Failed(error) => write!(f, "the store of events failed: {error}"),
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            StoreError::Failed(error) => Some(&**error),
            StoreError::LeaseLost | StoreError::Full => None,
        }
    }
}
