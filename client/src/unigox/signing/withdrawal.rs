//! Signs withdrawals from a customer's own wallet.

use alloy_primitives::aliases::U48;
use alloy_signer::Signer;

use super::checks;
use super::forward::CheckedForwardRequest;
use super::typed::{FORWARDER_DOMAIN_NAME, FORWARDER_DOMAIN_VERSION, ForwardRequest};
use super::values::{
    convert_smallest_units_to_tokens, parse_address, parse_chain_id, parse_hex_bytes, parse_u64, parse_u256,
    require_field,
};
use super::{
    ExpectedAmount, PendingSignature, Refusal, SignAndSubmit, SignableParameters, SigningError, SigningStep,
    SigningTerms,
};
use crate::unigox::{
    Client, CustomerWithdrawal, NewWithdrawalQuote, SignedWithdrawal, SignedWithdrawalRequired, UserUuid,
    WithdrawalQuote, WithdrawalQuoteId,
};
use crate::{Error, Response};

impl WithdrawalQuote {
    /// Checks and signs the withdrawal, without submitting the signature. `.await` starts the signing, which needs a
    /// [`Policy`](super::Policy) that allows the token and the forwarder.
    ///
    /// The quote contains the forward request, which is signed unchanged. The quote does not name the recipient on XAI,
    /// so set the [expected recipient](PendingSignature::expect_recipient), or [allow undecoded
    /// calldata](PendingSignature::allow_undecoded_calldata). The signature does not cover the destination on the other
    /// chain.
    pub fn sign<'a, S: Signer + Send + Sync>(
        &'a self,
        amount: ExpectedAmount,
        signer: &'a S,
    ) -> PendingSignature<'a, Self, S> {
        PendingSignature::new(self, amount, signer)
    }
}

impl Client {
    /// Withdraws from a customer's own wallet: requests a quote, checks and signs it, and submits the signature.
    /// `.await` starts the withdrawal. The expected amount is `quote.amount`. See [`WithdrawalQuote::sign`] for the
    /// policy that the signing needs.
    ///
    /// If the quote expires in the meantime, no new quote is requested, because the price of a new quote may be worse.
    pub fn sign_and_submit_customer_withdrawal<'a, S: Signer + Send + Sync>(
        &'a self,
        user_uuid: UserUuid,
        quote: NewWithdrawalQuote,
        signer: &'a S,
    ) -> SignAndSubmit<'a, WithdrawalStep, S> {
        let amount = ExpectedAmount::Exactly(quote.amount);
        SignAndSubmit::new(self, WithdrawalStep { user_uuid, quote }, amount, signer)
    }
}

/// The [`SigningStep`] that withdraws from a customer's own wallet: it requests the quote, and submits the signature.
#[derive(Debug, Clone)]
pub struct WithdrawalStep {
    user_uuid: UserUuid,
    quote: NewWithdrawalQuote,
}

/// A withdrawal that passed the policy checks and may be signed.
pub struct CheckedWithdrawal {
    forward: CheckedForwardRequest,
    quote_id: WithdrawalQuoteId,
}

impl SigningStep for WithdrawalStep {
    type Parameters = WithdrawalQuote;
    type ResponseBody = CustomerWithdrawal;

    async fn fetch_parameters(&self, client: &Client) -> Result<Response<WithdrawalQuote>, Error> {
        client.quote_customer_withdrawal(self.user_uuid, self.quote.clone()).await
    }

    fn check_parameters_match_request(&self, quote: &WithdrawalQuote) -> Result<(), Refusal> {
        let in_parameters = require_field("destination_address", quote.destination_address.as_ref())?;
        checks::check_destination_address(&self.quote.destination_address, in_parameters)
    }

    async fn submit_signature(
        &self,
        client: &Client,
        signed: SignedWithdrawal,
    ) -> Result<Response<CustomerWithdrawal>, Error> {
        client.create_customer_withdrawal(self.user_uuid, signed).await
    }
}

impl SignableParameters for WithdrawalQuote {
    type CheckedParameters = CheckedWithdrawal;
    type SignedBody = SignedWithdrawal;

