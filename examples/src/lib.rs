//! The modules of the examples that are too long for one file. The example programs themselves are outside of this
//! folder.

pub mod payouts;

#[cfg(all(feature = "signing", feature = "webhooks"))]
pub mod off_ramp;
