//! Tests of the operations of Unigox that use the state, with the typed client.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use partner_client::unigox::UserUuid;
use partner_client::unigox::{
    Client, Gender, KycApplicant, KycApplicantRequired, KycDocumentLink, KycDocumentSource,
    KycDocumentSourceRequired, KycDocumentType, KycDocumentUpload, KycDocumentUrl, KycDocumentUrlBatch,
    KycDocumentUrlRequired, KycExternalToken, KycHandoff, KycHandoffDetails, KycMethod, KycProvider,
    KycProviderReference, KycRequirement, KycStatus, KycSubmission, KycUpdate, KycVerificationRunStatus,
    NewPartnerUser, NewPartnerUserRequired, PaymentDetailsWithInstitution,
    PaymentDetailsWithInstitutionRequired, PaymentDetailsWithoutInstitution,
    PaymentDetailsWithoutInstitutionRequired, RailWithoutInstitution, RegistryIdType, SourceOfFunds,
    VerificationState, WalletType,
};
use partner_client::{JsonObject, Upload};
use partner_sandbox::Sandbox;
use reqwest::Method;
use serde_json::{Value, json};
use support::{build_request, expect_failure, failure_with_code, sandbox, unigox};
use uuid::Uuid;

async fn customer(unigox: &Client) -> UserUuid {
    let user = unigox
        .create_partner_user(NewPartnerUser::new(NewPartnerUserRequired {
            user_ref: "customer-42".into(),
            email: "a@example.com".into(),
        }))
        .await
        .unwrap();
    user.user_uuid().unwrap()
}

fn applicant() -> KycApplicant {
    KycApplicant::new(KycApplicantRequired {
        first_name: "Erika".into(),
        last_name: "Example".into(),
        country_code: "DE".into(),
    })
    .date_of_birth("1990-05-15".parse().unwrap())
}

fn direct(applicant: KycApplicant) -> KycSubmission {
    applicant.into()
}

fn picture() -> Upload {
    Upload::from_bytes("picture.jpg", vec![0; 2000])
}

/// Sends a body that the typed client cannot send, and returns the error key of the response.
async fn error_key(sandbox: &Sandbox, method: Method, path: &str, body: &Value) -> Value {
    let response = build_request(method, sandbox.unigox_base_url(), path).json(body).send().await.unwrap();
    assert_eq!(response.status(), 400, "{body}");
    response.json::<Value>().await.unwrap()["data"]["error_key"].take()
}

#[tokio::test]
async fn the_key_is_checked() {
    let sandbox = sandbox().await;
    assert_eq!(unigox(&sandbox).verify_auth().await.unwrap().authenticated, Some(true));
}

#[tokio::test]
async fn one_reference_is_one_customer() {
    let sandbox = sandbox().await;
    let unigox = unigox(&sandbox);
    let new = NewPartnerUser::new(NewPartnerUserRequired {
        user_ref: "customer-42".into(),
        email: "a@example.com".into(),
    });
    let first = unigox.create_partner_user(new.clone()).await.unwrap();
    assert_eq!((first.http_status().as_u16(), &first.kyc_status), (201, &Some(KycStatus::NotInitiated)));
    assert_eq!(first.id, first.user_uuid);
    let again = unigox.create_partner_user(new.clone()).await.unwrap();
    assert_eq!((again.http_status().as_u16(), again.user_uuid), (200, first.user_uuid));

    let external = new.wallet_type(WalletType::ExternalWallet);
    assert_eq!(
        expect_failure(unigox.create_partner_user(external).await),
        failure_with_code(409, "WALLET_TYPE_MISMATCH")
    );
    let external = NewPartnerUser::new(NewPartnerUserRequired {
        user_ref: "customer-43".into(),
        email: "b@example.com".into(),
    })
    .wallet_type(WalletType::ExternalWallet);
    assert_eq!(
        expect_failure(unigox.create_partner_user(external).await),
        failure_with_code(403, "FEATURE_NOT_ENABLED")
    );
}

#[tokio::test]
async fn a_customer_needs_a_reference_and_an_address() {
    let sandbox = sandbox().await;
    let path = "/api/v1/partner/users";
    let key = |body| {
        let sandbox = &sandbox;
        async move { error_key(sandbox, Method::POST, path, &body).await }
    };
    assert_eq!(key(json!({ "user_ref": "x" })).await, "required_fields_missing");
    assert_eq!(key(json!({ "user_ref": " ", "email": "a@example.com" })).await, "required_fields_missing");
    assert_eq!(key(json!({ "user_ref": 1, "email": "a@example.com" })).await, "invalid_field_value");
    let result = unigox(&sandbox)
        .create_partner_user(NewPartnerUser::new(NewPartnerUserRequired {
            user_ref: "x".into(),
            email: "nowhere".into(),
        }))
        .await;
    assert_eq!(expect_failure(result), (400, None));
}

