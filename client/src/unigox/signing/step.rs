//! What every signature has in common: it is checked, signed, and in a whole step fetched before and submitted after.

use std::pin::Pin;

use alloy_primitives::{Address, U256};
use alloy_signer::Signer;

use super::{Policy, SigningError, Terms};
use crate::unigox::Client;
use crate::{Decimal, Error, Response};

/// A future that borrows a signer.
type Boxed<'a, T> = Pin<Box<dyn Future<Output = Result<T, SigningError>> + Send + 'a>>;

/// Parameters of the API that ask for a signature.
pub trait Authorize: Sync {
    /// What may be signed.
    type Checked: Send + Sync;
    /// The model that is submitted.
    type Signed: Send;

    /// Makes what is signed of the parameters, after every check.
    ///
    /// # Errors
    ///
    /// The first check that fails, as a [`Refusal`](super::Refusal).
    fn check<S: Signer>(&self, signer: &S, terms: &Terms) -> Result<Self::Checked, SigningError>;

    /// Signs it.
    ///
    /// # Errors
    ///
    /// When the signer fails, or returns what is no signature of its address.
    fn sign<S: Signer + Send + Sync>(
        checked: &Self::Checked,
        signer: &S,
    ) -> impl Future<Output = Result<Self::Signed, SigningError>> + Send;

    /// Whether what was signed first can no longer be executed, judged by newer parameters.
    fn is_stale(_first: &Self::Checked, _second: &Self::Checked, _policy: &Policy) -> bool {
        false
    }
}

/// A step that takes a signature: where its parameters come from, and where the signature goes.
pub trait Step: Send + Sync {
    /// What has to be signed.
    type Parameters: Authorize + Send;
    /// What the API returns for the signature.
    type Output: Send;

    /// Fetches the parameters, and checks that they are those of this step.
    ///
    /// # Errors
    ///
    /// When the call fails, or the parameters are those of something else.
    fn fetch(&self, client: &Client) -> impl Future<Output = Result<Self::Parameters, SigningError>> + Send;

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

/// A signature of parameters: what it may be, and what the caller expects. `.await` checks and signs.
#[must_use = "nothing is signed until this is awaited"]
#[derive(Debug)]
pub struct Sign<'a, P, S> {
    parameters: &'a P,
    signer: &'a S,
    terms: Terms,
}

/// A whole step: `.await` fetches the parameters, checks and signs them, and submits the signature.
///
/// When the server refuses a signature without having done anything, and newer parameters show that what was signed is
/// stale, they are checked, signed and submitted as well, once.
#[must_use = "nothing is sent until this is awaited"]
#[derive(Debug)]
pub struct SignAndSubmit<'a, T, S> {
    client: &'a Client,
    step: T,
    signer: &'a S,
    terms: Terms,
}

impl<'a, P, S> Sign<'a, P, S> {
    pub(super) fn new(parameters: &'a P, signer: &'a S) -> Self {
        Sign { parameters, signer, terms: Terms::default() }
    }
}

impl<'a, T, S> SignAndSubmit<'a, T, S> {
    pub(super) fn new(client: &'a Client, step: T, signer: &'a S) -> Self {
        SignAndSubmit { client, step, signer, terms: Terms::default() }
    }
}

/// The setters that both have.
macro_rules! setters {
    ($type:ident) => {
        impl<P, S> $type<'_, P, S> {
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

            /// Expects a further transfer beside the one that the parameters name, in the smallest unit of its token. The
            /// calls of a Safe may have several, of fees for example.
            pub fn expect_transfer(mut self, recipient: Address, units: U256) -> Self {
                self.terms.transfers.push((recipient, units));
                self
            }

            /// Signs calldata that is no transfer of a token, without knowing what it does. Applies to calls of a Safe and to
            /// withdrawals.
            pub fn allow_undecoded(mut self) -> Self {
                self.terms.undecoded = true;
                self
            }
        }
    };
}

setters!(Sign);
setters!(SignAndSubmit);

impl<'a, P: Authorize, S: Signer + Send + Sync> IntoFuture for Sign<'a, P, S> {
    type Output = Result<P::Signed, SigningError>;
    type IntoFuture = Boxed<'a, P::Signed>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let checked = self.parameters.check(self.signer, &self.terms)?;
            P::sign(&checked, self.signer).await
        })
    }
}

impl<'a, T: Step + 'a, S: Signer + Send + Sync> IntoFuture for SignAndSubmit<'a, T, S> {
    type Output = Result<Response<T::Output>, SigningError>;
    type IntoFuture = Boxed<'a, Response<T::Output>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let first = self.fetch().await?;
            let error = match self.submit(&first).await {
                Err(SigningError::Api(error)) if was_refused(&error) => error,
                outcome => return outcome,
            };
            match self.fetch().await {
                Ok(second) if T::Parameters::is_stale(&first, &second, &self.terms.policy) => {
                    self.submit(&second).await
                }
                // That the parameters have become something else is the worse news.
                Err(SigningError::Refused(refusal)) => Err(SigningError::Refused(refusal)),
                Ok(_) | Err(_) => Err(error.into()),
            }
        })
    }
}

/// Whether the server has looked at a request and has done nothing.
fn was_refused(error: &Error) -> bool {
    error.status().is_some() && !error.may_have_executed()
}

impl<T: Step, S: Signer + Send + Sync> SignAndSubmit<'_, T, S> {
    async fn fetch(&self) -> Result<<T::Parameters as Authorize>::Checked, SigningError> {
        let parameters = self.step.fetch(self.client).await?;
        parameters.check(self.signer, &self.terms)
    }

    async fn submit(
        &self,
        checked: &<T::Parameters as Authorize>::Checked,
    ) -> Result<Response<T::Output>, SigningError> {
        let signed = T::Parameters::sign(checked, self.signer).await?;
        Ok(self.step.submit(self.client, signed).await?)
    }
}
