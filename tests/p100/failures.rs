//! Failures, one of each kind, as a caller sees them.

use httpmock::MockServer;
use partner_client::Error;
use partner_client::p100::ErrorCode;

use crate::cases::client;

async fn failed(status: u16, content_type: &str, body: &str) -> Error {
    let server = MockServer::start_async().await;
    let _mock = server
        .mock_async(|when, then| {
            let _ = when.any_request();
            let _ = then.status(status).header("content-type", content_type).body(body);
        })
        .await;
    client(&server.base_url()).get_kyc_status("1").await.unwrap_err()
}

#[tokio::test]
async fn a_failure_with_code_name_and_message() {
    let body = r#"{"errorCode":"P412","errorName":"invalid-user","errorMessage":"User does not exist"}"#;
    let error = failed(400, "application/json", body).await;
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::P412));
    assert_eq!(error.message(), Some("User does not exist"));
    assert!(!error.is_retryable() && !error.may_have_executed());
    assert_eq!(error.to_string(), "P100 Partner API get_kyc_status: status 400, P412: User does not exist");
}

#[tokio::test]
async fn a_service_that_is_unavailable_with_status_400_can_be_asked_again() {
    let error = failed(400, "application/json", r#"{"errorCode":"P501"}"#).await;
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::P501));
    assert!(error.is_retryable() && !error.may_have_executed());
}

#[tokio::test]
async fn an_unknown_failure_of_the_service_may_have_executed() {
    let error = failed(400, "application/json", r#"{"errorCode":"P500"}"#).await;
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::P500));
    assert!(error.may_have_executed(), "P100 answers with 400 when it fails itself, at any point");
}

#[tokio::test]
async fn a_code_that_this_version_does_not_know_is_kept() {
    let error = failed(400, "application/json", r#"{"errorCode":"P999"}"#).await;
    assert!(matches!(ErrorCode::of(&error), Some(ErrorCode::Unrecognized(code)) if code.as_str() == "P999"));
}

#[tokio::test]
async fn a_refused_key_is_told_whatever_shape_its_text_has() {
    for (content_type, body) in [
        ("application/json", r#"{"message":"Access denied xo2"}"#),
        ("application/json", r#"{"anything":"Access denied xo2"}"#),
        ("application/json", r#"{"statusCode":401,"reason":"Access denied xo2"}"#),
        ("application/json", "\"Access denied xo2\""),
        ("text/plain", "Access denied xo2"),
        ("text/plain; charset=utf-8", "Access denied xo2\n"),
    ] {
        let error = failed(401, content_type, body).await;
        assert_eq!((error.code(), error.message()), (None, Some("Access denied xo2")), "{body}");
        assert!(error.is_unauthorized());
        assert_eq!(error.body().as_ref(), body.as_bytes());
    }
}

#[tokio::test]
async fn a_code_of_another_api_is_none_of_ours() {
    let error = failed(404, "application/json", r#"{"errorCode":"P445"}"#).await;
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::P445));
    assert_eq!(partner_client::unigox::ErrorCode::of(&error), None);
    assert!(error.is_not_found());
}
