//! Refunds and consents: transactions of a Safe.

use partner_client::unigox::signing::{Policy, Refusal, SigningError, U256};
use partner_client::unigox::{
    Client, RefundAuthorizationParameters, SettlementConsentParameters, SignedConsent, SignedRefund,
};
use partner_tests::script::Script;
use serde_json::{Value, json};

use crate::wallet::{ADDRESS, AMOUNT, CALLDATA, ESCROW, ORDER, TOKEN, address, policy, signer};

const SAFE: &str = "0x9f8eF448C2c0694383B848e32D4d2857eBAEdB94";
const MULTI_SEND: &str = "0x4444444444444444444444444444444444444444";
const ZERO: &str = "0x0000000000000000000000000000000000000000";

/// The hash and signature of the test vector: four bytes of calldata to an address, everything else zero.
const DIGEST: &str = "0x77933240d3f51c91bf707279fd9f28142cb071b5ae66e7fc992b7eb22fc29ac7";
const SIGNATURE: &str = "0x09801d815d30a0d0723e5b93b6b708068d31238c3b57551cf6cbd785f824518362986585c80c1003b5a1cf4ee6e51fe249a07f579cbe2f4bb669879f1eb657851b";

pub(crate) fn safe_policy() -> Policy {
    policy().allow_safe(address(SAFE)).allow_multi_send(address(MULTI_SEND))
}

fn types() -> Value {
    let fields = [
        ("to", "address"),
        ("value", "uint256"),
        ("data", "bytes"),
        ("operation", "uint8"),
        ("safeTxGas", "uint256"),
        ("baseGas", "uint256"),
        ("gasPrice", "uint256"),
        ("gasToken", "address"),
        ("refundReceiver", "address"),
        ("nonce", "uint256"),
    ];
    json!({"SafeTx": fields.map(|(name, type_)| json!({"name": name, "type": type_}))})
}

/// The parameters of a refund that pays 101.5 tokens to the recipient, with changes by JSON pointer.
fn refund_json(changes: &[(&str, Value)]) -> Value {
    let mut parameters = json!({
        "order_id": ORDER, "status": "cancelled", "escrow_address": SAFE, "signer_address": ADDRESS,
        "recipient_address": ESCROW, "amount_human": "101.500000", "crypto_currency": "USDT", "crypto_decimals": 6,
        "direction": "to_seller", "domain": {"chainId": 660_279, "verifyingContract": SAFE}, "types": types(),
        "safe_params": {
            "to": TOKEN, "value": "0", "data": CALLDATA, "operation": 0, "safeTxGas": "0", "baseGas": "0",
            "gasPrice": "0", "gasToken": ZERO, "refundReceiver": ZERO, "nonce": "0",
        },
        "authorization_path": "/api/v1/partner/orders/1/authorize-refund",
    });
    for (pointer, value) in changes {
        *parameters.pointer_mut(pointer).unwrap() = value.clone();
    }
    parameters
}

pub(crate) fn refund(changes: &[(&str, Value)]) -> RefundAuthorizationParameters {
    serde_json::from_str(&refund_json(changes).to_string()).unwrap()
}

async fn sign(changes: &[(&str, Value)]) -> Result<SignedRefund, SigningError> {
    refund(changes).sign(AMOUNT, &signer()).policy(&safe_policy()).await
}

async fn refusal(changes: &[(&str, Value)]) -> Refusal {
    match sign(changes).await {
        Err(SigningError::Refused(refusal)) => *refusal,
        other => panic!("{changes:?}: {other:?}"),
    }
}

