//! Receives webhooks: verifies them, handles each event once, and tells the sender what became of it.
//!
//! Nothing here knows a vendor. A [`Verifier`] does: it checks that a delivery is authentic and makes an [`Event`] of it.
//! The rest is the same for everyone:
//!
//! - [`Receiver`] takes deliveries without a framework: path, headers and body in, an [`Outcome`] with its HTTP status out.
//!   It acknowledges an event once its handler has succeeded.
//! - [`InboxReceiver`] stores deliveries and acknowledges them at once; a [`Worker`] handles them afterwards, with retries.
//! - [`Service`] is a receiver as a tower service, for axum and hyper. It bounds the body and finishes the handler even
//!   when the sender has hung up.
//! - [`EventStore`] remembers which events were handled.
//!
//! | store | feature | for | the effect of an event happens |
//! |---|---|---|---|
//! | `MemoryStore` | | one process, tests | once, while the process runs |
//! | `SqliteStore` | `sqlite` | one machine | exactly once, when it is written in the session |
//! | `PostgresStore` | `postgres` | any number of receivers | exactly once, when it is written in the session |
//! | `RedisStore` | `redis` | any number of receivers | at least once, and never twice at the same time |
//!
//! # What is promised
//!
//! An event that the sender delivers several times, in parallel or in turn, is handled by one holder at a time. Once a
//! handler has succeeded, and the store knows it, the event is not handled again while its key is kept. A handler whose
//! process dies is run again after its lease, so its effect has to bear that, unless effect and mark are committed in one
//! transaction.

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
pub use event::{Event, EventKey, Verifier};
#[cfg(feature = "axum")]
pub use extract::Verified;
pub use hmac::{hmac_sha256, hmac_sha256_matches};
pub use inbox::{DueDelivery, Inbox, InboxReceiver, Worker};
pub use outcome::Outcome;
pub use receiver::{Handler, Receive, Receiver};
pub use refusal::Refusal;
pub use secret::{InvalidSecret, Secret, Secrets};
pub use service::Service;
#[cfg(feature = "postgres")]
pub use store::PostgresStore;
#[cfg(feature = "redis")]
pub use store::RedisStore;
#[cfg(feature = "sqlite")]
pub use store::SqliteStore;
pub use store::{Claim, Claimed, EventStore, MemoryStore, StoreError};
pub use tolerance::Tolerance;

// What `Service` implements.
pub use tower_service;

// What the stores are made from.
#[cfg(feature = "redis")]
pub use redis;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
pub use sqlx;

/// Any error, as handlers and stores return it.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
