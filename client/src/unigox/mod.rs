//! Unigox: fiat on- and off-ramp, KYC, payouts.
//!
//! The responses of Unigox have the envelope `{success, data}`, and calls return `data`. A response with `success:
//! false` is an [`Error`](crate::Error) whatever its status. So is a response with both `success: true` and an `error`.

mod code;
mod failure;
#[cfg(feature = "signing")]
pub mod signing;
#[cfg(feature = "webhooks")]
pub mod webhook;

include!(concat!(env!("OUT_DIR"), "/unigox/mod.rs"));
