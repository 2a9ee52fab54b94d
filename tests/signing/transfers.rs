//! Signing a transfer: the test vector, and every reason to refuse.

use std::time::{Duration, UNIX_EPOCH};

use alloy_signer_local::PrivateKeySigner;
use partner_client::decimal;
use partner_client::unigox::SignedTransfer;
use partner_client::unigox::signing::{
    Address, B256, ExpectedAmount, Policy, Refusal, Signer, SigningError, U256, alloy_signer,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::independent::{self, Request, address_of, hex, unhex};
use crate::wallet::{
    ADDRESS, AMOUNT, CALLDATA, DEADLINE, ESCROW, FORWARDER, KEY, TOKEN, address, now, parameters_with,
    policy, signer,
};

const SIGNATURE: &str = "0xbf6f0f97069f1067426511c5743cbe5dc266b3ad5dbcc1a0305db048ffcd4521146aefcb07f15adb8caa4417e0791e48b012fae995fb46c9268a6d4c13e375081b";

async fn sign(changes: Value) -> Result<SignedTransfer, SigningError> {
    parameters_with(changes).sign(AMOUNT, &signer()).policy(&policy()).await
}

async fn refusal(changes: Value) -> Refusal {
    match sign(changes.clone()).await {
        Err(SigningError::Refused(refusal)) => *refusal,
        other => panic!("{changes}: {other:?}"),
    }
}

#[test]
fn the_second_implementation_has_the_hashes_of_the_vector() {
    let key: [u8; 32] = unhex(KEY).try_into().unwrap();
    assert_eq!(address_of(&key).to_vec(), unhex(ADDRESS));
    let domain = independent::domain_separator(660_279, unhex(FORWARDER).try_into().unwrap());
    assert_eq!(hex(&domain), "c06a1525841289a11a549fa8bd542e65706d83a6bc68acabdb28ba9a056b7970");
    let hash = independent::struct_hash(&Request {
        from: unhex(ADDRESS).try_into().unwrap(),
        to: unhex(TOKEN).try_into().unwrap(),
        gas: 500_000,
        nonce: 0,
        deadline: DEADLINE,
        data: &unhex(CALLDATA),
    });
    assert_eq!(hex(&hash), "322bea4bb951035ae32be29fde1efa41c58811a976e5636436d02d5365ac99de");
    let digest = independent::digest(domain, hash);
    assert_eq!(hex(&digest), "76346e9c154776f4bfdc538a1c0fbc8c0bdfa182c6ec65993490434bbf54fa26");
    assert_eq!(independent::sign(&key, &digest), SIGNATURE);
}

#[tokio::test]
async fn the_vector_is_signed_byte_for_byte_and_sent_as_strings_with_checksums() {
    let signed = sign(json!({})).await.unwrap();
    assert_eq!(signed.signature, SIGNATURE);
    let sent: Value = serde_json::from_str(&serde_json::to_string(&signed).unwrap()).unwrap();
    assert_eq!(
        sent,
        json!({"signature": SIGNATURE, "forward_request": {
            "from": ADDRESS, "to": TOKEN, "value": "0", "gas": "500000", "nonce": "0", "deadline": "1760000000",
            "data": CALLDATA,
        }}),
    );
}

#[tokio::test]
async fn the_case_of_addresses_makes_no_difference() {
    let signed = sign(json!({
        "sender_address": ADDRESS.to_lowercase(), "token_address": TOKEN.to_lowercase(),
        "forwarder_address": FORWARDER.to_lowercase(),
    }))
    .await
    .unwrap();
    assert_eq!(signed.signature, SIGNATURE);
    assert_eq!(signed.forward_request["from"], ADDRESS);
    assert_eq!(signed.forward_request["to"], TOKEN);
}

#[tokio::test]
async fn without_recommendations_the_vendors_defaults_are_signed() {
    let signed = sign(json!({"recommended_gas_limit": null, "recommended_ttl_seconds": null})).await.unwrap();
    assert_eq!(signed.signature, SIGNATURE);
}

#[tokio::test]
async fn without_a_policy_nothing_is_signed_and_both_addresses_are_shown() {
    let parameters = parameters_with(json!({}));
    let error = parameters.sign(AMOUNT, &signer()).await.unwrap_err();
    let refused = Refusal::TokenOrForwarderNotAllowed {
        token_address: address(TOKEN),
        is_token_allowed: false,
        forwarder_address: address(FORWARDER),
        is_forwarder_allowed: false,
    };
    assert_eq!(error.refusal(), Some(&refused));
    let text = error.to_string();
    for part in [TOKEN, FORWARDER, "Policy::allow_token", "Policy::allow_forwarder"] {
        assert!(text.contains(part), "{text}");
    }
    let half = Policy::new().allow_token(address(TOKEN), 6).clock(now);
    let error = parameters.sign(AMOUNT, &signer()).policy(&half).await.unwrap_err();
    assert!(matches!(
        error.refusal(),
        Some(Refusal::TokenOrForwarderNotAllowed { is_token_allowed: true, is_forwarder_allowed: false, .. })
    ));
}

#[tokio::test]
async fn another_token_or_forwarder_is_not_signed_for() {
    assert!(matches!(
        refusal(json!({"token_address": ESCROW})).await,
        Refusal::TokenOrForwarderNotAllowed { token_address: token, is_token_allowed: false, is_forwarder_allowed: true, .. } if token == address(ESCROW)
    ));
    assert!(matches!(
        refusal(json!({"forwarder_address": ESCROW})).await,
        Refusal::TokenOrForwarderNotAllowed { is_token_allowed: true, is_forwarder_allowed: false, .. }
    ));
}

#[tokio::test]
async fn another_sender_is_not_signed_for() {
    assert_eq!(
        refusal(json!({"sender_address": ESCROW})).await,
        Refusal::WrongSigner { signer_address: address(ADDRESS), required_address: address(ESCROW) },
    );
}

#[tokio::test]
async fn another_chain_is_not_signed_for_unless_it_is_set() {
    assert_eq!(
        refusal(json!({"chain_id": "1"})).await,
        Refusal::ChainNotAllowed { allowed_chain_id: 660_279, actual_chain_id: 1 },
    );
    let parameters = parameters_with(json!({"chain_id": "37714555429"}));
    let testnet = policy().chain_id(37_714_555_429);
    assert!(parameters.sign(AMOUNT, &signer()).policy(&testnet).await.is_ok());
    let bound = signer().with_chain_id(Some(1));
    let error = parameters_with(json!({})).sign(AMOUNT, &bound).policy(&policy()).await.unwrap_err();
    assert_eq!(
        error.refusal(),
        Some(&Refusal::ChainNotAllowed { allowed_chain_id: 660_279, actual_chain_id: 1 })
    );
}

#[tokio::test]
async fn calldata_that_pays_somebody_else_or_another_amount_is_not_signed() {
    let thief = "3333333333333333333333333333333333333333";
    let to_thief = CALLDATA.replace(&ESCROW[2..], thief);
    assert_eq!(
        refusal(json!({"transfer_data": to_thief})).await,
        Refusal::CalldataRecipientMismatch {
            recipient_in_parameters: address(ESCROW),
            recipient_in_calldata: address(&format!("0x{thief}"))
        },
    );
    let more = CALLDATA.replace("060cc460", "160cc460");
    assert_eq!(
        refusal(json!({"transfer_data": more})).await,
        Refusal::CalldataAmountMismatch {
            amount_in_parameters: U256::from(101_500_000),
            amount_in_calldata: U256::from(0x160c_c460_u64)
        },
    );
}

#[tokio::test]
async fn calldata_that_is_no_transfer_or_more_than_one_is_not_signed() {
    let dirty_address = CALLDATA.replacen("a9059cbb00", "a9059cbb01", 1);
    for data in [
        "0x",
        "0xa9059cbb",
        &CALLDATA.replace("a9059cbb", "095ea7b3"),
        &CALLDATA[..CALLDATA.len() - 2],
        &format!("{CALLDATA}00"),
        &format!("{CALLDATA}{}", &CALLDATA[2..]),
        &dirty_address,
    ] {
        assert_eq!(refusal(json!({"transfer_data": data})).await, Refusal::NotATokenTransfer, "{data}");
    }
}

#[tokio::test]
async fn amounts_in_tokens_and_in_units_have_to_be_the_same() {
    let tokens = "101.51".parse().unwrap();
    assert_eq!(
        refusal(json!({"amount_human": "101.51"})).await,
        Refusal::AmountsDisagree {
            amount_in_tokens: tokens,
            amount_in_smallest_units: U256::from(101_500_000),
            decimals: 6
        },
    );
    assert!(sign(json!({"amount_human": "101.5"})).await.is_ok(), "zeros at the end make no difference");
}

#[tokio::test]
async fn a_token_has_the_decimals_of_the_policy_whatever_the_parameters_say() {
    for in_parameters in [5, 7, 18, -6, i64::MAX] {
        assert_eq!(
            refusal(json!({"crypto_decimals": in_parameters})).await,
            Refusal::DecimalsMismatch { decimals_in_policy: 6, decimals_in_parameters: in_parameters }
        );
    }
    // The amount is a hundred times as large, in parameters that are consistent and that the caller expects.
    let parameters = parameters_with(json!({
        "crypto_decimals": 8, "amount_atomic": "10150000000",
        "transfer_data": CALLDATA.replace("00060cc460", "025cfcb580"),
    }));
    let error = parameters.sign(AMOUNT, &signer()).policy(&policy()).await.unwrap_err();
    assert_eq!(
        error.refusal(),
        Some(&Refusal::DecimalsMismatch { decimals_in_policy: 6, decimals_in_parameters: 8 })
    );
}

#[tokio::test]
async fn the_expectations_of_the_caller_are_compared() {
    let parameters = parameters_with(json!({}));
    let (signer, policy) = (signer(), policy());
    let sign = |amount| parameters.sign(amount, &signer).policy(&policy);
    assert!(sign(AMOUNT).expect_recipient(address(ESCROW)).await.is_ok());
    assert!(sign(ExpectedAmount::Any).await.is_ok());
    let (expected, in_parameters) = (decimal!("101.49"), decimal!("101.5"));
    let error = sign(ExpectedAmount::Exactly(expected)).await.unwrap_err();
    assert_eq!(
        error.refusal(),
        Some(&Refusal::UnexpectedAmount { expected_amount: expected, amount_in_parameters: in_parameters })
    );
    let error = sign(AMOUNT).expect_recipient(address(TOKEN)).await.unwrap_err();
    assert_eq!(
        error.refusal(),
        Some(&Refusal::UnexpectedRecipient {
            expected_recipient: address(TOKEN),
            actual_recipient: address(ESCROW)
        }),
    );
}

#[tokio::test]
async fn a_deadline_lies_in_the_future_and_not_too_far() {
    let longest = Duration::from_secs(7200);
    for seconds in [0, -1, 7201, i64::MIN, i64::MAX] {
        let expected =
            Refusal::DeadlineOutOfRange { max_time_to_deadline: longest, seconds_to_deadline: seconds };
        assert_eq!(refusal(json!({"recommended_ttl_seconds": seconds})).await, expected);
    }
    for seconds in [1, 7200] {
        assert!(sign(json!({"recommended_ttl_seconds": seconds})).await.is_ok());
    }
    let day = policy().max_time_to_deadline(Duration::from_secs(86_400));
    let parameters = parameters_with(json!({"recommended_ttl_seconds": 86_400}));
    assert!(parameters.sign(AMOUNT, &signer()).policy(&day).await.is_ok());
}

#[tokio::test]
async fn a_deadline_beyond_what_the_contract_can_hold_is_not_signed() {
    let far = policy().max_time_to_deadline(Duration::MAX);
    let parameters = parameters_with(json!({"recommended_ttl_seconds": 1_u64 << 48}));
    let error = parameters.sign(AMOUNT, &signer()).policy(&far).await.unwrap_err();
    assert!(matches!(error.refusal(), Some(Refusal::DeadlineOutOfRange { .. })), "{error:?}");
}

#[tokio::test]
async fn each_field_that_is_signed_has_to_be_there_and_well_formed() {
    let fields = [
        "sender_address",
        "token_address",
        "forwarder_address",
        "recipient_address",
        "chain_id",
        "amount_atomic",
        "amount_human",
        "crypto_decimals",
        "transfer_data",
        "forwarder_nonce",
    ];
    for field in fields {
        assert_eq!(refusal(json!({field: null})).await, Refusal::MissingField { field_name: field });
    }
    let two_to_256 = "115792089237316195423570985008687907853269984665640564039457584007913129639936";
    for (field, values) in [
        (
            "sender_address",
            &[
                "",
                "0x",
                "f39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
                "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb9226g",
                "0x0xf39Fd6e51aad88F6F4ce6aB8827279cffFb922",
            ][..],
        ),
        ("chain_id", &["", "0xa1337", "-1", "+660279", " 660279", "18446744073709551616"]),
        ("amount_atomic", &["1e8", "101500000.0", two_to_256]),
        ("forwarder_nonce", &["", "one", two_to_256]),
        ("recommended_gas_limit", &["", "0x7a120"]),
        ("transfer_data", &["", "a9059cbb", "0xa9059cb", "0xzz"]),
    ] {
        for value in values {
            let refused = refusal(json!({field: value})).await;
            assert!(
                matches!(refused, Refusal::MalformedField { field_name: malformed, .. } if malformed == field),
                "{refused:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_value_in_a_refusal_is_short_and_harmless() {
    let value = format!("\u{1b}[31m{}", "x".repeat(10_000));
    let text = refusal(json!({"chain_id": value})).await.to_string();
    assert!(text.len() < 200 && !text.contains('\u{1b}'), "{text}");
}

#[tokio::test]
async fn no_private_key_is_shown() {
    let signer = signer();
    let parameters = parameters_with(json!({"chain_id": "1"}));
    let error = parameters.sign(AMOUNT, &signer).policy(&policy()).await.unwrap_err();
    let shown = format!("{signer:?} {error} {error:?} {:?}", policy());
    assert!(!shown.to_lowercase().contains(&KEY[..16]), "{shown}");
}

/// A signer whose address is that of another key than the one it signs with.
struct Wrong;

#[async_trait::async_trait]
impl Signer for Wrong {
    async fn sign_hash(&self, hash: &B256) -> alloy_signer::Result<alloy_primitives::Signature> {
        PrivateKeySigner::random().sign_hash(hash).await
    }

    fn address(&self) -> Address {
        address(ADDRESS)
    }

    fn chain_id(&self) -> Option<u64> {
        None
    }

    fn set_chain_id(&mut self, _: Option<u64>) {}
}

#[tokio::test]
async fn a_signature_of_another_key_is_noticed_before_it_is_sent() {
    let error = parameters_with(json!({})).sign(AMOUNT, &Wrong).policy(&policy()).await.unwrap_err();
    assert!(
        matches!(error.refusal(), Some(Refusal::InvalidSignature { signer_address: signer, .. }) if *signer == address(ADDRESS)),
        "{error:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn both_implementations_sign_the_same(
        key in any::<[u8; 32]>().prop_filter("a key", |key| key[0] != 0 && key[0] != 255),
        token in any::<[u8; 20]>(),
        forwarder in any::<[u8; 20]>(),
        recipient in any::<[u8; 20]>(),
        units in any::<u64>(),
        gas in any::<u64>(),
        nonce in any::<u128>(),
        chain in 1..u64::MAX,
        now in 0..1_u64 << 40,
        seconds in 1..7200_u64,
    ) {
        let from = address_of(&key);
        let of = |bytes: &[u8]| format!("0x{}", hex(bytes));
        let data = format!("0xa9059cbb{:0>64}{:0>64}", hex(&recipient), format!("{units:x}"));
        let parameters = parameters_with(json!({
            "chain_id": chain.to_string(), "token_address": of(&token), "forwarder_address": of(&forwarder),
            "recipient_address": of(&recipient), "sender_address": of(&from),
            "amount_atomic": units.to_string(), "amount_human": format!("{}.{:06}", units / 1_000_000, units % 1_000_000),
            "recommended_gas_limit": gas.to_string(), "recommended_ttl_seconds": seconds,
            "transfer_data": data, "forwarder_nonce": nonce.to_string(),
        }));
        let policy = Policy::new()
            .chain_id(chain)
            .allow_token(token.into(), 6)
            .allow_forwarder(forwarder.into())
            .clock(move || UNIX_EPOCH + Duration::from_secs(now));
        let signer = PrivateKeySigner::from_slice(&key).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let signed = runtime.block_on(async { parameters.sign(ExpectedAmount::Any, &signer).policy(&policy).await }).unwrap();

        let domain = independent::domain_separator(chain.into(), forwarder);
        let hash = independent::struct_hash(&Request {
            from,
            to: token,
            gas: gas.into(),
            nonce,
            deadline: now + seconds,
            data: &unhex(&data),
        });
        prop_assert_eq!(signed.signature, independent::sign(&key, &independent::digest(domain, hash)));
    }
}
