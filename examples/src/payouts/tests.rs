//! Tests of the payout service, with every result that a payout can have.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use partner_client::chrono::TimeDelta;
use partner_client::p100::calls::CreateUserSepaTransferOperation;
use partner_client::p100::{
    Currency, ExternalUserId, Iban, NewUserSepaTransfer, NewUserSepaTransferRequired,
};
use partner_client::unigox::calls::{InitiateOffRampOperation, QuoteOffRampOperation};
use partner_client::uuid::Uuid;
use partner_sandbox::{MockResponse, Sandbox};

/// Creates a payout service that is connected to a sandbox.
fn connect_payouts(sandbox: &Sandbox) -> Payouts {
    let unigox =
        unigox::Client::builder().base_url(sandbox.unigox_base_url()).api_key(Sandbox::UNIGOX_API_KEY);
    let p100 = p100::Client::builder().base_url(sandbox.p100_base_url()).api_key(Sandbox::P100_API_KEY);
    Payouts::new(unigox.build().unwrap(), p100.build().unwrap())
}

fn sale() -> Sale {
    Sale {
        customer: UserUuid::from(Uuid::from_u128(7)),
        payment_details_id: PaymentDetailsId::from(987),
        crypto_currency: CryptoCurrencyCode::from("USDT"),
        fiat_currency: FiatCurrencyCode::from("NGN"),
        fiat_amount: Decimal::from(500_000),
    }
}

fn transfer() -> NewUserSepaTransfer {
    NewUserSepaTransfer::new(NewUserSepaTransferRequired {
        amount: Decimal::from(10),
        currency: Currency::Eur,
        destination_iban: Iban::from("LT121000011101001000"),
        transfer_title: "Invoice 7".to_owned(),
        source_external_user_id: ExternalUserId::from("customer-42"),
    })
}

/// Sets the response for the next quote, which expires after this many seconds.
fn set_quote_expiry(sandbox: &Sandbox, seconds: i64) {
    let mut quote = sandbox.response_example::<QuoteOffRampOperation>().unwrap();
    quote.expires_at = Some(Utc::now() + TimeDelta::seconds(seconds));
    sandbox.respond_with::<QuoteOffRampOperation>(MockResponse::success(quote));
}

/// Returns the names of the operations that were called, in the order of the calls.
fn called_operations(sandbox: &Sandbox) -> Vec<&'static str> {
    sandbox.received().iter().filter_map(|request| request.operation).collect()
}

#[tokio::test]
async fn a_sale_is_accepted() {
    let sandbox = Sandbox::start().await.unwrap();
    assert!(matches!(connect_payouts(&sandbox).sell(&sale()).await, Payout::Accepted(_)));
    let received = sandbox.received();
    assert_eq!(received[0].body.as_ref().unwrap()["fiat_amount"], "500000");
}

#[tokio::test]
async fn an_expired_quote_is_replaced_once() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.respond_with::<InitiateOffRampOperation>(MockResponse::failure(
        409,
        unigox::ErrorCode::QuoteExpired,
    ));
    assert!(matches!(connect_payouts(&sandbox).sell(&sale()).await, Payout::Accepted(_)));
    assert_eq!(
        called_operations(&sandbox),
        ["quote_off_ramp", "initiate_off_ramp", "quote_off_ramp", "initiate_off_ramp"]
    );
}

#[tokio::test]
async fn a_quote_that_is_about_to_expire_is_not_used() {
    let sandbox = Sandbox::start().await.unwrap();
    set_quote_expiry(&sandbox, 1);
    set_quote_expiry(&sandbox, -1);
    assert_eq!(connect_payouts(&sandbox).sell(&sale()).await, Payout::Refused(RefusalReason::QuoteExpired));
    assert_eq!(called_operations(&sandbox), ["quote_off_ramp", "quote_off_ramp"]);
}

#[tokio::test]
async fn a_customer_who_is_not_verified_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox
        .respond_with::<QuoteOffRampOperation>(MockResponse::failure(422, unigox::ErrorCode::KycNotCleared));
    let reason = RefusalReason::Vendor(Some("KYC_NOT_CLEARED".to_owned()));
    assert_eq!(connect_payouts(&sandbox).sell(&sale()).await, Payout::Refused(reason));
}

#[tokio::test]
async fn a_sale_that_may_have_been_made_is_not_made_again() {
    for response in
        [MockResponse::closed_connection(), MockResponse::failure(201, unigox::ErrorCode::QuoteExpired)]
    {
        let sandbox = Sandbox::start().await.unwrap();
        sandbox.respond_with::<InitiateOffRampOperation>(response);
        assert_eq!(connect_payouts(&sandbox).sell(&sale()).await, Payout::Unknown);
        assert_eq!(called_operations(&sandbox), ["quote_off_ramp", "initiate_off_ramp"]);
    }
}

#[tokio::test]
async fn a_sale_whose_order_has_no_id_is_not_made_again() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut order = sandbox.response_example::<InitiateOffRampOperation>().unwrap();
    order.order_id = None;
    sandbox.respond_with::<InitiateOffRampOperation>(MockResponse::success(order));
    assert_eq!(connect_payouts(&sandbox).sell(&sale()).await, Payout::Unknown);
}

#[tokio::test]
async fn a_transfer_waits_for_money() {
    let sandbox = Sandbox::start().await.unwrap();
    let payouts = connect_payouts(&sandbox);
    sandbox.respond_with::<CreateUserSepaTransferOperation>(MockResponse::failure(
        400,
        p100::ErrorCode::InsufficientFunds,
    ));
    assert_eq!(payouts.send_sepa(transfer()).await, Payout::NotMade(RetryCondition::WhenFunded));
    assert!(matches!(payouts.send_sepa(transfer()).await, Payout::Accepted(_)));
}

#[tokio::test]
async fn a_transfer_that_may_have_been_made_is_not_made_again() {
    let sandbox = Sandbox::start().await.unwrap();
    let unknown = [
        MockResponse::closed_connection(),
        MockResponse::failure(400, p100::ErrorCode::ServiceUnavailable),
        MockResponse::failure(201, p100::ErrorCode::InsufficientFunds),
    ];
    for response in unknown {
        sandbox.respond_with::<CreateUserSepaTransferOperation>(response);
        assert_eq!(connect_payouts(&sandbox).send_sepa(transfer()).await, Payout::Unknown);
    }
    assert_eq!(sandbox.received().len(), 3);
}
