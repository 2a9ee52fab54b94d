//! Requests to the forwarder, a contract that executes a call for the wallet that has signed the call.

use alloy_primitives::{Address, Bytes, U256, aliases::U48, hex};
use alloy_signer::Signer;
use alloy_sol_types::SolStruct;

use super::checks::{self, DescribedPayment, verify_and_encode_signature};
use super::typed::{ForwardRequest, create_forwarder_domain};
use super::values::parse_u256;
use super::{Policy, Refusal, SigningError, SigningTerms};
use crate::unigox::ChainAddress;

/// The gas limit of a forward request if the parameters from the API recommend no limit. The vendor's own helpers use
/// the same value.
const DEFAULT_GAS_LIMIT: u64 = 500_000;
/// The validity of a forward request in seconds, if the parameters from the API recommend no validity.
const DEFAULT_VALIDITY_SECONDS: i64 = 3_600;

/// A forward request that passed all checks and may be signed. The forwarder is the contract that executes the request.
pub struct CheckedForwardRequest {
    pub(super) request: ForwardRequest,
    pub(super) chain_id: u64,
    pub(super) forwarder: Address,
}

/// A token transfer that the forwarder executes, as the parameters from the API describe it.
pub(super) struct ForwardedTokenTransfer {
    pub(super) from: Address,
    pub(super) token: Address,
    pub(super) forwarder: Address,
    pub(super) chain_id: u64,
    pub(super) payment: DescribedPayment,
    pub(super) data: Bytes,
    pub(super) nonce: U256,
    pub(super) gas: U256,
    /// The number of seconds for which the forward request (the signed request to the forwarder) should be valid.
    /// `None` if the parameters from the API recommend no validity.
    pub(super) recommended_validity_seconds: Option<i64>,
}

impl ForwardedTokenTransfer {
    /// Checks the transfer, and builds the forward request that has to be signed.
    pub(super) fn check_and_build_forward_request<S: Signer>(
        self,
        signer: &S,
        terms: &SigningTerms,
    ) -> Result<CheckedForwardRequest, Refusal> {
        let ForwardedTokenTransfer {
            from,
            token,
            forwarder,
            chain_id,
            payment,
            data,
            nonce,
            gas,
            recommended_validity_seconds: validity_seconds,
        } = self;
        let policy = &terms.policy;
        policy.check_chain_is_allowed(chain_id)?;
        checks::check_signer_address_and_chain(signer, from, chain_id)?;
        checks::check_calldata_makes_payment(&data, &payment)?;
        policy.check_token_and_forwarder_are_allowed(token, forwarder)?;
        policy.check_token_decimals(token, payment.decimal_count)?;
        terms.check_payment(&payment)?;
        let deadline = compute_and_check_deadline(policy, validity_seconds)?;
        let request = ForwardRequest { from, to: token, value: U256::ZERO, gas, nonce, deadline, data };
        Ok(CheckedForwardRequest { request, chain_id, forwarder })
    }
}

/// A forward request as it is sent to the API: integers are decimal strings, and addresses have the mixed-case checksum
/// of EIP-55.
pub(super) struct WireForwardRequest {
    pub(super) from: ChainAddress,
    pub(super) to: ChainAddress,
    pub(super) value: String,
    pub(super) gas: String,
    pub(super) nonce: String,
    pub(super) deadline: String,
    pub(super) data: String,
}

impl CheckedForwardRequest {
    /// Signs the forward request, and returns the signature encoded as the API expects it.
    pub(super) async fn sign<S: Signer + Send + Sync>(&self, signer: &S) -> Result<String, SigningError> {
        let domain = create_forwarder_domain(self.chain_id, self.forwarder);
        let signature = signer.sign_typed_data(&self.request, &domain).await?;
        Ok(verify_and_encode_signature(
            &signature,
            self.request.eip712_signing_hash(&domain),
            signer.address(),
        )?)
    }

    /// Whether this forward request can no longer be executed, because its deadline has passed or its nonce is
    /// outdated. `newer` is the same forward request with parameters that were fetched later. The nonce of this request
    /// is outdated if `newer` has another nonce.
    pub(super) fn is_stale(&self, newer: &CheckedForwardRequest, policy: &Policy) -> bool {
        self.request.nonce != newer.request.nonce
            || self.request.deadline.to::<u64>() <= policy.current_unix_seconds()
    }

    /// Converts the forward request into the strings that are sent to the API.
    pub(super) fn to_wire_request(&self) -> WireForwardRequest {
        let ForwardRequest { from, to, value, gas, nonce, deadline, data } = &self.request;
        WireForwardRequest {
            from: from.to_checksum(None).into(),
            to: to.to_checksum(None).into(),
            value: value.to_string(),
            gas: gas.to_string(),
            nonce: nonce.to_string(),
            deadline: deadline.to_string(),
            data: hex::encode_prefixed(data),
        }
    }
}

/// Returns the gas limit that the API recommends, or the default limit if the API recommends none.
pub(super) fn choose_gas_limit(field: &'static str, recommended: Option<&String>) -> Result<U256, Refusal> {
    match recommended {
        Some(_) => parse_u256(field, recommended),
        None => Ok(U256::from(DEFAULT_GAS_LIMIT)),
    }
}

/// Returns the deadline of a request: the current time plus the recommended validity, or plus the default validity if
/// the API recommends none. Fails if the policy does not allow this deadline.
fn compute_and_check_deadline(policy: &Policy, recommended: Option<i64>) -> Result<U48, Refusal> {
    let seconds = recommended.unwrap_or(DEFAULT_VALIDITY_SECONDS);
    let too_far = || Refusal::DeadlineOutOfRange {
        max_time_to_deadline: policy.max_time_to_deadline,
        seconds_to_deadline: seconds,
    };
    let deadline = policy.current_unix_seconds().checked_add_signed(seconds).ok_or_else(too_far)?;
    policy.check_deadline(deadline)?;
    U48::try_from(deadline).map_err(|_| too_far())
}
