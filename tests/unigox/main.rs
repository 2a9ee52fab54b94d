//! The Unigox client over the wire: what it sends, and what it makes of the answers.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that cannot go on fails the test that uses it"
)]

mod answers;
mod arguments;
mod bodies;
mod builder;
mod cases;
mod failures;
mod queries;
mod secrets;
mod uploads;
mod walk;
