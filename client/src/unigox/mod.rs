//! Unigox: fiat on- and off-ramp, KYC, payouts.
//!
//! The answers of Unigox come wrapped in `{success, data}`; what you get is `data`, and `success: false` is an
//! [`Error`](crate::Error) whatever the status.

mod failure;

include!(concat!(env!("OUT_DIR"), "/unigox/mod.rs"));
