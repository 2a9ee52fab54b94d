//! The flow that all signing steps have in common: fetch the parameters, check and sign them, and submit the signature.

use std::pin::Pin;

use alloy_primitives::{Address, U256};
use alloy_signer::Signer;

use super::{ExpectedAmount, Policy, Refusal, SigningError, SigningTerms};
use crate::unigox::Client;
use crate::{Error, Response};

/// A boxed future that signs something. It may borrow the signer.
type SigningFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, SigningError>> + Send + 'a>>;

/// Parameters from the API that have to be signed.
pub trait SignableParameters: Sync {
    /// The type of the parameters after they have passed all checks.
    type CheckedParameters: Send + Sync;
    /// The type of the request body that contains the signature.
    type SignedBody: Send;

    /// Checks that the parameters belong to the signer, and agree with `terms`, which say what the caller is willing to
    /// sign.
    ///
    /// # Errors
    ///
    /// The reason why the parameters are refused: the first check that failed.
    fn check_against_terms<S: Signer>(
        &self,
        signer: &S,
        terms: &SigningTerms,
    ) -> Result<Self::CheckedParameters, Refusal>;

    /// Signs parameters that passed all checks.
    ///
    /// # Errors
    ///
    /// When the signer fails, or when the signature is not valid for the address of the signer.
    fn sign_checked_parameters<S: Signer + Send + Sync>(
        checked: &Self::CheckedParameters,
        signer: &S,
    ) -> impl Future<Output = Result<Self::SignedBody, SigningError>> + Send;

    /// Whether the parameters that were fetched first are outdated: the server can no longer use a signature of them.
    /// `_second` contains the parameters that were fetched later.
    fn are_first_parameters_stale(
        _first: &Self::CheckedParameters,
        _second: &Self::CheckedParameters,
        _policy: &Policy,
    ) -> bool {
        false
    }
}

/// An operation that a wallet authorizes by a signature, like the refund of an order. An implementation defines how the
/// parameters that have to be signed are fetched, and how the signature is submitted.
pub trait SigningStep: Send + Sync {
    /// The type of the parameters that have to be signed.
    type Parameters: SignableParameters + Send;
    /// The type of the response body that the API returns when the signature has been submitted.
    type ResponseBody: Send;

    /// Fetches the parameters that have to be signed.
    ///
    /// # Errors
    ///
    /// When the call fails.
    fn fetch_parameters(
        &self,
        client: &Client,
    ) -> impl Future<Output = Result<Response<Self::Parameters>, Error>> + Send;

    /// Checks that the parameters from the API are for the requested order and the requested destination.
    ///
    /// # Errors
    ///
    /// The refusal, if the parameters are for another order or another destination.
    fn check_parameters_match_request(&self, _parameters: &Self::Parameters) -> Result<(), Refusal> {
        Ok(())
    }

    /// Submits the signature.
    ///
    /// # Errors
    ///
    /// When the call fails.
    fn submit_signature(
        &self,
        client: &Client,
        signed: <Self::Parameters as SignableParameters>::SignedBody,
    ) -> impl Future<Output = Result<Response<Self::ResponseBody>, Error>> + Send;
}

/// A signature that is still to be made. `.await` checks and signs parameters that were already fetched from the API,
/// but does not submit the signature.
#[must_use = "nothing is signed until this is awaited"]
#[derive(Debug)]
pub struct PendingSignature<'a, P, S> {
    parameters: &'a P,
    signer: &'a S,
    terms: SigningTerms,
}

/// The execution of a whole [`SigningStep`]. `.await` fetches the parameters, checks and signs them, and submits the
/// signature.
///
/// If the server refuses the signature without executing anything, the parameters are fetched and checked again. If
/// they show that the first signature was outdated, they are signed, and the new signature is submitted. This happens
/// at most once.
#[must_use = "nothing is sent until this is awaited"]
#[derive(Debug)]
pub struct SignAndSubmit<'a, T, S> {
    client: &'a Client,
    step: T,
    signer: &'a S,
    terms: SigningTerms,
}

impl<'a, P, S> PendingSignature<'a, P, S> {
    pub(super) fn new(parameters: &'a P, amount: ExpectedAmount, signer: &'a S) -> Self {
        PendingSignature { parameters, signer, terms: SigningTerms::new(amount) }
    }
}

