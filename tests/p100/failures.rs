//! The errors of failures, one of each kind.

use std::time::Duration;

use partner_client::http::Method;
use partner_client::p100::{
    AddProofOfAddressFilesOutcome, Client, Currency, ErrorCode, NewPartnerSepaTransfer,
    NewPartnerSepaTransferRequired, TransferReceipt, UserVerificationDocument,
};
use partner_client::{Error, ErrorKind, RetryPolicy, Upload};
use partner_spec::Api;
use partner_tests::capture::Capture;
use partner_tests::case::UUID;
use partner_tests::contract::{Contract, DocumentedResponse};
use partner_tests::schema;
use serde_json::Value;

use partner_tests::p100::{respond, respond_json};

async fn failed(status: u16, content_type: &str, body: &str) -> Error {
    respond(status, content_type, body, |client| client.get_kyc_status("1".into())).await.unwrap_err()
}

#[tokio::test]
async fn a_failure_with_code_name_and_message() {
    let body = r#"{"errorCode":"P412","errorName":"invalid-user","errorMessage":"User does not exist"}"#;
    let error = failed(400, "application/json", body).await;
    let code = ErrorCode::from_error(&error).unwrap();
    assert_eq!((&code, code.as_str()), (&ErrorCode::InvalidUser, "P412"));
    assert!(code.is_not_found() && !error.is_not_found(), "the status is 400");
    assert_eq!(error.message(), Some("User does not exist"));
    assert!(!error.is_retryable() && !error.may_have_executed());
    assert_eq!(error.to_string(), "P100 Partner API get_kyc_status: status 400, P412: User does not exist");
}

#[test]
fn a_code_is_named_after_the_error_name_that_the_vendor_sends_with_it() {
    for (code, name) in [
        ("P410", "invalid-currency"),
        ("P411", "user-exists"),
        ("P412", "invalid-user"),
        ("P418", "partner-not-found"),
        ("P424", "source-or-destination-required"),
        ("P428", "sepa-transfer-not-found"),
        ("P431", "forbidden-country"),
        ("P433", "insufficient-funds"),
        ("P434", "invalid-card"),
        ("P451", "forbidden-country-card"),
        ("P455", "user-suspended"),
    ] {
        let variant = format!("{:?}", ErrorCode::from(code));
        assert_eq!(variant.to_lowercase(), name.replace('-', ""), "{code}");
    }
    let numbers = ErrorCode::KNOWN.iter().filter(|code| format!("{code:?}") == code.as_str());
    assert_eq!(numbers.count(), 0);
}

