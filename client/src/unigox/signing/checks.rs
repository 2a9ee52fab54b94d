//! The checks of parameters before they are signed, and of the signature afterwards.

use alloy_primitives::{Address, B256, Signature, U256, hex};
use alloy_signer::Signer;
use alloy_sol_types::SolCall;
use uuid::Uuid;

use super::typed::transferCall;
use super::values::{in_tokens, required};
use super::{Policy, Refusal};
use crate::Decimal;

/// The conditions of the caller for a signature.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    pub(super) policy: Policy,
    pub(super) recipient: Option<Address>,
    pub(super) amount: Option<Decimal>,
    /// Expected transfers in addition to the one in the parameters.
    pub(super) transfers: Vec<(Address, U256)>,
    pub(super) undecoded: bool,
}

/// A payment of a token, as the parameters describe it.
#[derive(Clone, Copy)]
pub(super) struct Payment {
    pub(super) recipient: Address,
    /// The amount in the smallest unit of the token.
    pub(super) units: U256,
    pub(super) tokens: Decimal,
    pub(super) decimals: i64,
}

/// Checks that the parameters are for the requested order.
pub(super) fn order(asked: Uuid, named: Option<&Uuid>) -> Result<(), Refusal> {
    let named = *required("order_id", named)?;
    match asked == named {
        true => Ok(()),
        false => Err(Refusal::Order { asked, named }),
    }
}

/// Checks that the destination on another chain is the requested one. Upper and lower case make no difference only in addresses of
/// EVM chains.
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

/// Checks that the signer has the address that has to sign, and signs for the chain.
pub(super) fn signer(signer: &impl Signer, named: Address, chain_id: u64) -> Result<(), Refusal> {
    if signer.address() != named {
        return Err(Refusal::Signer { signer: signer.address(), named });
    }
    match signer.chain_id() {
        Some(chain) if chain != chain_id => Err(Refusal::Chain { allowed: chain_id, named: chain }),
        _ => Ok(()),
    }
}

/// Checks that a value of the EIP-712 domain is the documented one.
pub(super) fn domain(expected: &'static str, named: &str) -> Result<(), Refusal> {
    match named == expected {
        true => Ok(()),
        false => Err(Refusal::Domain { expected, named: named.to_owned() }),
    }
}

/// Decodes calldata. It has to be a token transfer and nothing else.
pub(super) fn decode(data: &[u8]) -> Result<transferCall, Refusal> {
    let transfer = transferCall::abi_decode_validate(data).map_err(|_| Refusal::NotATransfer)?;
    // Bytes after the two arguments have no meaning for the token, and cannot be checked.
    match transfer.abi_encode() == data {
        true => Ok(transfer),
        false => Err(Refusal::NotATransfer),
    }
}

/// Checks that the calldata is the transfer that the parameters describe. People see the description, and the calldata is
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

/// Checks that the amounts of a payment in tokens and in units are equal.
pub(super) fn units(payment: &Payment) -> Result<(), Refusal> {
    let Payment { units, tokens, decimals, .. } = *payment;
    let in_tokens = u32::try_from(decimals).ok().and_then(|decimals| in_tokens(units, decimals));
    match in_tokens == Some(tokens) {
        true => Ok(()),
        false => Err(Refusal::Units { tokens, units, decimals }),
    }
}

/// Writes a signature in the form of the API: `0x`, r, s in its lower half, and v as 27 or 28.
///
/// The signature is verified first, because a remote signer may use another key than the expected one.
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

    /// Checks the decimals of a token in the parameters. With wrong decimals, the same amount in tokens would be another amount in
    /// units.
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

    /// Checks that a deadline is in the future, and not too far ahead.
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
    /// Checks that the amounts of a payment are equal, and that it is the payment that the caller expects.
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
