//! Tests of the behavior that both APIs share: keys, routing, limits of uploads, the log of requests, starting and
//! stopping.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::time::Duration;

use partner_client::unigox::{
    KycApplicant, KycApplicantRequired, KycDirectData, KycDocumentType, NewPartnerUser,
    NewPartnerUserRequired,
};
use partner_client::{Upload, unigox};
use partner_sandbox::Sandbox;
use reqwest::Method;
use serde_json::{Value, json};
use support::{build_request, expect_failure, failure_with_code, p100_with, sandbox, unigox_with};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::test]
async fn every_operation_requires_its_key() {
    let sandbox = sandbox().await;
    for api in sandbox.apis() {
        for operation in api.operations {
            let url = format!("{}{}", api.base_url, operation.path.replace(['{', '}'], ""));
            let method = Method::from_bytes(operation.method.as_bytes()).unwrap();
            let response = support::create_http_client().request(method, url).send().await.unwrap();
            let is_required = operation.security == partner_client::operation::Security::Required;
            assert_eq!(response.status() == 401, is_required, "{}", operation.id);
        }
    }
}

#[tokio::test]
async fn a_missing_key_and_a_wrong_key_are_refused() {
    let sandbox = sandbox().await;
    let error = unigox_with(&sandbox, "wrong").verify_auth().await.unwrap_err();
    assert!(error.is_unauthorized());
    assert_eq!(unigox::ErrorCode::from_error(&error), Some(unigox::ErrorCode::UnauthorizedKey));

    let error = p100_with(&sandbox, "wrong").get_kyc_status("x".into()).await.unwrap_err();
    assert!(error.is_unauthorized());
    assert_eq!(error.message(), Some("Access Denied. xo2"));

    // The typed client sends no request without a key.
    let without_key = async |url: String| {
        let response = support::create_http_client().get(url).send().await.unwrap();
        assert_eq!(response.status(), 401);
        response.json::<Value>().await.unwrap()
    };
    let unigox = without_key(format!("{}/api/v1/partner/verify-auth", sandbox.unigox_base_url())).await;
    assert_eq!((&unigox["success"], &unigox["data"]["error_key"]), (&json!(false), &json!("unauthorized")));
    let p100 = without_key(format!("{}/v1/kyc/status/x", sandbox.p100_base_url())).await;
    assert_eq!(p100, json!({ "message": "Access Denied. xo1" }));
}

