//! Signing what Unigox asks a wallet to authorize: transfers, bridges, withdrawals, refunds, consents and links.
//!
//! Any [`Signer`] of alloy signs: a key in memory, a keystore, AWS or GCP KMS, a Ledger. Nothing here sees a private key.
//!
//! ```no_run
//! use partner_client::unigox::Client;
//! use partner_client::unigox::signing::{Policy, Signer};
//! # use partner_client::uuid::Uuid;
//!
//! # async fn example(unigox: Client, order_id: Uuid, wallet: impl Signer + Send + Sync) -> Result<(), Box<dyn std::error::Error>> {
//! let policy = Policy::new()
//!     .allow_token("0xf86Cc81F4E480CF54Eb013FFe6929a0C2Ad5EdCA".parse()?, 6)
//!     .allow_forwarder("0x6fFCF38bEc8c733b096958fcd2a8E31A00530EDC".parse()?);
//!
//! // Fetches the parameters, checks and signs them, and submits the signature.
//! unigox.sign_crypto_transfer(order_id, &wallet).policy(&policy).expect_amount("101.50".parse()?).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # What is signed is what was asked for
//!
//! The parameters come from the API, and a signature moves money, so they are checked before anything is signed: that
//! the signer is the sender, that the calldata is the transfer that the parameters name and nothing else, that amounts in
//! tokens and in units are the same, that the chain is the documented one, that the deadline is near. Which tokens and
//! forwarders are right is the caller's to say, with a [`Policy`]: without one, nothing is signed. Each check that fails is
//! a [`Refusal`] with both values.

#![allow(
    clippy::result_large_err,
    reason = "a refusal holds both values, and is boxed before it leaves this module"
)]

mod bridge;
mod checks;
mod error;
mod forward;
mod link;
mod policy;
mod safe;
mod step;
mod transfer;
mod typed;
mod values;
mod withdrawal;

pub use alloy_primitives::{Address, B256, Bytes, U256};
pub use alloy_signer::{self, Signer};

pub use bridge::{BridgeDestination, BridgeStep, CheckedBridge};
pub use checks::Terms;
pub use error::{Refusal, SigningError};
pub use forward::Forward;
pub use link::LinkStep;
pub use policy::Policy;
pub use safe::{CheckedSafe, ConsentStep, RefundStep};
pub use step::{Authorize, Sign, SignAndSubmit, Step};
pub use transfer::TransferStep;
pub use withdrawal::{CheckedWithdrawal, WithdrawalStep};
