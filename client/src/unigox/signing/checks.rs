//! Checks of the parameters from the API before they are signed, and of the signature after signing.

use alloy_primitives::{Address, B256, Signature, U256, hex};
use alloy_signer::Signer;
use alloy_sol_types::SolCall;

use super::typed::transferCall;
use super::values::{convert_smallest_units_to_tokens, require_field};
use super::{ExpectedAmount, Policy, Refusal};
use crate::Decimal;
use crate::unigox::{ChainAddress, OrderId};

/// The caller's terms for signing: the policy, and the transfers that the caller expects.
#[derive(Debug, Clone)]
pub struct SigningTerms {
    pub(super) policy: Policy,
    /// The recipient that the caller expects; `None` if the caller has set no expected recipient.
    pub(super) expected_recipient: Option<Address>,
    pub(super) expected_amount: ExpectedAmount,
    /// The transfers that the caller expects in addition to the transfer in the parameters. Each is a pair of the
    /// recipient and the amount in the smallest unit of the token.
    pub(super) expected_additional_transfers: Vec<(Address, U256)>,
    /// Whether calldata (the encoded call of a contract) may be signed although it cannot be decoded as a token
    /// transfer.
    pub(super) allows_undecoded_calldata: bool,
}

/// The payment that a token transfer makes, as the parameters from the API describe it.
#[derive(Clone, Copy)]
pub(super) struct DescribedPayment {
    pub(super) recipient: Address,
    /// The amount in the smallest unit of the token.
    pub(super) amount_in_smallest_units: U256,
    /// The amount in tokens.
    pub(super) amount_in_tokens: Decimal,
    /// The number of decimals of the token.
    pub(super) decimal_count: i64,
}

/// Checks that the signing parameters that the API returned contain the id of the requested order.
pub(super) fn check_order_id(requested: OrderId, in_parameters: Option<&OrderId>) -> Result<(), Refusal> {
    let in_parameters = *require_field("order_id", in_parameters)?;
    match requested == in_parameters {
        true => Ok(()),
        false => {
            Err(Refusal::WrongOrder { requested_order_id: requested, order_id_in_parameters: in_parameters })
        }
    }
}

/// Checks that the destination address in the parameters is the requested one. The comparison ignores case only for
/// addresses of EVM chains.
pub(super) fn check_destination_address(
    requested: &ChainAddress,
    in_parameters: &ChainAddress,
) -> Result<(), Refusal> {
    let (requested, in_parameters) = (requested.as_str(), in_parameters.as_str());
    let same = match requested.starts_with("0x") {
        true => in_parameters.eq_ignore_ascii_case(requested),
        false => in_parameters == requested,
    };
    match same {
        true => Ok(()),
        false => Err(Refusal::WrongDestinationAddress {
            requested_address: requested.to_owned(),
            address_in_parameters: in_parameters.to_owned(),
        }),
    }
}

/// Checks that the signer has the address that the parameters require. If the signer is bound to a chain, also checks
/// that this chain is `chain_id`.
pub(super) fn check_signer_address_and_chain(
    signer: &impl Signer,
    in_parameters: Address,
    chain_id: u64,
) -> Result<(), Refusal> {
    if signer.address() != in_parameters {
        return Err(Refusal::WrongSigner {
            signer_address: signer.address(),
            required_address: in_parameters,
        });
    }
    match signer.chain_id() {
        Some(chain) if chain != chain_id => {
            Err(Refusal::ChainNotAllowed { allowed_chain_id: chain_id, actual_chain_id: chain })
        }
        _ => Ok(()),
    }
}

/// Checks the name or the version of the EIP-712 domain in the parameters. It must be equal to `expected`, the value
/// that the forwarder's contract defines.
pub(super) fn check_domain_name_or_version(
    expected: &'static str,
    in_parameters: &str,
) -> Result<(), Refusal> {
    match in_parameters == expected {
        true => Ok(()),
        false => Err(Refusal::WrongDomainNameOrVersion {
            expected_value: expected,
            value_in_parameters: in_parameters.to_owned(),
        }),
    }
}

/// Decodes calldata (the encoded call of a contract) that must be exactly one token transfer.
pub(super) fn decode_token_transfer(data: &[u8]) -> Result<transferCall, Refusal> {
    let transfer = transferCall::abi_decode_validate(data).map_err(|_| Refusal::NotATokenTransfer)?;
    // Calldata with further bytes after the two arguments of `transfer` is refused, because no check would cover these
    // bytes.
    match transfer.abi_encode() == data {
        true => Ok(transfer),
        false => Err(Refusal::NotATokenTransfer),
    }
}

/// Checks that the calldata (the encoded call of a contract) makes the payment that the parameters describe. This check
/// is needed because the caller sees the description, but the signature covers the calldata.
pub(super) fn check_calldata_makes_payment(data: &[u8], payment: &DescribedPayment) -> Result<(), Refusal> {
    let transfer = decode_token_transfer(data)?;
    if transfer.to != payment.recipient {
        return Err(Refusal::CalldataRecipientMismatch {
            recipient_in_parameters: payment.recipient,
            recipient_in_calldata: transfer.to,
        });
    }
    match transfer.amount == payment.amount_in_smallest_units {
        true => Ok(()),
        false => Err(Refusal::CalldataAmountMismatch {
            amount_in_parameters: payment.amount_in_smallest_units,
            amount_in_calldata: transfer.amount,
        }),
    }
}

