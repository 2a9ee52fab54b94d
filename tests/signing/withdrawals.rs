//! Withdrawals from customers' wallets, and bridges.

use partner_client::unigox::signing::{BridgeDestination, Refusal, SigningError, U256};
use partner_client::unigox::{
    Client, NewWithdrawalQuote, NewWithdrawalQuoteRequired, SignedWithdrawal, WithdrawalQuote,
};
use partner_tests::case::uuid;
use partner_tests::script::Script;
use serde_json::{Value, json};

use crate::wallet::{
    ADDRESS, AMOUNT, CALLDATA, DEADLINE, ESCROW, FORWARDER, ORDER, TOKEN, address, parameters, policy, signer,
};

/// The signature of the test vector, which a withdrawal with the same values also has.
const SIGNATURE: &str = "0xbf6f0f97069f1067426511c5743cbe5dc266b3ad5dbcc1a0305db048ffcd4521146aefcb07f15adb8caa4417e0791e48b012fae995fb46c9268a6d4c13e375081b";
const DESTINATION: &str = "0x1111111111111111111111111111111111111111";

fn quote_json(changes: &[(&str, Value)]) -> Value {
    let mut quote = json!({
        "withdrawal_quote_id": "d4c3b2a1-0000-4000-8000-000000000001", "crypto_currency": "USDT",
        "amount": "101.5", "to_amount": "101.4", "fee": "0.1", "destination_chain": "base",
        "destination_address": DESTINATION,
        "forward_request": {
            "from": ADDRESS, "to": TOKEN, "value": "0", "gas": "500000", "nonce": "0",
            "deadline": DEADLINE.to_string(), "data": CALLDATA,
        },
        "eip712_domain": {
            "name": "SyntheticAssetForwarder", "version": "1", "chainId": "660279", "verifyingContract": FORWARDER,
        },
    });
    for (pointer, value) in changes {
        *quote.pointer_mut(pointer).unwrap() = value.clone();
    }
    quote
}

pub(crate) fn quote(changes: &[(&str, Value)]) -> WithdrawalQuote {
    serde_json::from_str(&quote_json(changes).to_string()).unwrap()
}

async fn sign(changes: &[(&str, Value)]) -> Result<SignedWithdrawal, SigningError> {
    quote(changes).sign(AMOUNT, &signer()).policy(&policy()).expect_recipient(address(ESCROW)).await
}

async fn refusal(changes: &[(&str, Value)]) -> Refusal {
    match sign(changes).await {
        Err(SigningError::Refused(refusal)) => *refusal,
        other => panic!("{changes:?}: {other:?}"),
    }
}

#[tokio::test]
async fn the_request_of_a_quote_is_signed_and_sent_unchanged() {
    let signed = sign(&[]).await.unwrap();
    assert_eq!(signed.signature, SIGNATURE);
    let sent: Value = serde_json::from_str(&serde_json::to_string(&signed.forward_request).unwrap()).unwrap();
    assert_eq!(sent, quote_json(&[])["forward_request"]);
}

#[tokio::test]
async fn the_values_of_a_quote_are_checked() {
    assert_eq!(
        refusal(&[("/eip712_domain/name", json!("Permit2"))]).await,
        Refusal::WrongDomainNameOrVersion {
            expected_value: "SyntheticAssetForwarder",
            value_in_parameters: "Permit2".to_owned()
        },
    );
    assert!(matches!(
        refusal(&[("/eip712_domain/version", json!("2"))]).await,
        Refusal::WrongDomainNameOrVersion { .. }
    ));
    assert!(matches!(
        refusal(&[("/eip712_domain/chainId", json!("1"))]).await,
        Refusal::ChainNotAllowed { .. }
    ));
    assert!(matches!(
        refusal(&[("/eip712_domain/verifyingContract", json!(ESCROW))]).await,
        Refusal::TokenOrForwarderNotAllowed { is_forwarder_allowed: false, .. }
    ));
    assert!(matches!(
        refusal(&[("/forward_request/to", json!(ESCROW))]).await,
        Refusal::TokenOrForwarderNotAllowed { is_token_allowed: false, .. }
    ));
    assert!(matches!(
        refusal(&[("/forward_request/from", json!(ESCROW))]).await,
        Refusal::WrongSigner { .. }
    ));
    assert_eq!(
        refusal(&[("/forward_request/value", json!("1"))]).await,
        Refusal::NativeCurrencySent { amount_in_smallest_units: U256::from(1) },
    );
    for deadline in [0, DEADLINE - 3600, DEADLINE + 3601, u64::MAX] {
        let refused = refusal(&[("/forward_request/deadline", json!(deadline.to_string()))]).await;
        assert!(matches!(refused, Refusal::DeadlineOutOfRange { .. }), "{deadline}: {refused:?}");
    }
    let more = CALLDATA.replace("060cc460", "160cc460");
    assert!(matches!(
        refusal(&[("/forward_request/data", json!(more))]).await,
        Refusal::AmountsDisagree { .. }
    ));
    assert_eq!(refusal(&[("/forward_request/data", json!("0x"))]).await, Refusal::NotATokenTransfer);
}

