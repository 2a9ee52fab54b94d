//! Amounts: each is a string or a number as its operation needs it, with every digit.

use partner_client::p100::{
    CardLimitsChange, CardLimitsChangeRequired, Client, Currency, NewInternalTransfer,
    NewInternalTransferRequired, NewOrderRateLock, NewOrderRateLockRequired, NewPartnerExchange,
    NewPartnerExchangeRequired, NewPartnerSepaTransfer, NewPartnerSepaTransferRequired,
    NewUserCryptoWithdrawal, NewUserCryptoWithdrawalRequired, NewUserExchange, NewUserExchangeRequired,
    NewUserSepaTransfer, NewUserSepaTransferRequired, ReceiverType, ReceiverWalletType,
};
use partner_client::{Decimal, decimal};
use partner_tests::capture::Received;
use partner_tests::case::{UUID, uuid};

use partner_tests::p100::{respond_json, sent};

/// Amounts that no float can represent exactly.
const EXACT: [&str; 7] = [
    "0.1234567890123456789012345",
    "9007199254740993",
    "100.00",
    "0.000000000000000001",
    "16.02",
    // 18 decimals, beyond 96 bits; and the greatest 256-bit integer with 18 decimals.
    "79228162514.264337593543950336",
    "115792089237316195423570985008687907853269984665640564039457584007913129639935.000000000000000001",
];

fn text(request: Received) -> String {
    String::from_utf8(request.body).unwrap()
}

