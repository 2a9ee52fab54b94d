//! A complete sale, from the quote to the payout: a service that sells crypto, and a scripted vendor.

pub mod flow;
pub mod vendor;
