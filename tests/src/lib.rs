//! Helpers of the integration tests: a server that keeps what it receives, the documents as lists of examples, and
//! tests that walk all operations of a document.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that cannot go on fails the test that uses it"
)]

pub mod absent;
pub mod answers;
pub mod capture;
pub mod case;
pub mod contract;
pub mod escape;
pub mod marks;
pub mod multipart;
pub mod nulls;
pub mod requests;
pub mod schema;
pub mod script;
pub mod secrets;
pub mod suite;
pub mod watch;
pub mod webhooks;