    fn check_against_terms<S: Signer>(
        &self,
        signer: &S,
        terms: &SigningTerms,
    ) -> Result<CheckedWithdrawal, Refusal> {
        let policy = &terms.policy;
        let quote_id = *require_field("withdrawal_quote_id", self.withdrawal_quote_id.as_ref())?;
        let call = require_field("forward_request", self.forward_request.as_ref())?;
        let domain = require_field("eip712_domain", self.eip712_domain.as_ref())?;
        checks::check_domain_name_or_version(
            FORWARDER_DOMAIN_NAME,
            require_field("eip712_domain.name", domain.name.as_ref())?,
        )?;
        checks::check_domain_name_or_version(
            FORWARDER_DOMAIN_VERSION,
            require_field("eip712_domain.version", domain.version.as_ref())?,
        )?;
        let chain_id = parse_chain_id("eip712_domain.chainId", domain.chain_id.as_ref())?;
        let forwarder = parse_address("eip712_domain.verifyingContract", domain.verifying_contract.as_ref())?;
        let deadline = parse_u64("forward_request.deadline", call.deadline.as_ref())?;
        let request = ForwardRequest {
            from: parse_address("forward_request.from", call.from.as_ref())?,
            to: parse_address("forward_request.to", call.to.as_ref())?,
            value: parse_u256("forward_request.value", call.value.as_ref())?,
            gas: parse_u256("forward_request.gas", call.gas.as_ref())?,
            nonce: parse_u256("forward_request.nonce", call.nonce.as_ref())?,
            deadline: U48::saturating_from(deadline),
            data: parse_hex_bytes("forward_request.data", call.data.as_ref())?,
        };

        policy.check_chain_is_allowed(chain_id)?;
        checks::check_signer_address_and_chain(signer, request.from, chain_id)?;
        policy.check_token_and_forwarder_are_allowed(request.to, forwarder)?;
        policy.check_deadline(deadline)?;
        if !request.value.is_zero() {
            return Err(Refusal::NativeCurrencySent { amount_in_smallest_units: request.value });
        }
        self.check_transfer_in_calldata(&request, terms)?;
        Ok(CheckedWithdrawal { forward: CheckedForwardRequest { request, chain_id, forwarder }, quote_id })
    }

    async fn sign_checked_parameters<S: Signer + Send + Sync>(
        checked: &CheckedWithdrawal,
        signer: &S,
    ) -> Result<SignedWithdrawal, SigningError> {
        let signature = checked.forward.sign(signer).await?;
        Ok(SignedWithdrawal::new(SignedWithdrawalRequired {
            withdrawal_quote_id: checked.quote_id,
            forward_request: checked.forward.to_wire_request().into(),
            signature,
        }))
    }
}

impl WithdrawalQuote {
    /// Checks that the calldata of the request transfers the quoted amount to the recipient that the caller expects.
    fn check_transfer_in_calldata(
        &self,
        request: &ForwardRequest,
        terms: &SigningTerms,
    ) -> Result<(), Refusal> {
        let in_parameters = *require_field("amount", self.amount.as_ref())?;
        terms.expected_amount.check_amount_in_parameters(in_parameters)?;
        let transfer = match checks::decode_token_transfer(&request.data) {
            Ok(transfer) => transfer,
            Err(_) if terms.allows_undecoded_calldata => return Ok(()),
            Err(refusal) => return Err(refusal),
        };
        let decimals = terms.policy.find_token_decimals(request.to);
        if decimals.and_then(|decimals| convert_smallest_units_to_tokens(transfer.amount, decimals.into()))
            != Some(in_parameters)
        {
            let decimals = decimals.map_or(0, i64::from);
            return Err(Refusal::AmountsDisagree {
                amount_in_tokens: in_parameters,
                amount_in_smallest_units: transfer.amount,
                decimals,
            });
        }
        match terms.expected_recipient {
            Some(expected) if expected != transfer.to => Err(Refusal::UnexpectedRecipient {
                expected_recipient: expected,
                actual_recipient: transfer.to,
            }),
            None if !terms.allows_undecoded_calldata => {
                Err(Refusal::MissingExpectedRecipient { recipient_in_calldata: transfer.to })
            }
            Some(_) | None => Ok(()),
        }
    }
}
