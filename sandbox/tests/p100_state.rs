//! Tests of the operations of P100 that use the state, with the typed client.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use partner_client::p100::{
    AccountOpeningReason, AddProofOfAddressFilesOutcome, Client, ErrorCode, IncomeSource, KycAttemptStatus,
    KycDocumentType, KycVerificationStatus, NewKycVerification, NewKycVerificationRequired, NewUserAccount,
    NewUserAccountRequired, Occupation, UserVerificationDocument,
};
use partner_client::{ErrorKind, Upload};
use partner_sandbox::Sandbox;
use reqwest::Method;
use serde_json::{Value, json};
use support::{build_request, expect_failure, failure_with_code, p100, sandbox};

const USER: &str = "customer 42/ł";

fn account() -> NewUserAccount {
    let birth_date = "1990-05-15".parse().unwrap();
    NewUserAccount::new(NewUserAccountRequired {
        external_user_id: USER.into(),
        email: "a@example.com".into(),
        phone: "48123123123".into(),
        first_name: "Jan".into(),
        last_name: "Example".into(),
        street: "ul. Marszałkowska".into(),
        house_number: "123/5".into(),
        city: "Warszawa".into(),
        post_code: "00-001".into(),
        country: "PL".into(),
        citizenship: "PL".into(),
        birth_date,
        has_accepted_p100_terms: true,
    })
}

fn verification() -> NewKycVerification {
    NewKycVerification::new(NewKycVerificationRequired {
        external_user_id: USER.into(),
        document_type: KycDocumentType::Passport,
        country: "PL".into(),
        income_source: IncomeSource::Salary,
        account_opening_reason: AccountOpeningReason::DailyUse,
    })
    .occupation(Occupation::InformationTechnology)
    .additional_info("Works for Example Ltd")
}

async fn with_account(sandbox: &Sandbox) -> Client {
    let p100 = p100(sandbox);
    p100.create_user_account(account()).await.unwrap();
    p100
}

fn picture() -> Upload {
    Upload::from_bytes("picture.jpg", vec![0; 2000])
}

fn too_large() -> Upload {
    Upload::from_bytes("scan.pdf", vec![0; 5 * 1024 * 1024 + 1])
}

#[tokio::test]
async fn an_external_id_is_used_once() {
    let sandbox = sandbox().await;
    let p100 = p100(&sandbox);
    let created = p100.create_user_account(account()).await.unwrap();
    assert!(created.user_id.is_some());
    let error = p100.create_user_account(account()).await.unwrap_err();
    assert_eq!(ErrorCode::from_error(&error), Some(ErrorCode::UserExists));
    assert_eq!(error.status().unwrap().as_u16(), 400);
}

#[tokio::test]
async fn all_findings_about_an_account_are_reported_together() {
    let sandbox = sandbox().await;
    let mut wrong = account();
    wrong.phone = "+48 123".to_owned();
    wrong.country = "Poland".to_owned().into();
    wrong.has_accepted_p100_terms = false;
    let error = p100(&sandbox).create_user_account(wrong).await.unwrap_err();
    assert_eq!(error.code(), Some("P403"));
    let message = error.message().unwrap();
    assert!(
        ["phone", "country", "hasAcceptedP100Tc"].iter().all(|field| message.contains(field)),
        "{message}"
    );

    let request = build_request(Method::POST, sandbox.p100_base_url(), "/v1/user/balances/crypto-and-fiat");
    let response: Value =
        request.json(&json!({ "externalUserId": USER })).send().await.unwrap().json().await.unwrap();
    assert_eq!(response, json!({ "errorCode": "P403", "errorMessage": "email should not be empty." }));
}

