//! The errors of failures, one of each kind.

use std::time::Duration;

use httpmock::MockServer;
use partner_client::unigox::{
    Client, ErrorCode, NewFiatAccount, NewFiatAccountRequired, NewOrder, NewPartnerUser,
    NewPartnerUserRequired, NewWebhook, RampDirection, SignedWalletChallenge, SignedWalletChallengeRequired,
};
use partner_client::{Error, ErrorKind, RetryPolicy, Upload};
use partner_tests::capture::Capture;
use partner_tests::case::uuid;
use serde_json::{Value, json};

use partner_tests::unigox::client;
use partner_tests::unigox::respond;

async fn failed(status: u16, body: &Value) -> Error {
    let server = MockServer::start_async().await;
    let _mock = server
        .mock_async(|when, then| {
            let _ = when.any_request();
            let then = then.status(status).header("retry-after", "7").header("cf-ray", "ray-1");
            let _ = then.header("content-type", "application/json").body(body.to_string());
        })
        .await;
    client(&server.base_url())
        .create_partner_user(NewPartnerUser::new(NewPartnerUserRequired {
            user_ref: "1".into(),
            email: "2".into(),
        }))
        .await
        .unwrap_err()
}

#[tokio::test]
async fn a_failure_that_is_named_by_a_key() {
    let error = failed(401, &json!({"success": false, "data": {"error_key": "unauthorized"}})).await;
    assert_eq!(ErrorCode::from_error(&error), Some(ErrorCode::UnauthorizedKey));
    assert!(error.is_unauthorized() && !error.is_retryable() && !error.may_have_executed());
    assert_eq!(error.to_string(), "Unigox API Gateway create_partner_user: status 401, unauthorized");
}

#[tokio::test]
async fn a_failure_with_code_message_and_details() {
    let details = json!({"old": "1.10", "new": "1.12"});
    let error = json!({"code": "PRICE_CHANGED_REQUOTE", "message": "The price moved.", "details": details});
    let error = failed(409, &json!({"success": false, "error": error})).await;
    let code = ErrorCode::from_error(&error).unwrap();
    assert_eq!(code, ErrorCode::PriceChangedRequote);
    assert!(code.needs_new_quote() && !error.may_have_executed());
    assert_eq!(error.message(), Some("The price moved."));
    assert_eq!(*error.details().unwrap(), details);
    assert!(error.is_conflict() && !error.may_have_executed());
}

#[tokio::test]
async fn a_conflict_over_what_is_done_already_may_be_this_calls_own_work() {
    for (status, code) in [
        (409, "QUOTE_ALREADY_USED"),
        (409, "OPERATION_NOT_ALLOWED"),
        (409, "PROVISIONING_IN_PROGRESS"),
        (409, "WALLET_ALREADY_LINKED"),
        (409, "BRAND_NEW"),
        (410, "CHALLENGE_EXPIRED"),
        (422, "THIRD_PARTY_PAYOUT_UNDER_REVIEW"),
    ] {
        let error = failed(status, &json!({"success": false, "error": {"code": code, "message": "m"}})).await;
        assert_eq!((error.code(), error.attempt_count()), (Some(code), 1));
        assert!(error.may_have_executed() && !error.is_retryable(), "{code}");
    }
    let error = failed(409, &json!({"success": false})).await;
    assert!(error.may_have_executed(), "a conflict without a code may be one of those");
}

#[tokio::test]
async fn too_many_addresses_are_a_permanent_refusal_although_the_status_is_429() {
    let error = json!({"code": "ADDRESS_CAP_REACHED", "message": "m", "details": {"limit": 5}});
    let error = failed(429, &json!({"success": false, "error": error})).await;
    assert_eq!(
        (ErrorCode::from_error(&error), error.attempt_count()),
        (Some(ErrorCode::AddressCapReached), 1)
    );
    assert!(!error.is_retryable() && !error.may_have_executed());
}

