//! Bodies that are built by hand with everything that can be set, compared with the examples of the document.

use partner_client::p100::{
    AccountOpeningReason, IncomeSource, KycDocumentType, NewKycVerification, NewKycVerificationRequired,
    NewUserAccount, NewUserAccountRequired, Occupation, UserVerificationDocument,
};
use partner_spec::Api;
use partner_tests::contract::Contract;
use serde_json::{Value, json};

use partner_tests::p100::sent;

const USER: &str = "bca65c48-df49-4831-a7b2-de7903321581";

fn example(operation: &str, name: &str) -> Value {
    Contract::read(Api::P100).operation(operation).request_example("application/json", name)
}

fn account() -> NewUserAccount {
    let born = "1990-05-15".parse().unwrap();
    NewUserAccount::new(NewUserAccountRequired {
        external_user_id: USER.into(),
        email: "user@example.com".into(),
        phone: "48123123123".into(),
        first_name: "Jan".into(),
        last_name: "Example".into(),
        street: "ul. Marszałkowska".into(),
        house_number: "123/5".into(),
        city: "Warszawa".into(),
        post_code: "00-001".into(),
        country: "PL".into(),
        citizenship: "PL".into(),
        birth_date: born,
        has_accepted_p100_terms: true,
    })
}

#[tokio::test]
async fn a_user_is_created_with_every_property() {
    let body =
        account().nationality("PL".into()).birth_country("PL".into()).user_identification_number("123456789");
    let request = sent(|client| client.create_user_account(body)).await;
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("POST", "/v1/user/balances/crypto-and-fiat")
    );
    assert_eq!(request.json(), example("createUserAccount", ""));
}

#[tokio::test]
async fn what_is_not_set_is_not_sent() {
    let mut expected = example("createUserAccount", "");
    for key in ["nationality", "birthCountry", "userIdentificationNumber"] {
        assert!(expected.as_object_mut().unwrap().remove(key).is_some());
    }
    assert_eq!(sent(|client| client.create_user_account(account())).await.json(), expected);
}

#[tokio::test]
async fn a_verification_is_created_for_a_salary_and_for_a_business() {
    let body = NewKycVerification::new(NewKycVerificationRequired {
        external_user_id: USER.into(),
        document_type: KycDocumentType::Passport,
        country: "PL".into(),
        income_source: IncomeSource::Salary,
        account_opening_reason: AccountOpeningReason::DailyUse,
    })
    .occupation(Occupation::InformationTechnology)
    .additional_info("Works for Example Ltd since 2020");
    let request = sent(|client| client.create_kyc_verification(body)).await;
    assert_eq!(request.json(), example("createKycVerification", "salary"));

    let body = NewKycVerification::new(NewKycVerificationRequired {
        external_user_id: USER.into(),
        document_type: KycDocumentType::IdCard,
        country: "PL".into(),
        income_source: IncomeSource::BusinessActivity,
        account_opening_reason: AccountOpeningReason::CurrencyExchange,
    })
    .tax_id("0000000000");
    let request = sent(|client| client.create_kyc_verification(body)).await;
    assert_eq!(request.json(), example("createKycVerification", "business"));
}

#[tokio::test]
async fn a_value_with_an_odd_spelling_is_sent_as_the_vendor_spells_it() {
    let body = NewKycVerification::new(NewKycVerificationRequired {
        external_user_id: USER.into(),
        document_type: KycDocumentType::from("STUDENT_CARD"),
        country: "PL".into(),
        income_source: IncomeSource::Other,
        account_opening_reason: AccountOpeningReason::InvestmentsOrCryptocurrencies,
    });
    let json = sent(|client| client.create_kyc_verification(body)).await.json();
    assert_eq!(json["openAccountReason"], "INVESTMENTS_OR_CRYPTOCURRENCIE");
    assert_eq!(json["documentType"], "STUDENT_CARD");
}

#[tokio::test]
async fn a_document_is_submitted_with_undocumented_properties() {
    let body =
        UserVerificationDocument::new(USER.into()).document_type("PASSPORT").document_number("AB0000000");
    let request = sent(|client| client.add_user_verification(body.clone())).await;
    assert_eq!(request.json(), example("addUserVerification", ""));

    let body = body.extra("documentExpiry", "2030-01-01".into()).extra("incomes", vec![1, 2].into());
    let request = sent(|client| client.add_user_verification(body)).await;
    let expected = json!({
        "externalUserId": USER, "documentType": "PASSPORT", "documentNumber": "AB0000000",
        "documentExpiry": "2030-01-01", "incomes": [1, 2],
    });
    assert_eq!(request.json(), expected);
}

#[tokio::test]
async fn a_field_that_has_a_name_is_sent_once() {
    let body = UserVerificationDocument::new(USER.into())
        .document_type("PASSPORT")
        .extra("documentType", "ID_CARD".into());
    let request = sent(|client| client.add_user_verification(body)).await;
    let text = String::from_utf8(request.body).unwrap();
    assert_eq!(text.matches("documentType").count(), 1, "{text}");
}

#[tokio::test]
async fn ids_in_the_path_are_escaped_and_in_order() {
    let request = sent(|client| client.get_kyc_verification_page("a b/ü%?".into(), "#2".into())).await;
    assert_eq!(request.target, "/v1/kyc/verification/a%20b%2F%C3%BC%25%3F/%232");
    let request = sent(|client| client.get_kyc_status("a b/ü%?".into())).await;
    assert_eq!(request.target, "/v1/kyc/status/a%20b%2F%C3%BC%25%3F");
}

#[tokio::test]
async fn the_page_for_the_browser_is_fetched_without_a_key() {
    let request = sent(|client| client.get_kyc_verification_page("1".into(), "2".into())).await;
    assert!(!format!("{request:?}").contains("pk_live"), "{request:?}");
    assert_eq!(request.header("x-api-key"), None);
}
