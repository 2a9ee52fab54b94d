//! Signs bridges. A bridge transfers bought crypto to another chain.

use alloy_signer::Signer;

use super::checks::{self, DescribedPayment};
use super::forward::{self, CheckedForwardRequest, ForwardedTokenTransfer, WireForwardRequest};
use super::values::{parse_address, parse_chain_id, parse_hex_bytes, parse_u256, require_field};
use super::{
    ExpectedAmount, PendingSignature, Policy, Refusal, SignAndSubmit, SignableParameters, SigningError,
    SigningStep, SigningTerms,
};
use crate::unigox::{
    BridgeAuthorizationParameters, ChainAddress, Client, DestinationChain, ForwarderCall,
    ForwarderCallRequired, OrderId, OrderProgress, SignedBridge, SignedBridgeRequired,
};
use crate::{Error, Response};

impl BridgeAuthorizationParameters {
    /// Checks and signs the token transfer to the solver, the party that carries the tokens across the bridge. The
    /// signature is not submitted. `.await` starts the signing. The [`Policy`] has to allow the token and the forwarder
    /// (the contract that executes the transfer).
    ///
    /// The signature does not cover the destination on the other chain. Only the vendor can ensure that the crypto
    /// arrives at the destination.
    pub fn sign<'a, S: Signer + Send + Sync>(
        &'a self,
        amount: ExpectedAmount,
        signer: &'a S,
    ) -> PendingSignature<'a, Self, S> {
        PendingSignature::new(self, amount, signer)
    }
}

impl Client {
    /// Transfers bought crypto to another chain: fetches the parameters, checks and signs them, and submits the
    /// signature. `.await` starts the bridge. The [`Policy`] has to allow the token and the forwarder.
    pub fn sign_and_submit_bridge<'a, S: Signer + Send + Sync>(
        &'a self,
        order_id: OrderId,
        destination: BridgeDestination,
        amount: ExpectedAmount,
        signer: &'a S,
    ) -> SignAndSubmit<'a, BridgeStep, S> {
        SignAndSubmit::new(self, BridgeStep { order_id, destination }, amount, signer)
    }
}

/// The destination of a bridge: a chain, and an address on that chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BridgeDestination {
    /// The name of the chain, as [`list_send_out_routes`](Client::list_send_out_routes) returns it.
    pub chain: DestinationChain,
    /// The address on the destination chain, in the address format of this chain.
    pub address: ChainAddress,
}

/// The [`SigningStep`] that transfers the bought crypto of an order to another chain.
#[derive(Debug, Clone)]
pub struct BridgeStep {
    order_id: OrderId,
    destination: BridgeDestination,
}

/// A bridge whose parameters passed all checks and may be signed.
pub struct CheckedBridge {
    forward: CheckedForwardRequest,
    chain: DestinationChain,
    address: ChainAddress,
}

impl SigningStep for BridgeStep {
    type Parameters = BridgeAuthorizationParameters;
    type ResponseBody = OrderProgress;

    async fn fetch_parameters(
        &self,
        client: &Client,
    ) -> Result<Response<BridgeAuthorizationParameters>, Error> {
        let BridgeDestination { chain, address } = self.destination.clone();
        client.get_bridge_authorization_parameters(self.order_id, chain, address).await
    }

    fn check_parameters_match_request(
        &self,
        parameters: &BridgeAuthorizationParameters,
    ) -> Result<(), Refusal> {
        checks::check_order_id(self.order_id, parameters.order_id.as_ref())?;
        let in_parameters = require_field("destination_address", parameters.destination_address.as_ref())?;
        checks::check_destination_address(&self.destination.address, in_parameters)
    }

    async fn submit_signature(
        &self,
        client: &Client,
        signed: SignedBridge,
    ) -> Result<Response<OrderProgress>, Error> {
        client.authorize_bridge(self.order_id, signed).await
    }
}

impl SignableParameters for BridgeAuthorizationParameters {
    type CheckedParameters = CheckedBridge;
    type SignedBody = SignedBridge;

    fn check_against_terms<S: Signer>(
        &self,
        signer: &S,
        terms: &SigningTerms,
    ) -> Result<CheckedBridge, Refusal> {
        let transfer = ForwardedTokenTransfer {
            from: parse_address("sender_address", self.sender_address.as_ref())?,
            token: parse_address("token_address", self.token_address.as_ref())?,
            forwarder: parse_address("forwarder_address", self.forwarder_address.as_ref())?,
            chain_id: parse_chain_id("chain_id", self.chain_id.as_ref())?,
            payment: DescribedPayment {
                recipient: parse_address("solver_address", self.solver_address.as_ref())?,
                amount_in_smallest_units: parse_u256("amount_atomic", self.amount_atomic.as_ref())?,
                amount_in_tokens: *require_field("amount_human", self.amount_human.as_ref())?,
                decimal_count: *require_field("crypto_decimals", self.crypto_decimals.as_ref())?,
            },
            data: parse_hex_bytes("transfer_data", self.transfer_data.as_ref())?,
            nonce: parse_u256("forwarder_nonce", self.forwarder_nonce.as_ref())?,
            gas: forward::choose_gas_limit("recommended_gas", self.recommended_gas.as_ref())?,
            recommended_validity_seconds: self.recommended_ttl_seconds,
        };
        let destination = require_field("destination_chain", self.destination_chain.as_ref())?.clone();
        let recipient = require_field("destination_address", self.destination_address.as_ref())?.clone();
        Ok(CheckedBridge {
            forward: transfer.check_and_build_forward_request(signer, terms)?,
            chain: destination,
            address: recipient,
        })
    }

    async fn sign_checked_parameters<S: Signer + Send + Sync>(
        checked: &CheckedBridge,
        signer: &S,
    ) -> Result<SignedBridge, SigningError> {
        let signature = checked.forward.sign(signer).await?;
        let WireForwardRequest { from, to, value, gas, nonce, deadline, data } =
            checked.forward.to_wire_request();
        let request =
            ForwarderCall::new(ForwarderCallRequired { from, to, value, gas, nonce, deadline, data });
        Ok(SignedBridge::new(SignedBridgeRequired {
            destination_chain: checked.chain.clone(),
            destination_address: checked.address.clone(),
            forward_request: request,
            signature,
        }))
    }

    fn are_first_parameters_stale(first: &CheckedBridge, second: &CheckedBridge, policy: &Policy) -> bool {
        first.forward.is_stale(&second.forward, policy)
    }
}