/// Checks that the two amounts of a payment, in tokens and in the smallest unit of the token, are equal.
pub(super) fn check_amounts_agree(payment: &DescribedPayment) -> Result<(), Refusal> {
    let DescribedPayment {
        amount_in_smallest_units: units,
        amount_in_tokens: tokens,
        decimal_count: decimals,
        ..
    } = *payment;
    let in_tokens =
        u32::try_from(decimals).ok().and_then(|decimals| convert_smallest_units_to_tokens(units, decimals));
    match in_tokens == Some(tokens) {
        true => Ok(()),
        false => Err(Refusal::AmountsDisagree {
            amount_in_tokens: tokens,
            amount_in_smallest_units: units,
            decimals,
        }),
    }
}

/// Verifies a signature, and returns it encoded as the API expects it: `0x`, then r, s and v in hex, with s in the
/// lower half of its range, and v as 27 or 28.
///
/// The verification is needed because a remote signer may use another key than the expected one.
pub(super) fn verify_and_encode_signature(
    signature: &Signature,
    digest: B256,
    signer: Address,
) -> Result<String, Refusal> {
    let signature = signature.normalized_s();
    match signature.recover_address_from_prehash(&digest) {
        Ok(recovered) if recovered == signer => Ok(hex::encode_prefixed(signature.as_bytes())),
        _ => Err(Refusal::InvalidSignature { digest, signer_address: signer }),
    }
}

impl Policy {
    /// Checks that the policy allows the chain in the parameters.
    pub(super) fn check_chain_is_allowed(&self, chain_id: u64) -> Result<(), Refusal> {
        match chain_id == self.chain_id {
            true => Ok(()),
            false => {
                Err(Refusal::ChainNotAllowed { allowed_chain_id: self.chain_id, actual_chain_id: chain_id })
            }
        }
    }

    /// Checks that the policy allows the token and the forwarder (the contract that executes the transfer).
    pub(super) fn check_token_and_forwarder_are_allowed(
        &self,
        token: Address,
        forwarder: Address,
    ) -> Result<(), Refusal> {
        let token_allowed = self.find_token_decimals(token).is_some();
        let forwarder_allowed = self.allowed_forwarders.contains(&forwarder);
        match token_allowed && forwarder_allowed {
            true => Ok(()),
            false => Err(Refusal::TokenOrForwarderNotAllowed {
                token_address: token,
                is_token_allowed: token_allowed,
                forwarder_address: forwarder,
                is_forwarder_allowed: forwarder_allowed,
            }),
        }
    }

    /// Checks that the policy allows the token.
    pub(super) fn check_token_is_allowed(&self, token: Address) -> Result<(), Refusal> {
        self.find_token_decimals(token).map(|_| ()).ok_or(Refusal::TokenNotAllowed { token_address: token })
    }

    /// Checks that the parameters and the policy state the same number of decimals for a token. With a wrong number, an
    /// amount in tokens would be converted into a wrong amount in the smallest unit.
    pub(super) fn check_token_decimals(&self, token: Address, in_parameters: i64) -> Result<(), Refusal> {
        match self.find_token_decimals(token) {
            Some(in_policy) if i64::from(in_policy) != in_parameters => Err(Refusal::DecimalsMismatch {
                decimals_in_policy: in_policy,
                decimals_in_parameters: in_parameters,
            }),
            _ => Ok(()),
        }
    }

    /// Checks that the policy allows transactions of the Safe (the wallet contract).
    pub(super) fn check_safe_is_allowed(&self, safe: Address) -> Result<(), Refusal> {
        match self.allowed_safes.contains(&safe) {
            true => Ok(()),
            false => Err(Refusal::SafeNotAllowed { safe_address: safe }),
        }
    }

    /// Checks that the policy allows the `multiSend` contract.
    pub(super) fn check_multi_send_is_allowed(&self, contract: Address) -> Result<(), Refusal> {
        match self.allowed_multi_sends.contains(&contract) {
            true => Ok(()),
            false => Err(Refusal::MultiSendNotAllowed { contract_address: contract }),
        }
    }

    /// Checks that a deadline (in seconds since 1970) is in the future, and not further ahead than the policy allows.
    pub(super) fn check_deadline(&self, deadline: u64) -> Result<(), Refusal> {
        let now = self.current_unix_seconds();
        match deadline.checked_sub(now) {
            Some(ahead) if ahead > 0 && ahead <= self.max_time_to_deadline.as_secs() => Ok(()),
            _ => {
                let seconds = i128::from(deadline) - i128::from(now);
                let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
                Err(Refusal::DeadlineOutOfRange {
                    max_time_to_deadline: self.max_time_to_deadline,
                    seconds_to_deadline: seconds,
                })
            }
        }
    }
}

impl SigningTerms {
    pub(super) fn new(expected_amount: ExpectedAmount) -> SigningTerms {
        SigningTerms {
            policy: Policy::new(),
            expected_recipient: None,
            expected_amount,
            expected_additional_transfers: Vec::new(),
            allows_undecoded_calldata: false,
        }
    }

    /// Checks that a payment has the amount and the recipient that the caller expects. Also checks that its two amounts
    /// (in tokens, and in the smallest unit of the token) are equal.
    pub(super) fn check_payment(&self, payment: &DescribedPayment) -> Result<(), Refusal> {
        check_amounts_agree(payment)?;
        self.check_expected_recipient(payment.recipient)?;
        self.expected_amount.check_amount_in_parameters(payment.amount_in_tokens)
    }

    pub(super) fn check_expected_recipient(&self, actual: Address) -> Result<(), Refusal> {
        match self.expected_recipient {
            Some(expected) if expected != actual => {
                Err(Refusal::UnexpectedRecipient { expected_recipient: expected, actual_recipient: actual })
            }
            _ => Ok(()),
        }
    }
}
