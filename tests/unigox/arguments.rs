//! Arguments that are refused before anything is sent.

use partner_client::unigox::KycDocumentType;
use partner_client::{ErrorKind, Upload};
use partner_tests::capture::Capture;
use partner_tests::case::uuid;

use partner_tests::unigox::client;

#[tokio::test]
async fn a_malformed_header_is_refused() {
    let server = Capture::responding(200, "application/json", "{}").await;
    let client = client(server.base_url());
    for (name, value) in
        [("a b", "c"), ("", "c"), ("x-a:", "c"), ("x-a", "b\r\nx-injected: 1"), ("x-a", "b\0")]
    {
        let error = client.verify_auth().header(name, value).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{name:?} {value:?}: {error}");
        assert!(!error.to_string().contains("injected"), "{error}");
        assert_eq!((error.attempt_count(), error.may_have_executed()), (0, false));
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn a_malformed_content_type_is_refused() {
    let server = Capture::responding(200, "application/json", "{}").await;
    let document = Upload::from_bytes("a.jpg", "x").with_content_type("no type\r\n");
    let call =
        client(server.base_url()).upload_kyc_document(uuid().into(), KycDocumentType::Selfie, document);
    let error = call.await.unwrap_err();
    assert_eq!((error.kind(), error.attempt_count()), (ErrorKind::Request, 0), "{error}");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn a_missing_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jpg");
    let error = Upload::from_file(&path).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(std::error::Error::source(&error).is_some());
    assert_eq!(Upload::from_file(folder.path()).await.unwrap_err().kind(), ErrorKind::Request);

    // The file exists when the upload is made, and is deleted before it is sent.
    std::fs::write(&path, "x").unwrap();
    let document = Upload::from_file(&path).await.unwrap();
    std::fs::remove_file(&path).unwrap();
    let server = Capture::responding(200, "application/json", "{}").await;
    let call =
        client(server.base_url()).upload_kyc_document(uuid().into(), KycDocumentType::Selfie, document);
    let error = call.await.unwrap_err();
    assert_eq!((error.kind(), error.attempt_count()), (ErrorKind::Request, 0), "{error}");
    assert!(error.to_string().contains("`document`"), "{error}");
    assert!(server.received().is_empty());
}
