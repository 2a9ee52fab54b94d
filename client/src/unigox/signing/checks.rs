//! Checks of the parameters from the API before they are signed, and of the signature after signing.

use alloy_primitives::{Address, B256, Signature, U256, hex};
use alloy_signer::Signer;
use alloy_sol_types::SolCall;

use super::typed::transferCall;
use super::values::{require, units_to_tokens};
use super::{Policy, Refusal};
use crate::Decimal;
use crate::unigox::{ChainAddress, OrderId};

/// The caller's conditions for signing.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    pub(super) policy: Policy,
    /// The recipient that the caller expects; `None` if the caller has not set a recipient.
    pub(super) expected_recipient: Option<Address>,
    /// The amount in tokens that the caller expects; `None` if the caller has not set an amount.
    pub(super) expected_amount: Option<Decimal>,
    /// The transfers that the caller expects in addition to the one in the parameters, as pairs of recipient and amount
    /// in the smallest unit of the token.
    pub(super) additional_transfers: Vec<(Address, U256)>,
    /// Whether calldata (the encoded call of a contract) may be signed although it is not a token transfer.
    pub(super) allows_undecoded: bool,
}

/// The payment that a token transfer makes, as the parameters from the API describe it.
#[derive(Clone, Copy)]
pub(super) struct Payment {
    pub(super) recipient: Address,
    /// The amount in the smallest unit of the token.
    pub(super) amount_in_units: U256,
    /// The amount in tokens.
    pub(super) amount_in_tokens: Decimal,
    /// The number of decimals of the token.
    pub(super) decimals: i64,
}

/// Checks that the parameters from the API are for the requested order.
pub(super) fn check_order(asked: OrderId, named: Option<&OrderId>) -> Result<(), Refusal> {
    let named = *require("order_id", named)?;
    match asked == named {
        true => Ok(()),
        false => Err(Refusal::Order { asked, named }),
    }
}

/// Checks that the destination on another chain is the requested one. The comparison ignores case only for addresses of
/// EVM chains.
pub(super) fn check_destination(asked: &ChainAddress, named: &ChainAddress) -> Result<(), Refusal> {
    let (asked, named) = (asked.as_str(), named.as_str());
    let same = match asked.starts_with("0x") {
        true => named.eq_ignore_ascii_case(asked),
        false => named == asked,
    };
    match same {
        true => Ok(()),
        false => Err(Refusal::Destination { asked: asked.to_owned(), named: named.to_owned() }),
    }
}

/// Checks that the signer has the address that the parameters require, and that the signer is not set up for another
/// chain than `chain_id`.
pub(super) fn check_signer(signer: &impl Signer, named: Address, chain_id: u64) -> Result<(), Refusal> {
    if signer.address() != named {
        return Err(Refusal::Signer { signer: signer.address(), named });
    }
    match signer.chain_id() {
        Some(chain) if chain != chain_id => Err(Refusal::Chain { allowed: chain_id, named: chain }),
        _ => Ok(()),
    }
}

/// Checks that the name or the version of the EIP-712 domain in the parameters is the expected one, which the contract
/// of the forwarder defines.
pub(super) fn check_domain(expected: &'static str, named: &str) -> Result<(), Refusal> {
    match named == expected {
        true => Ok(()),
        false => Err(Refusal::Domain { expected, named: named.to_owned() }),
    }
}

/// Decodes calldata that must be exactly one token transfer.
pub(super) fn decode_transfer(data: &[u8]) -> Result<transferCall, Refusal> {
    let transfer = transferCall::abi_decode_validate(data).map_err(|_| Refusal::NotATransfer)?;
    // Calldata with further bytes after the two arguments is refused, because no check covers these bytes.
    match transfer.abi_encode() == data {
        true => Ok(transfer),
        false => Err(Refusal::NotATransfer),
    }
}

/// Checks that the calldata (the encoded call of a contract) makes the payment that the parameters describe. The caller
/// sees the description, but the signature covers the calldata.
pub(super) fn check_calldata(data: &[u8], payment: &Payment) -> Result<(), Refusal> {
    let transfer = decode_transfer(data)?;
    if transfer.to != payment.recipient {
        return Err(Refusal::Recipient { named: payment.recipient, encoded: transfer.to });
    }
    match transfer.amount == payment.amount_in_units {
        true => Ok(()),
        false => Err(Refusal::Amount { named: payment.amount_in_units, encoded: transfer.amount }),
    }
}

