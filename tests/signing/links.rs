//! Linking a wallet: the message is signed byte for byte.

use std::time::Duration;

use partner_client::unigox::signing::{Refusal, SigningError};
use partner_client::unigox::{Client, SignedWalletChallenge, WalletChallenge};
use partner_tests::case::{UUID, uuid};
use partner_tests::script::Script;
use serde_json::json;

use crate::wallet::{ADDRESS, now, policy, signer};

fn challenge(message: &str) -> WalletChallenge {
    serde_json::from_value(json!({"message": message, "expires_at": "2025-10-09T08:10:00Z"})).unwrap()
}

async fn sign(message: &str) -> Result<SignedWalletChallenge, SigningError> {
    challenge(message).sign(&signer()).policy(&policy()).await
}

/// The example of the docs, for the address of the test key.
fn message() -> String {
    format!(
        "unigox.com wants you to link your Ethereum account:\n{ADDRESS}\n\nLink this address to customer {UUID} of Acme on \
         Unigox.\n\nURI: https://unigox.com\nVersion: 1\nChain ID: 660279\nNonce: 8f3k2m9q1x"
    )
}

#[tokio::test]
async fn the_message_is_signed_and_sent_back_byte_for_byte() {
    for message in [message(), format!("{}\n", message()), format!("{} \u{e9}\u{1f600}", message())] {
        let signed = sign(&message).await.unwrap();
        assert_eq!((signed.address.as_str(), &signed.message), (ADDRESS, &message));
        let key = crate::independent::unhex(crate::wallet::KEY).try_into().unwrap();
        let digest = crate::independent::personal_digest(message.as_bytes());
        assert_eq!(signed.signature, crate::independent::sign(&key, &digest));
    }
}

#[test]
fn the_second_implementation_has_the_hash_and_signature_of_the_vector() {
    let digest = crate::independent::personal_digest(b"hello unigox");
    assert_eq!(
        crate::independent::hex(&digest),
        "6ea02a644c7f73792a21d777dd3d1afb36e4373de2432c80b6d97dcceffe474c"
    );
    let key = crate::independent::unhex(crate::wallet::KEY).try_into().unwrap();
    assert_eq!(
        crate::independent::sign(&key, &digest),
        "0x826b0da4daaf80ad63e9dc235b4e56e1f6f30dd1b9ed85ecc55a7d67426b0d1f6b63d82a54ae98fc9f1a412e043c3c69c9a36b2e088ae0973fb1a88c8caf9a141b"
    );
}

#[tokio::test]
async fn a_message_that_does_not_name_the_signer_is_not_signed() {
    let error = sign("hello unigox").await.unwrap_err();
    assert_eq!(
        error.refusal(),
        Some(&Refusal::MessageWithoutSignerAddress { signer_address: signer().address() })
    );
    assert!(sign(&message().to_lowercase()).await.is_ok(), "the case of the address makes no difference");
}

#[tokio::test]
async fn a_challenge_that_has_expired_is_not_signed() {
    let late = policy().clock(|| now() + Duration::from_secs(86_400));
    let error = challenge(&message()).sign(&signer()).policy(&late).await.unwrap_err();
    assert!(matches!(error.refusal(), Some(Refusal::DeadlineOutOfRange { .. })), "{error:?}");
}

#[tokio::test]
async fn a_wallet_is_linked_in_one_step() {
    let challenge =
        json!({"success": true, "data": {"message": message(), "expires_at": "2025-10-09T08:10:00Z"}});
    let linked = json!({"success": true, "data": {"address": ADDRESS, "status": "linked"}});
    let script = Script::in_turn([(200, challenge), (200, linked)]).await;
    let client = Client::builder().api_key("test-key").base_url(script.base_url()).build().unwrap();
    let wallet =
        client.sign_and_submit_wallet_link(uuid().into(), &signer()).policy(&policy()).await.unwrap();
    assert_eq!(wallet.address, Some(ADDRESS.into()));
    let received = script.received();
    assert_eq!(received[0].json()["address"], ADDRESS);
    assert_eq!(received[1].json()["message"], message());
}