#[tokio::test]
async fn an_unknown_customer_is_404_without_a_body() {
    let sandbox = sandbox().await;
    let unigox = unigox(&sandbox);
    let nobody = UserUuid::from(Uuid::new_v4());
    let error = unigox.get_partner_user(nobody).await.unwrap_err();
    assert!(error.is_not_found() && error.body().is_empty());
    assert_eq!(expect_failure(unigox.submit_kyc(nobody, direct(applicant())).await), (404, None));
    assert_eq!(
        expect_failure(unigox.upload_kyc_document(nobody, KycDocumentType::Selfie, picture()).await),
        (404, None)
    );
    assert_eq!(expect_failure(unigox.run_kyc_verification(nobody).await), (404, None));
    assert_eq!(
        expect_failure(unigox.update_kyc(nobody, KycUpdate::new().city("Vilnius")).await),
        (404, None)
    );
    assert_eq!(expect_failure(unigox.get_verification_status(nobody).await), (404, None));
    assert_eq!(expect_failure(unigox.list_payment_details(nobody).await), (404, None));
    assert_eq!(expect_failure(unigox.delete_payment_details(nobody, "987".into()).await), (404, None));
    let malformed = build_request(Method::GET, sandbox.unigox_base_url(), "/api/v1/partner/users/7")
        .send()
        .await
        .unwrap();
    assert_eq!(malformed.status(), 404);
}

#[tokio::test]
async fn a_customer_is_verified_step_by_step() {
    let sandbox = sandbox().await;
    let unigox = unigox(&sandbox);
    let user = customer(&unigox).await;
    let status = async || unigox.get_verification_status(user).await.unwrap().into_inner().status.unwrap();
    assert_eq!(expect_failure(unigox.run_kyc_verification(user).await), (400, None));
    assert_eq!(
        expect_failure(unigox.upload_kyc_document(user, KycDocumentType::Selfie, picture()).await),
        (404, None)
    );
    assert_eq!(status().await, VerificationState::NotInitiated);

    let submitted = unigox.submit_kyc(user, direct(applicant())).await.unwrap();
    assert_eq!((&submitted.kyc_status, &submitted.verification_url), (&Some(KycStatus::InProgress), &None));
    assert_eq!(status().await, VerificationState::PendingDocuments);
    let run = unigox.run_kyc_verification(user).await.unwrap();
    let missing = vec![KycRequirement::IdentityDocument, KycRequirement::Selfie];
    assert_eq!((run.ready, &run.missing), (Some(false), &Some(missing)));

    let uploaded = unigox.upload_kyc_document(user, KycDocumentType::Selfie, picture()).await.unwrap();
    let KycDocumentUpload::Accepted(uploaded) = uploaded.into_inner() else { panic!() };
    assert_eq!((uploaded.document_type.as_str(), uploaded.file_name.as_str()), ("selfie", "picture.jpg"));
    let run = unigox.run_kyc_verification(user).await.unwrap();
    assert_eq!(run.missing, Some(vec![KycRequirement::IdentityDocument]));
    unigox.upload_kyc_document(user, KycDocumentType::PassportFront, picture()).await.unwrap();
    for _ in 0..2 {
        let run = unigox.run_kyc_verification(user).await.unwrap();
        assert_eq!((run.ready, &run.status), (Some(true), &Some(KycVerificationRunStatus::InProgress)));
    }

    assert_eq!(status().await, VerificationState::InProgress);
    assert_eq!(status().await, VerificationState::InProgress);
    assert_eq!(status().await, VerificationState::Verified);
    let run = unigox.run_kyc_verification(user).await.unwrap();
    assert_eq!(run.status, Some(KycVerificationRunStatus::Verified));
    let profile = unigox.get_partner_user(user).await.unwrap();
    let kyc = profile.kyc.as_ref().unwrap();
    assert_eq!((&kyc.status, &kyc.kyc_method), (&Some(KycStatus::Verified), &Some(KycMethod::DirectData)));
    assert_eq!(kyc.first_name.as_deref(), Some("Erika"));
    assert_eq!(profile.fiat_account_issuance.as_ref().unwrap().ready, Some(false));
}

