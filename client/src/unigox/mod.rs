//! Unigox: fiat on- and off-ramp, KYC, payouts.
//!
//! The responses of Unigox come wrapped in `{success, data}`; what you get is `data`. `success: false` is an
//! [`Error`](crate::Error) whatever the status, and so is an `error` beside a success.

mod failure;
#[cfg(feature = "signing")]
pub mod signing;
#[cfg(feature = "webhooks")]
pub mod webhook;

include!(concat!(env!("OUT_DIR"), "/unigox/mod.rs"));
