//! P100: KYC, balances, exchange, SEPA, crypto withdrawals, cards.
//!
//! P100 reports most failures with status 400, also those that are its own: look at the
//! [`ErrorCode`], or ask the [`Error`](crate::Error) whether it can be retried. Nothing in its responses says that a call
//! succeeded, so a body with a failure's `errorCode` is an [`Error`](crate::Error) whatever the status.

mod failure;
#[cfg(feature = "webhooks")]
pub mod webhook;

include!(concat!(env!("OUT_DIR"), "/p100/mod.rs"));
