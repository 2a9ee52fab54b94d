//! Waits over the wire: the states that end them, their requests, and errors.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use partner_client::unigox::{Client, OrderStatus, ScreeningStatus, VerificationState, VerificationStatus};
use partner_client::{Error, ErrorKind, Response, RetryPolicy, Wait, WaitError};
use partner_tests::case::uuid;
use partner_tests::script::{Script, ScriptedResponse};
use serde_json::{Value, json};

use partner_tests::unigox::client;

fn success(data: Value) -> ScriptedResponse {
    (200, json!({"success": true, "data": data}))
}

fn status(status: &str) -> ScriptedResponse {
    success(json!({"status": status}))
}

/// Polls often enough for a test.
fn hurried<C, T>(wait: Wait<C, T>) -> Wait<C, T> {
    wait.initial_delay(Duration::from_millis(10)).deadline(Duration::from_secs(10))
}

async fn verified(server: &Script) -> Result<Response<VerificationStatus>, WaitError<VerificationStatus>> {
    hurried(client(server.base_url()).wait_until_verified(uuid().into())).await
}

/// The result of a wait for an order that goes through these states.
async fn ended<C>(
    wait: fn(&Client) -> Wait<C, partner_client::unigox::Order>,
    states: &[&str],
) -> Result<(), String>
where
    Wait<C, partner_client::unigox::Order>: IntoFuture<
        Output = Result<Response<partner_client::unigox::Order>, WaitError<partner_client::unigox::Order>>,
    >,
{
    let server = Script::in_turn(states.iter().map(|state| status(state)).collect::<Vec<_>>()).await;
    let result = hurried(wait(&client(server.base_url()))).await;
    let ended = match result {
        Ok(_) => Ok(()),
        Err(WaitError::EndedInOtherState { state, .. }) => Err(state.to_owned()),
        Err(WaitError::ReachedThenFailed { state, .. }) => Err(format!("reached, then {state}")),
        Err(other) => Err(other.to_string()),
    };
    assert_eq!(server.received().len(), states.len(), "nothing is asked once it has ended");
    ended
}

#[tokio::test]
async fn a_verification_is_waited_for_through_all_states_that_are_not_final() {
    // States of the published page and of the newer copies, and an undocumented one.
    let states = [
        "NOT_INITIATED",
        "NOT_STARTED",
        "PENDING_DOCUMENTS",
        "PENDING",
        "IN_PROGRESS",
        "UNDER_REVIEW",
        "COMPLETED",
        "NEW_ONE",
        "VERIFIED",
    ];
    let server = Script::in_turn(states.map(status)).await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&seen);
    let wait = hurried(client(server.base_url()).wait_until_verified(uuid().into()))
        .on_progress(move |response| told.lock().unwrap().push(response.status.clone().unwrap().to_string()));
    let response = wait.await.unwrap();
    assert_eq!(response.status, Some(VerificationState::Verified));
    assert_eq!(*seen.lock().unwrap(), states);
    let received = server.received();
    assert_eq!(received.len(), states.len());
    let path = format!("/api/v1/partner/users/{}/verification-status", uuid());
    assert!(received.iter().all(|request| request.method == "GET" && request.target == path));
}

#[tokio::test]
async fn a_verification_that_failed_is_an_error_with_its_response() {
    for state in ["FAILED", "VERIFICATION_REJECTED"] {
        let server = Script::in_turn([status("IN_PROGRESS"), status(state)]).await;
        let error = verified(&server).await.unwrap_err();
        let WaitError::EndedInOtherState { wait_method: wait, state: missed, response, .. } = &error else {
            panic!("{error:?}")
        };
        assert_eq!((*wait, *missed), ("wait_until_verified", state));
        assert_eq!(response.status.as_ref().unwrap().as_str(), state);
        let text = format!("wait_until_verified: cannot be reached any more, the state is `{state}`");
        assert_eq!(error.to_string(), text);
        assert_eq!(server.received().len(), 2);
    }
}

#[tokio::test]
async fn a_response_without_a_state_is_not_final() {
    let server =
        Script::in_turn([success(json!({})), success(json!({"status": null})), status("VERIFIED")]).await;
    assert!(verified(&server).await.is_ok());
}

