//! All methods of the client. A new operation needs a line here.

use partner_client::Upload;
use partner_client::p100::{
    AddPoaFilesOutcome, Client, ErrorCode, NewKycVerification, NewUserAccount, OPERATIONS,
    UserVerificationDocument,
};
use partner_spec::Api;
use partner_tests::case::{Case, call, call_with};
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
        contract: Contract::of(Api::P100),
        cases: cases(),
        methods: OPERATIONS,
        client,
        key_header: "x-api-key",
        envelope: None,
        own_failures: &["P500"],
        failure,
        known_code: |error| {
            ErrorCode::of(error).filter(|code| ErrorCode::KNOWN.contains(code)).map(|code| code.to_string())
        },
    }
}

fn cases() -> Vec<Case<Client>> {
    vec![
        Case::json::<NewUserAccount>("create_user_account", "createUserAccount", |client, with| {
            call(client.create_user_account(with.body()))
        }),
        Case::multipart("add_kyc_files", "addKycFiles", |client, with| {
            let call_of = client.add_kyc_files(with.path("externalUserId"));
            call(
                call_of
                    .front_id(Upload::bytes("front.jpg", "front"))
                    .selfie(Upload::bytes("selfie.jpg", "face")),
            )
        }),
        Case::json::<NewKycVerification>(
            "create_kyc_verification",
            "createKycVerification",
            |client, with| call(client.create_kyc_verification(with.body())),
        ),
        Case::bare("redirect_to_kyc_verification", "redirectToKycVerification", |client, with| {
            call(
                client.redirect_to_kyc_verification(with.path("externalUserId"), with.path("verificationId")),
            )
        }),
        Case::bare("get_kyc_status", "getKycStatus", |client, with| {
            call(client.get_kyc_status(with.path("externalUserId")))
        }),
        Case::json::<UserVerificationDocument>(
            "add_user_verification",
            "addUserVerification",
            |client, with| call(client.add_user_verification(with.body())),
        ),
        Case::multipart("add_poa_files", "addPoaFiles", |client, with| {
            let files = [Upload::bytes("bill.pdf", "bill"), Upload::bytes("lease.png", "lease")];
            call_with(client.add_poa_files(with.path("externalUserId"), files), outcome)
        }),
    ]
}

fn outcome(outcome: &AddPoaFilesOutcome) -> Value {
    match outcome {
        AddPoaFilesOutcome::Created(body) => body.clone(),
        AddPoaFilesOutcome::Accepted(pending) => serde_json::to_value(pending).unwrap(),
        other => panic!("not documented: {other:?}"),
    }
}

/// A failure without a text is told by its name.
fn failure(body: &Value) -> Failure {
    let text = |key: &str| body[key].as_str().map(str::to_owned);
    Failure { code: text("errorCode"), message: text("errorMessage").or(text("errorName")), details: None }
}
