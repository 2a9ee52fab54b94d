//! The upload of a file that shows where money comes from, part by part.

use partner_client::Upload;
use partner_client::unigox::Client;
use partner_tests::case::{UUID, uuid};
use partner_tests::multipart::{Part, parts};

use partner_tests::unigox::{respond, sent};

fn file() -> Upload {
    Upload::from_bytes("statement.pdf", "pages")
}

fn date(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_file_without_dates_is_two_parts() {
    let call =
        |client: Client| client.upload_source_of_funds_document(uuid().into(), "bank_statement", file());
    let request = sent(call).await;
    let target = format!("/api/v1/partner/orders/{UUID}/source-of-funds/documents");
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", target.as_str()));
    assert_eq!(
        parts(&request).await,
        [
            Part::text("document_type", "bank_statement"),
            Part::file("file", "statement.pdf", "application/pdf", b"pages"),
        ]
    );
}

#[tokio::test]
async fn dates_stand_between_the_type_and_the_file_in_whatever_order_they_are_set() {
    let (start, end) = (date("2026-06-01"), date("2026-08-31"));
    let expected = [
        Part::text("document_type", "payslips"),
        Part::text("period_start", "2026-06-01"),
        Part::text("period_end", "2026-08-31"),
        Part::file("file", "statement.pdf", "application/pdf", b"pages"),
    ];
    let call = |client: Client| client.upload_source_of_funds_document(uuid().into(), "payslips", file());
    let request = sent(|client| call(client).period_start(start).period_end(end)).await;
    assert_eq!(parts(&request).await, expected);
    let request = sent(|client| call(client).period_end(end).period_start(start)).await;
    assert_eq!(parts(&request).await, expected);
}

#[tokio::test]
async fn each_date_is_sent_on_its_own() {
    let call = |client: Client| client.upload_source_of_funds_document(uuid().into(), "payslips", file());
    let request = sent(|client| call(client).period_start(date("2026-06-01"))).await;
    let names: Vec<String> = parts(&request).await.into_iter().map(|part| part.name).collect();
    assert_eq!(names, ["document_type", "period_start", "file"]);

    let request = sent(|client| call(client).period_end(date("2026-08-31"))).await;
    let names: Vec<String> = parts(&request).await.into_iter().map(|part| part.name).collect();
    assert_eq!(names, ["document_type", "period_end", "file"]);
}

#[tokio::test]
async fn every_format_that_is_taken_has_its_content_type() {
    for (name, content_type) in [
        ("a.pdf", "application/pdf"),
        ("a.jpg", "image/jpeg"),
        ("a.png", "image/png"),
        ("a.heic", "image/heic"),
        ("a.heif", "image/heif"),
        ("a.webp", "image/webp"),
    ] {
        let file = Upload::from_bytes(name, "x");
        let call = |client: Client| client.upload_source_of_funds_document(uuid().into(), "other", file);
        let parts = parts(&sent(call).await).await;
        assert_eq!(parts[1], Part::file("file", name, content_type, b"x"));
    }
}

#[tokio::test]
async fn a_file_that_was_not_requested_is_stored_and_the_response_says_so() {
    let body = r#"{"success":true,"data":{"document_id":"1","document_type":"other","satisfies_requirement":false,
        "expected_document_types":["bank_statement"],"superseded_count":0,"case_status":"documents_required"}}"#;
    let call = |client: Client| client.upload_source_of_funds_document(uuid().into(), "other", file());
    let stored = respond(200, "application/json", body, call).await.unwrap();
    assert_eq!((stored.satisfies_requirement, stored.superseded_count), (Some(false), Some(0)));
    assert_eq!(stored.expected_document_types.as_deref(), Some([String::from("bank_statement")].as_slice()));
}

#[tokio::test]
async fn too_many_files_are_a_retryable_failure() {
    let body =
        r#"{"success":false,"error":{"code":"INTERNAL_ERROR","message":"Too many files in a minute."}}"#;
    let call = |client: Client| client.upload_source_of_funds_document(uuid().into(), "other", file());
    let error = respond(429, "application/json", body, call).await.unwrap_err();
    assert!(error.is_rate_limited() && error.is_retryable() && !error.may_have_executed(), "{error}");
}
