//! Authorizing the crypto transfer of an order.

use std::pin::Pin;

use alloy_primitives::{Address, B256, U256, aliases::U48, hex};
use alloy_signer::Signer;
use alloy_sol_types::SolStruct;
use uuid::Uuid;

use super::checks::{self, Payment, Terms};
use super::typed::{ForwardRequest, forwarder_domain};
use super::values::{address, bytes, integer, required, small_integer};
use super::{Policy, Refusal, SigningError};
use crate::unigox::{Client, SignedTransfer, TransferAuthorizationParameters};
use crate::{Decimal, JsonObject, Response};

/// What the vendor's own helpers take where the parameters have no recommendation.
const GAS: u64 = 500_000;
const SECONDS: i64 = 3_600;

/// A future that borrows a signer.
type Boxed<'a, T> = Pin<Box<dyn Future<Output = Result<T, SigningError>> + Send + 'a>>;

impl TransferAuthorizationParameters {
    /// Checks and signs the transfer, and submits nothing.
    ///
    /// Needs a [`Policy`] that allows the token and the forwarder. `.await` signs.
    pub fn sign<'a, S: Signer + Send + Sync>(&'a self, signer: &'a S) -> SignTransfer<'a, S> {
        SignTransfer { parameters: self, signer, terms: Terms::default() }
    }
}

impl Client {
    /// Authorizes the crypto transfer of an order: fetches the parameters, checks and signs them, submits the signature.
    ///
    /// The order has to have come to `awaiting_crypto_transfer_authorization`;
    /// [`wait_until_crypto_transfer_due`](Client::wait_until_crypto_transfer_due) waits for that. Needs a [`Policy`] that
    /// allows the token and the forwarder. `.await` starts it.
    ///
    /// When the server refuses the signature without having done anything, and the parameters have another nonce by then or
    /// the deadline has passed, the new parameters are checked, signed and submitted, once.
    pub fn sign_crypto_transfer<'a, S: Signer + Send + Sync>(
        &'a self,
        order_id: Uuid,
        signer: &'a S,
    ) -> CryptoTransfer<'a, S> {
        CryptoTransfer { client: self, order_id, signer, terms: Terms::default() }
    }
}

/// The signature of a transfer: what it may be, and what the caller expects. `.await` signs.
#[must_use = "nothing is signed until this is awaited"]
pub struct SignTransfer<'a, S> {
    parameters: &'a TransferAuthorizationParameters,
    signer: &'a S,
    terms: Terms,
}

/// The authorization of a transfer, from its parameters to the submission. `.await` starts it.
#[must_use = "nothing is sent until this is awaited"]
pub struct CryptoTransfer<'a, S> {
    client: &'a Client,
    order_id: Uuid,
    signer: &'a S,
    terms: Terms,
}

/// The setters that both have.
macro_rules! setters {
    ($type:ident) => {
        impl<S> $type<'_, S> {
            /// What may be signed at all.
            pub fn policy(mut self, policy: &Policy) -> Self {
                self.terms.policy = policy.clone();
                self
            }

            /// Refuses every other recipient than this one.
            pub fn expect_recipient(mut self, recipient: Address) -> Self {
                self.terms.recipient = Some(recipient);
                self
            }

            /// Refuses every other amount than this one, in tokens.
            pub fn expect_amount(mut self, amount: Decimal) -> Self {
                self.terms.amount = Some(amount);
                self
            }
        }
    };
}

setters!(SignTransfer);
setters!(CryptoTransfer);

impl<'a, S: Signer + Send + Sync> IntoFuture for SignTransfer<'a, S> {
    type Output = Result<SignedTransfer, SigningError>;
    type IntoFuture = Boxed<'a, SignedTransfer>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let Checked { request, chain_id, forwarder } = check(self.parameters, self.signer, &self.terms)?;
            sign(&request, chain_id, forwarder, self.signer).await
        })
    }
}

impl<'a, S: Signer + Send + Sync> IntoFuture for CryptoTransfer<'a, S> {
    type Output = Result<Response<()>, SigningError>;
    type IntoFuture = Boxed<'a, Response<()>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let first = self.fetch().await?;
            let error = match self.submit(&first).await {
                Err(SigningError::Api(error)) if error.status().is_some() && !error.may_have_executed() => {
                    error
                }
                outcome => return outcome,
            };
            // The order still waits for the authorization, or there would be no parameters.
            match self.fetch().await {
                Ok(second) if self.is_stale(&first, &second) => self.submit(&second).await,
                _ => Err(error.into()),
            }
        })
    }
}

