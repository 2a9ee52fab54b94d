use super::Refusal;
use crate::Decimal;

/// The amount in tokens that the caller agrees to sign, and expects in the signing parameters that the API returns.
///
/// A signature moves the amount that the API returns, and a [`Policy`](super::Policy) does not limit amounts. So every
/// method that signs a movement of tokens requires the expected amount as an argument:
///
/// ```
/// use partner_client::Decimal;
/// use partner_client::unigox::signing::{ExpectedAmount, Policy, Signer, SigningError};
/// use partner_client::unigox::{Client, OrderId};
///
/// async fn fund(
///     unigox: &Client,
///     order_id: OrderId,
///     quoted: Decimal,
///     policy: &Policy,
///     wallet: &(impl Signer + Send + Sync),
/// ) -> Result<(), SigningError> {
///     let amount = ExpectedAmount::Exactly(quoted);
///     unigox.sign_and_submit_crypto_transfer(order_id, amount, wallet).policy(policy).await.map(|_| ())
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExpectedAmount {
    /// Exactly this amount is signed. Parameters with another amount are refused.
    Exactly(Decimal),
    /// Any amount is signed, up to the whole balance of the wallet. Use this variant only if the amount was checked in
    /// another way, for example by a person who has read the parameters.
    Any,
}

impl ExpectedAmount {
    /// Checks that the amount in the parameters is the expected amount.
    pub(super) fn check_amount_in_parameters(self, in_parameters: Decimal) -> Result<(), Refusal> {
        match self {
            ExpectedAmount::Exactly(expected) if expected != in_parameters => {
                Err(Refusal::UnexpectedAmount {
                    expected_amount: expected,
                    amount_in_parameters: in_parameters,
                })
            }
            ExpectedAmount::Exactly(_) | ExpectedAmount::Any => Ok(()),
        }
    }
}
