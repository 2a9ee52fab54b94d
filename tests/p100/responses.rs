//! Responses, field by field, and responses that are not as documented.

use partner_client::ErrorKind;
use partner_client::p100::{Client, KycAttemptStatus, KycVerificationStatus, UserVerificationDocument};
use serde_json::json;

use partner_tests::p100::respond;

#[tokio::test]
async fn a_status_is_read_into_typed_fields_and_keeps_what_it_does_not_know() {
    let body = json!({
        "externalUserId": "1", "verificationStatus": "NOT_VERIFIED", "attemptStatus": "REJECTED_BY_PROVIDER",
        "rejectionReason": "NO_FACE_FOUND", "expiresAt": "soon",
    });
    let call = |client: Client| client.get_kyc_status("1".into());
    let status = respond(200, "application/json", body.to_string(), call).await.unwrap();
    assert_eq!(status.verification_status, Some(KycVerificationStatus::NotVerified));
    assert_eq!(status.attempt_status, Some(KycAttemptStatus::RejectedByProvider));
    assert_eq!(status.extra["expiresAt"], "soon");
    assert_eq!(serde_json::to_value(&*status).unwrap(), body);
}

#[tokio::test]
async fn a_value_that_this_version_does_not_know_is_kept_and_given_back() {
    let body = r#"{"attemptStatus":"PAUSED","verificationStatus":"VERIFIED"}"#;
    let status =
        respond(200, "application/json", body, |client| client.get_kyc_status("1".into())).await.unwrap();
    assert!(
        matches!(&status.attempt_status, Some(KycAttemptStatus::Unrecognized(value)) if value.as_str() == "PAUSED")
    );
    let again = json!({"attemptStatus": "PAUSED", "verificationStatus": "VERIFIED"});
    assert_eq!(serde_json::to_value(&*status).unwrap(), again);
}

#[tokio::test]
async fn a_page_is_given_as_it_came() {
    let page = "<!DOCTYPE html>\r\n<p>zażółć</p>";
    let call = |client: Client| client.get_kyc_verification_page("1".into(), "2".into());
    assert_eq!(respond(200, "text/html", page, call).await.unwrap().as_str(), page);
    assert_eq!(respond(200, "text/html", "", call).await.unwrap().as_str(), "");

    let error = respond(200, "text/html", [0xff, 0xfe, b'x'], call).await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Decode, 200));
    assert_eq!(error.body().as_ref(), [0xff, 0xfe, b'x']);
}

#[tokio::test]
async fn a_response_whose_body_is_not_documented_is_any_json_or_nothing() {
    let call = |client: Client| client.add_user_verification(UserVerificationDocument::new("1".into()));
    for (status, body, expected) in [
        (200, "", "null"),
        (201, "\r\n", "null"),
        (204, "", "null"),
        (200, r#"{"a":[1.10,{"b":null}]}"#, r#"{"a":[1.10,{"b":null}]}"#),
        (202, " true\n", "true"),
    ] {
        let response = respond(status, "application/json", body, call).await.unwrap();
        assert_eq!((response.http_status().as_u16(), response.as_json_text()), (status, expected));
    }
    let error = respond(200, "text/html", "<html>", call).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn a_response_that_does_not_fit_keeps_status_and_raw_body() {
    let body = r#"{"attemptStatus":"REJECTED_BY_PROVIDER","rejectionReason":"4111111111111111"#;
    let error =
        respond(200, "application/json", body, |client| client.get_kyc_status("1".into())).await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Decode, 200));
    assert_eq!(error.body().as_ref(), body.as_bytes());
    assert!(!format!("{error} {error:?}").contains("4111"), "{error:?}");
    assert!(!error.may_have_executed(), "a read has no effect");
}

#[tokio::test]
async fn a_field_that_does_not_fit_is_left_out_and_the_rest_is_kept() {
    let body = r#"{"attemptStatus":{"card":"4111111111111111"},"verificationStatus":"VERIFIED","more":1.10}"#;
    let status =
        respond(200, "application/json", body, |client| client.get_kyc_status("1".into())).await.unwrap();
    assert_eq!(
        (&status.attempt_status, &status.verification_status),
        (&None, &Some(KycVerificationStatus::Verified))
    );
    assert_eq!(status.extra["more"].as_json_text(), "1.10");
    let [unreadable] = status.unreadable_fields() else { panic!("{:?}", status.unreadable_fields()) };
    assert_eq!(unreadable.path(), "attemptStatus");
    assert!(unreadable.reason().contains("invalid type") && !format!("{unreadable:?}").contains("4111"));
}
