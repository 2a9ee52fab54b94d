//! Receives webhooks: verifies deliveries, handles each event once, and responds to the sender.
//!
//! Only the [`Verifier`] depends on the vendor: it verifies that a delivery is authentic, and reads an [`Event`] from
//! it. Everything else is the same for all vendors:
//!
//! - [`Receiver`] handles deliveries without a web framework. It takes path, headers and body, and returns an
//!   [`Outcome`] with an HTTP status. An event is acknowledged once its handler has succeeded.
//! - [`InboxReceiver`] stores deliveries and acknowledges them at once. An [`InboxWorker`] handles them afterwards,
//!   with retries.
//! - [`ReceiverService`] makes a receiver a tower service, for axum and hyper. It limits the body, and finishes the
//!   handler even if the sender has closed the connection.
//! - [`EventStore`] remembers which events were handled.
//!
//! | store | feature | for | how often the effect of an event happens |
//! |---|---|---|---|
//! | `MemoryStore` | | one process, tests | once, while the process runs |
//! | `SqliteStore` | `sqlite` | one machine | exactly once, when it is written in the session |
//! | `PostgresStore` | `postgres` | any number of receivers | exactly once, when it is written in the session |
//! | `RedisStore` | `redis` | any number of receivers | at least once, and never twice at the same time |
//!
//! # Guarantees
//!
//! An event that is delivered several times, at the same time or one after the other, is handled by one handler at a
//! time. Once a handler has succeeded and the store has recorded that, the event is not handled again while its key is
//! retained. When the process of a handler dies, the handler runs again after its lease. So its effect has to be
//! idempotent, unless the effect and the record are committed in one transaction.

mod body;
mod clock;
mod delivery;
mod event;
#[cfg(feature = "axum")]
mod extract;
mod hmac;
mod inbox;
mod outcome;
mod receiver;
mod refusal;
mod secret;
mod service;
mod store;
mod tolerance;

pub use clock::Clock;
pub use delivery::Delivery;
pub use event::{Event, EventKey, SenderName, Verifier};
#[cfg(feature = "axum")]
pub use extract::VerifiedEvent;
pub use hmac::{hmac_sha256, hmac_sha256_matches};
pub use inbox::{DueDelivery, Inbox, InboxReceiver, InboxWorker};
pub use outcome::Outcome;
pub use receiver::{Handler, Receive, Receiver};
pub use refusal::Refusal;
pub use secret::{AcceptedSecrets, InvalidSecret, Secret};
pub use service::ReceiverService;
#[cfg(feature = "postgres")]
pub use store::PostgresStore;
#[cfg(feature = "redis")]
pub use store::RedisStore;
#[cfg(feature = "sqlite")]
pub use store::SqliteStore;
pub use store::{Claim, ClaimResult, EventStore, MemoryStore, StoreError};
pub use tolerance::TimestampTolerance;

// [`ReceiverService`] implements the trait `Service` of the crate `tower_service`. This crate is exported, so that
// callers can use the same version.
pub use tower_service;

// Re-exports the database crates. The event stores take connections of these crates, so callers have to use the same
// versions.
#[cfg(feature = "redis")]
pub use redis;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
pub use sqlx;

/// An error of any type, as handlers and stores return it.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