#[tokio::test]
async fn a_registry_number_replaces_the_document() {
    let sandbox = sandbox().await;
    let unigox = unigox(&sandbox);
    let user = customer(&unigox).await;
    let numbered = applicant().id_number("00000000000");
    let refused = unigox.submit_kyc(user, direct(numbered.clone())).await;
    assert_eq!(expect_failure(refused), failure_with_code(400, "invalid_identity_number_type"));
    let refused = unigox.submit_kyc(user, direct(numbered.clone().id_type("LIBRARY_CARD".into()))).await;
    assert_eq!(expect_failure(refused), failure_with_code(400, "invalid_identity_number_type"));
    unigox.submit_kyc(user, direct(numbered.id_type(RegistryIdType::Nin))).await.unwrap();
    let run = unigox.run_kyc_verification(user).await.unwrap();
    assert_eq!(run.missing, Some(vec![KycRequirement::Selfie]));
}

#[tokio::test]
async fn a_rejected_customer_has_a_status_of_their_own() {
    let sandbox = sandbox().await;
    let unigox = unigox(&sandbox);
    let user = customer(&unigox).await;
    let rejected = KycApplicant::new(KycApplicantRequired {
        first_name: "Erika".into(),
        last_name: Sandbox::REJECTED_LAST_NAME.into(),
        country_code: "DE".into(),
    })
    .date_of_birth("1990-05-15".parse().unwrap());
    unigox.submit_kyc(user, direct(rejected)).await.unwrap();
    for document in [KycDocumentType::Selfie, KycDocumentType::Passport] {
        unigox.upload_kyc_document(user, document, picture()).await.unwrap();
    }
    unigox.run_kyc_verification(user).await.unwrap();
    let mut status = None;
    for _ in 0..3 {
        status = unigox.get_verification_status(user).await.unwrap().into_inner().status;
    }
    assert_eq!(status, Some(VerificationState::VerificationRejected));
    let kyc = unigox.get_partner_user(user).await.unwrap().into_inner().kyc.unwrap();
    assert!(kyc.rejection_reason.is_some());
}

#[tokio::test]
async fn a_check_by_a_provider_requires_the_providers_reference() {
    let sandbox = sandbox().await;
    let unigox = unigox(&sandbox);
    let user = customer(&unigox).await;
    let token = |reference| KycExternalToken::new(reference);
    let bare = KycProviderReference::new(KycProvider::Persona).token("not-for-persona");
    assert_eq!(
        expect_failure(unigox.submit_kyc(user, token(bare)).await),
        failure_with_code(400, "required_fields_missing")
    );
    let whole = KycProviderReference::new(KycProvider::Sumsub).token("sumsub_external_session_id");
    unigox.submit_kyc(user, token(whole)).await.unwrap();
    assert_eq!(expect_failure(unigox.run_kyc_verification(user).await), (400, None));
    let status = unigox.get_verification_status(user).await.unwrap();
    assert_eq!(status.status, Some(VerificationState::InProgress));
}

#[tokio::test]
async fn a_handoff_returns_a_link() {
    let sandbox = sandbox().await;
    let unigox = unigox(&sandbox);
    let user = customer(&unigox).await;
    let submitted = unigox.submit_kyc(user, KycHandoff::new(KycHandoffDetails::new())).await.unwrap();
    assert!(submitted.verification_url.as_ref().is_some_and(|url| url.starts_with("https://")));
    let status = unigox.get_verification_status(user).await.unwrap();
    assert_eq!(status.verification_url, submitted.verification_url);
    assert!(status.verification_seconds_left.is_some());
}

#[tokio::test]
async fn dates_of_birth_are_checked() {
    let sandbox = sandbox().await;
    let unigox = unigox(&sandbox);
    let user = customer(&unigox).await;
    let young = KycApplicant::new(KycApplicantRequired {
        first_name: "Erika".into(),
        last_name: "Example".into(),
        country_code: "DE".into(),
    })
    .date_of_birth("2020-01-01".parse().unwrap());
    assert_eq!(
        expect_failure(unigox.submit_kyc(user, direct(young)).await),
        failure_with_code(400, "underage_not_allowed")
    );
    let young = KycUpdate::new().date_of_birth("2020-01-01".parse().unwrap());
    assert_eq!(
        expect_failure(unigox.update_kyc(user, young).await),
        failure_with_code(400, "underage_not_allowed")
    );
    let path = format!("/api/v1/partner/users/{user}/kyc-submissions");
    for dob in [json!("1990-02-30"), json!("2999-01-01"), json!(19900101)] {
        let pii = json!({ "first_name": "Erika", "last_name": "Example", "country_code": "DE", "dob": dob });
        let body = json!({ "method": "direct_data", "data": { "pii": pii } });
        assert_eq!(error_key(&sandbox, Method::POST, &path, &body).await, "invalid_date_of_birth");
    }
    let incomplete = json!({ "method": "direct_data", "data": { "pii": { "first_name": "Erika" } } });
    assert_eq!(error_key(&sandbox, Method::POST, &path, &incomplete).await, "required_fields_missing");
}

