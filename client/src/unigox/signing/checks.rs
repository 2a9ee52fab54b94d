//! The checks before something is signed.

use alloy_primitives::{Address, U256};
use alloy_signer::Signer;
use alloy_sol_types::SolCall;

use super::typed::transferCall;
use super::values::in_tokens;
use super::{Policy, Refusal};
use crate::Decimal;

/// What the caller allows and expects.
#[derive(Debug, Clone, Default)]
pub(super) struct Terms {
    pub(super) policy: Policy,
    pub(super) recipient: Option<Address>,
    pub(super) amount: Option<Decimal>,
}

/// A payment of a token, as parameters name it.
pub(super) struct Payment {
    pub(super) recipient: Address,
    /// In the smallest unit of the token.
    pub(super) units: U256,
    pub(super) tokens: Decimal,
    pub(super) decimals: i64,
}

/// The signer is the address that has to sign, and signs for the chain.
pub(super) fn signer(signer: &impl Signer, named: Address, chain_id: u64) -> Result<(), Refusal> {
    if signer.address() != named {
        return Err(Refusal::Signer { signer: signer.address(), named });
    }
    match signer.chain_id() {
        Some(chain) if chain != chain_id => Err(Refusal::Chain { allowed: chain_id, named: chain }),
        _ => Ok(()),
    }
}

/// The calldata is the transfer of a payment, and nothing else.
///
/// Both sides are compared with what the parameters name: they show people one transfer, and must not have another one
/// signed.
pub(super) fn calldata(data: &[u8], payment: &Payment) -> Result<(), Refusal> {
    let transfer = transferCall::abi_decode_validate(data).map_err(|_| Refusal::NotATransfer)?;
    // What follows the two arguments has no meaning for the token, and none that anybody could check.
    if transfer.abi_encode() != data {
        return Err(Refusal::NotATransfer);
    }
    if transfer.to != payment.recipient {
        return Err(Refusal::Recipient { named: payment.recipient, encoded: transfer.to });
    }
    match transfer.amount == payment.units {
        true => Ok(()),
        false => Err(Refusal::Amount { named: payment.units, encoded: transfer.amount }),
    }
}

impl Policy {
    pub(super) fn check_chain(&self, named: u64) -> Result<(), Refusal> {
        match named == self.chain_id {
            true => Ok(()),
            false => Err(Refusal::Chain { allowed: self.chain_id, named }),
        }
    }

    pub(super) fn check_contracts(&self, token: Address, forwarder: Address) -> Result<(), Refusal> {
        let token_allowed = self.tokens.contains(&token);
        let forwarder_allowed = self.forwarders.contains(&forwarder);
        match token_allowed && forwarder_allowed {
            true => Ok(()),
            false => Err(Refusal::NotAllowed { token, token_allowed, forwarder, forwarder_allowed }),
        }
    }

    /// A deadline is in the future, and not too far.
    pub(super) fn check_deadline(&self, deadline: u64) -> Result<(), Refusal> {
        let now = self.now();
        match deadline.checked_sub(now) {
            Some(ahead) if ahead > 0 && ahead <= self.longest.as_secs() => Ok(()),
            _ => {
                let seconds = i128::from(deadline) - i128::from(now);
                let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
                Err(Refusal::Deadline { longest: self.longest, seconds })
            }
        }
    }
}

impl Terms {
    /// A payment says the same in tokens and in units, and is the one that the caller expects.
    pub(super) fn check_payment(&self, payment: &Payment) -> Result<(), Refusal> {
        let Payment { recipient, units, tokens, decimals } = *payment;
        let in_tokens = u32::try_from(decimals).ok().and_then(|decimals| in_tokens(units, decimals));
        if in_tokens != Some(tokens) {
            return Err(Refusal::Units { tokens, units, decimals });
        }
        if let Some(expected) = self.recipient.filter(|expected| *expected != recipient) {
            return Err(Refusal::UnexpectedRecipient { expected, named: recipient });
        }
        match self.amount {
            Some(expected) if expected != tokens => {
                Err(Refusal::UnexpectedAmount { expected, named: tokens })
            }
            _ => Ok(()),
        }
    }
}
