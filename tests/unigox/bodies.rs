//! Bodies that are built by hand with everything that can be set, compared with the examples of the document.

use partner_client::JsonObject;
use partner_client::unigox::{
    Gender, IdentityDocumentType, KycApplicant, KycApplicantRequired, KycDocumentSource,
    KycDocumentSourceRequired, KycDocumentType, KycDocumentUrl, KycDocumentUrlBatch, KycDocumentUrlRequired,
    KycExternalToken, KycHandoff, KycHandoffApplicant, KycHandoffDetails, KycProvider, KycProviderReference,
    KycUpdate, NewPartnerUser, NewPartnerUserRequired, PaymentDetailsWithInstitution,
    PaymentDetailsWithInstitutionRequired, PaymentDetailsWithoutInstitution,
    PaymentDetailsWithoutInstitutionRequired, RailWithoutInstitution, RegistryIdType, SourceOfFunds,
    WalletType,
};
use partner_spec::Api;
use partner_tests::capture::Capture;
use partner_tests::case::uuid;
use partner_tests::contract::Contract;
use serde_json::{Value, json};

use partner_tests::unigox::client;
use partner_tests::unigox::sent;

fn example(operation: &str, name: &str) -> Value {
    Contract::read(Api::Unigox).operation(operation).request_example("application/json", name)
}

fn details(json: Value) -> JsonObject {
    JsonObject::from_serialize(&json).unwrap()
}

fn date(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_customer_is_created_from_what_is_required() {
    let body = NewPartnerUser::new(NewPartnerUserRequired {
        user_ref: "partner_unique_id_123".into(),
        email: "user@example.com".into(),
    });
    let request = sent(|client| client.create_partner_user(body)).await;
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/api/v1/partner/users"));
    assert_eq!(request.json(), example("createPartnerUser", "partner_wallet"));
}

#[tokio::test]
async fn a_customer_is_created_with_a_wallet_of_their_own() {
    let body =
        NewPartnerUser::new(NewPartnerUserRequired { user_ref: "42".into(), email: "a@example.com".into() })
            .wallet_type(WalletType::ExternalWallet);
    let request = sent(|client| client.create_partner_user(body)).await;
    let expected = json!({"user_ref": "42", "email": "a@example.com", "wallet_type": "external_wallet"});
    assert_eq!(request.json(), expected);
}

#[tokio::test]
async fn personal_data_are_submitted_with_and_without_a_registry_number() {
    let pii = KycApplicant::new(KycApplicantRequired {
        first_name: "John".into(),
        last_name: "Doe".into(),
        country_code: "NG".into(),
    })
    .date_of_birth(date("1990-01-01"))
    .address("123 Street Name, Lagos")
    .postal_code("100001");
    let request = sent(|client| client.submit_kyc(uuid().into(), pii)).await;
    assert_eq!(request.json(), example("submitKyc", "direct_data"));

    let pii = KycApplicant::new(KycApplicantRequired {
        first_name: "Chidi".into(),
        last_name: "Okafor".into(),
        country_code: "NG".into(),
    })
    .date_of_birth(date("1990-05-05"))
    .id_number("12345678901")
    .id_type(RegistryIdType::Nin);
    let request = sent(|client| client.submit_kyc(uuid().into(), pii)).await;
    assert_eq!(request.json(), example("submitKyc", "direct_data_nin_bvn"));
}

#[tokio::test]
async fn all_personal_data_are_submitted_under_their_own_keys() {
    let pii = KycApplicant::new(KycApplicantRequired {
        first_name: "a".into(),
        last_name: "b".into(),
        country_code: "LT".into(),
    })
    .middle_name("c")
    .phone_number("+370")
    .city("d")
    .id_type(RegistryIdType::from("SOMETHING_NEW"));
    let request = sent(|client| client.submit_kyc(uuid().into(), pii)).await;
    let pii = json!({
        "first_name": "a", "last_name": "b", "country_code": "LT", "middle_name": "c", "phone_number": "+370",
        "city": "d", "id_type": "SOMETHING_NEW",
    });
    assert_eq!(request.json(), json!({"method": "direct_data", "data": {"pii": pii}}));
}

#[tokio::test]
async fn a_check_of_another_provider_is_submitted() {
    let reference = KycProviderReference::new(KycProvider::Sumsub).token("sumsub_external_session_id");
    let request = sent(|client| client.submit_kyc(uuid().into(), KycExternalToken::new(reference))).await;
    assert_eq!(request.json(), example("submitKyc", "external_token_with_sumsub"));

    let reference =
        KycProviderReference::new(KycProvider::Persona).inquiry_id("inq_CWQzc5afzD4dmF66EJqjdPC2T79C");
    let request = sent(|client| client.submit_kyc(uuid().into(), KycExternalToken::new(reference))).await;
    assert_eq!(request.json(), example("submitKyc", "external_token_with_persona"));
}

#[tokio::test]
async fn a_handoff_is_submitted_with_what_is_known() {
    let pii = KycHandoffApplicant::new().first_name("John").last_name("Doe").country_code("NG".into());
    let request = sent(|client| {
        client.submit_kyc(uuid().into(), KycHandoff::new(KycHandoffDetails::new().applicant(pii)))
    })
    .await;
    assert_eq!(request.json(), example("submitKyc", "handoff"));

    let request =
        sent(|client| client.submit_kyc(uuid().into(), KycHandoff::new(KycHandoffDetails::new()))).await;
    assert_eq!(request.json(), json!({"method": "handoff", "data": {}}));
}

#[tokio::test]
async fn documents_are_linked_one_by_one_and_in_a_batch() {
    let link = KycDocumentUrl::new(KycDocumentUrlRequired {
        document_type: KycDocumentType::IdentityFront,
        url: "https://example.com/id-front.jpg".into(),
    });
    let request = sent(|client| client.upload_kyc_document_by_url(uuid().into(), link)).await;
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.json(), example("uploadKycDocument", "single_url"));

    let batch = KycDocumentUrlBatch::new([
        KycDocumentSource::new(KycDocumentSourceRequired {
            document_type: KycDocumentType::IdentityFront,
            url: "https://example.com/id-front.jpg".to_owned(),
        }),
        KycDocumentSource::new(KycDocumentSourceRequired {
            document_type: KycDocumentType::Selfie,
            url: "https://example.com/selfie.jpg".to_owned(),
        }),
    ]);
    let request = sent(|client| client.upload_kyc_document_by_url(uuid().into(), batch)).await;
    assert_eq!(request.json(), example("uploadKycDocument", "batch_url"));
}