#[tokio::test]
async fn pictures_are_checked_by_type_and_size() {
    let sandbox = sandbox().await;
    let unigox = unigox(&sandbox);
    let user = customer(&unigox).await;
    unigox.submit_kyc(user, direct(applicant())).await.unwrap();
    let upload =
        async |kind: &str, file| expect_failure(unigox.upload_kyc_document(user, kind.into(), file).await);
    assert_eq!(upload("selfie", Upload::from_bytes("me.txt", vec![0; 10])).await, (400, None));
    assert_eq!(upload("selfie", Upload::from_bytes("me.png", Vec::new())).await, (400, None));
    assert_eq!(
        upload("selfie", Upload::from_bytes("me.png", vec![0; 10 * 1024 * 1024 + 1])).await,
        (400, None)
    );
    assert_eq!(upload("horoscope", picture()).await, (400, None));
    let full = Upload::from_bytes("me.png", vec![0; 10 * 1024 * 1024]);
    assert!(unigox.upload_kyc_document(user, KycDocumentType::Selfie, full).await.is_ok());
}

#[tokio::test]
async fn pictures_can_be_linked() {
    let sandbox = sandbox().await;
    let unigox = unigox(&sandbox);
    let user = customer(&unigox).await;
    unigox.submit_kyc(user, direct(applicant())).await.unwrap();
    let link = |body: KycDocumentLink| unigox.upload_kyc_document_by_url(user, body);
    let single = |url: &str| {
        KycDocumentUrl::new(KycDocumentUrlRequired {
            document_type: KycDocumentType::IdentityFront,
            url: url.into(),
        })
        .into()
    };
    let response = link(single("https://example.com/a/id-front.jpg?x=1")).await.unwrap().into_inner();
    assert!(
        matches!(response, KycDocumentUpload::Accepted(document) if document.file_name == "id-front.jpg")
    );
    assert_eq!(expect_failure(link(single("http://example.com/id-front.jpg")).await), (400, None));

    let source = |url: &str| {
        KycDocumentSource::new(KycDocumentSourceRequired {
            document_type: KycDocumentType::Selfie,
            url: url.into(),
        })
    };
    let batch = |sources: Vec<_>| KycDocumentUrlBatch::new(sources).into();
    let both = vec![source("https://example.com/me.jpg"), source("ftp://example.com/me.jpg")];
    let KycDocumentUpload::BatchAccepted(receipt) = link(batch(both)).await.unwrap().into_inner() else {
        panic!()
    };
    assert_eq!((receipt.uploaded.len(), receipt.errors.map(|errors| errors.len())), (1, Some(1)));
    assert_eq!(expect_failure(link(batch(vec![source("ftp://example.com/me.jpg")])).await), (400, None));
    assert_eq!(
        expect_failure(link(batch(vec![source("https://example.com/me.jpg"); 11])).await),
        (400, None)
    );
    assert!(unigox.run_kyc_verification(user).await.unwrap().ready.unwrap());
}

