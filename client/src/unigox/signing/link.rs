//! Links a wallet to the customer who owns the wallet.

use alloy_primitives::eip191_hash_message;
use alloy_signer::Signer;

use super::checks::verify_and_encode_signature;
use super::values::require_field;
use super::{
    ExpectedAmount, PendingSignature, Refusal, SignAndSubmit, SignableParameters, SigningError, SigningStep,
    SigningTerms,
};
use crate::unigox::{
    ChainAddress, Client, CustomerWallet, NewWalletChallenge, SignedWalletChallenge,
    SignedWalletChallengeRequired, UserUuid, WalletChallenge,
};
use crate::{Decimal, Error, Response};

/// The expected amount when a wallet is linked: zero, because linking moves no tokens.
const EXPECTED_LINK_AMOUNT: ExpectedAmount = ExpectedAmount::Exactly(Decimal::ZERO);

impl WalletChallenge {
    /// Signs the message that the challenge contains, exactly as the API sent it. `.await` starts the signing.
    ///
    /// The message resembles a message of EIP-4361, but does not conform to that standard, so it is not parsed. The
    /// only checks are that the message contains the address of the signer, and that the policy allows the time at
    /// which the challenge expires.
    pub fn sign<'a, S: Signer + Send + Sync>(&'a self, signer: &'a S) -> PendingSignature<'a, Self, S> {
        PendingSignature::new(self, EXPECTED_LINK_AMOUNT, signer)
    }
}

impl Client {
    /// Links the wallet of a signer to a customer: requests a challenge for the wallet's address, signs the challenge,
    /// and submits the signature. Nothing is sent before the returned value is awaited.
    pub fn sign_and_submit_wallet_link<'a, S: Signer + Send + Sync>(
        &'a self,
        user_uuid: UserUuid,
        signer: &'a S,
    ) -> SignAndSubmit<'a, WalletLinkStep, S> {
        let address = signer.address().to_checksum(None).into();
        SignAndSubmit::new(self, WalletLinkStep { user_uuid, address }, EXPECTED_LINK_AMOUNT, signer)
    }
}

/// The [`SigningStep`] that links a wallet to a customer.
#[derive(Debug, Clone)]
pub struct WalletLinkStep {
    user_uuid: UserUuid,
    address: ChainAddress,
}

impl SigningStep for WalletLinkStep {
    type Parameters = WalletChallenge;
    type ResponseBody = CustomerWallet;

    async fn fetch_parameters(&self, client: &Client) -> Result<Response<WalletChallenge>, Error> {
        let body = NewWalletChallenge::new(self.address.clone());
        client.create_wallet_challenge(self.user_uuid, body).await
    }

    async fn submit_signature(
        &self,
        client: &Client,
        signed: SignedWalletChallenge,
    ) -> Result<Response<CustomerWallet>, Error> {
        client.link_customer_wallet(self.user_uuid, signed).await
    }
}

impl SignableParameters for WalletChallenge {
    type CheckedParameters = String;
    type SignedBody = SignedWalletChallenge;

    fn check_against_terms<S: Signer>(&self, signer: &S, terms: &SigningTerms) -> Result<String, Refusal> {
        let message = require_field("message", self.message.as_ref())?;
        let address = signer.address();
        if !message.to_ascii_lowercase().contains(&format!("{address:#x}")) {
            return Err(Refusal::MessageWithoutSignerAddress { signer_address: address });
        }
        if let Some(expires) = self.expires_at {
            let expires = u64::try_from(expires.timestamp()).unwrap_or(0);
            terms.policy.check_deadline(expires)?;
        }
        Ok(message.clone())
    }

    async fn sign_checked_parameters<S: Signer + Send + Sync>(
        message: &String,
        signer: &S,
    ) -> Result<SignedWalletChallenge, SigningError> {
        let signature = signer.sign_message(message.as_bytes()).await?;
        let address = signer.address();
        let signature = verify_and_encode_signature(&signature, eip191_hash_message(message), address)?;
        Ok(SignedWalletChallenge::new(SignedWalletChallengeRequired {
            address: address.to_checksum(None).into(),
            message: message.into(),
            signature,
        }))
    }
}