#[tokio::test]
async fn optional_parameters_and_options_of_the_call_go_with_every_request() {
    let server = Script::in_turn([status("IN_PROGRESS"), status("VERIFIED")]).await;
    let wait = hurried(client(server.base_url()).wait_until_verified(uuid().into()))
        .configure_call(|call| call.verification_id("v-1".into()).header("x-trace", "t-1"));
    wait.await.unwrap();
    let received = server.received();
    assert_eq!(received.len(), 2);
    assert!(received.iter().all(|request| request.query() == Some("verification_id=v-1")));
    assert!(received.iter().all(|request| request.header("x-trace") == Some("t-1")));
}

#[tokio::test]
async fn a_transient_failure_does_not_end_a_wait() {
    let down = (503, json!({}));
    let server = Script::in_turn([status("IN_PROGRESS"), down.clone(), down, status("VERIFIED")]).await;
    let wait = hurried(client(server.base_url()).wait_until_verified(uuid().into()));
    assert!(wait.configure_call(|call| call.retry(RetryPolicy::none())).await.is_ok());
    assert_eq!(server.received().len(), 4);
}

#[tokio::test]
async fn a_permanent_failure_ends_a_wait() {
    let server = Script::in_turn([status("IN_PROGRESS"), (404, json!({}))]).await;
    let error = verified(&server).await.unwrap_err();
    assert!(error.last_request_error().unwrap().is_not_found());
    assert_eq!(error.last_response().unwrap().status, Some(VerificationState::InProgress));
    assert!(matches!(error, WaitError::CallFailed { .. }));
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn a_wait_survives_a_500_a_page_of_a_proxy_and_a_rate_limit() {
    let unreadable = success(json!([]));
    let troubles = [(500, json!({})), unreadable, (429, json!({})), (520, json!({})), status("VERIFIED")];
    let server = Script::in_turn(troubles).await;
    let wait = hurried(client(server.base_url()).wait_until_verified(uuid().into()));
    assert!(wait.configure_call(|call| call.retry(RetryPolicy::none())).await.is_ok());
    assert_eq!(server.received().len(), 5);
}

#[tokio::test]
async fn a_wait_whose_requests_all_fail_sends_as_many_as_are_allowed_and_says_why_it_ended() {
    let server =
        Script::in_turn([(500, json!({"error": {"code": "INTERNAL_ERROR", "message": "out of order"}}))])
            .await;
    let wait = client(server.base_url())
        .wait_until_verified(uuid().into())
        .configure_call(|call| call.retry(RetryPolicy::none()));
    let wait = wait.initial_delay(Duration::from_millis(1)).max_delay(Duration::from_millis(1));
    let error = wait.deadline(Duration::MAX).await.unwrap_err();
    assert_eq!(server.received().len(), 21);
    assert!(matches!(error, WaitError::CallFailed { consecutive_failures: 21, .. }), "{error}");
    let text = error.to_string();
    assert!(
        text.contains("21 requests in a row failed") && text.contains("get_verification_status"),
        "{text}"
    );
    assert!(text.contains("500") && text.contains("INTERNAL_ERROR") && !text.contains('\n'), "{text}");
}

#[tokio::test]
async fn a_wait_against_a_server_that_refuses_connections_ends() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let wait = client(&base_url)
        .wait_until_verified(uuid().into())
        .configure_call(|call| call.retry(RetryPolicy::none()));
    let wait =
        wait.initial_delay(Duration::from_millis(1)).max_consecutive_failures(3).deadline(Duration::MAX);
    let error = tokio::time::timeout(Duration::from_secs(20), wait.into_future()).await.unwrap().unwrap_err();
    assert!(
        matches!(error, WaitError::CallFailed { consecutive_failures: 4, .. })
            && error.last_response().is_none(),
        "{error}"
    );
    assert!(error.last_request_error().unwrap().is_connect());
}

#[tokio::test]
async fn a_permanent_failure_ends_a_wait_at_once_and_is_in_its_error() {
    for refusal in [401, 403, 404, 409, 501] {
        let server = Script::in_turn([status("IN_PROGRESS"), (refusal, json!({}))]).await;
        let text = verified(&server).await.unwrap_err().to_string();
        assert!(text.contains(&refusal.to_string()) && text.contains("get_verification_status"), "{text}");
        assert_eq!(server.received().len(), 2, "{text}");
    }
}

#[tokio::test]
async fn a_deadline_ends_a_wait_with_the_last_response() {
    let server = Script::in_turn([status("UNDER_REVIEW")]).await;
    let wait = client(server.base_url()).wait_until_verified(uuid().into());
    let wait = wait.initial_delay(Duration::from_millis(20)).deadline(Duration::from_millis(200));
    let error = wait.await.unwrap_err();
    assert!(error.is_deadline_exceeded());
    assert_eq!(error.last_response().unwrap().status, Some(VerificationState::UnderReview));
    assert!(server.received().len() > 1);
}