#[tokio::test]
async fn an_update_with_an_invalid_field_changes_nothing() {
    let sandbox = sandbox().await;
    let unigox = unigox(&sandbox);
    let user = customer(&unigox).await;
    unigox.submit_kyc(user, direct(applicant())).await.unwrap();
    let address = KycUpdate::new().address("Svitrigailos g 29").city("Vilnius").postal_code("03229");
    let outcome = unigox.update_kyc(user, address).await.unwrap();
    assert_eq!(outcome.updated_fields.as_ref().unwrap(), &["address", "city", "postal_code"]);
    let long = KycUpdate::new().gender(Gender::from("FEMALE")).source_of_funds(SourceOfFunds::Salary);
    assert!(unigox.update_kyc(user, long).await.is_ok());
    assert_eq!(
        unigox.update_kyc(user, KycUpdate::new().city(" ")).await.unwrap().updated_fields,
        Some(vec![])
    );

    let update = async |update| expect_failure(unigox.update_kyc(user, update).await);
    assert_eq!(update(KycUpdate::new()).await, failure_with_code(400, "no_valid_kyc_fields"));
    assert_eq!(update(KycUpdate::new().gender("X".into())).await, failure_with_code(400, "invalid_gender"));
    assert_eq!(
        update(KycUpdate::new().nationality("Lithuania".into())).await,
        failure_with_code(400, "invalid_country_code")
    );
    let funds = KycUpdate::new().city("Kaunas").source_of_funds("lottery".into());
    assert_eq!(update(funds).await, failure_with_code(400, "invalid_source_of_funds"));
    let path = format!("/api/v1/partner/users/{user}/kyc");
    let nested = json!({ "city": ["Kaunas"] });
    assert_eq!(error_key(&sandbox, Method::PATCH, &path, &nested).await, "invalid_field_value");
    assert_eq!(
        error_key(&sandbox, Method::PATCH, &path, &json!({ "first_name": "X" })).await,
        "no_valid_kyc_fields"
    );

    let profile = unigox.get_partner_user(user).await.unwrap();
    let missing = profile.fiat_account_issuance.as_ref().unwrap().missing_fields.as_ref().unwrap();
    assert_eq!(missing, &["id_number", "id_type"]);
    assert_eq!(profile.kyc.as_ref().unwrap().status, Some(KycStatus::InProgress));
}

#[tokio::test]
async fn payment_details_are_created_listed_and_deleted() {
    let sandbox = sandbox().await;
    let unigox = unigox(&sandbox);
    let user = customer(&unigox).await;
    let details = JsonObject::from([("iban", "DE89370400440532013000")]);
    let sepa = PaymentDetailsWithoutInstitution::new(PaymentDetailsWithoutInstitutionRequired {
        currency: "EUR".into(),
        rail: RailWithoutInstitution::IbanSepa,
        details: details.clone(),
    });
    let stored = unigox.create_payment_details(user, sepa).await.unwrap();
    assert_eq!((stored.http_status().as_u16(), stored.rail.clone()), (201, Some("iban-sepa".into())));
    let id = stored.payment_details_id.clone().unwrap();
    let cvu = [("cvu", "0000003100000001234567")];
    let institution = PaymentDetailsWithInstitution::new(PaymentDetailsWithInstitutionRequired {
        currency: "ARS".into(),
        rail: "cvu-cbu".into(),
        details: cvu.into(),
        institution_id: "uala".into(),
    });
    unigox.create_payment_details(user, institution).await.unwrap();

    let read = unigox.get_payment_details(user, id.clone()).await.unwrap();
    assert_eq!(read.details, Some(details));
    assert_eq!(unigox.list_payment_details(user).await.unwrap().len(), 2);
    let profiles = unigox.get_partner_user(user).await.unwrap().into_inner().payment_profiles.unwrap();
    assert_eq!(profiles[0].id.as_ref(), Some(&id));
    assert!(unigox.delete_payment_details(user, id.clone()).await.unwrap().message.is_some());
    assert_eq!(expect_failure(unigox.delete_payment_details(user, id.clone()).await), (404, None));
    assert_eq!(expect_failure(unigox.get_payment_details(user, id.clone()).await), (404, None));
    assert_eq!(
        expect_failure(unigox.get_payment_details(user, "x".into()).await),
        failure_with_code(400, "required_fields_missing")
    );
}

#[tokio::test]
async fn payment_details_have_to_fit_their_rail() {
    let sandbox = sandbox().await;
    let unigox = unigox(&sandbox);
    let user = customer(&unigox).await;
    let bare = PaymentDetailsWithoutInstitution::new(PaymentDetailsWithoutInstitutionRequired {
        currency: "EUR".into(),
        rail: RailWithoutInstitution::IbanSepa,
        details: JsonObject::new(),
    });
    let error = unigox.create_payment_details(user, bare).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 422);
    assert!(error.message().unwrap().contains("iban"), "{error}");
    let path = format!("/api/v1/partner/users/{user}/payment-details");
    let no_institution = json!({ "currency": "ARS", "rail": "cvu-cbu", "details": {} });
    assert_eq!(error_key(&sandbox, Method::POST, &path, &no_institution).await, "invalid_payment_details");
}