impl<S: Signer + Send + Sync> CryptoTransfer<'_, S> {
    /// Fetches and checks the parameters.
    async fn fetch(&self) -> Result<Checked, SigningError> {
        let parameters = self.client.get_transfer_authorization_parameters(self.order_id).await?;
        let named = *required("order_id", parameters.order_id.as_ref())?;
        if named != self.order_id {
            return Err(Refusal::Order { asked: self.order_id, named }.into());
        }
        Ok(check(&parameters, self.signer, &self.terms)?)
    }

    async fn submit(&self, checked: &Checked) -> Result<Response<()>, SigningError> {
        let Checked { request, chain_id, forwarder } = checked;
        let signed = sign(request, *chain_id, *forwarder, self.signer).await?;
        Ok(self.client.authorize_crypto_transfer(self.order_id, signed).await?)
    }

    /// Whether what was signed can no longer be executed: the forwarder expects another nonce, or the deadline has passed.
    fn is_stale(&self, signed: &Checked, now: &Checked) -> bool {
        let deadline = signed.request.deadline.to::<u64>();
        signed.request.nonce != now.request.nonce || deadline <= self.terms.policy.now()
    }
}

/// What may be signed.
struct Checked {
    request: ForwardRequest,
    chain_id: u64,
    forwarder: Address,
}

/// Makes the request of the parameters, after every check.
fn check(
    parameters: &TransferAuthorizationParameters,
    signer: &impl Signer,
    terms: &Terms,
) -> Result<Checked, Refusal> {
    let from = address("sender_address", parameters.sender_address.as_ref())?;
    let token = address("token_address", parameters.token_address.as_ref())?;
    let forwarder = address("forwarder_address", parameters.forwarder_address.as_ref())?;
    let chain_id = small_integer("chain_id", parameters.chain_id.as_ref())?;
    let payment = Payment {
        recipient: address("recipient_address", parameters.recipient_address.as_ref())?,
        units: integer("amount_atomic", parameters.amount_atomic.as_ref())?,
        tokens: *required("amount_human", parameters.amount_human.as_ref())?,
        decimals: *required("crypto_decimals", parameters.crypto_decimals.as_ref())?,
    };
    let data = bytes("transfer_data", parameters.transfer_data.as_ref())?;
    let nonce = integer("forwarder_nonce", parameters.forwarder_nonce.as_ref())?;
    let gas = match &parameters.recommended_gas_limit {
        Some(_) => integer("recommended_gas_limit", parameters.recommended_gas_limit.as_ref())?,
        None => U256::from(GAS),
    };

    terms.policy.check_chain(chain_id)?;
    checks::signer(signer, from, chain_id)?;
    checks::calldata(&data, &payment)?;
    terms.check_payment(&payment)?;
    terms.policy.check_contracts(token, forwarder)?;
    let deadline = deadline(&terms.policy, parameters.recommended_ttl_seconds.unwrap_or(SECONDS))?;

    let request = ForwardRequest { from, to: token, value: U256::ZERO, gas, nonce, deadline, data };
    Ok(Checked { request, chain_id, forwarder })
}

/// The time that lies a number of seconds ahead.
fn deadline(policy: &Policy, seconds: i64) -> Result<U48, Refusal> {
    let too_far = || Refusal::Deadline { longest: policy.longest, seconds };
    let deadline = policy.now().checked_add_signed(seconds).ok_or_else(too_far)?;
    policy.check_deadline(deadline)?;
    U48::try_from(deadline).map_err(|_| too_far())
}

/// Has a request signed. What comes back is checked, because keys may be somewhere else and under another name.
async fn sign(
    request: &ForwardRequest,
    chain_id: u64,
    forwarder: Address,
    signer: &(impl Signer + Send + Sync),
) -> Result<SignedTransfer, SigningError> {
    let domain = forwarder_domain(chain_id, forwarder);
    let signature = signer.sign_typed_data(request, &domain).await?;
    let digest = request.eip712_signing_hash(&domain);
    Ok(SignedTransfer::new(on_the_wire(request), verified(&signature, digest, signer.address())?))
}

/// A signature as the API takes it: `0x`, r, s in its lower half, and v as 27 or 28.
fn verified(
    signature: &alloy_primitives::Signature,
    digest: B256,
    signer: Address,
) -> Result<String, Refusal> {
    let signature = signature.normalized_s();
    match signature.recover_address_from_prehash(&digest) {
        Ok(recovered) if recovered == signer => Ok(hex::encode_prefixed(signature.as_bytes())),
        _ => Err(Refusal::Signature { digest, signer }),
    }
}

/// A request as the API takes it: strings, integers in decimal, addresses with their checksum.
fn on_the_wire(request: &ForwardRequest) -> JsonObject {
    JsonObject::from([
        ("from", request.from.to_checksum(None)),
        ("to", request.to.to_checksum(None)),
        ("value", request.value.to_string()),
        ("gas", request.gas.to_string()),
        ("nonce", request.nonce.to_string()),
        ("deadline", request.deadline.to_string()),
        ("data", hex::encode_prefixed(&request.data)),
    ])
}
