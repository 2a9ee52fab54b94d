//! Responses, field by field, and responses that are not as documented.

use partner_client::http::Method;
use partner_client::unigox::{
    Client, ErrorCode, KycDocumentUpload, KycRequirement, KycStatus, KycVerificationRunStatus,
    VerificationState, WalletType,
};
use partner_client::{ErrorKind, Json};
use partner_tests::capture::Capture;
use partner_tests::case::uuid;
use serde_json::{Value, json};

use partner_tests::unigox::respond;
use partner_tests::unigox::suite;

const JSON: &str = "application/json";

#[tokio::test]
async fn a_customer_is_read_into_typed_fields() {
    let body = json!({"success": true, "data": {
        "user_uuid": "550e8400-e29b-41d4-a716-446655440000", "email": "user@example.com", "kyc_status": "VERIFIED",
        "wallet_type": "partner_wallet", "wallet": null, "created_at": "2026-02-01T12:00:05Z",
    }});
    let call = |client: Client| {
        client.create_partner_user(partner_client::unigox::NewPartnerUser::new(
            partner_client::unigox::NewPartnerUserRequired { user_ref: "1".into(), email: "2".into() },
        ))
    };
    let user = respond(200, "application/json", &body.to_string(), call).await.unwrap();
    assert_eq!(user.http_status().as_u16(), 200);
    assert_eq!(user.headers()["x-request-id"], "r-1");
    assert_eq!(user.user_uuid, Some(uuid().into()));
    assert_eq!(user.email.as_deref(), Some("user@example.com"));
    assert_eq!(user.kyc_status, Some(KycStatus::Verified));
    assert_eq!(user.wallet_type, Some(WalletType::PartnerWallet));
    assert_eq!(user.wallet, None);
    assert_eq!(user.created_at.unwrap().to_rfc3339(), "2026-02-01T12:00:05+00:00");
}

#[tokio::test]
async fn a_field_that_the_vendor_has_renamed_is_in_the_raw_body_of_a_success() {
    let body = "\u{feff}{\"success\":true, \"data\":{\"customer_uuid\":\"550e8400-e29b-41d4-a716-446655440000\",\n\"email\":\"user@example.com\"}}";
    let user = respond(200, JSON, body, |client| client.get_partner_user(uuid().into())).await.unwrap();
    assert_eq!((user.user_uuid, user.email.as_deref()), (None, Some("user@example.com")));
    assert_eq!(user.body(), body);
    let json: Json = user.body_as().unwrap();
    let renamed = json.get("data").and_then(|data| data.get("customer_uuid"));
    assert_eq!(renamed, Some(Json::from(uuid().to_string())));
    assert_eq!(
        user.body_as::<Vec<Json>>().unwrap_err().to_string(),
        "invalid type: map, expected a sequence"
    );
    let shown = format!("{user:?} {user:#?}");
    assert!(!shown.contains("550e8400") && !shown.contains("customer_uuid"), "{shown}");
}