#[tokio::test]
async fn an_unknown_user_is_p412() {
    let sandbox = sandbox().await;
    let p100 = p100(&sandbox);
    let unknown = failure_with_code(400, "P412");
    let error = p100.get_kyc_status(USER.into()).await.unwrap_err();
    assert_eq!((error.code(), error.message()), (Some("P412"), Some("User does not exist")));
    assert_eq!(expect_failure(p100.add_kyc_files(USER.into()).selfie(picture()).await), unknown);
    assert_eq!(expect_failure(p100.create_kyc_verification(verification()).await), unknown);
    assert_eq!(expect_failure(p100.get_kyc_verification_page(USER.into(), "x".into()).await), unknown);
    assert_eq!(
        expect_failure(p100.add_user_verification(UserVerificationDocument::new(USER.into())).await),
        unknown
    );
    assert_eq!(expect_failure(p100.add_proof_of_address_files(USER.into(), [picture()]).await), unknown);
}

#[tokio::test]
async fn kyc_files_are_checked_by_type_and_size() {
    let sandbox = sandbox().await;
    let p100 = with_account(&sandbox).await;
    let accepted = p100.add_kyc_files(USER.into()).front_id(picture()).selfie(picture()).await.unwrap();
    assert_eq!(accepted.http_status().as_u16(), 201);
    assert_eq!(accepted.message.as_deref(), Some("KYC files uploaded successfully"));
    let files = sandbox.received().pop().unwrap().files;
    assert_eq!(files.iter().map(|file| file.part_name.as_str()).collect::<Vec<_>>(), ["front_id", "selfie"]);

    // The client refuses a form without parts, so that no request is sent.
    let nothing = p100.add_kyc_files(USER.into()).await.unwrap_err();
    assert_eq!((nothing.kind(), nothing.attempt_count()), (ErrorKind::Request, 0));
    let text = Upload::from_bytes("id.txt", vec![0; 10]);
    assert_eq!(
        expect_failure(p100.add_kyc_files(USER.into()).front_id(text).await),
        failure_with_code(400, "P426")
    );
    assert_eq!(
        expect_failure(p100.add_kyc_files(USER.into()).front_id(too_large()).await),
        failure_with_code(400, "P440")
    );
}

#[tokio::test]
async fn each_poll_brings_a_hosted_verification_one_step_further() {
    let sandbox = sandbox().await;
    let p100 = with_account(&sandbox).await;
    assert_eq!(expect_failure(p100.get_kyc_status(USER.into()).await), failure_with_code(404, "P445"));
    let created = p100.create_kyc_verification(verification()).await.unwrap();
    let id = created.verification_id.clone().unwrap();

    let keyless = Client::builder().base_url(sandbox.p100_base_url()).without_credentials().build().unwrap();
    let page = keyless.get_kyc_verification_page(USER.into(), id).await.unwrap();
    assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");
    assert!(page.starts_with("<!DOCTYPE html>"));
    assert_eq!(
        expect_failure(keyless.get_kyc_verification_page(USER.into(), "x".into()).await),
        failure_with_code(404, "P445")
    );

    for (attempt, verification) in [
        (KycAttemptStatus::Pending, KycVerificationStatus::NotVerified),
        (KycAttemptStatus::Verification, KycVerificationStatus::NotVerified),
        (KycAttemptStatus::Successful, KycVerificationStatus::Verified),
        (KycAttemptStatus::Successful, KycVerificationStatus::Verified),
    ] {
        let status = p100.get_kyc_status(USER.into()).await.unwrap().into_inner();
        assert_eq!(status.external_user_id, Some(USER.into()));
        assert_eq!((status.attempt_status, status.verification_status), (Some(attempt), Some(verification)));
    }
    let document =
        UserVerificationDocument::new(USER.into()).document_type("PASSPORT").document_number("AB0000000");
    assert_eq!(p100.add_user_verification(document).await.unwrap().http_status().as_u16(), 200);
}

