//! Signs the transfers that move sold crypto into escrow.

use alloy_signer::Signer;

use super::checks::{self, DescribedPayment};
use super::forward::{self, CheckedForwardRequest, ForwardedTokenTransfer, WireForwardRequest};
use super::values::{parse_address, parse_chain_id, parse_hex_bytes, parse_u256, require_field};
use super::{
    ExpectedAmount, PendingSignature, Policy, Refusal, SignAndSubmit, SignableParameters, SigningError,
    SigningStep, SigningTerms,
};
use crate::unigox::{
    Client, OrderId, SignedTransfer, SignedTransferRequired, TransferAuthorizationParameters,
};
use crate::{Error, JsonObject, Response};

impl TransferAuthorizationParameters {
    /// Checks and signs the transfer, without submitting the signature. `.await` starts the signing. The [`Policy`] has
    /// to allow the token and the forwarder.
    pub fn sign<'a, S: Signer + Send + Sync>(
        &'a self,
        amount: ExpectedAmount,
        signer: &'a S,
    ) -> PendingSignature<'a, Self, S> {
        PendingSignature::new(self, amount, signer)
    }
}

impl Client {
    /// Authorizes the crypto transfer of an order: fetches the parameters, checks and signs them, and submits the
    /// signature.
    ///
    /// The order has to have the status `awaiting_crypto_transfer_authorization`;
    /// [`wait_until_crypto_transfer_due`](Client::wait_until_crypto_transfer_due) waits for this status. `.await`
    /// starts all this. The [`Policy`] has to allow the token and the forwarder.
    pub fn sign_and_submit_crypto_transfer<'a, S: Signer + Send + Sync>(
        &'a self,
        order_id: OrderId,
        amount: ExpectedAmount,
        signer: &'a S,
    ) -> SignAndSubmit<'a, CryptoTransferStep, S> {
        SignAndSubmit::new(self, CryptoTransferStep { order_id }, amount, signer)
    }
}

/// The [`SigningStep`] that authorizes the crypto transfer of an order.
#[derive(Debug, Clone, Copy)]
pub struct CryptoTransferStep {
    order_id: OrderId,
}

impl SigningStep for CryptoTransferStep {
    type Parameters = TransferAuthorizationParameters;
    type ResponseBody = ();

    async fn fetch_parameters(
        &self,
        client: &Client,
    ) -> Result<Response<TransferAuthorizationParameters>, Error> {
        client.get_transfer_authorization_parameters(self.order_id).await
    }

    fn check_parameters_match_request(
        &self,
        parameters: &TransferAuthorizationParameters,
    ) -> Result<(), Refusal> {
        checks::check_order_id(self.order_id, parameters.order_id.as_ref())
    }

    async fn submit_signature(&self, client: &Client, signed: SignedTransfer) -> Result<Response<()>, Error> {
        client.authorize_crypto_transfer(self.order_id, signed).await
    }
}

impl SignableParameters for TransferAuthorizationParameters {
    type CheckedParameters = CheckedForwardRequest;
    type SignedBody = SignedTransfer;

    fn check_against_terms<S: Signer>(
        &self,
        signer: &S,
        terms: &SigningTerms,
    ) -> Result<CheckedForwardRequest, Refusal> {
        let transfer = ForwardedTokenTransfer {
            from: parse_address("sender_address", self.sender_address.as_ref())?,
            token: parse_address("token_address", self.token_address.as_ref())?,
            forwarder: parse_address("forwarder_address", self.forwarder_address.as_ref())?,
            chain_id: parse_chain_id("chain_id", self.chain_id.as_ref())?,
            payment: DescribedPayment {
                recipient: parse_address("recipient_address", self.recipient_address.as_ref())?,
                amount_in_smallest_units: parse_u256("amount_atomic", self.amount_atomic.as_ref())?,
                amount_in_tokens: *require_field("amount_human", self.amount_human.as_ref())?,
                decimal_count: *require_field("crypto_decimals", self.crypto_decimals.as_ref())?,
            },
            data: parse_hex_bytes("transfer_data", self.transfer_data.as_ref())?,
            nonce: parse_u256("forwarder_nonce", self.forwarder_nonce.as_ref())?,
            gas: forward::choose_gas_limit("recommended_gas_limit", self.recommended_gas_limit.as_ref())?,
            recommended_validity_seconds: self.recommended_ttl_seconds,
        };
        transfer.check_and_build_forward_request(signer, terms)
    }

    async fn sign_checked_parameters<S: Signer + Send + Sync>(
        checked: &CheckedForwardRequest,
        signer: &S,
    ) -> Result<SignedTransfer, SigningError> {
        let signature = checked.sign(signer).await?;
        Ok(SignedTransfer::new(SignedTransferRequired {
            forward_request: checked.to_wire_request().into(),
            signature,
        }))
    }

    fn are_first_parameters_stale(
        first: &CheckedForwardRequest,
        second: &CheckedForwardRequest,
        policy: &Policy,
    ) -> bool {
        first.is_stale(second, policy)
    }
}

impl From<WireForwardRequest> for JsonObject {
    fn from(wire: WireForwardRequest) -> JsonObject {
        let WireForwardRequest { from, to, value, gas, nonce, deadline, data } = wire;
        JsonObject::from([
            ("from", from.into_inner()),
            ("to", to.into_inner()),
            ("value", value),
            ("gas", gas),
            ("nonce", nonce),
            ("deadline", deadline),
            ("data", data),
        ])
    }
}
