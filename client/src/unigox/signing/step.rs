//! The common flow of all steps that need a signature: fetch the parameters, check and sign them, and submit the
//! signature.

use std::pin::Pin;

use alloy_primitives::{Address, U256};
use alloy_signer::Signer;

use super::{ExpectedAmount, Policy, Refusal, SigningError, SigningTerms};
use crate::unigox::Client;
use crate::{Error, Response};

/// The boxed future of a step, which may borrow the signer.
type StepFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, SigningError>> + Send + 'a>>;

/// Parameters from the API that have to be signed.
pub trait Authorize: Sync {
    /// The type of the parameters after they passed all checks.
    type Checked: Send + Sync;
    /// The type of the request body with the signature.
    type Signed: Send;

    /// Checks the parameters.
    ///
    /// # Errors
    ///
    /// The refusal of the first check that fails.
    fn check<S: Signer>(&self, signer: &S, terms: &SigningTerms) -> Result<Self::Checked, Refusal>;

    /// Signs checked parameters.
    ///
    /// # Errors
    ///
    /// When the signer fails, or its signature does not recover to its own address.
    fn sign<S: Signer + Send + Sync>(
        checked: &Self::Checked,
        signer: &S,
    ) -> impl Future<Output = Result<Self::Signed, SigningError>> + Send;

    /// Whether the first parameters are outdated, so that their signature can no longer be executed. The second
    /// parameters were fetched later.
    fn is_stale(_first: &Self::Checked, _second: &Self::Checked, _policy: &Policy) -> bool {
        false
    }
}

/// A step that needs a signature. Defines how the parameters of the step are fetched, and how their signature is
/// submitted.
pub trait Step: Send + Sync {
    /// The parameters that have to be signed.
    type Parameters: Authorize + Send;
    /// The response of the API to the signature.
    type Output: Send;

    /// Fetches the parameters.
    ///
    /// # Errors
    ///
    /// When the call fails.
    fn fetch(
        &self,
        client: &Client,
    ) -> impl Future<Output = Result<Response<Self::Parameters>, Error>> + Send;

    /// Checks that the parameters are for this step: for its order, and for its destination.
    ///
    /// # Errors
    ///
    /// The refusal, if the parameters are not for this step.
    fn check_parameters(&self, _parameters: &Self::Parameters) -> Result<(), Refusal> {
        Ok(())
    }

    /// Submits the signature.
    ///
    /// # Errors
    ///
    /// When the call fails.
    fn submit(
        &self,
        client: &Client,
        signed: <Self::Parameters as Authorize>::Signed,
    ) -> impl Future<Output = Result<Response<Self::Output>, Error>> + Send;
}

/// Signs parameters that were fetched before. `.await` checks the parameters and signs them.
#[must_use = "nothing is signed until this is awaited"]
#[derive(Debug)]
pub struct Sign<'a, P, S> {
    parameters: &'a P,
    signer: &'a S,
    terms: SigningTerms,
}

/// Executes a whole step: `.await` fetches the parameters, checks and signs them, and submits the signature.
///
/// If the server refuses the signature without executing anything, the parameters are fetched again. If the new
/// parameters show that the signature was stale, they are checked, signed and submitted. This happens at most once.
#[must_use = "nothing is sent until this is awaited"]
#[derive(Debug)]
pub struct SignAndSubmit<'a, T, S> {
    client: &'a Client,
    step: T,
    signer: &'a S,
    terms: SigningTerms,
}

impl<'a, P, S> Sign<'a, P, S> {
    pub(super) fn new(parameters: &'a P, amount: ExpectedAmount, signer: &'a S) -> Self {
        Sign { parameters, signer, terms: SigningTerms::new(amount) }
    }
}

impl<'a, T, S> SignAndSubmit<'a, T, S> {
    pub(super) fn new(client: &'a Client, step: T, amount: ExpectedAmount, signer: &'a S) -> Self {
        SignAndSubmit { client, step, signer, terms: SigningTerms::new(amount) }
    }
}