#[tokio::test]
async fn the_status_of_a_rejected_user_has_the_reason() {
    let sandbox = sandbox().await;
    let p100 = p100(&sandbox);
    let mut rejected = account();
    rejected.last_name = Sandbox::REJECTED_LAST_NAME.to_owned();
    p100.create_user_account(rejected).await.unwrap();
    p100.create_kyc_verification(verification()).await.unwrap();
    let document = || UserVerificationDocument::new(USER.into());
    assert_eq!(expect_failure(p100.add_user_verification(document()).await), failure_with_code(400, "P459"));
    for _ in 0..2 {
        p100.get_kyc_status(USER.into()).await.unwrap();
    }
    let status = p100.get_kyc_status(USER.into()).await.unwrap();
    assert_eq!(status.attempt_status, Some(KycAttemptStatus::RejectedByProvider));
    assert_eq!(status.rejection_reason.as_deref(), Some("NO_FACE_FOUND"));
    assert_eq!(expect_failure(p100.add_user_verification(document()).await), failure_with_code(400, "P459"));
}

#[tokio::test]
async fn a_hosted_verification_requires_details_of_the_income() {
    let sandbox = sandbox().await;
    let p100 = with_account(&sandbox).await;
    let message = async |verification| {
        let error = p100.create_kyc_verification(verification).await.unwrap_err();
        assert_eq!(error.code(), Some("P403"));
        error.message().unwrap().to_owned()
    };
    let mut business = verification();
    business.income_source = IncomeSource::BusinessActivity;
    assert_eq!(message(business.clone()).await, "taxId should not be empty.");
    assert!(p100.create_kyc_verification(business.tax_id("0000000000")).await.is_ok());
    let mut salary = verification();
    (salary.occupation, salary.additional_info) = (None, None);
    assert_eq!(message(salary).await, "occupation should not be empty. additionalInfo should not be empty.");
    let mut unknown = verification();
    unknown.document_type = "LIBRARY_CARD".into();
    let expected = "documentType must be one of the following values: ID_CARD, PASSPORT, RESIDENCE_PERMIT, DRIVER_LICENSE.";
    assert_eq!(message(unknown).await, expected);
}

#[tokio::test]
async fn the_textual_data_come_after_files_or_a_hosted_verification() {
    let sandbox = sandbox().await;
    let p100 = with_account(&sandbox).await;
    let document = || UserVerificationDocument::new(USER.into()).document_number("AB0000000");
    assert_eq!(expect_failure(p100.add_user_verification(document()).await), failure_with_code(400, "P439"));
    p100.add_kyc_files(USER.into()).front_id(picture()).selfie(picture()).await.unwrap();
    assert!(p100.add_user_verification(document()).await.is_ok());
}

#[tokio::test]
async fn a_proof_of_address_is_accepted_then_pending_then_verified() {
    let sandbox = sandbox().await;
    let p100 = with_account(&sandbox).await;
    let send = || {
        p100.add_proof_of_address_files(USER.into(), [picture(), Upload::from_bytes("bill.pdf", vec![0; 10])])
    };
    let first = send().await.unwrap();
    assert_eq!(first.http_status().as_u16(), 201);
    assert!(matches!(first.into_inner(), AddProofOfAddressFilesOutcome::Created(_)));
    for _ in 0..2 {
        let pending = send().await.unwrap();
        assert_eq!(pending.http_status().as_u16(), 202);
        let AddProofOfAddressFilesOutcome::Accepted(pending) = pending.into_inner() else { panic!() };
        assert_eq!(pending.error_code, ErrorCode::ProofOfAddressPending);
    }
    for _ in 0..2 {
        assert_eq!(expect_failure(send().await), failure_with_code(400, "P447"));
    }
}

#[tokio::test]
async fn proofs_of_address_are_checked_by_number_type_and_size() {
    let sandbox = sandbox().await;
    let p100 = with_account(&sandbox).await;
    let send =
        async |files: Vec<Upload>| expect_failure(p100.add_proof_of_address_files(USER.into(), files).await);
    assert_eq!(send(vec![picture(); 4]).await, failure_with_code(400, "P403"));
    assert_eq!(
        send(vec![picture(), Upload::from_bytes("a.gif", vec![0; 10])]).await,
        failure_with_code(400, "P426")
    );
    assert_eq!(send(vec![too_large()]).await, failure_with_code(400, "P440"));
}