#[tokio::test]
async fn a_deadline_is_exact_and_there_is_a_last_request_before_it() {
    for (deadline, requests) in [(500, 2), (3000, 3)] {
        let deadline = Duration::from_millis(deadline);
        let server = Script::in_turn([status("UNDER_REVIEW")]).await;
        let started = std::time::Instant::now();
        let error = client(server.base_url())
            .wait_until_verified(uuid().into())
            .deadline(deadline)
            .await
            .unwrap_err();
        assert!(started.elapsed() >= deadline, "{:?}", started.elapsed());
        let WaitError::DeadlineExceeded { elapsed: waited, state, .. } = &error else { panic!("{error}") };
        assert!(*waited >= deadline && *waited <= started.elapsed(), "{waited:?}");
        assert_eq!((*state, server.received().len()), (Some("UNDER_REVIEW"), requests));
        let text =
            format!("wait_until_verified: not reached within {waited:.1?}, the last state is `UNDER_REVIEW`");
        assert_eq!(error.to_string(), text);
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert_eq!(server.received().len(), requests, "nothing is sent after the deadline");
    }
}

#[tokio::test]
async fn a_state_that_is_reached_shortly_before_the_deadline_is_a_success() {
    let started = std::time::Instant::now();
    let server = Script::new(move |_, _| {
        let late = started.elapsed() > Duration::from_millis(900);
        status(if late { "VERIFIED" } else { "UNDER_REVIEW" })
    })
    .await;
    let wait =
        client(server.base_url()).wait_until_verified(uuid().into()).deadline(Duration::from_millis(1500));
    assert!(wait.await.is_ok(), "the pause would be 2 seconds");
}

#[tokio::test]
async fn a_deadline_cancels_a_request_without_a_response() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", silent.local_addr().unwrap());
    let started = std::time::Instant::now();
    let wait = client(&base_url).wait_until_verified(uuid().into()).deadline(Duration::from_millis(100));
    let error = wait.await.unwrap_err();
    assert!(error.is_deadline_exceeded() && error.last_response().is_none());
    assert!(error.to_string().starts_with("wait_until_verified: no response within "), "{error}");
    assert!(started.elapsed() < Duration::from_secs(5), "the call's own timeout is longer");
}

#[tokio::test]
async fn a_wait_that_failed_goes_into_the_error_of_a_function_with_all_that_it_knows() {
    async fn onboard(client: &Client) -> Result<(), Error> {
        hurried(client.wait_until_verified(uuid().into())).await?;
        Ok(())
    }
    let server = Script::in_turn([status("IN_PROGRESS"), status("FAILED")]).await;
    let error = onboard(&client(server.base_url())).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.may_have_executed(), error.is_retryable()),
        (ErrorKind::Wait, true, false)
    );
    let Some(WaitError::EndedInOtherState { state, response, .. }) = error.wait_error::<VerificationStatus>()
    else {
        panic!("{error:?}")
    };
    assert_eq!((*state, response.status.clone()), ("FAILED", Some(VerificationState::Failed)));

    let server = Script::in_turn([
        status("IN_PROGRESS"),
        (401, json!({"error": {"code": "UNAUTHORIZED", "message": "no"}})),
    ])
    .await;
    let error = onboard(&client(server.base_url())).await.unwrap_err();
    assert!(error.is_unauthorized() && error.code() == Some("UNAUTHORIZED"), "{error:?}");
    assert_eq!(error.operation().unwrap().id, "get_verification_status");
    let last = error.wait_error::<VerificationStatus>().unwrap().last_response().unwrap();
    assert_eq!(last.status, Some(VerificationState::InProgress));
    assert!(error.to_string().starts_with("wait_until_verified: "), "{error}");
}

