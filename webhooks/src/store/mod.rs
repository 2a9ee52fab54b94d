//! Stores, which record the events that were handled.

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

/// A store that records which events were handled, and which are being handled.
///
/// A [`claim`](Self::claim) of an event is granted to one holder (a running handler) at a time. If the holder neither
/// completes nor releases the claim, because its process died, the event can be claimed again after the lease.
pub trait EventStore: Send + Sync + 'static {
    /// The session of a handler: a transaction that commits the handler's effect together with the record of the event,
    /// or `()` for a store without transactions.
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
    ) -> impl Future<Output = Result<ClaimResult<Self::Session>, StoreError>> + Send;

    /// Records an event as handled, and commits the changes of the session.
    ///
    /// # Errors
    ///
    /// [`StoreError::LeaseLost`] when the lease has ended and another holder may have the event.
    fn complete(
        &self,
        claim: Claim,
        session: Self::Session,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Releases a claim, so that the event can be claimed again at once. The caller has to drop the session before the
    /// call, so that the changes of the session are rolled back.
    ///
    /// # Errors
    ///
    /// When the store cannot be reached. Then the event can be claimed again after the lease.
    fn release(&self, claim: Claim) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// The result of claiming an event.
#[derive(Debug)]
pub enum ClaimResult<S> {
    /// The claim is granted until its lease ends.
    Granted(Claim, S),
    /// The event was handled before.
    AlreadyHandled,
    /// Another holder has the claim of the event.
    HeldByOther {
        /// The time until the lease of the other holder ends, or an estimate by a store that does not know this time.
        remaining: Duration,
    },
}

/// A claim of an event that a store has granted to a handler.
#[derive(Debug)]
pub struct Claim {
    key: EventKey,
    token: u128,
}

impl Claim {
    /// Makes a claim of an event. A random token distinguishes this claim from other claims of the event.
    pub fn new(key: &EventKey) -> Claim {
        Claim { key: key.clone(), token: fastrand::u128(..) }
    }

    /// Returns the key of the claimed event.
    pub fn key(&self) -> &EventKey {
        &self.key
    }

    /// Returns the token that distinguishes this claim from other claims of the event.
    pub fn token(&self) -> u128 {
        self.token
    }
}

/// The error of a store.
#[derive(Debug)]
#[non_exhaustive]
pub enum StoreError {
    /// The lease of the claim has ended.
    LeaseLost,
    /// The store is full, and has to retain all of its events.
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
