//! Unigox: fiat on- and off-ramp, KYC, payouts.
//!
//! Unigox wraps the result of an operation as `{success, data}`, and calls return `data`. A response with `success:
//! false` is an [`Error`](crate::Error) whatever its status, and so is a response with both `success: true` and an
//! `error`.

mod code;
mod failure;
#[cfg(feature = "signing")]
pub mod signing;
#[cfg(feature = "webhooks")]
pub mod webhook;

include!(concat!(env!("OUT_DIR"), "/unigox/mod.rs"));
