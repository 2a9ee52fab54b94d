//! Signatures by which a wallet authorizes transfers, bridges, withdrawals, refunds, consents and wallet links.
//!
//! Any [`Signer`] of alloy can sign: a key in memory, a keystore, AWS or GCP KMS, a Ledger. This module never sees a
//! private key.
//!
//! ```no_run
//! use partner_client::unigox::{Client, OrderId};
//! use partner_client::unigox::signing::{ExpectedAmount, Policy, Signer};
//!
//! # async fn example(unigox: Client, order_id: OrderId, wallet: impl Signer + Send + Sync) -> Result<(), Box<dyn std::error::Error>> {
//! let policy = Policy::new()
//!     .allow_token("0xf86Cc81F4E480CF54Eb013FFe6929a0C2Ad5EdCA".parse()?, 6)
//!     .allow_forwarder("0x6fFCF38bEc8c733b096958fcd2a8E31A00530EDC".parse()?);
//!
//! // Fetches the parameters, checks and signs them, and submits the signature.
//! let amount = ExpectedAmount::Exactly("101.50".parse()?);
//! unigox.sign_and_submit_crypto_transfer(order_id, amount, &wallet).policy(&policy).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Checks before signing
//!
//! The parameters come from the API, and a signature moves money. So they are checked before anything is signed: the
//! signer has to be the sender, the calldata has to be exactly the transfer that the parameters describe, amounts in
//! tokens and in units have to be equal, the chain has to be the documented one, and the deadline has to be near. The
//! caller sets the allowed tokens and forwarders with a [`Policy`]; without one, no transfer is signed. The caller also
//! says which amount is expected: every step that moves tokens requires an [`ExpectedAmount`]. A check that fails is a
//! [`Refusal`] with both values.

#![allow(clippy::result_large_err, reason = "a refusal holds both values, and is boxed in a `SigningError`")]

mod amount;
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

pub use amount::ExpectedAmount;
pub use bridge::{BridgeDestination, BridgeStep, CheckedBridge};
pub use checks::SigningTerms;
pub use error::{Refusal, SigningError};
pub use forward::CheckedForwardRequest;
pub use link::WalletLinkStep;
pub use policy::Policy;
pub use safe::{CheckedSafeTransaction, RefundStep, SettlementConsentStep};
pub use step::{PendingSignature, SignAndSubmit, SignableParameters, SigningStep};
pub use transfer::CryptoTransferStep;
pub use withdrawal::{CheckedWithdrawal, WithdrawalStep};
