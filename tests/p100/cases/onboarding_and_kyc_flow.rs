//! Registering users and verifying them.

use partner_client::Upload;
use partner_client::p100::{
    AddPoaFilesOutcome, Client, NewKycVerification, NewUserAccount, UserVerificationDocument,
};
use partner_tests::case::{Case, call, call_with};
use serde_json::Value;

pub(super) fn cases() -> Vec<Case<Client>> {
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
        AddPoaFilesOutcome::Created(body) => body.to_value().unwrap(),
        AddPoaFilesOutcome::Accepted(pending) => serde_json::to_value(pending).unwrap(),
        other => panic!("not documented: {other:?}"),
    }
}
