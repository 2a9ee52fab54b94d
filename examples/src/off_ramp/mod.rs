//! A complete sale of crypto, from the quote to the payout, by a service and a scripted vendor.

pub mod flow;
pub mod vendor;