#[tokio::test]
async fn an_update_holds_only_what_was_set() {
    let update = KycUpdate::new().address("Svitrigailos g 29").city("Vilnius").postal_code("03229");
    let request = sent(|client| client.update_kyc(uuid().into(), update)).await;
    assert_eq!(request.method, "PATCH");
    assert_eq!(request.json(), example("updateKyc", "address"));

    let update = KycUpdate::new()
        .date_of_birth(date("1990-01-01"))
        .phone_number("+37012345678")
        .id_number("AK9931245")
        .id_type(IdentityDocumentType::Passport)
        .middle_name("James")
        .gender(Gender::Female)
        .nationality("LT".into())
        .id_issue_country("LT".into())
        .source_of_funds(SourceOfFunds::Salary);
    let request = sent(|client| client.update_kyc(uuid().into(), update)).await;
    assert_eq!(request.json(), example("updateKyc", "sender_identity"));

    let request = sent(|client| client.update_kyc(uuid().into(), KycUpdate::new())).await;
    assert_eq!(request.json(), json!({}));
}

#[tokio::test]
async fn payment_details_are_stored_with_and_without_an_institution() {
    let iban = json!({"full_name": "John Doe", "iban": "DE89370400440532013000"});
    let body = PaymentDetailsWithoutInstitution::new(PaymentDetailsWithoutInstitutionRequired {
        currency: "EUR".into(),
        rail: RailWithoutInstitution::IbanSepa,
        details: details(iban),
    })
    .country_code("DE".into());
    let request = sent(|client| client.create_payment_details(uuid().into(), body)).await;
    assert_eq!(request.json(), example("createPaymentDetails", "iban-sepa"));

    let cvu = json!({"cvu": "0000003100000001234567", "alias": "john.doe", "phone_number": "+541112345678"});
    let body = PaymentDetailsWithInstitution::new(PaymentDetailsWithInstitutionRequired {
        currency: "ARS".into(),
        rail: "cvu-cbu".into(),
        details: details(cvu),
        institution_id: "uala".into(),
    })
    .country_code("AR".into());
    let request = sent(|client| client.create_payment_details(uuid().into(), body)).await;
    assert_eq!(request.json(), example("createPaymentDetails", "cvu-argentina"));
}

#[tokio::test]
async fn details_of_any_shape_are_sent_as_they_are() {
    let free = json!({"nested": {"list": [1, null, true, "ü\n\"€\""]}, "big": 9_007_199_254_740_993_i64});
    let body = PaymentDetailsWithoutInstitution::new(PaymentDetailsWithoutInstitutionRequired {
        currency: "NGN".into(),
        rail: RailWithoutInstitution::NipNigeria,
        details: details(free.clone()),
    })
    .institution_id("058".into());
    let request = sent(|client| client.create_payment_details(uuid().into(), body)).await;
    let expected =
        json!({"currency": "NGN", "rail": "nip-nigeria", "details": free, "institution_id": "058"});
    assert_eq!(request.json(), expected);
}

#[tokio::test]
async fn a_base_url_with_a_path_is_kept_in_front() {
    let server = Capture::responding(503, "text/plain", "").await;
    for suffix in ["/proxy/unigox", "/proxy/unigox/"] {
        let base_url = format!("{}{suffix}", server.base_url());
        assert!(client(&base_url).verify_auth().await.is_err());
    }
    let targets: Vec<String> = server.received().into_iter().map(|request| request.target).collect();
    assert_eq!(targets, ["/proxy/unigox/api/v1/partner/verify-auth"; 2]);
}

#[tokio::test]
async fn headers_of_one_call_are_added_to_it_alone() {
    let server = Capture::responding(503, "text/plain", "").await;
    let client = client(server.base_url());
    assert!(client.verify_auth().header("X-Request-Id", "42").header("x-trace", "a b").await.is_err());
    assert!(client.verify_auth().await.is_err());
    let received = server.received();
    assert_eq!(
        (received[0].header("x-request-id"), received[0].header("x-trace")),
        (Some("42"), Some("a b"))
    );
    assert_eq!((received[1].header("x-request-id"), received[1].header("x-trace")), (None, None));
    assert!(received[0].header("x-api-key").is_some());
}