#[tokio::test]
async fn the_recipient_of_a_withdrawal_has_to_be_expected_or_allowed() {
    let (quote, signer, policy) = (quote(&[]), signer(), policy());
    let error = quote.sign(AMOUNT, &signer).policy(&policy).await.unwrap_err();
    assert_eq!(
        error.refusal(),
        Some(&Refusal::MissingExpectedRecipient { recipient_in_calldata: address(ESCROW) })
    );
    let error =
        quote.sign(AMOUNT, &signer).policy(&policy).expect_recipient(address(TOKEN)).await.unwrap_err();
    assert!(matches!(error.refusal(), Some(Refusal::UnexpectedRecipient { .. })));
    assert!(quote.sign(AMOUNT, &signer).policy(&policy).allow_undecoded_calldata().await.is_ok());
}

#[tokio::test]
async fn a_withdrawal_is_one_step_and_its_quote_has_to_be_the_one_that_was_asked_for() {
    let ask = |amount: &str, to: &str| {
        NewWithdrawalQuote::new(NewWithdrawalQuoteRequired {
            crypto_currency: "USDT".into(),
            amount: amount.parse::<partner_client::Decimal>().unwrap(),
            destination_chain: "base".into(),
            destination_address: to.into(),
        })
    };
    let quote = json!({"success": true, "data": quote_json(&[])});
    let done = json!({"success": true, "data": {"status": "submitted"}});
    let script = Script::in_turn([(200, quote.clone()), (202, done)]).await;
    let client = Client::builder().api_key("test-key").base_url(script.base_url()).build().unwrap();
    let wallet = signer();
    let step = client.sign_and_submit_customer_withdrawal(uuid().into(), ask("101.5", DESTINATION), &wallet);
    step.policy(&policy()).expect_recipient(address(ESCROW)).await.unwrap();
    assert_eq!(script.received()[1].json()["signature"], SIGNATURE);

    let script = Script::in_turn([(200, quote)]).await;
    let client = Client::builder().api_key("test-key").base_url(script.base_url()).build().unwrap();
    for asked in [ask("101.4", DESTINATION), ask("101.5", ESCROW)] {
        let step = client.sign_and_submit_customer_withdrawal(uuid().into(), asked, &wallet);
        let error = step.policy(&policy()).expect_recipient(address(ESCROW)).await.unwrap_err();
        assert!(matches!(
            error.refusal(),
            Some(Refusal::UnexpectedAmount { .. } | Refusal::WrongDestinationAddress { .. })
        ));
    }
    assert!(
        script.received().iter().all(|request| request.path().ends_with("quote")),
        "nothing was submitted"
    );
}

/// The parameters of a bridge with the values of the vector.
pub(crate) fn bridge() -> Value {
    let mut bridge = parameters();
    bridge["solver_address"] = json!(ESCROW);
    bridge["recommended_gas"] = json!("500000");
    bridge["recommended_ttl"] = json!(3600);
    bridge["destination_chain"] = json!("Arbitrum One");
    bridge["destination_address"] = json!(DESTINATION);
    bridge
}

#[tokio::test]
async fn a_bridge_is_one_step_and_signs_the_transfer_to_the_solver() {
    let done = json!({"success": true, "data": {"order_id": ORDER, "status": "send_out_pending"}});
    let script = Script::in_turn([(200, json!({"success": true, "data": bridge()})), (200, done)]).await;
    let client = Client::builder().api_key("test-key").base_url(script.base_url()).build().unwrap();
    let to = |address: &str| BridgeDestination {
        chain: "Arbitrum One".to_owned().into(),
        address: address.to_owned().into(),
    };
    let order = ORDER.parse().unwrap();
    client.sign_and_submit_bridge(order, to(DESTINATION), AMOUNT, &signer()).policy(&policy()).await.unwrap();
    let sent = script.received()[1].json();
    assert_eq!(sent["signature"], SIGNATURE);
    assert_eq!(
        (&sent["destination_chain"], &sent["destination_address"]),
        (&json!("Arbitrum One"), &json!(DESTINATION))
    );
    assert_eq!(sent["forward_request"]["deadline"], DEADLINE.to_string());

    let script = Script::in_turn([(200, json!({"success": true, "data": bridge()}))]).await;
    let client = Client::builder().api_key("test-key").base_url(script.base_url()).build().unwrap();
    let error = client
        .sign_and_submit_bridge(order, to(ESCROW), AMOUNT, &signer())
        .policy(&policy())
        .await
        .unwrap_err();
    assert_eq!(
        error.refusal(),
        Some(&Refusal::WrongDestinationAddress {
            requested_address: ESCROW.to_owned(),
            address_in_parameters: DESTINATION.to_owned()
        }),
    );
}

#[tokio::test]
async fn a_bridge_that_pays_another_than_the_solver_is_not_signed() {
    let mut changed = bridge();
    changed["solver_address"] = json!(TOKEN);
    let parameters: partner_client::unigox::BridgeAuthorizationParameters =
        serde_json::from_str(&changed.to_string()).unwrap();
    let error = parameters.sign(AMOUNT, &signer()).policy(&policy()).await.unwrap_err();
    assert_eq!(
        error.refusal(),
        Some(&Refusal::CalldataRecipientMismatch {
            recipient_in_parameters: address(TOKEN),
            recipient_in_calldata: address(ESCROW)
        }),
    );
}
