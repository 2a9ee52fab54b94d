//! The steps that need a signature, with the responses that the sandbox sends by default.

use alloy_signer_local::PrivateKeySigner;
use partner_client::decimal;
use partner_client::unigox::signing::{BridgeDestination, ExpectedAmount, Policy};
use partner_client::unigox::{Client, NewWithdrawalQuote, NewWithdrawalQuoteRequired, OrderId, UserUuid};
use partner_sandbox::Sandbox;
use partner_tests::case::uuid;

use crate::wallet::{FORWARDER, address};

/// Allows the contracts in the examples of the document.
fn policy() -> Policy {
    Policy::new()
        .allow_token(address("0x2222222222222222222222222222222222222222"), 6)
        .allow_token(address("0x3333333333333333333333333333333333333333"), 6)
        .allow_forwarder(address(FORWARDER))
        .allow_safe(address("0x9f8eF448C2c0694383B848e32D4d2857eBAEdB94"))
        .allow_multi_send(address("0x4444444444444444444444444444444444444444"))
}

#[tokio::test]
async fn every_step_signs_what_the_sandbox_returns_by_default() {
    let sandbox = Sandbox::start().await.unwrap();
    let unigox = Client::builder().base_url(sandbox.unigox_base_url()).api_key(Sandbox::UNIGOX_API_KEY);
    let unigox = unigox.build().unwrap();
    let wallet: PrivateKeySigner = Sandbox::WALLET_PRIVATE_KEY.parse().unwrap();
    let (order_id, user_uuid) = (OrderId::from(uuid()), UserUuid::from(uuid()));
    let (policy, exactly) = (policy(), ExpectedAmount::Exactly);

    let transfer = unigox.sign_and_submit_crypto_transfer(order_id, exactly(decimal!("101.5")), &wallet);
    transfer.policy(&policy).await.unwrap();

    let destination = BridgeDestination {
        chain: "Arbitrum One".to_owned().into(),
        address: "0x9B61e9b3aed5bbFa66d778854E3dE7AF3241F021".into(),
    };
    let bridge = unigox.sign_and_submit_bridge(order_id, destination, exactly(decimal!("0.0101")), &wallet);
    bridge.policy(&policy).await.unwrap();

    let refund = unigox.sign_and_submit_refund(order_id, exactly(decimal!("666.666667")), &wallet);
    refund.policy(&policy).await.unwrap();

    let consent = unigox.sign_and_submit_settlement_consent(order_id, exactly(decimal!("3000")), &wallet);
    consent.policy(&policy).await.unwrap();

    let quote = NewWithdrawalQuote::new(NewWithdrawalQuoteRequired {
        crypto_currency: "USDC".into(),
        amount: decimal!("25"),
        destination_chain: "base".into(),
        destination_address: "0x1111111111111111111111111111111111111111".into(),
    });
    let withdrawal = unigox.sign_and_submit_customer_withdrawal(user_uuid, quote, &wallet).policy(&policy);
    let recipient = address("0x5555555555555555555555555555555555555555");
    withdrawal.expect_recipient(recipient).await.unwrap();

    unigox.sign_and_submit_wallet_link(user_uuid, &wallet).policy(&policy).await.unwrap();

    let submitted: Vec<_> =
        sandbox.received().iter().skip(1).step_by(2).map(|request| request.operation).collect();
    assert_eq!(
        submitted,
        [
            Some("authorize_crypto_transfer"),
            Some("authorize_bridge"),
            Some("authorize_refund"),
            Some("submit_settlement_consent"),
            Some("create_customer_withdrawal"),
            Some("link_customer_wallet"),
        ]
    );
}
