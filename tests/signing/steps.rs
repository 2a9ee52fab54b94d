//! The whole sequence: fetch the parameters, check, sign and submit, and repeat it once where that is safe.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use partner_client::unigox::signing::{ExpectedAmount, Refusal, SigningError};
use partner_client::unigox::{Client, NewOrder, Order};
use partner_client::{Error, Response, WaitError, decimal};
use partner_tests::case::uuid;
use partner_tests::script::{Script, ScriptedResponse};
use serde_json::{Value, json};

use crate::wallet::{ADDRESS, AMOUNT, CALLDATA, ORDER, now, parameters, policy, signer};

fn client(script: &Script) -> Client {
    Client::builder().api_key("test-key").base_url(script.base_url()).build().unwrap()
}

fn with_nonce(nonce: &str) -> ScriptedResponse {
    let mut parameters = parameters();
    parameters["forwarder_nonce"] = json!(nonce);
    (200, json!({"success": true, "data": parameters}))
}

fn failure(status: u16, code: &str) -> ScriptedResponse {
    (status, json!({"success": false, "error": {"code": code, "message": "no"}}))
}

fn done() -> ScriptedResponse {
    (200, json!({"success": true}))
}

async fn run(script: &Script) -> Result<Response<()>, SigningError> {
    client(script)
        .sign_and_submit_crypto_transfer(ORDER.parse().unwrap(), AMOUNT, &signer())
        .policy(&policy())
        .await
}

/// Method and last segment of the path of each request.
fn requests(script: &Script) -> Vec<String> {
    let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    script.received().iter().map(|request| format!("{} {}", request.method, last(request.path()))).collect()
}

const FETCH: &str = "GET transfer-authorization-parameters";
const SUBMIT: &str = "POST authorize-crypto-transfer";

fn nonces(script: &Script) -> Vec<Value> {
    let submitted = script.received().into_iter().filter(|request| request.method == "POST");
    submitted.map(|request| request.json()["forward_request"]["nonce"].clone()).collect()
}

