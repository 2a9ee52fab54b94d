//! The upload of a document as a file, part by part.

use partner_client::unigox::{KycDocumentType, KycDocumentUpload};
use partner_client::{ErrorKind, Upload};
use partner_tests::capture::Capture;
use partner_tests::case::{UUID, uuid};
use partner_tests::multipart::{Part, parts};

use partner_tests::unigox::client;

const ACCEPTED: &str = r#"{"success":true,"data":{"document_id":"1","document_type":"selfie","file_name":"a.jpg","message":"ok"}}"#;

async fn sent(document_type: KycDocumentType, document: Upload) -> Vec<Part> {
    let server = Capture::responding(200, "application/json", ACCEPTED).await;
    let response =
        client(server.base_url()).upload_kyc_document(uuid().into(), document_type, document).await.unwrap();
    assert!(
        matches!(&*response, KycDocumentUpload::Accepted(accepted) if accepted.document_id == "1".into())
    );
    let request = server.single_request();
    assert_eq!(request.target, format!("/api/v1/partner/users/{UUID}/kyc/documents"));
    parts(&request).await
}

#[tokio::test]
async fn a_document_is_sent_after_its_type_byte_for_byte() {
    // Bytes that a careless parser of multipart bodies would take for the end of the part.
    let mut contents: Vec<u8> = (0..=255).collect();
    contents.extend_from_slice(b"\r\n--\r\n--boundary--\r\n\r\n");
    let document = Upload::from_bytes("id front.jpg", contents.clone());
    assert_eq!(
        sent(KycDocumentType::IdentityFront, document).await,
        [
            Part::text("document_type", "identity_front"),
            Part::file("document", "id front.jpg", "image/jpeg", &contents)
        ]
    );
}

#[tokio::test]
async fn the_content_type_follows_from_the_file_name_or_is_set() {
    for (upload, name, content_type) in [
        (Upload::from_bytes("a.PNG", "x"), "a.PNG", "image/png"),
        (Upload::from_bytes("a.pdf", "x"), "a.pdf", "application/pdf"),
        (Upload::from_bytes("a.gif", "x"), "a.gif", "image/gif"),
        (Upload::from_bytes("noextension", "x"), "noextension", "application/octet-stream"),
        (Upload::from_bytes("a.bin", "x").with_content_type("image/jpeg"), "a.bin", "image/jpeg"),
        (Upload::from_bytes("a.bin", "x").with_file_name("b.png"), "b.png", "image/png"),
    ] {
        let parts = sent(KycDocumentType::Passport, upload).await;
        assert_eq!(parts[1], Part::file("document", name, content_type, b"x"));
    }
}

#[tokio::test]
async fn a_file_name_of_any_kind_arrives_as_it_is() {
    for name in ["zażółć 😀.jpg", "a\"b.jpg", "a\\b.jpg", "a;name=\"document_type\".jpg", "100%25.jpg"]
    {
        let parts = sent(KycDocumentType::Selfie, Upload::from_bytes(name, "x")).await;
        assert_eq!(parts[1].file_name.as_deref(), Some(name));
        assert_eq!(parts.len(), 2);
    }
}

#[tokio::test]
async fn a_line_end_in_a_file_name_adds_no_header() {
    for name in ["a\r\nx-injected: 1\r\n\r\nb.jpg", "a\nb.jpg", "a\rb.jpg"] {
        let document = Upload::from_bytes(name, "x");
        let server = Capture::responding(200, "application/json", ACCEPTED).await;
        let call =
            client(server.base_url()).upload_kyc_document(uuid().into(), KycDocumentType::Selfie, document);
        match call.await {
            Ok(_) => {
                let body = String::from_utf8(server.single_request().body).unwrap();
                let disposition =
                    body.split("; filename=\"").nth(1).unwrap().split("Content-Type").next().unwrap();
                let lines = disposition.trim_end_matches("\r\n");
                assert!(!lines.contains(['\r', '\n']), "{name:?} became {lines:?}");
            }
            Err(error) => assert_eq!(error.kind(), ErrorKind::Request, "{error}"),
        }
    }
}

#[tokio::test]
async fn a_file_on_disk_is_streamed_under_its_own_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("passport.png");
    let contents: Vec<u8> = (0..300_000_u32).map(|n| (n % 251) as u8).collect();
    std::fs::write(&path, &contents).unwrap();
    let parts = sent(KycDocumentType::Passport, Upload::from_file(&path).await.unwrap()).await;
    assert_eq!(parts[1], Part::file("document", "passport.png", "image/png", &contents));
}

#[tokio::test]
async fn contents_from_a_reader_arrive_with_and_without_a_length() {
    let contents = vec![7_u8; 200_000];
    for length in [Some(200_000), None] {
        let held = contents.clone();
        let document = Upload::from_reader("a.jpg", length, move || {
            let held = held.clone();
            async move { Ok(std::io::Cursor::new(held)) }
        });
        let parts = sent(KycDocumentType::Selfie, document).await;
        assert_eq!(parts[1], Part::file("document", "a.jpg", "image/jpeg", &contents));
    }
}

#[tokio::test]
async fn a_body_has_its_length_when_it_is_known_and_is_chunked_otherwise() {
    let known = Upload::from_bytes("a.jpg", vec![1; 10]);
    let unknown = Upload::from_reader("a.jpg", None, || async { Ok(std::io::Cursor::new(vec![1; 10])) });
    for (document, chunked) in [(known, false), (unknown, true)] {
        let server = Capture::responding(503, "text/plain", "").await;
        let call =
            client(server.base_url()).upload_kyc_document(uuid().into(), KycDocumentType::Selfie, document);
        assert!(call.await.is_err());
        let request = server.single_request();
        assert_eq!(request.header("transfer-encoding"), chunked.then_some("chunked"));
        assert_eq!(request.header("content-length").is_some(), !chunked);
    }
}

#[tokio::test]
async fn an_empty_file_is_a_part_without_contents() {
    let parts = sent(KycDocumentType::Selfie, Upload::from_bytes("a.jpg", "")).await;
    assert_eq!(parts[1], Part::file("document", "a.jpg", "image/jpeg", b""));
}

#[tokio::test]
async fn a_document_type_that_this_version_does_not_know_is_sent() {
    let parts = sent(KycDocumentType::from("library_card"), Upload::from_bytes("a.jpg", "x")).await;
    assert_eq!(parts[0], Part::text("document_type", "library_card"));
}