#[tokio::test]
async fn a_service_that_is_unavailable_with_status_400_is_retryable() {
    let error = failed(400, "application/json", r#"{"errorCode":"P501"}"#).await;
    assert_eq!(ErrorCode::from_error(&error), Some(ErrorCode::ServiceUnavailable));
    assert!(error.is_retryable() && !error.may_have_executed(), "a read has no effect");
}

#[tokio::test]
async fn a_read_that_met_an_unavailable_service_is_sent_again() {
    let server = Capture::responding(400, "application/json", r#"{"errorCode":"P501"}"#).await;
    let eager = RetryPolicy::default().base_delay(Duration::ZERO);
    let client = Client::builder().api_key("key").base_url(server.base_url()).retry(eager).build().unwrap();
    let error = client.get_kyc_status("1".into()).await.unwrap_err();
    assert_eq!((error.attempt_count(), server.received().len()), (3, 3));
}

#[tokio::test]
async fn an_unknown_failure_of_the_service_may_have_executed() {
    let (error, _) = not_sent(400, r#"{"errorCode":"P500"}"#).await;
    assert_eq!(ErrorCode::from_error(&error), Some(ErrorCode::UnknownException));
    assert!(error.may_have_executed(), "P100 responds with 400 when it fails itself, at any point");
}

#[tokio::test]
async fn a_failure_whose_code_cannot_be_read_may_be_one_of_the_service() {
    for body in
        [r#"{"errorCode":"P500","errorMessage":"fi"#, "", "<html>", "7", "{}", r#"{"errorCode":500}"#, "[1"]
    {
        let (error, _) = not_sent(400, body).await;
        assert!(error.may_have_executed() && !error.is_retryable(), "{body}: {error:?}");
    }
    let (error, _) = not_sent(404, "").await;
    assert!(!error.may_have_executed(), "which has another status");
}

#[tokio::test]
async fn a_byte_that_is_not_utf_8_does_not_hide_the_code() {
    let body = b"{\"errorCode\":\"P501\",\"errorMessage\":\"Stra\xDFe\"}";
    let error =
        respond(400, "application/json", body, |client| client.get_kyc_status("1".into())).await.unwrap_err();
    assert_eq!((error.code(), error.is_retryable()), (Some("P501"), true));
    assert_eq!(&error.body()[..], body);
}

#[tokio::test]
async fn a_code_that_this_version_does_not_know_is_kept() {
    let error = failed(400, "application/json", r#"{"errorCode":"P999"}"#).await;
    assert!(
        matches!(ErrorCode::from_error(&error), Some(ErrorCode::Unrecognized(code)) if code.as_str() == "P999")
    );
}

#[tokio::test]
async fn a_refused_api_key_is_recognized_whatever_the_shape_of_the_body() {
    for (content_type, body) in [
        ("application/json", r#"{"message":"Access denied xo2"}"#),
        ("application/json", r#"{"anything":"Access denied xo2"}"#),
        ("application/json", r#"{"statusCode":401,"reason":"Access denied xo2"}"#),
        ("application/json", "\"Access denied xo2\""),
    ] {
        let error = failed(401, content_type, body).await;
        assert_eq!((error.code(), error.message()), (None, Some("Access denied xo2")), "{body}");
        assert!(error.is_unauthorized());
        assert_eq!(error.body().as_ref(), body.as_bytes());
    }
}

#[tokio::test]
async fn a_refusal_with_an_undocumented_body_shows_only_a_message() {
    for (content_type, body) in [
        ("application/json", r#"{"reason":"no rights for key-of-somebody"}"#),
        ("application/json", r#"{"request":{"key":"key-of-somebody"},"status":403}"#),
        ("application/json", "\"key-of-somebody\""),
        ("text/plain", "key-of-somebody"),
        ("text/plain; charset=utf-8", "key-of-somebody\n"),
        ("text/html", "<p>key-of-somebody</p>"),
    ] {
        for status in [401, 403] {
            let error = failed(status, content_type, body).await;
            assert_eq!((error.code(), error.message()), (None, None), "{body}");
            assert!(
                error.is_unauthorized() && !format!("{error} {error:?}").contains("somebody"),
                "{error:?}"
            );
            assert_eq!(error.body().as_ref(), body.as_bytes());
        }
    }
}

#[tokio::test]
async fn a_code_of_another_api_is_unrecognized() {
    let error = failed(404, "application/json", r#"{"errorCode":"P445"}"#).await;
    assert_eq!(ErrorCode::from_error(&error), Some(ErrorCode::KycNotFound));
    assert_eq!(partner_client::unigox::ErrorCode::from_error(&error), None);
    assert!(error.is_not_found());
}

/// The error of a call that moves money, and how often it was sent.
async fn not_sent(status: u16, body: &str) -> (Error, usize) {
    let server = Capture::responding(status, "application/json", body).await;
    let transfer = NewPartnerSepaTransfer::new(NewPartnerSepaTransferRequired {
        amount: 100.into(),
        currency: Currency::Eur,
        destination_iban: "PL00".into(),
        transfer_title: "title".into(),
    });
    let eager = RetryPolicy::default().base_delay(Duration::ZERO);
    let client = Client::builder().api_key("key").base_url(server.base_url()).retry(eager).build().unwrap();
    let error = client.create_partner_sepa_transfer(transfer).await.unwrap_err();
    let sent = server.received();
    assert!(sent.iter().all(|request| request.method == "POST"));
    (error, sent.len())
}

#[tokio::test]
async fn a_transfer_that_met_an_unavailable_service_may_have_been_made_and_is_not_sent_again() {
    for status in [400, 500, 502, 503, 504] {
        let (error, sent) = not_sent(status, r#"{"errorCode":"P501"}"#).await;
        assert_eq!((error.attempt_count(), sent, error.code()), (1, 1, Some("P501")), "{status}");
        assert!(error.may_have_executed(), "{status}");
        assert_eq!(error.is_retryable(), status != 500, "{status}: the docs have the code with 400 only");
    }
}

#[tokio::test]
async fn a_transfer_that_met_a_status_of_a_proxy_may_have_been_made_and_is_not_sent_again() {
    for status in [419, 444, 460, 499, 520, 522, 524, 598, 599] {
        let (error, sent) = not_sent(status, "").await;
        assert_eq!((error.attempt_count(), sent), (1, 1), "{status}");
        assert!(error.may_have_executed(), "{status}");
    }
}

#[tokio::test]
async fn a_transfer_that_the_server_has_no_method_for_was_not_made() {
    let (error, sent) = not_sent(501, "").await;
    assert_eq!(sent, 1);
    assert!(!error.is_retryable() && !error.may_have_executed());
}

#[tokio::test]
async fn a_transfer_that_met_an_unknown_failure_may_have_been_made_and_is_not_sent_again() {
    for (status, body) in [
        (400, r#"{"errorCode":"P500"}"#),
        (400, r#"{"errorCode":"P502"}"#),
        (400, r#"{"errorCode":"P411"}"#),
        (403, r#"{"errorCode":"P411"}"#),
        (409, ""),
        (409, r#"{"errorCode":"P502"}"#),
        (422, "{}"),
        (422, r#"{"errorCode":"P502"}"#),
        (429, r#"{"errorCode":"P411"}"#),
        (408, ""),
        (500, ""),
        (502, "{}"),
        (503, ""),
        (504, ""),
    ] {
        let (error, sent) = not_sent(status, body).await;
        assert_eq!((error.attempt_count(), sent), (1, 1), "{status} {body}");
        assert!(error.may_have_executed(), "{status} {body}");
    }
}

#[tokio::test]
async fn a_transfer_that_was_refused_was_not_made() {
    let body = r#"{"errorCode":"P433","errorName":"insufficient-funds"}"#;
    let (error, sent) = not_sent(400, body).await;
    assert_eq!((ErrorCode::from_error(&error), sent), (Some(ErrorCode::InsufficientFunds), 1));
    assert_eq!(error.message(), Some("insufficient-funds"), "without a text the name says it");
    assert!(!error.is_retryable() && !error.may_have_executed());
}

#[tokio::test]
async fn a_transfer_that_does_not_exist_is_not_found() {
    let body = r#"{"errorCode":"P428","errorName":"sepa-transfer-not-found"}"#;
    let error =
        respond_json(404, body, |client| client.get_sepa_transfer_details(UUID.into())).await.unwrap_err();
    assert_eq!(ErrorCode::from_error(&error), Some(ErrorCode::SepaTransferNotFound));
    assert!(error.is_not_found() && !error.is_retryable());
    assert_eq!(error.status().unwrap().as_u16(), 404);
    assert_eq!(error.operation().unwrap().path, "/v1/sepa-transfer/details/{transferId}");
}

/// The result of a call that moves money, for a response with a status of success.
async fn accepted(status: u16, body: &str) -> Result<partner_client::Response<TransferReceipt>, Error> {
    let transfer = NewPartnerSepaTransfer::new(NewPartnerSepaTransferRequired {
        amount: 100.into(),
        currency: Currency::Eur,
        destination_iban: "PL00".into(),
        transfer_title: "title".into(),
    });
    respond_json(status, body, |client| client.create_partner_sepa_transfer(transfer)).await
}

#[tokio::test]
async fn a_failure_with_a_status_of_success_is_a_failure_that_may_have_executed() {
    for (body, code, message) in [
        (r#"{"errorCode":"P433","errorName":"insufficient-funds"}"#, Some("P433"), "insufficient-funds"),
        (r#" {"transferId":null,"errorCode":"P433","errorMessage":"m"}"#, Some("P433"), "m"),
        (r#"{"errorCode":"P501","errorMessage":"m"}"#, Some("P501"), "m"),
        (r#"{"errorCode":"P500","errorMessage":"m"}"#, Some("P500"), "m"),
        (r#"{"errorCode":"P999","errorMessage":"m"}"#, Some("P999"), "m"),
        (r#"{"errorName":"insufficient-funds"}"#, None, "insufficient-funds"),
        (r#"{"errorCode":null,"errorMessage":["m","n"]}"#, None, "m; n"),
        (r#"{"errorCode":433}"#, None, "the API reported a failure, and gave no reason"),
    ] {
        for status in [200, 201, 202] {
            let error = accepted(status, body).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Api, "{body}");
            assert_eq!((error.code(), error.message()), (code, Some(message)), "{body}");
            assert_eq!(error.status().unwrap().as_u16(), status);
            assert!(error.may_have_executed() && !error.is_retryable(), "{body}: {error:?}");
            assert_eq!((error.attempt_count(), error.body().as_ref()), (1, body.as_bytes()));
        }
    }
}

#[tokio::test]
async fn a_failure_with_a_status_of_success_is_a_failure_also_in_a_list_or_with_a_byte_that_is_not_utf_8() {
    for body in [
        &b"{\"errorCode\":\"P433\",\"errorMessage\":\"Stra\xDFe\"}"[..],
        b"{\"transferId\":null,\"errorName\":\"\xE9\",\"errorCode\":\"P433\"}",
        br#"[{"errorCode":"P433","errorMessage":"m"}]"#,
        b"[{\"errorMessage\":\"\xE9\",\"errorCode\":\"P433\"},{}]",
    ] {
        let transfer = NewPartnerSepaTransfer::new(NewPartnerSepaTransferRequired {
            amount: 100.into(),
            currency: Currency::Eur,
            destination_iban: "PL00".into(),
            transfer_title: "title".into(),
        });
        let document = UserVerificationDocument::new("1".into());
        let call = |client: Client| client.create_partner_sepa_transfer(transfer);
        let errors = [
            respond(200, "application/json", body, call).await.map(drop).unwrap_err(),
            respond(200, "application/json", body, |client| client.add_user_verification(document))
                .await
                .map(drop)
                .unwrap_err(),
        ];
        for error in errors {
            assert_eq!((error.kind(), error.code()), (ErrorKind::Api, Some("P433")), "{error:?}");
            assert!(error.may_have_executed() && !error.is_retryable(), "{error:?}");
            assert_eq!(&error.body()[..], body);
        }
    }
}

#[tokio::test]
async fn a_list_in_place_of_the_object_that_is_read_is_a_failure() {
    let body = r#"[{"errorCode":"P412","errorMessage":"m"}]"#;
    let error = respond_json(200, body, |client| client.get_kyc_status("1".into())).await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Api, Some("P412")));
}

#[tokio::test]
async fn a_failure_with_a_status_of_success_is_a_failure_whatever_else_the_response_has() {
    let body = r#"{"errorCode":"P412","errorMessage":"User does not exist"}"#;
    let errors = [
        respond_json(200, body, |client| client.get_exchange_rates()).await.map(drop).unwrap_err(),
        respond_json(200, body, |client| client.get_kyc_verification_page("1".into(), "2".into()))
            .await
            .map(drop)
            .unwrap_err(),
        respond_json(200, body, |client| {
            client.add_user_verification(UserVerificationDocument::new("1".into()))
        })
        .await
        .map(drop)
        .unwrap_err(),
        respond_json(202, body, |client| {
            client.add_proof_of_address_files("1".into(), [Upload::from_bytes("a.pdf", "x")])
        })
        .await
        .map(drop)
        .unwrap_err(),
    ];
    for error in errors {
        assert_eq!((error.kind(), error.code()), (ErrorKind::Api, Some("P412")), "{error:?}");
    }
    let server = Capture::responding(200, "application/json", body).await;
    let client = Client::builder().api_key("key").base_url(server.base_url()).build().unwrap();
    let error = client.raw(Method::GET, "/v1/new").bytes().await.unwrap_err();
    assert_eq!(ErrorCode::from_error(&error), Some(ErrorCode::InvalidUser));
}

#[tokio::test]
async fn properties_of_a_failure_elsewhere_in_a_success_are_no_failure() {
    for body in [
        r#"{"transferId":"550e8400-e29b-41d4-a716-446655440000"}"#,
        r#"{"transferId":"550e8400-e29b-41d4-a716-446655440000","errorCode":null,"errorMessage":""}"#,
        r#"{"transferId":"550e8400-e29b-41d4-a716-446655440000","errorCode":0,"errorMessage":false}"#,
        r#"{"transferId":"550e8400-e29b-41d4-a716-446655440000","errors":["a"],"error_count":1}"#,
        r#"{"transferId":"550e8400-e29b-41d4-a716-446655440000","note":{"errorCode":"P433"}}"#,
        r#"{"transferId":"550e8400-e29b-41d4-a716-446655440000","note":"\"errorCode\":\"P433\""}"#,
        r#"{"transferId":"550e8400-e29b-41d4-a716-446655440000","error":{"description":"a field of a transfer"}}"#,
    ] {
        assert_eq!(accepted(200, body).await.unwrap().transfer_id, Some(UUID.into()), "{body}");
    }
}

#[tokio::test]
async fn a_code_that_is_documented_as_a_success_is_one() {
    let body = r#"{"errorCode":"P211","errorName":"any"}"#;
    let call =
        |client: Client| client.add_proof_of_address_files("1".into(), [Upload::from_bytes("a.pdf", "x")]);
    let pending = respond_json(202, body, call).await.unwrap();
    assert!(
        matches!(&*pending, AddProofOfAddressFilesOutcome::Accepted(pending) if pending.error_code == ErrorCode::ProofOfAddressPending)
    );
}

#[tokio::test]
async fn a_code_that_is_documented_as_a_success_is_a_failure_with_another_status_or_for_another_operation() {
    let body = r#"{"errorCode":"P211","errorName":"any"}"#;
    let mut errors = vec![
        accepted(200, body).await.unwrap_err(),
        accepted(202, body).await.unwrap_err(),
        respond_json(202, body, |client| client.get_kyc_status("1".into())).await.map(drop).unwrap_err(),
    ];
    for status in [200, 201, 203] {
        let call = |client: Client| {
            client.add_proof_of_address_files("1".into(), [Upload::from_bytes("a.pdf", "x")])
        };
        errors.push(respond_json(status, body, call).await.map(drop).unwrap_err());
    }
    for error in errors {
        assert_eq!((error.kind(), error.code()), (ErrorKind::Api, Some("P211")), "{error:?}");
        assert_eq!(error.may_have_executed(), error.method() == Some("POST"), "{error:?}");
    }
}

/// The client recognizes failures with a status of success by properties of the body. A documented success with one of
/// these properties would be taken for a failure, unless its code is excepted.
#[test]
fn no_documented_success_has_a_property_that_marks_failures_except_p211() {
    let contract = Contract::read(Api::P100);
    let mut found = Vec::new();
    for operation in contract.operations() {
        for response in operation.responses().into_iter().filter(DocumentedResponse::is_success) {
            for example in response.content.iter().flat_map(|(_, examples)| examples) {
                for key in ["errorCode", "errorName", "errorMessage"] {
                    if !schema::property_schemas(&contract, example.schema, key).is_empty() {
                        found.push((operation.id().to_owned(), example.value[key].clone()));
                    }
                }
            }
        }
    }
    found.retain(|(_, value)| !value.is_null());
    assert_eq!(found, [(String::from("addProofOfAddressFiles"), Value::from("P211"))]);
}