fn api(result: Result<Response<()>, SigningError>) -> Error {
    match result {
        Err(SigningError::CallFailed(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_parameters_are_fetched_signed_and_submitted() {
    let script = Script::in_turn([with_nonce("0"), done()]).await;
    assert_eq!(run(&script).await.unwrap().http_status(), 200);
    assert_eq!(requests(&script), [FETCH, SUBMIT]);
    let sent = script.received()[1].json();
    assert_eq!(sent["forward_request"]["from"], ADDRESS);
    assert_eq!(sent["forward_request"]["data"], CALLDATA);
    assert_eq!(sent["signature"].as_str().map(str::len), Some(132));
}

#[tokio::test]
async fn nothing_is_submitted_after_a_refusal() {
    let mut other = parameters();
    other["order_id"] = json!("00000000-0000-4000-8000-000000000001");
    let script = Script::in_turn([(200, json!({"success": true, "data": other}))]).await;
    let error = run(&script).await.unwrap_err();
    assert!(matches!(error.refusal(), Some(Refusal::WrongOrder { .. })), "{error:?}");
    assert!(!error.may_have_executed());
    assert_eq!(requests(&script), [FETCH]);
}

#[tokio::test]
async fn parameters_with_another_amount_than_the_expected_one_are_not_signed() {
    let script = Script::in_turn([with_nonce("0")]).await;
    let amount = ExpectedAmount::Exactly(decimal!("101.49"));
    let (unigox, wallet) = (client(&script), signer());
    let step = unigox.sign_and_submit_crypto_transfer(ORDER.parse().unwrap(), amount, &wallet);
    let error = step.policy(&policy()).await.unwrap_err();
    assert!(matches!(error.refusal(), Some(Refusal::UnexpectedAmount { .. })), "{error:?}");
    assert_eq!(requests(&script), [FETCH]);
}

#[tokio::test]
async fn a_stale_nonce_is_replaced_and_signed_again_once() {
    let stale = failure(400, "INVALID_REQUEST");
    let script = Script::in_turn([with_nonce("0"), stale.clone(), with_nonce("1"), done()]).await;
    assert!(run(&script).await.is_ok());
    assert_eq!(requests(&script), [FETCH, SUBMIT, FETCH, SUBMIT]);
    assert_eq!(nonces(&script), ["0", "1"]);
    let script =
        Script::in_turn([with_nonce("0"), stale.clone(), with_nonce("1"), stale, with_nonce("2"), done()])
            .await;
    assert_eq!(api(run(&script).await).status().unwrap(), 400);
    assert_eq!(nonces(&script), ["0", "1"], "at most once");
}

#[tokio::test]
async fn a_refusal_for_another_reason_is_not_submitted_again() {
    for refused in [failure(400, "INVALID_REQUEST"), failure(422, "INSUFFICIENT_BALANCE")] {
        let script = Script::in_turn([with_nonce("0"), refused.clone(), with_nonce("0"), done()]).await;
        assert_eq!(api(run(&script).await).status().unwrap().as_u16(), refused.0);
        assert_eq!(nonces(&script), ["0"], "the nonce has not moved");
    }
}

#[tokio::test]
async fn a_request_that_may_have_executed_is_never_signed_again() {
    for failed in [
        failure(502, "TRANSACTOR_ERROR"),
        failure(500, "INTERNAL_ERROR"),
        failure(409, "INVALID_STATUS"),
        (504, json!({})),
    ] {
        let script = Script::in_turn([with_nonce("0"), failed.clone(), with_nonce("1"), done()]).await;
        let error = api(run(&script).await);
        assert!(error.may_have_executed(), "{failed:?}");
        assert_eq!(requests(&script), [FETCH, SUBMIT], "{failed:?}");
    }
}

#[tokio::test]
async fn an_order_that_needs_no_signature_any_more_keeps_the_first_error() {
    let script =
        Script::in_turn([with_nonce("0"), failure(400, "INVALID_REQUEST"), failure(409, "INVALID_STATUS")])
            .await;
    let error = api(run(&script).await);
    assert_eq!((error.status().unwrap().as_u16(), error.code()), (400, Some("INVALID_REQUEST")));
    assert_eq!(requests(&script), [FETCH, SUBMIT, FETCH]);
}

#[tokio::test]
async fn new_parameters_are_checked_like_the_first_ones() {
    let mut changed = parameters();
    changed["forwarder_nonce"] = json!("1");
    changed["recipient_address"] = json!("0x3333333333333333333333333333333333333333");
    let script = Script::in_turn([
        with_nonce("0"),
        failure(400, "INVALID_REQUEST"),
        (200, json!({"success": true, "data": changed})),
        done(),
    ])
    .await;
    let error = run(&script).await.unwrap_err();
    assert!(matches!(error.refusal(), Some(Refusal::CalldataRecipientMismatch { .. })), "{error:?}");
    assert_eq!(nonces(&script), ["0"]);
}

#[tokio::test]
async fn an_expired_deadline_is_replaced_and_signed_again() {
    let refused = failure(400, "INVALID_REQUEST");
    let script = Script::in_turn([with_nonce("0"), refused, with_nonce("0"), done()]).await;
    let calls = Arc::new(AtomicU64::new(0));
    // Each reading of the clock is a quarter of an hour after the one before.
    let policy =
        policy().clock(move || now() + Duration::from_secs(900 * calls.fetch_add(1, Ordering::SeqCst)));
    let client = client(&script);
    client
        .sign_and_submit_crypto_transfer(ORDER.parse().unwrap(), AMOUNT, &signer())
        .policy(&policy.max_time_to_deadline(Duration::from_secs(86_400)))
        .await
        .unwrap();
    assert_eq!(nonces(&script), ["0", "0"]);
    let deadline = |at: usize| {
        script.received()[at].json()["forward_request"]["deadline"].as_str().unwrap().parse::<u64>().unwrap()
    };
    assert!(deadline(3) > deadline(1));
}

/// Calls, waits and signs, with one error type.
async fn sell(script: &Script) -> Result<(), SigningError> {
    let unigox = client(script);
    let order_id = unigox.initiate_off_ramp(NewOrder::new(uuid().into())).await?.order_id()?;
    unigox.wait_until_crypto_transfer_due(order_id).await?;
    unigox.sign_and_submit_crypto_transfer(order_id, AMOUNT, &signer()).policy(&policy()).await?;
    Ok(())
}

fn order(status: &str) -> ScriptedResponse {
    (200, json!({"success": true, "data": {"order_id": ORDER, "status": status}}))
}

#[tokio::test]
async fn a_function_that_calls_waits_and_signs_has_one_error_type() {
    let made = order("awaiting_liquidity_provider");
    let due = order("awaiting_crypto_transfer_authorization");
    let script = Script::in_turn([made.clone(), due, with_nonce("0"), done()]).await;
    sell(&script).await.unwrap();

    let script = Script::in_turn([failure(401, "UNAUTHORIZED")]).await;
    let error = sell(&script).await.unwrap_err();
    assert_eq!(
        (error.api_error().and_then(Error::code), error.may_have_executed()),
        (Some("UNAUTHORIZED"), false)
    );

    let script = Script::in_turn([made, order("cancelled")]).await;
    let error = sell(&script).await.unwrap_err();
    let wait = error.api_error().and_then(Error::wait_error::<Order>);
    assert!(matches!(wait, Some(WaitError::EndedInOtherState { state: "cancelled", .. })), "{error:?}");
    assert!(error.may_have_executed(), "the order was made before the wait");
}

#[tokio::test]
async fn a_step_whose_parameters_cannot_be_fetched_has_submitted_nothing() {
    let script = Script::in_turn([failure(500, "INTERNAL_ERROR")]).await;
    let error = run(&script).await.unwrap_err();
    assert!(matches!(error, SigningError::FetchFailed(_)), "{error:?}");
    assert_eq!(error.api_error().and_then(Error::status).unwrap(), 500);
    assert!(!error.may_have_executed());
    assert_eq!(requests(&script), [FETCH]);
}
