//! P100: KYC, balances, exchange, SEPA, crypto withdrawals, cards.
//!
//! P100 reports most failures with status 400, even failures of its own servers. So look at the [`ErrorCode`], or ask the
//! [`Error`](crate::Error) whether it can be retried. Its responses have no flag for success, so a body with the `errorCode`
//! of a failure is an [`Error`](crate::Error) whatever its status.

mod code;
mod failure;
#[cfg(feature = "webhooks")]
pub mod webhook;

include!(concat!(env!("OUT_DIR"), "/p100/mod.rs"));
