//! What is too long for one file of an example. The programs are beside this folder.

pub mod payouts;

#[cfg(all(feature = "signing", feature = "webhooks"))]
pub mod off_ramp;
