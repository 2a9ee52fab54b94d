//! Requests to the forwarder, a contract that executes a signed call for its sender.

use alloy_primitives::{Address, Bytes, U256, aliases::U48, hex};
use alloy_signer::Signer;
use alloy_sol_types::SolStruct;

use super::checks::{self, Payment, verified};
use super::typed::{ForwardRequest, forwarder_domain};
use super::values::integer;
use super::{Policy, Refusal, SigningError, Terms};

/// The gas that the vendor's own helpers use when the parameters have no recommendation.
const GAS: u64 = 500_000;
const SECONDS: i64 = 3_600;

/// A request that was checked, with the forwarder that executes it.
pub struct Forward {
    pub(super) request: ForwardRequest,
    pub(super) chain_id: u64,
    pub(super) forwarder: Address,
}

/// A token transfer through the forwarder, as the parameters of the API describe it.
pub(super) struct TokenTransfer {
    pub(super) from: Address,
    pub(super) token: Address,
    pub(super) forwarder: Address,
    pub(super) chain_id: u64,
    pub(super) payment: Payment,
    pub(super) data: Bytes,
    pub(super) nonce: U256,
    pub(super) gas: U256,
    /// For how many seconds the request is recommended to be valid.
    pub(super) seconds: Option<i64>,
}

impl TokenTransfer {
    /// Runs all checks, and makes the request that is signed.
    pub(super) fn check<S: Signer>(self, signer: &S, terms: &Terms) -> Result<Forward, SigningError> {
        let TokenTransfer { from, token, forwarder, chain_id, payment, data, nonce, gas, seconds } = self;
        let policy = &terms.policy;
        policy.check_chain(chain_id)?;
        checks::signer(signer, from, chain_id)?;
        checks::calldata(&data, &payment)?;
        policy.check_contracts(token, forwarder)?;
        policy.check_decimals(token, payment.decimals)?;
        terms.check_payment(&payment)?;
        let deadline = deadline(policy, seconds)?;
        let request = ForwardRequest { from, to: token, value: U256::ZERO, gas, nonce, deadline, data };
        Ok(Forward { request, chain_id, forwarder })
    }
}

/// A request in the form of the API: integers as decimal strings, and addresses with a checksum.
pub(super) struct Wire {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) value: String,
    pub(super) gas: String,
    pub(super) nonce: String,
    pub(super) deadline: String,
    pub(super) data: String,
}

impl Forward {
    /// Signs the request.
    pub(super) async fn sign<S: Signer + Send + Sync>(&self, signer: &S) -> Result<String, SigningError> {
        let domain = forwarder_domain(self.chain_id, self.forwarder);
        let signature = signer.sign_typed_data(&self.request, &domain).await?;
        Ok(verified(&signature, self.request.eip712_signing_hash(&domain), signer.address())?)
    }

    /// Whether the forwarder now expects another nonce, or the deadline has passed.
    pub(super) fn is_stale(&self, now: &Forward, policy: &Policy) -> bool {
        self.request.nonce != now.request.nonce || self.request.deadline.to::<u64>() <= policy.now()
    }

    pub(super) fn wire(&self) -> Wire {
        let ForwardRequest { from, to, value, gas, nonce, deadline, data } = &self.request;
        Wire {
            from: from.to_checksum(None),
            to: to.to_checksum(None),
            value: value.to_string(),
            gas: gas.to_string(),
            nonce: nonce.to_string(),
            deadline: deadline.to_string(),
            data: hex::encode_prefixed(data),
        }
    }
}

/// The gas of a request, according to the recommendation.
pub(super) fn gas(field: &'static str, recommended: Option<&String>) -> Result<U256, Refusal> {
    match recommended {
        Some(_) => integer(field, recommended),
        None => Ok(U256::from(GAS)),
    }
}

/// The deadline, as many seconds ahead as recommended.
fn deadline(policy: &Policy, recommended: Option<i64>) -> Result<U48, Refusal> {
    let seconds = recommended.unwrap_or(SECONDS);
    let too_far = || Refusal::Deadline { longest: policy.longest, seconds };
    let deadline = policy.now().checked_add_signed(seconds).ok_or_else(too_far)?;
    policy.check_deadline(deadline)?;
    U48::try_from(deadline).map_err(|_| too_far())
}