impl<'a, T, S> SignAndSubmit<'a, T, S> {
    pub(super) fn new(client: &'a Client, step: T, amount: ExpectedAmount, signer: &'a S) -> Self {
        SignAndSubmit { client, step, signer, terms: SigningTerms::new(amount) }
    }
}

/// Implements the setters that `PendingSignature` and `SignAndSubmit` have in common. They set the caller's conditions
/// for signing, like the policy.
macro_rules! impl_signing_terms_setters {
    ($type:ident) => {
        impl<P, S> $type<'_, P, S> {
            /// Sets the policy. Without a policy, nothing that moves tokens is signed.
            pub fn policy(mut self, policy: &Policy) -> Self {
                self.terms.policy = policy.clone();
                self
            }

            /// Sets the expected recipient. Parameters with any other recipient are not signed.
            pub fn expect_recipient(mut self, recipient: Address) -> Self {
                self.terms.expected_recipient = Some(recipient);
                self
            }

            /// Expects one more transfer, in addition to the transfer in the parameters. `units` is the amount in the
            /// smallest unit of the token. For example, a transaction of a Safe (a wallet contract) may also transfer a
            /// fee.
            pub fn expect_additional_transfer(mut self, recipient: Address, units: U256) -> Self {
                self.terms.expected_additional_transfers.push((recipient, units));
                self
            }

            /// Allows signing calldata that cannot be decoded as a token transfer. The effect of such calldata is not
            /// checked: only the amount in the parameters is compared with the expected amount. This setting has an
            /// effect only for calls of a Safe (a wallet contract) and for withdrawals.
            pub fn allow_undecoded_calldata(mut self) -> Self {
                self.terms.allows_undecoded_calldata = true;
                self
            }
        }
    };
}

impl_signing_terms_setters!(PendingSignature);
impl_signing_terms_setters!(SignAndSubmit);

impl<'a, P: SignableParameters, S: Signer + Send + Sync> IntoFuture for PendingSignature<'a, P, S> {
    type Output = Result<P::SignedBody, SigningError>;
    type IntoFuture = SigningFuture<'a, P::SignedBody>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let checked = self.parameters.check_against_terms(self.signer, &self.terms)?;
            P::sign_checked_parameters(&checked, self.signer).await
        })
    }
}

impl<'a, T: SigningStep + 'a, S: Signer + Send + Sync> IntoFuture for SignAndSubmit<'a, T, S> {
    type Output = Result<Response<T::ResponseBody>, SigningError>;
    type IntoFuture = SigningFuture<'a, Response<T::ResponseBody>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let first = self.fetch_and_check_parameters().await?;
            let error = match self.sign_and_submit(&first).await {
                Err(SigningError::CallFailed(error)) if was_request_refused(&error) => error,
                outcome => return outcome,
            };
            match self.fetch_and_check_parameters().await {
                Ok(second)
                    if T::Parameters::are_first_parameters_stale(&first, &second, &self.terms.policy) =>
                {
                    self.sign_and_submit(&second).await
                }
                // The server has rejected the first signature, and the parameters that were then fetched again did not
                // pass a check. The refusal of these parameters is returned instead of the server's error, because the
                // refusal is more important to the caller.
                Err(SigningError::Refused(refusal)) => Err(SigningError::Refused(refusal)),
                Ok(_) | Err(_) => Err(error.into()),
            }
        })
    }
}

/// Whether the server has responded with a failure, and has certainly not executed the request.
fn was_request_refused(error: &Error) -> bool {
    error.status().is_some() && !error.may_have_executed()
}

impl<T: SigningStep, S: Signer + Send + Sync> SignAndSubmit<'_, T, S> {
    /// Fetches the parameters from the API, and checks them.
    async fn fetch_and_check_parameters(
        &self,
    ) -> Result<<T::Parameters as SignableParameters>::CheckedParameters, SigningError> {
        let parameters =
            self.step.fetch_parameters(self.client).await.map_err(SigningError::FetchFailed)?.into_inner();
        self.step.check_parameters_match_request(&parameters)?;
        Ok(parameters.check_against_terms(self.signer, &self.terms)?)
    }

    /// Signs parameters that passed all checks, and submits the signature.
    async fn sign_and_submit(
        &self,
        checked: &<T::Parameters as SignableParameters>::CheckedParameters,
    ) -> Result<Response<T::ResponseBody>, SigningError> {
        let signed = T::Parameters::sign_checked_parameters(checked, self.signer).await?;
        Ok(self.step.submit_signature(self.client, signed).await?)
    }
}
