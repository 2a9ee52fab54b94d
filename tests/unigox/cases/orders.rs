//! Following and steering orders.

use partner_client::Upload;
use partner_client::unigox::{
    Client, OrderCancellation, SignedConsent, SignedRefund, SignedTransfer, SourceOfFundsDeclaration,
};
use partner_tests::case::{Case, call, uuid};

pub(super) fn cases() -> Vec<Case<Client>> {
    vec![
        Case::bare("list_orders", "listOrders", |client, _| call(client.list_orders())),
        Case::bare("get_order_stats", "getOrderStats", |client, _| call(client.get_order_stats())),
        Case::bare("get_order", "getOrder", |client, _| call(client.get_order(uuid()))),
        Case::bare(
            "get_transfer_authorization_parameters",
            "getTransferAuthorizationParameters",
            |client, _| call(client.get_transfer_authorization_parameters(uuid())),
        ),
        Case::json::<SignedTransfer>(
            "authorize_crypto_transfer",
            "authorizeCryptoTransfer",
            |client, with| call(client.authorize_crypto_transfer(uuid(), with.body())),
        ),
        Case::bare("get_refund_authorization_parameters", "getRefundAuthorizationParameters", |client, _| {
            call(client.get_refund_authorization_parameters(uuid()))
        }),
        Case::json::<SignedRefund>("authorize_refund", "authorizeRefund", |client, with| {
            call(client.authorize_refund(uuid(), with.body()))
        }),
        Case::bare("get_settlement_consent_parameters", "getSettlementConsentParameters", |client, _| {
            call(client.get_settlement_consent_parameters(uuid()))
        }),
        Case::json::<SignedConsent>(
            "submit_settlement_consent",
            "submitSettlementConsent",
            |client, with| call(client.submit_settlement_consent(uuid(), with.body())),
        ),
        Case::bare("get_source_of_funds", "getSourceOfFunds", |client, _| {
            call(client.get_source_of_funds(uuid()))
        }),
        Case::bare("get_source_of_funds_requirements", "getSourceOfFundsRequirements", |client, _| {
            call(client.get_source_of_funds_requirements(uuid()))
        }),
        Case::json::<SourceOfFundsDeclaration>(
            "declare_source_of_funds",
            "declareSourceOfFunds",
            |client, with| call(client.declare_source_of_funds(uuid(), with.body())),
        ),
        Case::multipart("upload_source_of_funds_document", "uploadSourceOfFundsDocument", |client, _| {
            let file = Upload::bytes("statement.pdf", b"pages".to_vec());
            call(client.upload_source_of_funds_document(uuid(), "bank_statement", file))
        }),
        Case::bare("confirm_fiat_received", "confirmFiatReceived", |client, _| {
            call(client.confirm_fiat_received(uuid()))
        }),
        Case::json::<OrderCancellation>("cancel_order", "cancelOrder", |client, with| {
            call(client.cancel_order(uuid()).body(with.body()))
        }),
    ]
}
