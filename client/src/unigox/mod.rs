//! Unigox: fiat on- and off-ramp, KYC, payouts.
//!
//! The responses of Unigox have the envelope `{success, data}`, and calls return `data`. A response with `success: false` is an
//! [`Error`](crate::Error) whatever its status, and so is one with an `error` beside `success: true`.

mod failure;
#[cfg(feature = "signing")]
pub mod signing;
#[cfg(feature = "webhooks")]
pub mod webhook;

include!(concat!(env!("OUT_DIR"), "/unigox/mod.rs"));
