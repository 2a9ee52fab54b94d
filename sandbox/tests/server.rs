//! What both APIs have in common: keys, routing, uploads, the log, stopping.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use partner_client::unigox::{
    KycApplicant, KycDirectData, KycDirectDetails, KycDocumentType, NewPartnerUser,
};
use partner_client::{Upload, p100, unigox};
use partner_sandbox::Sandbox;
use reqwest::Method;
use serde_json::{Value, json};
use support::{coded, failure, p100_with, raw, sandbox, unigox_with};
use tokio::io::AsyncReadExt;

#[tokio::test]
async fn every_operation_demands_its_key_and_those_of_onboarding_are_simulated() {
    const SIMULATED: [&str; 2] = ["User Management", "Onboarding & KYC Flow"];
    let sandbox = sandbox().await;
    let apis = [(sandbox.unigox_url(), unigox::OPERATIONS), (sandbox.p100_url(), p100::OPERATIONS)];
    for (url, operations) in apis {
        for operation in operations {
            let url = format!("{url}{}", operation.path.replace(['{', '}'], ""));
            let method = Method::from_bytes(operation.method.as_bytes()).unwrap();
            let answer = support::http().request(method, url).send().await.unwrap();
            let closed = operation.security == partner_client::operation::Security::Required;
            assert_eq!(answer.status().as_u16() == 401, closed, "{}", operation.id);
            if SIMULATED.contains(&operation.page) {
                assert_ne!(answer.status(), 501, "{}", operation.id);
            }
        }
    }
}

#[tokio::test]
async fn a_missing_key_and_a_wrong_key_are_refused() {
    let sandbox = sandbox().await;
    let error = unigox_with(&sandbox, "wrong").verify_auth().await.unwrap_err();
    assert!(error.is_unauthorized());
    assert_eq!(unigox::ErrorCode::of(&error), Some(unigox::ErrorCode::UnauthorizedKey));

    let error = p100_with(&sandbox, "wrong").get_kyc_status("x").await.unwrap_err();
    assert!(error.is_unauthorized());
    assert_eq!(error.message(), Some("Access Denied. xo2"));

    // The client does not even send such a call.
    let without_key = async |url: String| {
        let answer = support::http().get(url).send().await.unwrap();
        assert_eq!(answer.status(), 401);
        answer.json::<Value>().await.unwrap()
    };
    let unigox = without_key(format!("{}/api/v1/partner/verify-auth", sandbox.unigox_url())).await;
    assert_eq!(unigox, json!({ "success": false, "data": { "error_key": "unauthorized" } }));
    let p100 = without_key(format!("{}/v1/kyc/status/x", sandbox.p100_url())).await;
    assert_eq!(p100, json!({ "message": "Access Denied. xo1" }));
}