/// The changes that make the transaction of the vector.
fn vector() -> [(&'static str, Value); 2] {
    [("/safe_params/to", json!(ESCROW)), ("/safe_params/data", json!("0xa9059cbb"))]
}

#[tokio::test]
async fn the_vector_is_signed_byte_for_byte_once_its_calldata_is_allowed_undecoded() {
    assert_eq!(refusal(&vector()).await, Refusal::NotATokenTransfer);
    let signed = refund(&vector())
        .sign(AMOUNT, &signer())
        .policy(&safe_policy())
        .allow_undecoded_calldata()
        .await
        .unwrap();
    assert_eq!(signed.signature, SIGNATURE);
    assert_eq!(signed.signed_data.as_deref(), Some("0xa9059cbb"));
}

pub(crate) fn consent(changes: &[(&str, Value)]) -> SettlementConsentParameters {
    let mut parameters = refund_json(&vector());
    parameters["status"] = json!("crypto_received");
    parameters["direction"] = json!("to_buyer");
    parameters["tx_hash"] = json!(DIGEST);
    parameters["settlement_hours"] = json!(24);
    parameters["consent_deadline_at"] = json!("2026-09-21T11:58:30Z");
    for (pointer, value) in changes {
        *parameters.pointer_mut(pointer).unwrap() = value.clone();
    }
    serde_json::from_str(&parameters.to_string()).unwrap()
}

async fn sign_consent(changes: &[(&str, Value)]) -> Result<SignedConsent, SigningError> {
    consent(changes).sign(AMOUNT, &signer()).policy(&safe_policy()).allow_undecoded_calldata().await
}

#[tokio::test]
async fn a_consent_is_signed_when_its_hash_is_that_of_the_transaction() {
    let signed = sign_consent(&[]).await.unwrap();
    assert_eq!((signed.signature.as_str(), signed.signed_data.as_str()), (SIGNATURE, "0xa9059cbb"));
    let error = sign_consent(&[("/safe_params/nonce", json!("1"))]).await.unwrap_err();
    assert!(
        matches!(error.refusal(), Some(Refusal::TransactionHashMismatch { hash_in_parameters: in_parameters, .. }) if in_parameters.to_string() == DIGEST),
        "{error:?}"
    );
    for hash in ["0x", "0x77"] {
        let error = sign_consent(&[("/tx_hash", json!(hash))]).await.unwrap_err();
        assert!(matches!(error.refusal(), Some(Refusal::TransactionHashMismatch { .. })), "{error:?}");
    }
}

#[tokio::test]
async fn a_refund_that_pays_what_it_names_is_signed() {
    let signed = sign(&[]).await.unwrap();
    assert_eq!(signed.signed_data.as_deref(), Some(CALLDATA));
    assert_eq!(signed.signature.len(), 132);
}

#[tokio::test]
async fn only_the_escrow_that_the_caller_knows_is_signed_for() {
    let unknown = refund(&[]).sign(AMOUNT, &signer()).policy(&policy()).await.unwrap_err();
    assert_eq!(unknown.refusal(), Some(&Refusal::SafeNotAllowed { safe_address: address(SAFE) }));
    assert!(unknown.to_string().contains("Policy::allow_safe"));
    let other = [("/escrow_address", json!(ESCROW))];
    assert_eq!(
        refusal(&other).await,
        Refusal::EscrowMismatch {
            escrow_address_in_parameters: address(ESCROW),
            safe_address_in_domain: address(SAFE)
        }
    );
    // The treasury of the same owner, which the API returns as the escrow.
    let treasury = [("/escrow_address", json!(ESCROW)), ("/domain/verifyingContract", json!(ESCROW))];
    assert_eq!(refusal(&treasury).await, Refusal::SafeNotAllowed { safe_address: address(ESCROW) });
}

#[tokio::test]
async fn chain_signer_and_token_are_checked() {
    assert_eq!(
        refusal(&[("/domain/chainId", json!(1))]).await,
        Refusal::ChainNotAllowed { allowed_chain_id: 660_279, actual_chain_id: 1 }
    );
    assert!(matches!(refusal(&[("/domain/chainId", json!(-1))]).await, Refusal::MalformedField { .. }));
    assert!(matches!(refusal(&[("/signer_address", json!(ESCROW))]).await, Refusal::WrongSigner { .. }));
    assert_eq!(
        refusal(&[("/safe_params/to", json!(ESCROW))]).await,
        Refusal::TokenNotAllowed { token_address: address(ESCROW) },
    );
    assert_eq!(
        refusal(&[("/crypto_decimals", json!(8))]).await,
        Refusal::DecimalsMismatch { decimals_in_policy: 6, decimals_in_parameters: 8 },
    );
}

#[tokio::test]
async fn a_safe_neither_pays_for_gas_nor_sends_the_chains_currency() {
    let units = U256::from(1);
    assert_eq!(
        refusal(&[("/safe_params/gasPrice", json!("1"))]).await,
        Refusal::GasPriceNotZero { gas_price: units }
    );
    assert_eq!(
        refusal(&[("/safe_params/value", json!("1"))]).await,
        Refusal::NativeCurrencySent { amount_in_smallest_units: units }
    );
}

#[tokio::test]
async fn a_transfer_to_somebody_else_or_of_another_amount_is_not_signed() {
    let thief = "3333333333333333333333333333333333333333";
    let data = CALLDATA.replace(&ESCROW[2..], thief);
    assert_eq!(
        refusal(&[("/safe_params/data", json!(data))]).await,
        Refusal::UnexpectedTransfer {
            token_address: address(TOKEN),
            recipient: address(thief),
            amount_in_smallest_units: U256::from(101_500_000),
        },
    );
    let data = CALLDATA.replace("060cc460", "060cc461");
    assert!(matches!(refusal(&[("/safe_params/data", json!(data))]).await, Refusal::AmountsDisagree { .. }));
    let error = refund(&[])
        .sign(AMOUNT, &signer())
        .policy(&safe_policy())
        .expect_recipient(address(TOKEN))
        .await
        .unwrap_err();
    assert!(matches!(error.refusal(), Some(Refusal::UnexpectedRecipient { .. })));
}

#[tokio::test]
async fn types_of_another_struct_are_not_signed_and_the_beginning_of_the_right_ones_is() {
    let field = |name: &str, type_: &str| json!({"name": name, "type": type_});
    let beginning = json!({"SafeTx": [field("to", "address"), field("value", "uint256")]});
    let mut with_domain = types();
    with_domain["EIP712Domain"] = json!([field("chainId", "uint256"), field("verifyingContract", "address")]);
    for types in [beginning, with_domain] {
        assert!(sign(&[("/types", types.clone())]).await.is_ok(), "{types}");
    }
    let mut more = types();
    more["SafeTx"].as_array_mut().unwrap().push(field("extra", "uint256"));
    for types in [
        json!({"SafeTx": []}),
        json!({"SafeTx": [field("value", "uint256"), field("to", "address")]}),
        json!({"SafeTx": [field("to", "bytes")]}),
        json!({"SafeTx": "x"}),
        json!({"Permit": [field("to", "address")]}),
        more,
    ] {
        assert_eq!(refusal(&[("/types", types.clone())]).await, Refusal::Eip712TypesMismatch, "{types}");
    }
}

/// The calldata of a `multiSend` with these calls: operation, address, value and calldata of each.
fn multi_send(calls: &[(u8, &str, u64, &str)]) -> String {
    let packed: String = calls
        .iter()
        .map(|(operation, to, value, data)| {
            let data = &data[2..];
            format!("{operation:02x}{}{value:064x}{:064x}{data}", &to[2..], data.len() / 2)
        })
        .collect();
    let length = packed.len() / 2;
    let padding = "0".repeat((64 - packed.len() % 64) % 64);
    format!("0x8d80ff0a{:064x}{length:064x}{packed}{padding}", 32)
}

fn delegate_call(data: &str) -> [(&'static str, Value); 3] {
    [
        ("/safe_params/to", json!(MULTI_SEND)),
        ("/safe_params/operation", json!(1)),
        ("/safe_params/data", json!(data)),
    ]
}

/// A transfer of a fee of 1 token to somebody.
const FEE: &str = "0xa9059cbb000000000000000000000000555555555555555555555555555555555555555500000000000000000000000000000000000000000000000000000000000f4240";

#[tokio::test]
async fn the_calls_of_a_multi_send_are_decoded_and_compared() {
    let both = delegate_call(&multi_send(&[(0, TOKEN, 0, CALLDATA), (0, TOKEN, 0, FEE)]));
    let (fee_to, fee) = (address("0x5555555555555555555555555555555555555555"), U256::from(1_000_000));
    assert_eq!(
        refusal(&both).await,
        Refusal::UnexpectedTransfer {
            token_address: address(TOKEN),
            recipient: fee_to,
            amount_in_smallest_units: fee
        },
    );
    let parameters = refund(&both);
    let (signer, policy) = (signer(), safe_policy());
    let sign = || parameters.sign(AMOUNT, &signer).policy(&policy);
    assert!(sign().expect_additional_transfer(fee_to, fee).await.is_ok());
    let twice = sign()
        .expect_additional_transfer(fee_to, fee)
        .expect_additional_transfer(fee_to, fee)
        .await
        .unwrap_err();
    assert_eq!(
        twice.refusal(),
        Some(&Refusal::MissingTransfer { recipient: fee_to, amount_in_smallest_units: Some(fee) }),
    );
    let alone = delegate_call(&multi_send(&[(0, TOKEN, 0, FEE)]));
    let error = refund(&alone)
        .sign(AMOUNT, &signer)
        .policy(&policy)
        .expect_additional_transfer(fee_to, fee)
        .await
        .unwrap_err();
    assert_eq!(
        error.refusal(),
        Some(&Refusal::MissingTransfer { recipient: address(ESCROW), amount_in_smallest_units: None }),
    );
    let paid_twice = delegate_call(&multi_send(&[(0, TOKEN, 0, CALLDATA), (0, TOKEN, 0, CALLDATA)]));
    assert!(matches!(refusal(&paid_twice).await, Refusal::UnexpectedTransfer { .. }));
}

#[tokio::test]
async fn a_multi_send_that_does_anything_but_transfers_is_not_signed() {
    let cases = [
        (multi_send(&[(1, TOKEN, 0, CALLDATA)]), Refusal::OperationNotAllowed { operation_number: 1 }),
        (
            multi_send(&[(0, TOKEN, 1, CALLDATA)]),
            Refusal::NativeCurrencySent { amount_in_smallest_units: U256::from(1) },
        ),
        (
            multi_send(&[(0, ESCROW, 0, CALLDATA)]),
            Refusal::TokenNotAllowed { token_address: address(ESCROW) },
        ),
        (multi_send(&[(0, TOKEN, 0, "0x095ea7b3")]), Refusal::NotATokenTransfer),
        (
            multi_send(&[]),
            Refusal::MissingTransfer { recipient: address(ESCROW), amount_in_smallest_units: None },
        ),
        ("0x8d80ff0a".to_owned(), Refusal::NotATokenTransfer),
        (format!("{}00", multi_send(&[(0, TOKEN, 0, CALLDATA)])), Refusal::NotATokenTransfer),
    ];
    for (data, expected) in cases {
        assert_eq!(refusal(&delegate_call(&data)).await, expected, "{data}");
    }
    let whole = multi_send(&[(0, TOKEN, 0, CALLDATA)]);
    let length_too_long = whole.replacen(&format!("{:064x}", 68), &format!("{:064x}", 69), 1);
    assert_eq!(refusal(&delegate_call(&length_too_long)).await, Refusal::NotATokenTransfer);
    let endless = whole.replacen(&format!("{:064x}", 68), &"f".repeat(64), 1);
    assert_eq!(refusal(&delegate_call(&endless)).await, Refusal::NotATokenTransfer);
}

#[tokio::test]
async fn an_unknown_contract_does_not_run_with_the_rights_of_the_safe_not_even_undecoded() {
    let data = multi_send(&[(0, TOKEN, 0, CALLDATA)]);
    let mut changes = delegate_call(&data);
    changes[0].1 = json!(ESCROW);
    let parameters = refund(&changes);
    for terms in [
        parameters.sign(AMOUNT, &signer()).policy(&safe_policy()),
        parameters.sign(AMOUNT, &signer()).policy(&safe_policy()).allow_undecoded_calldata(),
    ] {
        let error = terms.await.unwrap_err();
        assert_eq!(
            error.refusal(),
            Some(&Refusal::MultiSendNotAllowed { contract_address: address(ESCROW) })
        );
    }
    let changes = [("/safe_params/operation", json!(2))];
    assert_eq!(refusal(&changes).await, Refusal::OperationNotAllowed { operation_number: 2 });
    let changes = [("/safe_params/operation", json!(256))];
    assert_eq!(refusal(&changes).await, Refusal::OperationNotAllowed { operation_number: 256 });
}

#[tokio::test]
async fn refunds_and_consents_are_one_step() {
    let done = json!({"success": true, "data": {"order_id": ORDER, "status": "refunded"}});
    let script =
        Script::in_turn([(200, json!({"success": true, "data": refund_json(&[])})), (200, done)]).await;
    let client = Client::builder().api_key("test-key").base_url(script.base_url()).build().unwrap();
    let order = ORDER.parse().unwrap();
    let refunded =
        client.sign_and_submit_refund(order, AMOUNT, &signer()).policy(&safe_policy()).await.unwrap();
    assert_eq!(refunded.status.as_deref(), Some("refunded"));
    assert_eq!(script.received()[1].json()["signed_data"], CALLDATA);

    let parameters: Value = serde_json::from_str(&serde_json::to_string(&consent(&[])).unwrap()).unwrap();
    let done = json!({"success": true, "data": {
        "order_id": ORDER, "status": "crypto_received", "consent_signed": true, "release_started": false,
    }});
    let script = Script::in_turn([(200, json!({"success": true, "data": parameters})), (200, done)]).await;
    let client = Client::builder().api_key("test-key").base_url(script.base_url()).build().unwrap();
    let consented = client
        .sign_and_submit_settlement_consent(order, AMOUNT, &signer())
        .policy(&safe_policy())
        .allow_undecoded_calldata()
        .await
        .unwrap();
    assert!(consented.consent_signed);
    assert_eq!(script.received()[1].json()["signature"], SIGNATURE);
}
