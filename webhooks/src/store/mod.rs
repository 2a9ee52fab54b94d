//! Event stores, which record the events that were handled.

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
/// Only one handler at a time holds the [claim](Self::claim_event) of an event. If the handler's process dies before
/// the claim is completed or released, the event can be claimed again after the lease.
pub trait EventStore: Send + Sync + 'static {
    /// The type of a handler's session. In a store with transactions, a session is a transaction, which commits the
    /// handler's changes together with the record that the event was handled. In other stores, the type is `()`.
    type Session: Send + 'static;

    /// Claims an event for a handler. The handler has exclusive access to the event until the lease ends.
    ///
    /// # Errors
    ///
    /// When the store cannot be reached, or is full.
    fn claim_event(
        &self,
        key: &EventKey,
        lease: Duration,
    ) -> impl Future<Output = Result<ClaimResult<Self::Session>, StoreError>> + Send;

    /// Completes a claim: records the event as handled, and commits the changes that the handler made in `session` (its
    /// transaction).
    ///
    /// # Errors
    ///
    /// [`StoreError::LeaseExpired`] when the lease has ended. Another handler may have claimed the event by then.
    fn complete_claim(
        &self,
        claim: Claim,
        session: Self::Session,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Releases a claim, so that the event can be claimed again immediately. The caller has to drop the session before
    /// calling this function, so that the changes made in the session are rolled back.
    ///
    /// # Errors
    ///
    /// When the store cannot be reached. Then the event can be claimed again only after the lease has ended.
    fn release_claim(&self, claim: Claim) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// The result of claiming an event.
#[derive(Debug)]
pub enum ClaimResult<S> {
    /// The event was claimed. The claim is valid until its lease (a limited time) ends.
    Granted(Claim, S),
    /// The event was handled before.
    AlreadyHandled,
    /// The event cannot be claimed now: another handler holds its claim, or the store could not find out because it was
    /// busy (SQLite, while another connection writes; Postgres, while an event with the same hash is handled).
    HeldByAnother {
        /// The time until the lease of the handler that holds the claim ends. A store that does not know this time
        /// returns an estimate.
        remaining_time: Duration,
    },
}

/// A claim that a store has granted to a handler: the right to handle an event until the lease ends.
#[derive(Debug)]
pub struct Claim {
    key: EventKey,
    token: u128,
}

impl Claim {
    /// Makes a claim of an event, with a random token that distinguishes it from other claims of the event.
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

/// An error of an event store. An inbox (see [`Inbox`](crate::Inbox)) is no event store, but returns errors of the same
/// type.
#[derive(Debug)]
#[non_exhaustive]
pub enum StoreError {
    /// The lease of the claim (the time for which it is valid) ended before the claim was completed.
    LeaseExpired,
    /// The store is full, and cannot delete any of its events yet.
    Full,
    /// The store failed, or could not be reached.
    Failed(BoxError),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::LeaseExpired => f.write_str("the lease of the event ran out"),
            StoreError::Full => f.write_str("the store of events is full"),
            StoreError::Failed(error) => write!(f, "the store of events failed: {error}"),
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            StoreError::Failed(error) => Some(&**error),
            StoreError::LeaseExpired | StoreError::Full => None,
        }
    }
}
