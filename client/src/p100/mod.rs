//! P100: KYC, balances, exchange, SEPA, crypto withdrawals, cards.
//!
//! P100 reports most failures with status 400, even failures of its own servers. So look at the [`ErrorCode`], or ask
//! the [`Error`](crate::Error) whether the request can be retried. P100's responses have no success flag, so a response
//! whose body has the `errorCode` of a failure is an [`Error`](crate::Error) whatever its status.

mod code;
mod failure;
#[cfg(feature = "webhooks")]
pub mod webhook;

include!(concat!(env!("OUT_DIR"), "/p100/mod.rs"));