/// Implements the setters that `Sign` and `SignAndSubmit` have in common.
macro_rules! impl_common_setters {
    ($type:ident) => {
        impl<P, S> $type<'_, P, S> {
            /// Sets the policy. Without a policy, nothing is signed.
            pub fn policy(mut self, policy: &Policy) -> Self {
                self.terms.policy = policy.clone();
                self
            }

            /// Sets the expected recipient. Parameters with any other recipient are not signed.
            pub fn expect_recipient(mut self, recipient: Address) -> Self {
                self.terms.expected_recipient = Some(recipient);
                self
            }

            /// Expects another transfer in addition to the one in the parameters. `units` is the amount in the smallest
            /// unit of the token. A transaction of a Safe may make several transfers, for fees for example.
            pub fn expect_transfer(mut self, recipient: Address, units: U256) -> Self {
                self.terms.additional_transfers.push((recipient, units));
                self
            }

            /// Allows signing calldata that cannot be decoded as a token transfer, although its effect cannot be
            /// checked: only the amount that the parameters state is compared with the expected amount. This setting
            /// matters only for calls of a Safe and for withdrawals.
            pub fn allow_undecoded_calldata(mut self) -> Self {
                self.terms.allows_undecoded_calldata = true;
                self
            }
        }
    };
}

impl_common_setters!(Sign);
impl_common_setters!(SignAndSubmit);

impl<'a, P: Authorize, S: Signer + Send + Sync> IntoFuture for Sign<'a, P, S> {
    type Output = Result<P::Signed, SigningError>;
    type IntoFuture = StepFuture<'a, P::Signed>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let checked = self.parameters.check(self.signer, &self.terms)?;
            P::sign(&checked, self.signer).await
        })
    }
}

impl<'a, T: Step + 'a, S: Signer + Send + Sync> IntoFuture for SignAndSubmit<'a, T, S> {
    type Output = Result<Response<T::Output>, SigningError>;
    type IntoFuture = StepFuture<'a, Response<T::Output>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let first = self.fetch_and_check_parameters().await?;
            let error = match self.sign_and_submit(&first).await {
                Err(SigningError::Api(error)) if was_request_refused(&error) => error,
                outcome => return outcome,
            };
            match self.fetch_and_check_parameters().await {
                Ok(second) if T::Parameters::is_stale(&first, &second, &self.terms.policy) => {
                    self.sign_and_submit(&second).await
                }
                // The parameters of the second fetch did not pass the checks. Their refusal is returned instead of the
                // server's error for the first signature, because the refusal is more important to the caller.
                Err(SigningError::Refused(refusal)) => Err(SigningError::Refused(refusal)),
                Ok(_) | Err(_) => Err(error.into()),
            }
        })
    }
}

/// Whether the server has refused the request that failed, without executing it.
fn was_request_refused(error: &Error) -> bool {
    error.status().is_some() && !error.may_have_executed()
}

impl<T: Step, S: Signer + Send + Sync> SignAndSubmit<'_, T, S> {
    /// Fetches the parameters from the API, and checks them.
    async fn fetch_and_check_parameters(
        &self,
    ) -> Result<<T::Parameters as Authorize>::Checked, SigningError> {
        let parameters = self.step.fetch(self.client).await.map_err(SigningError::Fetch)?.into_inner();
        self.step.check_parameters(&parameters)?;
        Ok(parameters.check(self.signer, &self.terms)?)
    }

    /// Signs checked parameters, and submits the signature.
    async fn sign_and_submit(
        &self,
        checked: &<T::Parameters as Authorize>::Checked,
    ) -> Result<Response<T::Output>, SigningError> {
        let signed = T::Parameters::sign(checked, self.signer).await?;
        Ok(self.step.submit(self.client, signed).await?)
    }
}
