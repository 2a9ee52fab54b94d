//! Bridges, which transfer bought crypto to another chain.

use alloy_signer::Signer;
use uuid::Uuid;

use super::checks::{self, Payment};
use super::forward::{self, Forward, TokenTransfer, Wire};
use super::values::{address, bytes, integer, required, small_integer};
use super::{Authorize, Policy, Sign, SignAndSubmit, SigningError, Step, Terms};
use crate::unigox::{
    BridgeAuthorizationParameters, Client, ForwarderCall, ForwarderCallRequired, OrderProgress, SignedBridge,
    SignedBridgeRequired,
};
use crate::{Error, Response};

impl BridgeAuthorizationParameters {
    /// Checks and signs the transfer to the solver, without submitting the signature. `.await` starts the signing,
    /// which needs a [`Policy`] that allows the token and the forwarder.
    ///
    /// The signature does not cover the destination on the other chain. Only the vendor can ensure that the crypto
    /// arrives at the destination.
    pub fn sign<'a, S: Signer + Send + Sync>(&'a self, signer: &'a S) -> Sign<'a, Self, S> {
        Sign::new(self, signer)
    }
}

impl Client {
    /// Transfers bought crypto to another chain: fetches the parameters, checks and signs them, and submits the
    /// signature. `.await` starts the bridge, which needs a [`Policy`] that allows the token and the forwarder.
    pub fn sign_bridge<'a, S: Signer + Send + Sync>(
        &'a self,
        order_id: Uuid,
        destination: BridgeDestination,
        signer: &'a S,
    ) -> SignAndSubmit<'a, BridgeStep, S> {
        SignAndSubmit::new(self, BridgeStep { order_id, destination }, signer)
    }
}

/// The destination of a bridge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BridgeDestination {
    /// The name of the chain, as [`list_send_out_routes`](Client::list_send_out_routes) returns it.
    pub chain: String,
    /// The address on that chain, in the address format of that chain.
    pub address: String,
}

/// The step that bridges the crypto of an order.
#[derive(Debug, Clone)]
pub struct BridgeStep {
    order_id: Uuid,
    destination: BridgeDestination,
}

/// A bridge transaction that passed the policy checks and may be signed.
pub struct CheckedBridge {
    forward: Forward,
    chain: String,
    address: String,
}

impl Step for BridgeStep {
    type Parameters = BridgeAuthorizationParameters;
    type Output = OrderProgress;

    async fn fetch(&self, client: &Client) -> Result<BridgeAuthorizationParameters, SigningError> {
        let BridgeDestination { chain, address } = &self.destination;
        let call = client.get_bridge_authorization_parameters(self.order_id, chain, address);
        let parameters = call.await?.into_inner();
        checks::check_order(self.order_id, parameters.order_id.as_ref())?;
        let named = required("destination_address", parameters.destination_address.as_ref())?;
        checks::check_destination(address, named)?;
        Ok(parameters)
    }

    async fn submit(&self, client: &Client, signed: SignedBridge) -> Result<Response<OrderProgress>, Error> {
        client.authorize_bridge(self.order_id, signed).await
    }
}

impl Authorize for BridgeAuthorizationParameters {
    type Checked = CheckedBridge;
    type Signed = SignedBridge;

    fn check<S: Signer>(&self, signer: &S, terms: &Terms) -> Result<CheckedBridge, SigningError> {
        let transfer = TokenTransfer {
            from: address("sender_address", self.sender_address.as_ref())?,
            token: address("token_address", self.token_address.as_ref())?,
            forwarder: address("forwarder_address", self.forwarder_address.as_ref())?,
            chain_id: small_integer("chain_id", self.chain_id.as_ref())?,
            payment: Payment {
                recipient: address("solver_address", self.solver_address.as_ref())?,
                units: integer("amount_atomic", self.amount_atomic.as_ref())?,
                tokens: *required("amount_human", self.amount_human.as_ref())?,
                decimals: *required("crypto_decimals", self.crypto_decimals.as_ref())?,
            },
            data: bytes("transfer_data", self.transfer_data.as_ref())?,
            nonce: integer("forwarder_nonce", self.forwarder_nonce.as_ref())?,
            gas: forward::gas_or_default("recommended_gas", self.recommended_gas.as_ref())?,
            seconds: self.recommended_ttl,
        };
        let chain = required("destination_chain", self.destination_chain.as_ref())?.clone();
        let address = required("destination_address", self.destination_address.as_ref())?.clone();
        Ok(CheckedBridge { forward: transfer.check(signer, terms)?, chain, address })
    }

    async fn sign<S: Signer + Send + Sync>(
        checked: &CheckedBridge,
        signer: &S,
    ) -> Result<SignedBridge, SigningError> {
        let signature = checked.forward.sign(signer).await?;
        let Wire { from, to, value, gas, nonce, deadline, data } = checked.forward.to_wire();
        let request =
            ForwarderCall::new(ForwarderCallRequired { from, to, value, gas, nonce, deadline, data });
        Ok(SignedBridge::new(SignedBridgeRequired {
            destination_chain: checked.chain.clone(),
            destination_address: checked.address.clone(),
            forward_request: request,
            signature,
        }))
    }

    fn is_stale(first: &CheckedBridge, second: &CheckedBridge, policy: &Policy) -> bool {
        first.forward.is_stale(&second.forward, policy)
    }
}