/// Checks that the amount in tokens and the amount in the smallest unit of the token stand for the same amount.
pub(super) fn check_amounts_agree(payment: &Payment) -> Result<(), Refusal> {
    let Payment { amount_in_units: units, amount_in_tokens: tokens, decimals, .. } = *payment;
    let in_tokens = u32::try_from(decimals).ok().and_then(|decimals| units_to_tokens(units, decimals));
    match in_tokens == Some(tokens) {
        true => Ok(()),
        false => Err(Refusal::Units { tokens, units, decimals }),
    }
}

/// Verifies a signature, and returns it in the form of the API: `0x`, r, s in the lower half of its range, and v as 27
/// or 28.
///
/// The verification is needed because a remote signer may use another key than the expected one.
pub(super) fn verify_and_encode(
    signature: &Signature,
    digest: B256,
    signer: Address,
) -> Result<String, Refusal> {
    let signature = signature.normalized_s();
    match signature.recover_address_from_prehash(&digest) {
        Ok(recovered) if recovered == signer => Ok(hex::encode_prefixed(signature.as_bytes())),
        _ => Err(Refusal::Signature { digest, signer }),
    }
}

impl Policy {
    /// Checks that the chain in the parameters is the one that the policy allows.
    pub(super) fn check_chain(&self, named: u64) -> Result<(), Refusal> {
        match named == self.chain_id {
            true => Ok(()),
            false => Err(Refusal::Chain { allowed: self.chain_id, named }),
        }
    }

    /// Checks that the policy allows the token and the forwarder.
    pub(super) fn check_contracts(&self, token: Address, forwarder: Address) -> Result<(), Refusal> {
        let token_allowed = self.token_decimals(token).is_some();
        let forwarder_allowed = self.forwarders.contains(&forwarder);
        match token_allowed && forwarder_allowed {
            true => Ok(()),
            false => Err(Refusal::NotAllowed { token, token_allowed, forwarder, forwarder_allowed }),
        }
    }

    /// Checks that the policy allows the token.
    pub(super) fn check_token(&self, token: Address) -> Result<(), Refusal> {
        self.token_decimals(token).map(|_| ()).ok_or(Refusal::TokenNotAllowed { token })
    }

    /// Checks that the decimals in the parameters are those that the policy has for the token. With wrong decimals, an
    /// amount in tokens would stand for another amount in the smallest unit.
    pub(super) fn check_decimals(&self, token: Address, named: i64) -> Result<(), Refusal> {
        match self.token_decimals(token) {
            Some(decimals) if i64::from(decimals) != named => Err(Refusal::Decimals { decimals, named }),
            _ => Ok(()),
        }
    }

    /// Checks that the policy allows transactions of the Safe (the wallet contract).
    pub(super) fn check_safe(&self, safe: Address) -> Result<(), Refusal> {
        match self.safes.contains(&safe) {
            true => Ok(()),
            false => Err(Refusal::SafeNotAllowed { safe }),
        }
    }

    /// Checks that the policy allows the `multiSend` contract.
    pub(super) fn check_multi_send(&self, contract: Address) -> Result<(), Refusal> {
        match self.multi_sends.contains(&contract) {
            true => Ok(()),
            false => Err(Refusal::MultiSendNotAllowed { contract }),
        }
    }

    /// Checks that a deadline (in seconds since 1970) is in the future, and not further ahead than the policy allows.
    pub(super) fn check_deadline(&self, deadline: u64) -> Result<(), Refusal> {
        let now = self.now_seconds();
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
    /// Checks that the two amounts of a payment, in tokens and in the smallest unit, stand for the same amount, and
    /// that recipient and amount are those that the caller expects.
    pub(super) fn check_payment(&self, payment: &Payment) -> Result<(), Refusal> {
        check_amounts_agree(payment)?;
        self.check_expected_recipient(payment.recipient)?;
        self.check_expected_amount(payment.amount_in_tokens)
    }

    pub(super) fn check_expected_recipient(&self, named: Address) -> Result<(), Refusal> {
        match self.expected_recipient {
            Some(expected) if expected != named => Err(Refusal::UnexpectedRecipient { expected, named }),
            _ => Ok(()),
        }
    }

    pub(super) fn check_expected_amount(&self, named: Decimal) -> Result<(), Refusal> {
        match self.expected_amount {
            Some(expected) if expected != named => Err(Refusal::UnexpectedAmount { expected, named }),
            _ => Ok(()),
        }
    }
}