#[tokio::test]
async fn the_raw_body_of_a_success_is_not_copied() {
    let server = Capture::responding(200, JSON, r#"{"success":true,"data":[1,2,3]}"#).await;
    let client = Client::builder().api_key("key").base_url(server.base_url()).build().unwrap();
    let response = client.raw(Method::GET, "/anything").bytes().await.unwrap();
    assert_eq!(response.body().as_ptr(), response.as_ptr());
}

#[tokio::test]
async fn a_time_with_an_offset_is_the_same_instant() {
    let body = r#"{"success":true,"data":{"created_at":"2026-02-01T14:00:05.250+02:00"}}"#;
    let user = respond(200, "application/json", body, |client| client.get_partner_user(uuid().into()))
        .await
        .unwrap();
    assert_eq!(user.created_at.unwrap().to_rfc3339(), "2026-02-01T12:00:05.250+00:00");
}

#[tokio::test]
async fn an_outcome_of_two_shapes_is_discriminated() {
    let body = r#"{"success":true,"data":{"ready":false,"missing":["selfie","kyc_data"],"message":"m"}}"#;
    let run = respond(200, "application/json", body, |client| client.run_kyc_verification(uuid().into()))
        .await
        .unwrap();
    assert_eq!(run.missing.as_deref(), Some([KycRequirement::Selfie, KycRequirement::KycData].as_slice()));
    assert_eq!(run.status, None);

    let body = r#"{"success":true,"data":{"ready":true,"status":"IN_PROGRESS"}}"#;
    let run = respond(200, "application/json", body, |client| client.run_kyc_verification(uuid().into()))
        .await
        .unwrap();
    assert_eq!((run.ready, run.status.clone()), (Some(true), Some(KycVerificationRunStatus::InProgress)));
}

#[tokio::test]
async fn a_value_that_this_version_does_not_know_is_kept_and_given_back() {
    let body = r#"{"success":true,"data":{"status":"ON_HOLD_äöü","verification_seconds_left":null}}"#;
    let call = |client: Client| client.get_verification_status(uuid().into());
    let status = respond(200, "application/json", body, call).await.unwrap();
    assert!(
        matches!(&status.status, Some(VerificationState::Unrecognized(value)) if value.as_str() == "ON_HOLD_äöü")
    );
    assert_eq!(serde_json::to_value(&*status).unwrap(), json!({"status": "ON_HOLD_äöü"}));
}

#[tokio::test]
async fn an_alternative_that_this_version_does_not_know_is_kept_and_given_back() {
    let body = r#"{"success": true, "data": {"queued": 3, "rate": 0.12345678901234567890123}}"#;
    let link = partner_client::unigox::KycDocumentUrlBatch::new([]);
    let call = |client: Client| client.upload_kyc_document_by_url(uuid().into(), link);
    let upload = respond(200, "application/json", body, call).await.unwrap();
    let KycDocumentUpload::Unrecognized(kept) = &*upload else { panic!("{upload:?}") };
    assert_eq!(kept.as_json_text(), r#"{"queued": 3, "rate": 0.12345678901234567890123}"#);
    assert!(!format!("{upload:?}").contains("queued"));
}

#[tokio::test]
async fn a_failure_with_a_status_of_success_is_a_failure() {
    for (body, code, message) in [
        (
            r#"{"success":false,"data":{"error_key":"underage_not_allowed"}}"#,
            Some("underage_not_allowed"),
            None,
        ),
        (
            r#"{"success":false,"error":{"code":"QUOTE_EXPIRED","message":"late"}}"#,
            Some("QUOTE_EXPIRED"),
            Some("late"),
        ),
        (r#"{"success":false,"error":"no"}"#, None, Some("no")),
        (r#"{"success":false,"data":null}"#, None, None),
        (r#"{"success":false,"data":{"message":"m"}}"#, None, Some("m")),
        (r#"{"success":false}"#, None, None),
    ] {
        let error = respond(200, "application/json", body, |client| client.verify_auth()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Api, "{body}");
        assert_eq!(error.status().unwrap().as_u16(), 200);
        let unsaid = (code, message) == (None, None);
        let message = if unsaid { Some("the API reported a failure, and gave no reason") } else { message };
        assert_eq!((error.code(), error.message()), (code, message), "{body}");
        assert_eq!(ErrorCode::from_error(&error).map(|code| code.to_string()).as_deref(), code);
        assert_eq!(error.body().as_ref(), body.as_bytes());
        assert_eq!(error.request_id(), Some("r-1"));
    }
}

#[tokio::test]
async fn an_envelope_without_success_is_an_error() {
    for body in [
        r#"{"data":{"authenticated":true}}"#,
        r#"{"success":"true","data":{"authenticated":true}}"#,
        r#"{"success":1,"data":{"authenticated":true}}"#,
        r#"{"success":null,"data":{"authenticated":true}}"#,
        r#"{"authenticated":true}"#,
        r#"[{"success":true}]"#,
    ] {
        let error = respond(200, "application/json", body, |client| client.verify_auth()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}: {error}");
        assert_eq!(error.body().as_ref(), body.as_bytes());
    }
}

#[tokio::test]
async fn an_envelope_without_data_is_the_empty_model_where_nothing_is_required() {
    suite().data_may_be_absent_where_nothing_is_required().await;
    for body in [r#"{"success":true}"#, r#"{"success":true,"data":null}"#, r#"{"success":true,"data":{}}"#] {
        let order = respond(200, JSON, body, |client| client.cancel_order(uuid().into())).await.unwrap();
        assert_eq!((order.order_id, order.status.clone()), (None, None), "{body}");
        respond(200, JSON, body, |client| client.delete_payment_details(uuid().into(), "1".into()))
            .await
            .unwrap();
        respond(200, JSON, body, |client| client.delete_webhook("1".into())).await.unwrap();
    }
}

#[tokio::test]
async fn a_success_without_a_body_was_carried_out() {
    for (status, body) in [(200, ""), (200, "\r\n"), (200, "\u{feff}"), (204, ""), (205, "")] {
        respond(status, JSON, body, |client| client.cancel_order(uuid().into())).await.unwrap();
        respond(status, JSON, body, |client| client.delete_payment_details(uuid().into(), "1".into()))
            .await
            .unwrap();
        respond(status, JSON, body, |client| client.delete_webhook("1".into())).await.unwrap();
        respond(status, JSON, body, |client| client.archive_recipient(uuid().into())).await.unwrap();
    }
}

#[tokio::test]
async fn a_missing_list_is_never_replaced_by_an_empty_one() {
    for body in [r#"{"success":true}"#, r#"{"success":true,"data":null}"#] {
        for error in [
            respond(200, JSON, body, |client| client.list_payment_details(uuid().into())).await.unwrap_err(),
            respond(200, JSON, body, |client| client.list_orders()).await.unwrap_err(),
            respond(200, JSON, body, |client| client.list_recipients()).await.unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
            assert!(error.to_string().contains("no `data`"), "{error}");
            assert_eq!(error.body().as_ref(), body.as_bytes());
        }
    }
}

#[tokio::test]
async fn a_flag_that_is_not_required_may_be_absent_beside_data() {
    let body = r#"{"data":{"message":"deleted"}}"#;
    let deleted = respond(200, JSON, body, |client| client.delete_payment_details(uuid().into(), "1".into()))
        .await
        .unwrap();
    assert_eq!(deleted.message.as_deref(), Some("deleted"));
    for body in ["{}", r#"{"message":"later"}"#, r#"{"data":null}"#] {
        let call = |client: Client| client.delete_payment_details(uuid().into(), "1".into());
        let error = respond(200, JSON, body, call).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
    }
}

#[tokio::test]
async fn a_byte_order_mark_is_skipped() {
    let body = "\u{feff}{\"success\":true,\"data\":{\"authenticated\":true}}";
    let auth = respond(200, JSON, body, |client| client.verify_auth()).await.unwrap();
    assert_eq!(auth.authenticated, Some(true));
    let body = "\u{feff} {\"success\":false,\"error\":{\"code\":\"QUOTE_EXPIRED\",\"message\":\"late\"}}";
    for status in [200, 409] {
        let error = respond(status, JSON, body, |client| client.verify_auth()).await.unwrap_err();
        assert_eq!((error.code(), error.message()), (Some("QUOTE_EXPIRED"), Some("late")));
        assert_eq!(error.body().as_ref(), body.as_bytes(), "as it was sent");
    }
    let body = "\u{feff}{\"success\":true,\"data\":{\"recipients\":[],\"total\":\"x\"}}";
    let error = respond(200, JSON, body, |client| client.list_recipients()).await.unwrap_err();
    assert_eq!(error.json_path(), Some("data.total"));
    assert_eq!(error.body_as::<Value>().unwrap()["data"]["total"], "x");
}

#[tokio::test]
async fn a_response_that_does_not_fit_keeps_status_headers_and_raw_body() {
    let body = r#"{"success":true,"data":{"recipients":"4111111111111111","total":0,"limit":1,"offset":0}}"#;
    let error = respond(200, "application/json", body, |client| client.list_recipients()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.status().unwrap().as_u16(), 200);
    assert_eq!(error.request_id(), Some("r-1"));
    assert_eq!(error.operation().unwrap().id, "list_recipients");
    assert!(!format!("{error} {error:?}").contains("4111"));
    assert_eq!(std::str::from_utf8(error.body()).unwrap(), body);
}

#[tokio::test]
async fn a_value_that_looks_like_a_message_of_the_parser_is_not_in_the_error() {
    let body = r#"{"success":true,"data":{"recipients":[],"total":"a, expected 4111111111111111"}}"#;
    let error = respond(200, "application/json", body, |client| client.list_recipients()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("4111"), "{shown}");
}

#[tokio::test]
async fn a_response_without_content_is_a_deserialization_error() {
    let error = respond(204, "application/json", "", |client| client.verify_auth()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.status().unwrap().as_u16(), 204);
}

#[tokio::test]
async fn an_empty_list_is_a_list() {
    let call = |client: Client| client.list_payment_details(uuid().into());
    let list = respond(200, "application/json", r#"{"success":true,"data":[]}"#, call).await.unwrap();
    assert!(list.is_empty());
}

#[tokio::test]
async fn no_digit_of_a_free_form_value_is_lost() {
    let body =
        r#"{"success":true,"data":{"details":{"account":9007199254740993,"rate":1.10,"text":"0.10"}}}"#;
    let call = |client: Client| client.get_payment_details(uuid().into(), "1".into());
    let stored = respond(200, "application/json", body, call).await.unwrap();
    let details = stored.details.as_ref().unwrap();
    assert_eq!(
        ["account", "rate", "text"].map(|key| details[key].as_json_text()),
        ["9007199254740993", "1.10", "\"0.10\""]
    );
}