#[tokio::test]
async fn nothing_is_sent_before_a_wait_is_awaited() {
    let server = Script::in_turn([status("VERIFIED")]).await;
    drop(client(server.base_url()).wait_until_verified(uuid().into()));
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn an_order_is_settled_once_the_trade_is_done() {
    let wait = |client: &Client| client.wait_until_settled(uuid().into());
    let off_ramp =
        ["created", "awaiting_crypto_transfer_authorization", "crypto_received", "dispute_started"];
    assert_eq!(ended(wait, &[&off_ramp[..], &["completed"]].concat()).await, Ok(()));
    let delayed = ["settlement_in_progress", "returned", "settlement_in_progress", "completed"];
    assert_eq!(ended(wait, &delayed).await, Ok(()));
    for state in ["send_out_pending", "send_out_completed"] {
        assert_eq!(ended(wait, &["fiat_transfer_pending", state]).await, Ok(()));
    }
    for state in ["cancelled", "failed", "price_changed_requote_needed"] {
        assert_eq!(ended(wait, &["awaiting_liquidity_provider", state]).await, Err(state.to_owned()));
    }
}

#[tokio::test]
async fn an_order_whose_crypto_could_not_be_sent_out_is_neither_a_success_nor_a_failed_order() {
    let server = Script::in_turn(["fiat_transfer_pending", "send_out_failed"].map(status)).await;
    let error = hurried(client(server.base_url()).wait_until_settled(uuid().into())).await.unwrap_err();
    let WaitError::ReachedThenFailed { state, response, .. } = &error else { panic!("{error}") };
    assert_eq!((*state, response.status.clone()), ("send_out_failed", Some(OrderStatus::SendOutFailed)));
    assert!(error.to_string().contains("was reached, but a later step failed"), "{error}");
}

#[tokio::test]
async fn crypto_is_sent_out_after_an_order_was_completed() {
    let wait = |client: &Client| client.wait_until_sent_out(uuid().into());
    assert_eq!(ended(wait, &["completed", "send_out_pending", "send_out_completed"]).await, Ok(()));
    assert_eq!(
        ended(wait, &["send_out_pending", "send_out_failed"]).await,
        Err("send_out_failed".to_owned())
    );
}

#[tokio::test]
async fn a_transfer_that_was_made_is_never_due_again() {
    let crypto = |client: &Client| client.wait_until_crypto_transfer_due(uuid().into());
    let due = ["created", "awaiting_liquidity_provider", "awaiting_crypto_transfer_authorization"];
    assert_eq!(ended(crypto, &due).await, Ok(()));
    let past =
        ["crypto_received", "fiat_payment_started", "fiat_received_confirmed", "crypto_release_pending"];
    for state in past.into_iter().chain(["settlement_in_progress", "completed", "failed"]) {
        let passed = ["crypto_transfer_authorization_pending", state];
        assert_eq!(ended(crypto, &passed).await, Err(state.to_owned()));
    }
    let fiat = |client: &Client| client.wait_until_fiat_transfer_due(uuid().into());
    let due = ["awaiting_liquidity_provider", "awaiting_vendor_escrow_funding", "awaiting_fiat_transfer"];
    assert_eq!(ended(fiat, &due).await, Ok(()));
    for state in ["fiat_transfer_pending", "completed", "send_out_pending", "cancelled"] {
        assert_eq!(ended(fiat, &[state]).await, Err(state.to_owned()));
    }
    let confirmation = |client: &Client| client.wait_until_fiat_confirmation_due(uuid().into());
    let due = ["crypto_received", "fiat_payment_started", "awaiting_fiat_received_confirmation"];
    assert_eq!(ended(confirmation, &due).await, Ok(()));
    for state in ["fiat_received_confirmed", "completed", "returned", "cancelled"] {
        assert_eq!(ended(confirmation, &["crypto_received", state]).await, Err(state.to_owned()));
    }
}

#[tokio::test]
async fn a_state_that_is_not_listed_lasts_until_the_deadline() {
    let server = Script::in_turn([status("pending_address")]).await;
    let wait = hurried(client(server.base_url()).wait_until_settled(uuid().into()));
    let error = wait.deadline(Duration::from_millis(200)).await.unwrap_err();
    assert!(error.to_string().starts_with("wait_until_settled: not reached within "), "{error}");
    assert!(!error.to_string().contains("pending_address"), "text of the server's: {error}");
    assert_eq!(error.last_response().unwrap().status.as_ref().unwrap().as_str(), "pending_address");
}

fn recipient(screening: &str) -> ScriptedResponse {
    success(json!({"recipient": {
        "id": uuid(), "kind": "business", "recipient_name": "n", "recipient_country": "CN", "lifecycle": "active",
        "version": 1, "screening_status": screening, "created_at": "2026-09-18T10:00:00Z",
    }}))
}

#[tokio::test]
async fn a_recipient_is_cleared_or_hit_and_a_review_goes_on() {
    let server = Script::in_turn(["pending", "manual_review", "cleared"].map(recipient)).await;
    let response =
        hurried(client(server.base_url()).wait_until_recipient_cleared(uuid().into())).await.unwrap();
    assert_eq!(response.recipient.screening_status, ScreeningStatus::Cleared);
    let server = Script::in_turn(["pending", "hit"].map(recipient)).await;
    let error =
        hurried(client(server.base_url()).wait_until_recipient_cleared(uuid().into())).await.unwrap_err();
    assert!(matches!(error, WaitError::EndedInOtherState { state: "hit", .. }), "{error}");
}

#[tokio::test]
async fn accounts_withdrawals_and_cases_end_well_or_not() {
    // A closed account without a closing date may become active again.
    let server = Script::in_turn(["pending", "closed", "active"].map(status)).await;
    assert!(hurried(client(server.base_url()).wait_until_fiat_account_active(uuid().into())).await.is_ok());
    let server = Script::in_turn([status("failed")]).await;
    let error =
        hurried(client(server.base_url()).wait_until_fiat_account_active(uuid().into())).await.unwrap_err();
    assert!(matches!(error, WaitError::EndedInOtherState { state: "failed", .. }), "{error}");

    let server = Script::in_turn(["submitted", "bridging", "needs_review", "completed"].map(status)).await;
    assert!(
        hurried(client(server.base_url()).wait_until_withdrawn(uuid().into(), uuid().into())).await.is_ok()
    );
    let server = Script::in_turn(["bridging", "failed"].map(status)).await;
    let error = hurried(client(server.base_url()).wait_until_withdrawn(uuid().into(), uuid().into()))
        .await
        .unwrap_err();
    assert!(matches!(error, WaitError::EndedInOtherState { state: "failed", .. }), "{error}");

    let case =
        ["documents_required", "in_review", "additional_information_required", "resubmitted", "escalated"];
    let server =
        Script::in_turn([&case[..], &["approved"]].concat().into_iter().map(status).collect::<Vec<_>>())
            .await;
    assert!(
        hurried(client(server.base_url()).wait_until_source_of_funds_approved(uuid().into())).await.is_ok()
    );
    let server = Script::in_turn(["in_review", "rejected"].map(status)).await;
    let error = hurried(client(server.base_url()).wait_until_source_of_funds_approved(uuid().into()))
        .await
        .unwrap_err();
    assert!(matches!(error, WaitError::EndedInOtherState { state: "rejected", .. }), "{error}");
}

#[tokio::test]
async fn an_error_of_a_wait_shows_no_response_and_can_be_boxed() {
    let server =
        Script::in_turn([success(json!({"status": "completed", "send_out_tx_hash": "0xsecret"}))]).await;
    let wait = hurried(client(server.base_url()).wait_until_fiat_transfer_due(uuid().into()));
    let error = wait.await.unwrap_err();
    assert_eq!(error.last_response().unwrap().status, Some(OrderStatus::Completed));
    let boxed: Box<dyn std::error::Error + Send + Sync> = error.into();
    let text = "wait_until_fiat_transfer_due: cannot be reached any more, the state is `completed`";
    assert_eq!(boxed.to_string(), text);
    assert!(boxed.source().is_none());
}

/// The waiters of all documents, as they are written there.
fn documented_waiters() -> Vec<Value> {
    let mut waiters = Vec::new();
    for api in partner_spec::Api::ALL {
        let document = partner_spec::load_document(&api.root_file_path(), partner_spec::base_folder())
            .expect("the document is valid");
        let document: Value = serde_json::from_str(&document.to_json()).unwrap();
        for item in document["paths"].as_object().unwrap().values() {
            let target =
                item["$ref"].as_str().and_then(|target| document.pointer(target.trim_start_matches('#')));
            match &target.unwrap_or(item)["get"]["x-waiter"] {
                Value::Array(several) => waiters.extend(several.iter().cloned()),
                Value::Null => {}
                waiter => waiters.push(waiter.clone()),
            }
        }
    }
    waiters
}

#[test]
fn every_success_of_a_waiter_has_a_name_of_a_success() {
    let waiters = documented_waiters();
    assert_eq!(waiters.len(), 14);
    for waiter in waiters {
        for state in waiter["success"].as_array().unwrap() {
            let state = state.as_str().unwrap().to_lowercase();
            let other =
                ["fail", "reject", "cancel", "return", "expire", "refund", "review", "dispute", "hit"];
            assert!(!other.iter().any(|word| state.contains(word)), "{waiter}");
        }
    }
}
