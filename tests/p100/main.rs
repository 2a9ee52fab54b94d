//! The P100 client over the wire: what it sends, and what it makes of the responses.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that cannot go on fails the test that uses it"
)]

mod above_zero;
mod amounts;
mod arguments;
mod balances;
mod bodies;
mod cards;
mod failures;
mod orders;
mod payments;
mod queries;
mod responses;
mod secrets;
mod uploads;
mod waiters;
mod webhooks;