#[tokio::test]
async fn an_amount_that_is_a_string_is_sent_as_a_string_with_every_digit() {
    for digits in EXACT {
        let amount: Decimal = digits.parse().unwrap();
        let field = format!(r#""amount":"{digits}""#);

        let body = NewPartnerSepaTransfer::new(NewPartnerSepaTransferRequired {
            amount,
            currency: Currency::Eur,
            destination_iban: "PL00".into(),
            transfer_title: "title".into(),
        });
        let request = sent(|client| client.create_partner_sepa_transfer(body)).await;
        assert!(text(request).contains(&field), "{field}");

        let body = NewUserSepaTransfer::new(NewUserSepaTransferRequired {
            amount,
            currency: Currency::Eur,
            destination_iban: "PL00".into(),
            transfer_title: "title".into(),
            source_external_user_id: "user".into(),
        });
        let request = sent(|client| client.create_user_sepa_transfer(body)).await;
        assert!(text(request).contains(&field), "{field}");

        let body = NewInternalTransfer::new(NewInternalTransferRequired { amount, currency: Currency::Eur })
            .destination_external_user_id("user".into());
        let request = sent(|client| client.create_internal_transfer(body)).await;
        assert!(text(request).contains(&field), "{field}");

        let request = sent(|client| {
            client.lock_order_rate(NewOrderRateLock::new(NewOrderRateLockRequired {
                currency: Currency::Usdc,
                amount,
            }))
        })
        .await;
        assert_eq!(text(request), format!(r#"{{"currency":"usdc",{field}}}"#));
    }
}

#[tokio::test]
async fn an_amount_that_is_a_number_is_sent_as_a_number_with_every_digit() {
    for digits in EXACT {
        let amount: Decimal = digits.parse().unwrap();
        let field = format!(r#""amount":{digits},"#);

        let body = NewPartnerExchange::new(NewPartnerExchangeRequired {
            amount,
            currency_from: Currency::Eth,
            currency_to: Currency::Eur,
            lock_id: uuid().into(),
        });
        let request = sent(|client| client.create_partner_exchange(body)).await;
        assert!(text(request).contains(&field), "{field}");

        let body = NewUserExchange::new(NewUserExchangeRequired {
            amount,
            currency_from: Currency::Eth,
            currency_to: Currency::Eur,
            lock_id: uuid().into(),
            source_external_user_id: "user".into(),
        });
        let request = sent(|client| client.create_user_exchange(body)).await;
        assert!(text(request).contains(&field), "{field}");

        let body = NewUserCryptoWithdrawal::new(NewUserCryptoWithdrawalRequired {
            source_external_user_id: "user".into(),
            currency: Currency::Eth,
            amount,
            wallet_address: "0x1".into(),
            receiver_name: "John Doe".into(),
            wallet_type: ReceiverWalletType::Custodial,
            receiver_type: ReceiverType::NaturalPerson,
        });
        let request = sent(|client| client.create_user_crypto_withdrawal(body)).await;
        assert!(text(request).contains(&field), "{field}");
    }
}

#[tokio::test]
#[allow(deprecated, reason = "what is suspended still has to be sent as documented")]
async fn a_limit_is_a_number_and_what_is_not_set_is_not_sent() {
    let body = CardLimitsChange::new(CardLimitsChangeRequired {
        external_user_id: "user".into(),
        card_id: uuid().into(),
    })
    .daily_total(decimal!("499.99"));
    let request = sent(|client| client.update_card_limits(body)).await;
    assert_eq!((request.method.as_str(), request.target.as_str()), ("PATCH", "/v1/card/limits"));
    let expected = format!(r#"{{"externalUserId":"user","cardId":"{}","dailyTrxAll":499.99}}"#, uuid());
    assert_eq!(text(request), expected);
}

#[tokio::test]
async fn a_whole_number_is_an_amount() {
    let body = NewInternalTransfer::new(NewInternalTransferRequired {
        amount: Decimal::from(100),
        currency: Currency::Eur,
    })
    .source_external_user_id("user".into());
    let request = sent(|client| client.create_internal_transfer(body)).await;
    assert_eq!(text(request), r#"{"sourceExternalUserId":"user","amount":"100","currency":"eur"}"#);
}

#[tokio::test]
async fn an_amount_in_a_response_keeps_every_digit_in_either_form() {
    for digits in EXACT {
        for written in [digits.to_owned(), format!("\"{digits}\"")] {
            let body = format!(r#"{{"networkFee":{written}}}"#);
            let fee = respond_json(200, &body, |client| client.get_network_fee(Currency::Eth)).await.unwrap();
            assert_eq!(fee.network_fee.unwrap().to_string(), digits);

            // This response keeps undocumented properties. The amounts beside them must not be read as floats, either.
            let body = format!(r#"{{"amount":{written},"fee":{written},"hash":"0x1"}}"#);
            let call = |client: Client| client.get_user_crypto_withdrawal_details(UUID.into());
            let details = respond_json(200, &body, call).await.unwrap();
            assert_eq!(details.amount.unwrap().to_string(), digits);
            assert_eq!(details.fee.unwrap().to_string(), digits);
            assert_eq!(details.extra["hash"], "0x1");

            let body = format!(r#"{{"amount":{written}}}"#);
            let call = |client: Client| client.get_sepa_transfer_details(UUID.into());
            let details = respond_json(200, &body, call).await.unwrap();
            assert_eq!(details.amount.unwrap().to_string(), digits);
        }
    }
}

#[tokio::test]
async fn a_small_number_may_be_written_with_an_exponent() {
    let body = r#"{"networkFee":4.69e-7}"#;
    let fee = respond_json(200, body, |client| client.get_network_fee(Currency::Eth)).await.unwrap();
    assert_eq!(fee.network_fee.unwrap().to_string(), "0.000000469");
}

#[tokio::test]
async fn an_amount_that_cannot_be_kept_exactly_is_left_out_and_not_rounded() {
    for wrong in ["1e400", "\"1e1000000000\"", "\"4111x\"", "\"\"", "\"-\"", "true", "[1]"] {
        let body = format!(r#"{{"networkFee":{wrong}}}"#);
        let fee = respond_json(200, &body, |client| client.get_network_fee(Currency::Eth)).await.unwrap();
        assert_eq!(fee.network_fee, None, "{wrong}");
        let [unreadable] = fee.unreadable_fields() else { panic!("{wrong}: {:?}", fee.unreadable_fields()) };
        assert_eq!(unreadable.path(), "networkFee", "{wrong}");
        assert!(!format!("{unreadable} {unreadable:?} {fee:?}").contains("4111"), "{unreadable:?}");
    }
}
