//! All methods of the client. A new operation needs a line here.

use partner_client::Upload;
use partner_client::unigox::{
    API, Client, ErrorCode, KycDocumentLink, KycDocumentType, KycSubmission, KycUpdate, NewPartnerUser,
    NewPaymentDetails, OPERATIONS,
};
use partner_spec::Api;
use partner_tests::case::{Case, call, uuid};
use partner_tests::contract::Contract;
use partner_tests::suite::{Failure, KEY, Suite};
use serde_json::Value;

/// A client for a server on this machine.
pub(crate) fn client(base_url: &str) -> Client {
    Client::builder().api_key(KEY).base_url(base_url).build().unwrap()
}

/// The API under test.
pub(crate) fn suite() -> Suite<Client> {
    Suite {
        contract: Contract::of(Api::Unigox),
        cases: cases(),
        methods: OPERATIONS,
        client,
        key_header: "x-api-key",
        envelope: Some(API.envelope.unwrap().data),
        own_failures: &[],
        failure,
        known_code: |error| {
            ErrorCode::of(error).filter(|code| ErrorCode::KNOWN.contains(code)).map(|code| code.to_string())
        },
    }
}

fn cases() -> Vec<Case<Client>> {
    vec![
        Case::bare("verify_auth", "verifyAuth", |client, _| call(client.verify_auth())),
        Case::json::<NewPartnerUser>("create_partner_user", "createPartnerUser", |client, with| {
            call(client.create_partner_user(with.body()))
        }),
        Case::bare("get_partner_user", "getPartnerUser", |client, _| call(client.get_partner_user(uuid()))),
        Case::json::<KycSubmission>("submit_kyc", "submitKyc", |client, with| {
            call(client.submit_kyc(uuid(), with.body::<KycSubmission>()))
        }),
        Case::multipart("upload_kyc_document", "uploadKycDocument", |client, _| {
            let document = Upload::bytes("front.jpg", b"picture".to_vec());
            call(client.upload_kyc_document(uuid(), KycDocumentType::IdentityFront, document))
        }),
        Case::json::<KycDocumentLink>("upload_kyc_document_by_url", "uploadKycDocument", |client, with| {
            call(client.upload_kyc_document_by_url(uuid(), with.body::<KycDocumentLink>()))
        }),
        Case::bare("run_kyc_verification", "runKycVerification", |client, _| {
            call(client.run_kyc_verification(uuid()))
        }),
        Case::json::<KycUpdate>("update_kyc", "updateKyc", |client, with| {
            call(client.update_kyc(uuid(), with.body()))
        }),
        Case::bare("get_verification_status", "getVerificationStatus", |client, _| {
            call(client.get_verification_status(uuid()))
        }),
        Case::bare("list_payment_details", "listPaymentDetails", |client, _| {
            call(client.list_payment_details(uuid()))
        }),
        Case::json::<NewPaymentDetails>("create_payment_details", "createPaymentDetails", |client, with| {
            call(client.create_payment_details(uuid(), with.body::<NewPaymentDetails>()))
        }),
        Case::bare("get_payment_details", "getPaymentDetails", |client, with| {
            call(client.get_payment_details(uuid(), with.path("payment_details_id")))
        }),
        Case::bare("delete_payment_details", "deletePaymentDetails", |client, with| {
            call(client.delete_payment_details(uuid(), with.path("payment_details_id")))
        }),
    ]
}

/// The three bodies of failures, each told by the type of `error` or `data`.
fn failure(body: &Value) -> Failure {
    let text = |pointer: &str| body.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
    match (&body["error"], &body["data"]) {
        (Value::String(message), _) => Failure { message: Some(message.clone()), ..Failure::default() },
        (Value::Object(error), _) => Failure {
            code: text("/error/code"),
            message: text("/error/message"),
            details: error.get("details").cloned(),
        },
        (_, Value::Object(_)) => {
            Failure { code: text("/data/error_key"), message: text("/data/message"), details: None }
        }
        _ => panic!("not a documented body of a failure: {body}"),
    }
}
