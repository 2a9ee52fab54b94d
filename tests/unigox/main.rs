//! The Unigox client over the wire: what it sends, and what it makes of the responses.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that cannot go on fails the test that uses it"
)]

mod above_zero;
mod arguments;
mod bodies;
mod builder;
mod decimals;
mod expected;
mod failures;
mod keys;
mod lists;
mod orders;
mod pagination;
mod payment_details;
mod queries;
mod responses;
mod secrets;
mod source_of_funds;
mod unreadable;
mod uploads;
mod waiters;
mod webhooks;