#[tokio::test]
async fn unknown_paths_and_methods_are_refused_in_the_vendors_shape() {
    let sandbox = sandbox().await;
    for (url, known) in [
        (sandbox.unigox_base_url(), "/api/v1/partner/verify-auth"),
        (sandbox.p100_base_url(), "/v1/kyc/status/x"),
    ] {
        let unknown = build_request(Method::GET, url, "/nowhere").send().await.unwrap();
        assert_eq!(unknown.status(), 404);
        let body: Value = unknown.json().await.unwrap();
        assert!(body.get("success") == Some(&json!(false)) || body.get("errorCode").is_some(), "{body}");

        let wrong = build_request(Method::PUT, url, known).send().await.unwrap();
        assert_eq!((wrong.status().as_u16(), &wrong.headers()["allow"]), (405, &"GET".parse().unwrap()));
    }
    let root = sandbox.unigox_base_url().trim_end_matches("/unigox");
    assert_eq!(support::create_http_client().get(root).send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn the_log_has_what_was_sent_without_secrets() {
    let sandbox = sandbox().await;
    let unigox = support::unigox(&sandbox);
    let user = unigox
        .create_partner_user(NewPartnerUser::new(NewPartnerUserRequired {
            user_ref: "ref-1".into(),
            email: "log@example.com".into(),
        }))
        .await
        .unwrap();
    let uuid = user.user_uuid.unwrap();
    let _ = unigox
        .upload_kyc_document(uuid, KycDocumentType::Selfie, Upload::from_bytes("me.png", vec![7; 3000]))
        .await;

    let requests = sandbox.received();
    let [created, uploaded] = requests.as_slice() else { panic!("{requests:?}") };
    assert_eq!((created.api, created.operation), ("unigox", Some("create_partner_user")));
    assert_eq!((created.method.as_str(), created.path.as_str()), ("POST", "/api/v1/partner/users"));
    assert_eq!((created.status, created.content_type.as_deref()), (201, Some("application/json")));
    assert_eq!(created.body_size, r#"{"user_ref":"ref-1","email":"log@example.com"}"#.len() as u64);
    assert_eq!((uploaded.status, uploaded.content_type.as_deref()), (404, Some("multipart/form-data")));
    assert!(uploaded.body_size > 3000);
    let [file] = uploaded.files.as_slice() else { panic!("{uploaded:?}") };
    assert_eq!((file.part_name.as_str(), file.file_name.as_str(), file.size), ("document", "me.png", 3000));
    assert_eq!(file.content_type.as_deref(), Some("image/png"));
    let printed = format!("{requests:?}");
    assert!(!printed.contains(Sandbox::UNIGOX_API_KEY) && !printed.contains("log@example.com"), "{printed}");
}

/// The size of the large files that tests upload, in bytes.
const LARGE: u64 = 64 * 1024 * 1024;

fn large() -> Upload {
    Upload::from_reader("large.pdf", Some(LARGE), || async { Ok(tokio::io::repeat(0).take(LARGE)) })
}

#[tokio::test]
async fn the_body_of_a_refused_upload_is_not_kept_and_the_response_arrives() {
    let sandbox = sandbox().await;
    let result = p100_with(&sandbox, "wrong").add_kyc_files("x".into()).selfie(large()).await;
    assert_eq!(expect_failure(result), (401, None));
    let [refused] = &sandbox.received()[..] else { panic!("one request") };
    assert_eq!((refused.status, refused.body_size, refused.files.len()), (401, 0, 0));
}

#[tokio::test]
async fn an_upload_below_the_limit_is_counted() {
    let sandbox = sandbox().await;
    let result = support::p100(&sandbox).add_kyc_files("x".into()).selfie(large()).await;
    assert_eq!(expect_failure(result), failure_with_code(400, "P412"));
    assert_eq!(sandbox.received()[0].files[0].size, LARGE);
}

/// Writes the text of a request, and returns the status of the response; `None` if the connection is closed without a
/// response.
async fn send_raw(sandbox: &Sandbox, request: &str) -> Option<u16> {
    let address = sandbox.p100_base_url().strip_prefix("http://").unwrap().strip_suffix("/p100").unwrap();
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut status_line = [0; "HTTP/1.1 200".len()];
    let read = stream.read_exact(&mut status_line);
    tokio::time::timeout(Duration::from_secs(20), read).await.unwrap().ok()?;
    std::str::from_utf8(&status_line[9..]).unwrap().parse().ok()
}

#[tokio::test]
async fn the_key_is_checked_before_the_body_arrives() {
    let sandbox = sandbox().await;
    for key in ["", "x-api-key: wrong\r\n"] {
        // The headers announce a body that is never sent.
        for body in [
            "content-length: 1000",
            "transfer-encoding: chunked",
            "content-length: 1000\r\nexpect: 100-continue",
        ] {
            let head = format!(
                "POST /p100/v1/kyc HTTP/1.1\r\nhost: localhost\r\n{key}content-type: application/json\r\n{body}\r\n\r\n"
            );
            assert_eq!(send_raw(&sandbox, &head).await, Some(401), "{head}");
        }
    }
    assert!(sandbox.received().iter().all(|request| request.status == 401 && request.body_size == 0));
}

#[tokio::test]
async fn a_request_for_another_host_is_refused_whatever_key_it_has() {
    let sandbox = sandbox().await;
    let path = "/unigox/api/v1/partner/verify-auth";
    let key = format!("x-api-key: {}\r\n", Sandbox::UNIGOX_API_KEY);
    let get = |target: &str, host: &str| format!("GET {target} HTTP/1.1\r\n{host}{key}\r\n");
    for host in ["localhost", "localhost:8080", "127.0.0.1", "[::1]:1"] {
        assert_eq!(send_raw(&sandbox, &get(path, &format!("host: {host}\r\n"))).await, Some(200), "{host}");
    }
    let allowed = sandbox.received().len();
    for host in ["evil.example", "evil.example:80", "localhost.evil.example", "192.168.0.7", "0.0.0.0"] {
        assert_eq!(send_raw(&sandbox, &get(path, &format!("host: {host}\r\n"))).await, Some(421), "{host}");
    }
    let absolute = get(&format!("http://evil.example{path}"), "host: localhost\r\n");
    assert_eq!(send_raw(&sandbox, &absolute).await, Some(421));
    let old = get(path, "").replace("HTTP/1.1", "HTTP/1.0");
    assert_eq!(send_raw(&sandbox, &old).await, Some(421), "no host at all");
    assert_eq!(sandbox.received().len(), allowed, "requests for other hosts are not logged");
}

#[tokio::test]
async fn a_page_of_another_origin_cannot_use_the_sandbox() {
    let sandbox = sandbox().await;
    let own = sandbox.unigox_base_url().strip_suffix("/unigox").unwrap();
    for (origin, status) in [
        (own, 200),
        ("null", 403),
        ("http://evil.example", 403),
        ("http://localhost:3000", 403),
        ("https://127.0.0.1", 403),
    ] {
        let request = build_request(Method::GET, sandbox.unigox_base_url(), "/api/v1/partner/verify-auth");
        assert_eq!(request.header("origin", origin).send().await.unwrap().status(), status, "{origin}");
    }
    let body = r#"{"user_ref":"r","email":"a@example.com"}"#;
    let request = build_request(Method::POST, sandbox.unigox_base_url(), "/api/v1/partner/users").body(body);
    let request = request.header("content-type", "application/json").header("origin", "http://evil.example");
    assert_eq!(request.send().await.unwrap().status(), 403);
    assert_eq!(sandbox.received().len(), 1, "nothing was created");
}

/// Returns a multipart body that has the same part several times.
fn form(parts: usize, part: &str) -> String {
    format!("{}--b--\r\n", format!("--b\r\n{part}\r\n").repeat(parts))
}

async fn post_status(sandbox: &Sandbox, content_type: &str, body: String) -> u16 {
    let request = build_request(Method::POST, sandbox.p100_base_url(), "/v1/user/kyc-files/x");
    request.header("content-type", content_type).body(body).send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn all_parts_of_a_request_are_bounded_together() {
    const KILO: usize = 1024;
    let sandbox = sandbox().await;
    let text = |name: &str, length| {
        format!("content-disposition: form-data; name=\"{name}\"\r\n\r\n{}", "x".repeat(length))
    };
    let file = |name: &str, length| {
        format!(
            "content-disposition: form-data; name=\"selfie\"; filename=\"{name}\"\r\n\r\n{}",
            "x".repeat(length)
        )
    };
    let long = "n".repeat(20 * KILO);
    for (what, body, status) in [
        ("as many parts as allowed", form(100, &text("a", 1)), 400),
        ("more parts", form(101, &text("a", 1)), 413),
        ("a hundred thousand parts", form(100_000, &text("a", 1)), 413),
        ("texts that fit together", form(9, &text("a", 100 * KILO)), 400),
        ("texts of which each would fit", form(11, &text("a", 100 * KILO)), 413),
        ("names of which each would fit", form(60, &text(&long, 1)), 413),
        ("names of files of which each would fit", form(60, &file(&long, 1)), 413),
        ("files of which nothing is kept", form(20, &file("a", 1024 * KILO)), 400),
        ("a head of a part without end", form(1, &format!("x-a: {}", "x".repeat(8 * KILO * KILO))), 413),
        ("no part at all", "x".repeat(8 * KILO * KILO), 413),
    ] {
        assert_eq!(post_status(&sandbox, "multipart/form-data; boundary=b", body).await, status, "{what}");
        let files = sandbox.received().pop().unwrap().files;
        let expected = if what.starts_with("files") { 20 } else { 0 };
        assert!(files.len() == expected && files.iter().all(|file| file.size == 1024 * 1024), "{what}");
    }
    assert_eq!(
        post_status(&sandbox, "application/json", " ".repeat(1024 * KILO)).await,
        400,
        "JSON as large as allowed"
    );
    assert_eq!(post_status(&sandbox, "application/json", " ".repeat(1025 * KILO)).await, 413, "larger JSON");
    let announced = format!(
        "POST /p100/v1/kyc HTTP/1.1\r\nhost: localhost\r\nx-api-key: {}\r\ncontent-length: 268435457\r\n\r\n",
        Sandbox::P100_API_KEY
    );
    assert_eq!(send_raw(&sandbox, &announced).await, Some(413), "a body beyond all limits is not read");
    assert!(sandbox.received().iter().all(|request| request.files.len() <= 100));
}

#[tokio::test]
async fn a_head_is_bounded() {
    let sandbox = sandbox().await;
    let headers = |count: usize, value: &str| {
        let lines: String = (0..count).map(|number| format!("x-{number}: {value}\r\n")).collect();
        format!("GET /unigox/api/v1/partner/verify-auth HTTP/1.1\r\nhost: localhost\r\n{lines}\r\n")
    };
    assert_eq!(send_raw(&sandbox, &headers(50, "x")).await, Some(401));
    assert_eq!(send_raw(&sandbox, &headers(200, "x")).await, Some(431));
    assert!(sandbox.received().len() == 1, "the request with too large a head is not logged");
}

#[tokio::test]
async fn two_sandboxes_know_nothing_of_each_other() {
    let (one, other) = (sandbox().await, sandbox().await);
    let user = support::unigox(&one)
        .create_partner_user(NewPartnerUser::new(NewPartnerUserRequired {
            user_ref: "r".into(),
            email: "a@example.com".into(),
        }))
        .await
        .unwrap();
    let uuid = user.user_uuid.unwrap();
    assert!(support::unigox(&one).get_partner_user(uuid).await.is_ok());
    assert_eq!(expect_failure(support::unigox(&other).get_partner_user(uuid).await), (404, None));
}

#[tokio::test]
async fn a_sandbox_that_is_dropped_or_stopped_does_not_respond_any_more() {
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
    let port = sandbox.p100_base_url().trim_end_matches("/p100").rsplit(':').next().unwrap().parse().unwrap();
    assert_eq!(Sandbox::start_on_port(port).await.unwrap_err().kind(), std::io::ErrorKind::AddrInUse);
}

#[tokio::test]
async fn bodies_that_are_not_json_are_refused() {
    let sandbox = sandbox().await;
    let path = "/api/v1/partner/users";
    for (content_type, body) in
        [("application/json", "{"), ("text/plain", "{}"), ("multipart/form-data", "x")]
    {
        let request = build_request(Method::POST, sandbox.unigox_base_url(), path)
            .header("content-type", content_type)
            .body(body);
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 400);
        let body: Value = response.json().await.unwrap();
        assert_eq!(body["data"]["error_key"], "required_fields_missing");
    }
}

#[tokio::test]
async fn a_body_of_the_wrong_shape_changes_nothing() {
    let sandbox = sandbox().await;
    let unigox = support::unigox(&sandbox);
    let user = unigox
        .create_partner_user(NewPartnerUser::new(NewPartnerUserRequired {
            user_ref: "r".into(),
            email: "a@example.com".into(),
        }))
        .await
        .unwrap();
    let uuid = user.user_uuid.unwrap();
    let applicant = KycApplicant::new(KycApplicantRequired {
        first_name: "".into(),
        last_name: "Example".into(),
        country_code: "DE".into(),
    });
    let submission = KycDirectData::new(applicant);
    assert_eq!(
        expect_failure(unigox.submit_kyc(uuid, submission).await),
        failure_with_code(400, "required_fields_missing")
    );
    let status = unigox.get_verification_status(uuid).await.unwrap();
    assert_eq!(status.status, Some(unigox::VerificationState::NotInitiated));
}
