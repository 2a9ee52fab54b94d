//! Sells crypto from the quote to the payout: quotes, initiates, signs the transfer, and follows the order's webhooks.
//!
//! ```text
//! cargo run --example off_ramp --features signing,webhooks
//! ```
//!
//! The example uses a small scripted vendor inside this process, which checks the requests and delivers signed
//! webhooks. All data are made up, and the key is a public development key.
#![allow(clippy::print_stdout, reason = "it is a program for people")]

use std::error::Error;

use partner_examples::off_ramp::flow;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    for line in flow::run().await? {
        println!("{line}");
    }
    Ok(())
}
