//! What is signed for Unigox, byte for byte, and everything that is not.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that cannot go on fails the test that uses it"
)]

mod amounts;
mod independent;
mod links;
mod off_ramp;
mod safe;
mod sandbox;
mod steps;
mod transfers;
mod wallet;
mod withdrawals;
