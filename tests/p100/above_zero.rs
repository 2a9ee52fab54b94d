//! An amount that a request moves or asks a price for is more than zero: any other one is an error before the request.

use partner_client::p100::{
    Client, Currency, NewInternalTransfer, NewInternalTransferRequired, NewOrderRateLock,
    NewOrderRateLockRequired, NewPartnerExchange, NewPartnerExchangeRequired, NewPartnerSepaTransfer,
    NewPartnerSepaTransferRequired, NewUserCryptoWithdrawal, NewUserCryptoWithdrawalRequired,
    NewUserExchange, NewUserExchangeRequired, NewUserSepaTransfer, NewUserSepaTransferRequired, ReceiverType,
    ReceiverWalletType,
};
use partner_client::{Call, Decimal, ErrorKind, Operation};
use partner_tests::case::uuid;
use partner_tests::p100::{sent, unsent};

const REFUSED: [&str; 5] = ["0", "-0", "0.00", "-5", "-0.000000000000000001"];

fn partner_exchange(client: &Client, amount: Decimal) -> Call<impl Operation + use<>> {
    client.create_partner_exchange(NewPartnerExchange::new(NewPartnerExchangeRequired {
        amount,
        currency_from: Currency::Eth,
        currency_to: Currency::Eur,
        lock_id: uuid().into(),
    }))
}

fn user_exchange(client: &Client, amount: Decimal) -> Call<impl Operation + use<>> {
    client.create_user_exchange(NewUserExchange::new(NewUserExchangeRequired {
        amount,
        currency_from: Currency::Eth,
        currency_to: Currency::Eur,
        lock_id: uuid().into(),
        source_external_user_id: "user".into(),
    }))
}

fn partner_sepa_transfer(client: &Client, amount: Decimal) -> Call<impl Operation + use<>> {
    client.create_partner_sepa_transfer(NewPartnerSepaTransfer::new(NewPartnerSepaTransferRequired {
        amount,
        currency: Currency::Eur,
        destination_iban: "PL00".into(),
        transfer_title: "title".into(),
    }))
}

fn user_sepa_transfer(client: &Client, amount: Decimal) -> Call<impl Operation + use<>> {
    client.create_user_sepa_transfer(NewUserSepaTransfer::new(NewUserSepaTransferRequired {
        amount,
        currency: Currency::Eur,
        destination_iban: "PL00".into(),
        transfer_title: "title".into(),
        source_external_user_id: "user".into(),
    }))
}

fn internal_transfer(client: &Client, amount: Decimal) -> Call<impl Operation + use<>> {
    let required = NewInternalTransferRequired { amount, currency: Currency::Eur };
    client.create_internal_transfer(NewInternalTransfer::new(required).source_external_user_id("user".into()))
}

fn crypto_withdrawal(client: &Client, amount: Decimal) -> Call<impl Operation + use<>> {
    client.create_user_crypto_withdrawal(NewUserCryptoWithdrawal::new(NewUserCryptoWithdrawalRequired {
        source_external_user_id: "user".into(),
        currency: Currency::Eth,
        amount,
        wallet_address: "0x1".into(),
        receiver_name: "John Doe".into(),
        wallet_type: ReceiverWalletType::Custodial,
        receiver_type: ReceiverType::NaturalPerson,
    }))
}

fn order_rate_lock(client: &Client, amount: Decimal) -> Call<impl Operation + use<>> {
    let required = NewOrderRateLockRequired { currency: Currency::Usdc, amount };
    client.lock_order_rate(NewOrderRateLock::new(required))
}

/// Expects that an amount above zero is sent by the call, and that no other amount is.
async fn expect_check<O: Operation>(operation: &str, call: fn(&Client, Decimal) -> Call<O>) {
    let tiny = "0.000000000000000001";
    let request = sent(|client| call(&client, tiny.parse().unwrap())).await;
    assert!(String::from_utf8(request.body).unwrap().contains(tiny), "{operation}");
    for text in REFUSED {
        let error = unsent(|client| call(&client, text.parse().unwrap())).await;
        assert_eq!(
            (error.kind(), error.json_path()),
            (ErrorKind::Request, Some("amount")),
            "{operation} {text}"
        );
        assert_eq!(error.operation().map(|found| found.id), Some(operation));
        assert!(!error.may_have_executed() && !error.is_retryable(), "{operation} {text}");
        let shown = error.to_string();
        assert!(shown.contains("`amount` has to be more than zero") && shown.contains(operation), "{shown}");
    }
}

#[tokio::test]
async fn an_amount_of_zero_or_less_costs_no_request() {
    expect_check("create_partner_exchange", partner_exchange).await;
    expect_check("create_user_exchange", user_exchange).await;
    expect_check("create_partner_sepa_transfer", partner_sepa_transfer).await;
    expect_check("create_user_sepa_transfer", user_sepa_transfer).await;
    expect_check("create_internal_transfer", internal_transfer).await;
    expect_check("create_user_crypto_withdrawal", crypto_withdrawal).await;
    expect_check("lock_order_rate", order_rate_lock).await;
}
