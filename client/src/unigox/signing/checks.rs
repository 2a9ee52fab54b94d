//! The checks before something is signed, and of what the signer returns.

use alloy_primitives::{Address, B256, Signature, U256, hex};
use alloy_signer::Signer;
use alloy_sol_types::SolCall;
use uuid::Uuid;

use super::typed::transferCall;
use super::values::{in_tokens, required};
use super::{Policy, Refusal};
use crate::Decimal;

/// What the caller allows and expects of a signature.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    pub(super) policy: Policy,
    pub(super) recipient: Option<Address>,
    pub(super) amount: Option<Decimal>,
    /// Transfers beside the one that the parameters name.
    pub(super) transfers: Vec<(Address, U256)>,
    pub(super) undecoded: bool,
}

/// A payment of a token, as parameters name it.
#[derive(Clone, Copy)]
pub(super) struct Payment {
    pub(super) recipient: Address,
    /// In the smallest unit of the token.
    pub(super) units: U256,
    pub(super) tokens: Decimal,
    pub(super) decimals: i64,
}

/// The parameters are those of the order that was asked for.
pub(super) fn order(asked: Uuid, named: Option<&Uuid>) -> Result<(), Refusal> {
    let named = *required("order_id", named)?;
    match asked == named {
        true => Ok(()),
        false => Err(Refusal::Order { asked, named }),
    }
}

/// The destination on another chain is the one that was asked for. Only addresses of EVM chains are the same in any case.
pub(super) fn destination(asked: &str, named: &str) -> Result<(), Refusal> {
    let same = match asked.starts_with("0x") {
        true => named.eq_ignore_ascii_case(asked),
        false => named == asked,
    };
    match same {
        true => Ok(()),
        false => Err(Refusal::Destination { asked: asked.to_owned(), named: named.to_owned() }),
    }
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

/// A value of the domain is the documented one.
pub(super) fn domain(expected: &'static str, named: &str) -> Result<(), Refusal> {
    match named == expected {
        true => Ok(()),
        false => Err(Refusal::Domain { expected, named: named.to_owned() }),
    }
}

/// Decodes calldata that is the transfer of a token and nothing else.
pub(super) fn decode(data: &[u8]) -> Result<transferCall, Refusal> {
    let transfer = transferCall::abi_decode_validate(data).map_err(|_| Refusal::NotATransfer)?;
    // What follows the two arguments has no meaning for the token, and none that anybody could check.
    match transfer.abi_encode() == data {
        true => Ok(transfer),
        false => Err(Refusal::NotATransfer),
    }
}

/// The calldata is the transfer that the parameters name: they show people one transfer, and must not have another one
/// signed.
pub(super) fn calldata(data: &[u8], payment: &Payment) -> Result<(), Refusal> {
    let transfer = decode(data)?;
    if transfer.to != payment.recipient {
        return Err(Refusal::Recipient { named: payment.recipient, encoded: transfer.to });
    }
    match transfer.amount == payment.units {
        true => Ok(()),
        false => Err(Refusal::Amount { named: payment.units, encoded: transfer.amount }),
    }
}

/// A payment says the same in tokens and in units.
pub(super) fn units(payment: &Payment) -> Result<(), Refusal> {
    let Payment { units, tokens, decimals, .. } = *payment;
    let in_tokens = u32::try_from(decimals).ok().and_then(|decimals| in_tokens(units, decimals));
    match in_tokens == Some(tokens) {
        true => Ok(()),
        false => Err(Refusal::Units { tokens, units, decimals }),
    }
}

/// A signature as the API takes it: `0x`, r, s in its lower half, and v as 27 or 28.
///
/// It is checked, because a key may be somewhere else and under another name.
pub(super) fn verified(signature: &Signature, digest: B256, signer: Address) -> Result<String, Refusal> {
    let signature = signature.normalized_s();
    match signature.recover_address_from_prehash(&digest) {
        Ok(recovered) if recovered == signer => Ok(hex::encode_prefixed(signature.as_bytes())),
        _ => Err(Refusal::Signature { digest, signer }),
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
        let token_allowed = self.decimals(token).is_some();
        let forwarder_allowed = self.forwarders.contains(&forwarder);
        match token_allowed && forwarder_allowed {
            true => Ok(()),
            false => Err(Refusal::NotAllowed { token, token_allowed, forwarder, forwarder_allowed }),
        }
    }

    pub(super) fn check_token(&self, token: Address) -> Result<(), Refusal> {
        self.decimals(token).map(|_| ()).ok_or(Refusal::TokenNotAllowed { token })
    }

    /// The parameters give a token the decimals that it has: with others, the same amount in tokens would be a thousand
    /// times as many units.
    pub(super) fn check_decimals(&self, token: Address, named: i64) -> Result<(), Refusal> {
        match self.decimals(token) {
            Some(decimals) if i64::from(decimals) != named => Err(Refusal::Decimals { decimals, named }),
            _ => Ok(()),
        }
    }

    pub(super) fn check_safe(&self, safe: Address) -> Result<(), Refusal> {
        match self.safes.contains(&safe) {
            true => Ok(()),
            false => Err(Refusal::SafeNotAllowed { safe }),
        }
    }

    pub(super) fn check_multi_send(&self, contract: Address) -> Result<(), Refusal> {
        match self.multi_sends.contains(&contract) {
            true => Ok(()),
            false => Err(Refusal::MultiSendNotAllowed { contract }),
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
        units(payment)?;
        self.check_expected_recipient(payment.recipient)?;
        self.check_expected_amount(payment.tokens)
    }

    pub(super) fn check_expected_recipient(&self, named: Address) -> Result<(), Refusal> {
        match self.recipient {
            Some(expected) if expected != named => Err(Refusal::UnexpectedRecipient { expected, named }),
            _ => Ok(()),
        }
    }

    pub(super) fn check_expected_amount(&self, named: Decimal) -> Result<(), Refusal> {
        match self.amount {
            Some(expected) if expected != named => Err(Refusal::UnexpectedAmount { expected, named }),
            _ => Ok(()),
        }
    }
}