#[tokio::test]
async fn a_failure_that_is_only_a_text() {
    let error = failed(422, &json!({"success": false, "error": "iban is invalid — please correct"})).await;
    assert_eq!((error.code(), ErrorCode::from_error(&error)), (None, None));
    assert_eq!(error.message(), Some("iban is invalid — please correct"));
}

#[tokio::test]
async fn a_code_that_this_version_does_not_know_is_kept() {
    let error = failed(400, &json!({"success": false, "error": {"code": "BRAND_NEW", "message": "m"}})).await;
    let code = ErrorCode::from_error(&error).unwrap();
    assert!(matches!(&code, ErrorCode::Unrecognized(value) if value.as_str() == "BRAND_NEW"));
    assert_eq!(code.to_string(), "BRAND_NEW");
}

#[tokio::test]
async fn details_keep_every_digit() {
    let body = r#"{"success":false,"error":{"code":"BELOW_MINIMUM","message":"m",
        "details":{"minimum":1.10,"id":123456789012345678901234567890,"retry_after_seconds":7}}}"#;
    let call = |client: Client| client.initiate_off_ramp(NewOrder::new(uuid().into()));
    let error = respond(422, "application/json", body, call).await.unwrap_err();
    let details = error.details().unwrap();
    assert_eq!(details.get("minimum").unwrap().as_json_text(), "1.10");
    assert_eq!(details.get("id").unwrap().as_json_text(), "123456789012345678901234567890");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert!(!format!("{error:?} {error} {details:?}").contains("1.10"));
}

#[tokio::test]
async fn details_that_are_null_are_none() {
    let error = json!({"code": "INTERNAL_ERROR", "message": "m", "details": null});
    assert_eq!(failed(500, &json!({"success": false, "error": error})).await.details(), None);
}

#[tokio::test]
async fn a_failure_whose_envelope_claims_success_is_still_a_failure() {
    let error = failed(500, &json!({"success": true, "data": {"user_uuid": uuid()}})).await;
    assert_eq!(error.kind(), ErrorKind::Api);
    assert!(error.may_have_executed());
}

#[tokio::test]
async fn a_429_is_retryable_after_a_while() {
    let error = failed(429, &json!({"success": false, "error": {"code": "TOO_FAST", "message": "m"}})).await;
    assert!(error.is_rate_limited() && error.is_retryable() && !error.may_have_executed());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(error.request_id(), Some("ray-1"));
}

