//! Waits over the wire: the states that end them.

use std::time::Duration;

use partner_client::p100::Client;
use partner_client::{Response, Wait, WaitError};
use partner_tests::case::{UUID, uuid};
use partner_tests::script::{Script, ScriptedResponse};
use serde_json::json;

use partner_tests::p100::client;

/// The result of a wait with these responses.
async fn ended<C, T>(
    wait: impl FnOnce(&Client) -> Wait<C, T>,
    responses: &[ScriptedResponse],
) -> Result<(), WaitError<T>>
where
    Wait<C, T>: IntoFuture<Output = Result<Response<T>, WaitError<T>>>,
{
    let server = Script::in_turn(responses).await;
    let wait = wait(&client(server.base_url())).initial_delay(Duration::from_millis(10));
    let result = wait.deadline(Duration::from_secs(10)).await.map(drop);
    assert_eq!(server.received().len(), responses.len(), "nothing is asked once it has ended");
    result
}

fn transfer(status: &str) -> ScriptedResponse {
    (200, json!({"id": uuid(), "status": status}))
}

fn kyc(verification: &str, attempt: &str) -> ScriptedResponse {
    let response =
        json!({"externalUserId": "u", "verificationStatus": verification, "attemptStatus": attempt});
    (200, response)
}

#[tokio::test]
async fn a_user_is_verified_even_after_a_refused_attempt() {
    let responses = [
        kyc("NOT_VERIFIED", "PENDING"),
        kyc("NOT_VERIFIED", "REJECTED_BY_PROVIDER"),
        kyc("EXPIRED", "VERIFICATION"),
        kyc("VERIFIED", "SUCCESSFUL"),
    ];
    ended(|client| client.wait_until_verified("u".into()), &responses).await.unwrap();
}

#[tokio::test]
async fn an_attempt_succeeds_or_is_refused() {
    let wait = |client: &Client| client.wait_until_kyc_attempt_succeeded("u".into());
    let good = [kyc("NOT_VERIFIED", "VERIFICATION"), kyc("NOT_VERIFIED", "SUCCESSFUL")];
    ended(wait, &good).await.unwrap();
    let refused = [kyc("NOT_VERIFIED", "PENDING"), kyc("NOT_VERIFIED", "REJECTED_BY_PROVIDER")];
    let error = ended(wait, &refused).await.unwrap_err();
    assert!(matches!(error, WaitError::EndedInOtherState { state: "REJECTED_BY_PROVIDER", .. }), "{error}");
}

#[tokio::test]
async fn a_sepa_transfer_succeeds_or_fails() {
    let wait = |client: &Client| client.wait_until_sepa_transfer_settled(UUID.into());
    ended(wait, &[transfer("ON_ITS_WAY"), transfer("SUCCESSFUL")]).await.unwrap();
    let error = ended(wait, &[transfer("ON_ITS_WAY"), transfer("FAILED")]).await.unwrap_err();
    assert!(matches!(error, WaitError::EndedInOtherState { state: "FAILED", .. }), "{error}");
}

#[tokio::test]
async fn an_internal_transfer_succeeds_or_lasts_until_the_deadline() {
    let wait = |client: &Client| client.wait_until_internal_transfer_settled(UUID.into());
    ended(wait, &[transfer("PENDING"), transfer("SUCCESSFUL")]).await.unwrap();
    let server = Script::in_turn([transfer("BROKEN")]).await;
    let error = wait(&client(server.base_url())).deadline(Duration::from_millis(200)).await.unwrap_err();
    assert!(error.is_deadline_exceeded());
    assert_eq!(error.last_response().unwrap().status.as_ref().unwrap().as_str(), "BROKEN");
}

#[tokio::test]
async fn temporarily_unavailable_does_not_end_a_wait_although_it_is_a_400() {
    let unavailable = (400, json!({"errorCode": "P501"}));
    let responses = [transfer("ON_ITS_WAY"), unavailable, transfer("SUCCESSFUL")];
    ended(|client| client.wait_until_sepa_transfer_settled(UUID.into()), &responses).await.unwrap();
}

#[tokio::test]
async fn a_transfer_that_is_not_there_ends_the_wait() {
    let unknown = (404, json!({"errorCode": "P428", "errorName": "sepa-transfer-not-found"}));
    let error =
        ended(|client| client.wait_until_sepa_transfer_settled(UUID.into()), &[unknown]).await.unwrap_err();
    assert_eq!(error.last_request_error().unwrap().code(), Some("P428"));
}