#[tokio::test]
async fn unknown_paths_and_methods_are_refused_in_the_vendors_shape() {
    let sandbox = sandbox().await;
    for (url, known) in
        [(sandbox.unigox_url(), "/api/v1/partner/verify-auth"), (sandbox.p100_url(), "/v1/kyc/status/x")]
    {
        let unknown = raw(Method::GET, url, "/nowhere").send().await.unwrap();
        assert_eq!(unknown.status(), 404);
        let body: Value = unknown.json().await.unwrap();
        assert!(body.get("success") == Some(&json!(false)) || body.get("errorCode").is_some(), "{body}");

        let wrong = raw(Method::PUT, url, known).send().await.unwrap();
        assert_eq!((wrong.status().as_u16(), &wrong.headers()["allow"]), (405, &"GET".parse().unwrap()));
    }
    let root = sandbox.unigox_url().trim_end_matches("/unigox");
    assert_eq!(support::http().get(root).send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn the_log_tells_what_was_sent_without_secrets() {
    let sandbox = sandbox().await;
    let unigox = support::unigox(&sandbox);
    let user = unigox.create_partner_user(NewPartnerUser::new("ref-1", "log@example.com")).await.unwrap();
    let uuid = user.user_uuid.unwrap();
    let _ = unigox
        .upload_kyc_document(uuid, KycDocumentType::Selfie, Upload::bytes("me.png", vec![7; 3000]))
        .await;

    let requests = sandbox.requests();
    let [created, uploaded] = requests.as_slice() else { panic!("{requests:?}") };
    assert_eq!((created.api, created.operation), ("unigox", Some("create_partner_user")));
    assert_eq!((created.method.as_str(), created.path.as_str()), ("POST", "/api/v1/partner/users"));
    assert_eq!((created.status, created.content_type.as_deref()), (201, Some("application/json")));
    assert_eq!(created.body_bytes, r#"{"user_ref":"ref-1","email":"log@example.com"}"#.len() as u64);
    assert_eq!((uploaded.status, uploaded.content_type.as_deref()), (404, Some("multipart/form-data")));
    assert!(uploaded.body_bytes > 3000);
    let [file] = uploaded.files.as_slice() else { panic!("{uploaded:?}") };
    assert_eq!((file.part.as_str(), file.file_name.as_str(), file.bytes), ("document", "me.png", 3000));
    assert_eq!(file.content_type.as_deref(), Some("image/png"));
    let printed = format!("{requests:?}");
    assert!(!printed.contains(Sandbox::UNIGOX_KEY) && !printed.contains("log@example.com"), "{printed}");
}

#[tokio::test]
async fn a_refused_upload_is_read_to_its_end_so_that_the_answer_arrives() {
    const LARGE: u64 = 64 * 1024 * 1024;
    let sandbox = sandbox().await;
    let upload = Upload::reader("large.pdf", Some(LARGE), || async { Ok(tokio::io::repeat(0).take(LARGE)) });
    let result = p100_with(&sandbox, "wrong").add_kyc_files("x").selfie(upload).await;
    assert_eq!(failure(result), (401, None));
    assert_eq!(sandbox.requests()[0].files[0].bytes, LARGE);
}

#[tokio::test]
async fn two_sandboxes_know_nothing_of_each_other() {
    let (one, other) = (sandbox().await, sandbox().await);
    let user =
        support::unigox(&one).create_partner_user(NewPartnerUser::new("r", "a@example.com")).await.unwrap();
    let uuid = user.user_uuid.unwrap();
    assert!(support::unigox(&one).get_partner_user(uuid).await.is_ok());
    assert_eq!(failure(support::unigox(&other).get_partner_user(uuid).await), (404, None));
}

#[tokio::test]
async fn a_sandbox_that_is_dropped_or_stopped_answers_no_more() {
    for wait in [true, false] {
        let sandbox = sandbox().await;
        let unigox = support::unigox(&sandbox);
        unigox.verify_auth().await.unwrap();
        match wait {
            true => sandbox.stop().await,
            false => drop(sandbox),
        }
        let mut attempts = 0;
        while unigox.verify_auth().await.is_ok() {
            attempts += 1;
            assert!(attempts < 100 && !wait);
            tokio::task::yield_now().await;
        }
    }
}

#[tokio::test]
async fn a_taken_port_is_an_error() {
    let sandbox = sandbox().await;
    let port = sandbox.p100_url().trim_end_matches("/p100").rsplit(':').next().unwrap().parse().unwrap();
    assert_eq!(Sandbox::start_on(port).await.unwrap_err().kind(), std::io::ErrorKind::AddrInUse);
}

#[tokio::test]
async fn bodies_that_are_no_json_are_refused() {
    let sandbox = sandbox().await;
    let path = "/api/v1/partner/users";
    for (content_type, body) in
        [("application/json", "{"), ("text/plain", "{}"), ("multipart/form-data", "x")]
    {
        let request =
            raw(Method::POST, sandbox.unigox_url(), path).header("content-type", content_type).body(body);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 400);
        let body: Value = answer.json().await.unwrap();
        assert_eq!(body["data"]["error_key"], "required_fields_missing");
    }
}

#[tokio::test]
async fn a_body_of_the_wrong_shape_changes_nothing() {
    let sandbox = sandbox().await;
    let unigox = support::unigox(&sandbox);
    let user = unigox.create_partner_user(NewPartnerUser::new("r", "a@example.com")).await.unwrap();
    let uuid = user.user_uuid.unwrap();
    let applicant = KycApplicant::new("", "Example", "DE");
    let submission = KycDirectData::new(KycDirectDetails::new(applicant));
    assert_eq!(failure(unigox.submit_kyc(uuid, submission).await), coded(400, "required_fields_missing"));
    let status = unigox.get_verification_status(uuid).await.unwrap();
    assert_eq!(status.status, Some(unigox::VerificationState::NotInitiated));
}