/// The error of a sale, and how often it was sent.
async fn sold(status: u16, code: &str) -> (Error, usize) {
    let body = format!(r#"{{"success":false,"error":{{"code":"{code}","message":"m"}}}}"#);
    let server = Capture::responding(status, "application/json", body).await;
    let eager = RetryPolicy::default().base_delay(Duration::ZERO);
    let client = Client::builder().api_key("key").base_url(server.base_url()).retry(eager).build().unwrap();
    let error = client.initiate_off_ramp(NewOrder::new(uuid().into())).await.unwrap_err();
    (error, server.received().len())
}

#[tokio::test]
async fn a_failure_behind_a_refusal_may_have_executed_and_is_not_retried() {
    for code in [
        "TRANSACTOR_ERROR",
        "INTERNAL_ERROR",
        "BANKING_ERROR",
        "BANKING_UNAVAILABLE",
        "RECIPIENT_SERVICE_UNAVAILABLE",
        "BALANCE_UNAVAILABLE",
        "DEPOSIT_ADDRESSES_UNAVAILABLE",
        "RECORD_FAILED",
    ] {
        for status in [400, 422, 429, 501] {
            let (error, sent) = sold(status, code).await;
            assert_eq!((error.code(), sent), (Some(code), 1), "{status}");
            assert!(error.may_have_executed(), "{status} {code}");
        }
    }
    let (error, sent) = sold(429, "TOO_FAST").await;
    assert!(sent == 3 && !error.may_have_executed(), "a code that is not known goes by its status");
}

#[tokio::test]
async fn an_upload_that_is_refused_with_429_is_retried() {
    let body =
        r#"{"success":false,"error":{"code":"INTERNAL_ERROR","message":"Too many files in a minute."}}"#;
    let server = Capture::responding(429, "application/json", body).await;
    let eager = RetryPolicy::default().base_delay(Duration::ZERO);
    let client = Client::builder().api_key("key").base_url(server.base_url()).retry(eager).build().unwrap();
    let file = Upload::from_bytes("a.pdf", "x");
    let error =
        client.upload_source_of_funds_document(uuid().into(), "bank_statement", file).await.unwrap_err();
    assert!(error.is_rate_limited() && !error.may_have_executed());
    assert_eq!(server.received().len(), 3);
}

#[tokio::test]
async fn a_code_of_another_api_is_unrecognized() {
    let server = MockServer::start_async().await;
    let _mock = server
        .mock_async(|when, then| {
            let _ = when.any_request();
            let _ = then
                .status(400)
                .body(r#"{"errorCode":"P412","error":{"code":"INVALID_REQUEST","message":"m"}}"#);
        })
        .await;
    let error = client(&server.base_url()).verify_auth().await.unwrap_err();
    assert_eq!(ErrorCode::from_error(&error), Some(ErrorCode::InvalidRequest));
    assert_eq!(partner_client::p100::ErrorCode::from_error(&error), None);
}

#[tokio::test]
async fn a_long_text_is_cut_in_the_message_and_whole_in_the_body() {
    let text = "ü".repeat(5000);
    let server = MockServer::start_async().await;
    let _mock = server
        .mock_async(|when, then| {
            let _ = when.any_request();
            let _ = then.status(502).header("content-type", "text/plain").body(text.as_str());
        })
        .await;
    let error = Client::clone(&client(&server.base_url())).verify_auth().await.unwrap_err();
    assert_eq!(error.message().unwrap().chars().count(), 200);
    assert_eq!(error.body().len(), text.len());
}

#[tokio::test]
async fn a_failure_of_discovery_is_named_by_a_key() {
    let body =
        r#"{"success":false,"data":{"error_key":"required_fields_missing","message":"rail is required"}}"#;
    let call = |client: Client| client.list_institutions("".into());
    let error = respond(400, "application/json", body, call).await.unwrap_err();
    assert_eq!(ErrorCode::from_error(&error), Some(ErrorCode::RequiredFieldsMissing));
    assert_eq!((error.message(), error.details()), (Some("rail is required"), None));
}

#[tokio::test]
async fn a_text_in_place_of_a_key_is_kept() {
    let body = r#"{"success":false,"data":{"error_key":"webhook delivery failed"}}"#;
    let error = respond(502, "application/json", body, |client| client.test_webhook()).await.unwrap_err();
    assert_eq!(error.code(), Some("webhook delivery failed"));
    assert!(matches!(ErrorCode::from_error(&error), Some(ErrorCode::Unrecognized(_))));
    assert!(error.is_retryable() && error.may_have_executed());
}

#[tokio::test]
async fn a_refused_sale_says_what_is_missing() {
    let details =
        json!({"corridor": "cn_wallet", "missing_fields": ["id_number"], "field_limits": {"id_number": 30}});
    let error = json!({"code": "SENDER_IDENTITY_REQUIRED", "message": "m", "details": details});
    let body = json!({"success": false, "error": error}).to_string();
    let call = |client: Client| client.initiate_off_ramp(NewOrder::new(uuid().into()));
    let error = respond(422, "application/json", &body, call).await.unwrap_err();
    assert_eq!(ErrorCode::from_error(&error), Some(ErrorCode::SenderIdentityRequired));
    assert_eq!(*error.details().unwrap(), details);
    assert!(!error.is_retryable() && !error.may_have_executed());
}

#[tokio::test]
async fn an_unavailable_bank_is_retryable() {
    let body = r#"{"success":false,"error":{"code":"BANKING_UNAVAILABLE","message":"m"}}"#;
    let call = |client: Client| {
        client.issue_fiat_account(NewFiatAccount::new(NewFiatAccountRequired {
            user_uuid: uuid().into(),
            currency: "EUR".into(),
        }))
    };
    let error = respond(503, "application/json", body, call).await.unwrap_err();
    assert_eq!(ErrorCode::from_error(&error), Some(ErrorCode::BankingUnavailable));
    assert!(error.is_retryable() && error.may_have_executed());
}

#[tokio::test]
async fn a_challenge_that_has_expired_is_gone() {
    let body = r#"{"success":false,"error":{"code":"CHALLENGE_EXPIRED","message":"m"}}"#;
    let call = |client: Client| {
        client.link_customer_wallet(
            uuid().into(),
            SignedWalletChallenge::new(SignedWalletChallengeRequired {
                address: "0x1".into(),
                message: "message".into(),
                signature: "0x2".into(),
            }),
        )
    };
    let error = respond(410, "application/json", body, call).await.unwrap_err();
    assert_eq!(ErrorCode::from_error(&error), Some(ErrorCode::ChallengeExpired));
    assert_eq!(error.status().map(|status| status.as_u16()), Some(410));
}

#[tokio::test]
async fn a_webhook_or_a_rail_is_refused_in_a_text() {
    let body = r#"{"success":false,"error":"webhook URL must use HTTPS"}"#;
    let call = |client: Client| client.register_webhook(NewWebhook::new("http://example.com"));
    let error = respond(400, "application/json", body, call).await.unwrap_err();
    assert_eq!((error.code(), error.message()), (None, Some("webhook URL must use HTTPS")));

    // The published docs have the same text as a key.
    let body = r#"{"success":false,"data":{"error_key":"webhook URL must use HTTPS"}}"#;
    let error = respond(400, "application/json", body, call).await.unwrap_err();
    assert_eq!((error.code(), error.message()), (Some("webhook URL must use HTTPS"), None));

    let body = r#"{"success":false,"error":"country or currency is required"}"#;
    let call = |client: Client| client.list_payment_rails(RampDirection::OnRamp);
    let error = respond(400, "application/json", body, call).await.unwrap_err();
    assert_eq!(
        (ErrorCode::from_error(&error), error.message()),
        (None, Some("country or currency is required"))
    );
}

#[tokio::test]
async fn a_code_is_found_wherever_the_failure_has_it() {
    for (body, code, message) in [
        (r#"{"success":false,"error":null,"data":{"error_key":"k","message":"m"}}"#, Some("k"), Some("m")),
        (r#"{"success":false,"error":{},"data":{"error_key":"k"}}"#, Some("k"), None),
        (r#"{"success":false,"error":"","data":{"error_key":"k"}}"#, Some("k"), None),
        (r#"{"success":false,"error":"text","data":{"error_key":"k"}}"#, Some("k"), Some("text")),
        (r#"{"success":false,"error":[{"code":"C","message":"m"},{"code":"D"}]}"#, Some("C"), Some("m")),
        (r#"{"success":false,"error":[],"data":[{"error_key":"k"}]}"#, Some("k"), None),
        (r#"{"success":false,"error":["text"]}"#, None, Some("text")),
        (r#"{"success":false,"error":{"error_key":"k"}}"#, Some("k"), None),
        (
            r#"{"success":false,"error":{"code":null,"message":"m"},"data":{"error_key":"k"}}"#,
            Some("k"),
            Some("m"),
        ),
        (r#"{"success":false,"error_key":"k","message":"m","data":null}"#, Some("k"), Some("m")),
        (r#"[{"success":false,"error":{"code":"C","message":"m"}}]"#, Some("C"), Some("m")),
        (r#"{"success":false,"error":{"message":"m"}}"#, None, Some("m")),
    ] {
        for status in [200, 400, 502] {
            let error = respond(status, "application/json", body, |client| client.test_webhook()).await;
            let error = error.unwrap_err();
            assert_eq!((error.code(), error.message()), (code, message), "{status} {body}");
        }
    }
}

#[tokio::test]
async fn a_failure_with_a_status_of_success_is_a_failure_without_an_envelope_as_well() {
    for body in [
        r#"{"success":false}"#,
        r#"{"success":false,"error":"no"}"#,
        r#"{"error":{"code":"INTERNAL_ERROR","message":"m"}}"#,
        r#"{"error":"no"}"#,
        r#"{"error_key":"unauthorized"}"#,
        r#"{"data":{"error_key":"unauthorized"}}"#,
        r#"{"success":true,"error":{"code":"INTERNAL_ERROR","message":"m"}}"#,
        r#"[{"success":false,"error":{"code":"INTERNAL_ERROR","message":"m"}}]"#,
        r#"[{"error":"no"},{}]"#,
    ] {
        let errors = [
            respond(200, "application/json", body, |client| client.health_check())
                .await
                .map(drop)
                .unwrap_err(),
            respond(200, "application/json", body, |client| client.confirm_fiat_received(uuid().into()))
                .await
                .map(drop)
                .unwrap_err(),
            respond(200, "application/json", body, |client| client.archive_recipient(uuid().into()))
                .await
                .map(drop)
                .unwrap_err(),
        ];
        for error in errors {
            assert_eq!(error.kind(), partner_client::ErrorKind::Api, "{body}: {error}");
            assert!(error.message().or(error.code()).is_some(), "{body}: {error}");
            assert_eq!(error.may_have_executed(), error.method() != Some("GET"), "{body}: {error}");
        }
    }
}

#[tokio::test]
async fn a_success_that_has_a_failure_beside_it_is_a_failure() {
    let body =
        r#"{"success":true,"data":{"authenticated":true},"error":{"code":"INTERNAL_ERROR","message":"m"}}"#;
    let error = respond(200, "application/json", body, |client| client.verify_auth()).await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (partner_client::ErrorKind::Api, Some("INTERNAL_ERROR")));
    for body in [
        r#"{"success":true,"data":{"authenticated":true},"error":null}"#,
        r#"{"success":true,"data":{"authenticated":true,"error":"in the data","error_key":"k"}}"#,
        r#"{"success":true,"error":{},"data":{"authenticated":true}}"#,
        r#"{"success":true,"error":false,"error_key":0,"data":{"authenticated":true}}"#,
        r#"{"success":true,"error_count":2,"errors":["a"],"data":{"authenticated":true}}"#,
    ] {
        let auth = respond(200, "application/json", body, |client| client.verify_auth()).await.unwrap();
        assert_eq!(auth.authenticated, Some(true), "{body}");
    }
}

#[tokio::test]
async fn a_silent_service_behind_the_wallets_and_a_wallet_that_is_not_linked_have_codes() {
    for (status, code, expected) in [
        (502, "BALANCE_UNAVAILABLE", ErrorCode::BalanceUnavailable),
        (502, "DEPOSIT_ADDRESSES_UNAVAILABLE", ErrorCode::DepositAddressesUnavailable),
        (500, "INTERNAL_ERROR", ErrorCode::InternalError),
    ] {
        let body = format!(r#"{{"success":false,"error":{{"code":"{code}","message":"m"}}}}"#);
        let call = |client: Client| client.get_customer_wallet(uuid().into());
        let error = respond(status, "application/json", &body, call).await.unwrap_err();
        assert_eq!(ErrorCode::from_error(&error), Some(expected));
        assert_eq!(error.is_retryable(), status == 502, "{code}");
    }
    let body = r#"{"success":false,"error":{"code":"WALLET_NOT_LINKED","message":"m"}}"#;
    let call = |client: Client| client.initiate_off_ramp(NewOrder::new(uuid().into()));
    let error = respond(409, "application/json", body, call).await.unwrap_err();
    assert_eq!(ErrorCode::from_error(&error), Some(ErrorCode::WalletNotLinked));
    assert!(!error.may_have_executed());
}

#[tokio::test]
async fn a_cancellation_is_refused_with_400_or_with_409() {
    for status in [400, 409] {
        let error =
            respond(status, "application/json", "", |client| client.cancel_order(uuid().into())).await;
        let error = error.unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert!(!error.is_retryable());
        // Without a code, a conflict may mean that the order is cancelled already.
        assert_eq!(error.may_have_executed(), status == 409);
    }
}
