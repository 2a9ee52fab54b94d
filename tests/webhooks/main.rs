//! Receiving webhooks: what is accepted and refused, how often an event is handled, and what the sender is told.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that cannot go on fails the test that uses it"
)]

mod corpus;
mod deliveries;
mod extractor;
mod ordering;
mod p100;
mod random;
mod receiver;
mod secrets;
mod service;
mod store;
mod unigox;
