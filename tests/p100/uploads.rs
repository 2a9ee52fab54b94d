//! Uploads of files, part by part.

use partner_client::p100::{AddProofOfAddressFilesOutcome, ErrorCode};
use partner_client::{Error, Upload};
use partner_tests::capture::{Capture, Received};
use partner_tests::multipart::{Part, parts};

use partner_tests::p100::client;

async fn kyc_files(
    files: impl FnOnce(
        partner_client::Call<partner_client::p100::calls::AddKycFilesOperation>,
    ) -> partner_client::Call<partner_client::p100::calls::AddKycFilesOperation>,
) -> Received {
    let server = Capture::responding(201, "application/json", r#"{"message":"ok"}"#).await;
    let receipt = files(client(server.base_url()).add_kyc_files("user 1".into())).await.unwrap();
    assert_eq!(receipt.message.as_deref(), Some("ok"));
    let request = server.single_request();
    assert_eq!(request.target, "/v1/user/kyc-files/user%201");
    request
}

#[tokio::test]
async fn pictures_are_sent_in_the_order_of_the_document() {
    let front = Part::file("front_id", "f.jpg", "image/jpeg", b"front");
    let back = Part::file("back_id", "b.png", "image/png", b"back");
    let selfie = Part::file("selfie", "s.jpeg", "image/jpeg", b"face");
    let request = kyc_files(|call| {
        call.selfie(Upload::from_bytes("s.jpeg", "face"))
            .back_id(Upload::from_bytes("b.png", "back"))
            .front_id(Upload::from_bytes("f.jpg", "front"))
    })
    .await;
    assert_eq!(parts(&request).await, [front.clone(), back, selfie.clone()]);

    let request = kyc_files(|call| {
        call.front_id(Upload::from_bytes("f.jpg", "front")).selfie(Upload::from_bytes("s.jpeg", "face"))
    })
    .await;
    assert_eq!(parts(&request).await, [front, selfie]);
}

#[tokio::test]
async fn one_picture_alone_can_be_sent() {
    let request = kyc_files(|call| call.back_id(Upload::from_bytes("b.png", "back"))).await;
    assert_eq!(parts(&request).await, [Part::file("back_id", "b.png", "image/png", b"back")]);
}

#[tokio::test]
async fn a_picture_that_is_set_twice_is_sent_once() {
    let request = kyc_files(|call| {
        call.selfie(Upload::from_bytes("a.png", "1")).selfie(Upload::from_bytes("b.png", "2"))
    })
    .await;
    assert_eq!(parts(&request).await, [Part::file("selfie", "b.png", "image/png", b"2")]);
}

#[tokio::test]
async fn a_form_without_a_file_is_refused_or_well_formed() {
    let server = Capture::responding(201, "application/json", r#"{"message":"ok"}"#).await;
    match client(server.base_url()).add_kyc_files("1".into()).await {
        Ok(_) => assert_eq!(parts(&server.single_request()).await, []),
        Err(error) => assert_eq!(error.attempt_count(), 0, "{error}"),
    }
}

async fn poa(
    status: u16,
    body: &str,
    files: Vec<Upload>,
) -> (Result<AddProofOfAddressFilesOutcome, Error>, Received) {
    let server = Capture::responding(status, "application/json", body).await;
    let result = client(server.base_url()).add_proof_of_address_files("user/1".into(), files).await;
    let request = server.single_request();
    assert_eq!(request.target, "/v1/user/poa-files/user%2F1");
    (result.map(|outcome| outcome.into_inner()), request)
}

#[tokio::test]
async fn each_proof_is_a_part_of_the_same_name() {
    let large = vec![0xff_u8; 100_000];
    let files = vec![
        Upload::from_bytes("1.pdf", "one"),
        Upload::from_bytes("2.jpg", large.clone()),
        Upload::from_bytes("3.png", "three"),
    ];
    let (result, request) = poa(201, "{}", files).await;
    assert!(matches!(result, Ok(AddProofOfAddressFilesOutcome::Created(_))));
    assert_eq!(
        parts(&request).await,
        [
            Part::file("files", "1.pdf", "application/pdf", b"one"),
            Part::file("files", "2.jpg", "image/jpeg", &large),
            Part::file("files", "3.png", "image/png", b"three"),
        ]
    );
}

#[tokio::test]
async fn the_outcome_of_a_proof_follows_from_the_status() {
    let files = || vec![Upload::from_bytes("1.pdf", "one")];
    let (result, _) = poa(202, r#"{"errorCode":"P211","errorMessage":"wait"}"#, files()).await;
    let Ok(AddProofOfAddressFilesOutcome::Accepted(pending)) = result else { panic!("{result:?}") };
    assert_eq!(
        (pending.error_code, pending.error_message.as_deref()),
        (ErrorCode::ProofOfAddressPending, Some("wait"))
    );

    for (body, expected) in
        [("", "null"), (" \r\n", "null"), (r#"{"id":[1]}"#, r#"{"id":[1]}"#), ("\"done\"", "\"done\"")]
    {
        let (result, _) = poa(201, body, files()).await;
        let Ok(AddProofOfAddressFilesOutcome::Created(created)) = result else {
            panic!("{body:?}");
        };
        assert_eq!(created.as_json_text(), expected);
    }
}

#[tokio::test]
async fn a_proof_that_is_accepted_with_another_status_of_success_is_accepted() {
    for status in [200, 203] {
        let (result, _) = poa(status, r#"{"id":1}"#, vec![Upload::from_bytes("1.pdf", "one")]).await;
        assert_eq!(
            result.unwrap(),
            AddProofOfAddressFilesOutcome::Created(r#"{"id":1}"#.parse().unwrap()),
            "{status}"
        );
    }
}
