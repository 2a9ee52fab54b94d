//! Customers, their identity checks and their payment details.

use partner_client::Upload;
use partner_client::unigox::{
    Client, KycDocumentLink, KycDocumentType, KycSubmission, KycUpdate, NewPartnerUser, NewPaymentDetails,
};
use partner_tests::case::{Case, call, uuid};

pub(super) fn cases() -> Vec<Case<Client>> {
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
