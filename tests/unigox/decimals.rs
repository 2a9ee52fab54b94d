//! Amounts and rates: no digit is lost in requests or responses.

use partner_client::unigox::{
    Client, NewOffRampQuote, NewOffRampQuoteRequired, NewOnRampQuote, NewOnRampQuoteRequired,
    NewPriceEstimate, NewPriceEstimateRequired, NewWithdrawalQuote, NewWithdrawalQuoteRequired,
    OffRampPayout, ProviderScope, QuoteAmount, SlippageTolerance, SlippageType,
};
use partner_spec::Api;
use partner_tests::capture::Received;
use partner_tests::case::uuid;
use partner_tests::contract::Contract;
use serde_json::json;

use partner_tests::unigox::{respond, sent};

fn text(request: &Received) -> &str {
    std::str::from_utf8(&request.body).unwrap()
}

#[tokio::test]
async fn an_amount_is_sent_as_a_text_with_its_scale() {
    for amount in [
        "100.00",
        "0.000100",
        "0.1234567890123456789",
        "26345",
        "9007199254740993.10",
        "79228162514.264337593543950336",
    ] {
        let body = NewOnRampQuote::new(NewOnRampQuoteRequired {
            user_uuid: uuid().into(),
            fiat_currency: "VND".into(),
            crypto_currency: "USDT".into(),
            quote_amount: QuoteAmount::Fiat(decimal(amount)),
        });
        let request = sent(|client| client.quote_on_ramp(body)).await;
        assert_eq!(request.json()["fiat_amount"], json!(amount));

        let body = NewPriceEstimate::new(NewPriceEstimateRequired {
            crypto_currency: "USDT".into(),
            fiat_currency: "VND".into(),
            quote_amount: QuoteAmount::Crypto(decimal(amount)),
        });
        let request = sent(|client| client.estimate_on_ramp(body)).await;
        assert_eq!(request.json()["crypto_amount"], json!(amount));

        let body = NewWithdrawalQuote::new(NewWithdrawalQuoteRequired {
            crypto_currency: "USDC".into(),
            amount: decimal(amount),
            destination_chain: "base".into(),
            destination_address: "0x1".into(),
        });
        let request = sent(|client| client.quote_customer_withdrawal(uuid().into(), body)).await;
        assert_eq!(request.json()["amount"], json!(amount));
    }
}

#[tokio::test]
async fn a_number_is_sent_with_all_its_digits() {
    for value in [
        "1.5",
        "0.1234567890123456",
        "0.1234567890123456789",
        "9007199254740993",
        "1.10",
        "79228162514.264337593543950336",
    ] {
        let tolerance = SlippageTolerance::new().slippage_type(SlippageType::Percent).value(decimal(value));
        let body = NewOffRampQuote::new(NewOffRampQuoteRequired {
            user_uuid: uuid().into(),
            crypto_currency: "USDT".into(),
            fiat_currency: "NGN".into(),
            quote_amount: QuoteAmount::Fiat(decimal("1")),
            off_ramp_payout: OffRampPayout::PaymentDetails(987.into()),
        })
        .slippage_tolerance(tolerance);
        let request = sent(|client| client.quote_off_ramp(body)).await;
        let expected = format!(r#""slippage_tolerance":{{"type":"percent","value":{value}}}"#);
        assert!(text(&request).contains(&expected), "{}", text(&request));
    }
}

#[tokio::test]
async fn a_quote_is_built_like_the_example_of_the_document() {
    let tolerance = SlippageTolerance::new().slippage_type(SlippageType::Percent).value(decimal("1.5"));
    let body = NewOffRampQuote::new(NewOffRampQuoteRequired {
        user_uuid: uuid().into(),
        crypto_currency: "USDT".into(),
        fiat_currency: "NGN".into(),
        quote_amount: QuoteAmount::Crypto(decimal("100.00")),
        off_ramp_payout: OffRampPayout::PaymentDetails(987.into()),
    })
    .provider_scope(ProviderScope::All)
    .has_fiat_settlement_notification(false)
    .partner_fee_pct(1)
    .slippage_tolerance(tolerance);
    let request = sent(|client| client.quote_off_ramp(body)).await;
    let contract = Contract::read(Api::Unigox);
    let example = contract.operation("quoteOffRamp").request_example("application/json", "crypto_anchored");
    assert_eq!(request.json(), example);
}

#[tokio::test]
async fn amounts_of_a_quote_keep_their_scale_and_rates_their_digits() {
    let body = r#"{"success":true,"data":{
        "rate":"1530.120","crypto_amount":"99.024390","fiat_amount":"151519.20","fee_breakdown":{
            "platform_fee":"0.000000","platform_fee_pct":0.1234567890123456,"partner_fee_pct":1,"total_fee":"2.439025"
        }
    }}"#;
    let call = |client: Client| {
        client.quote_off_ramp(NewOffRampQuote::new(NewOffRampQuoteRequired {
            user_uuid: uuid().into(),
            crypto_currency: "USDT".into(),
            fiat_currency: "NGN".into(),
            quote_amount: QuoteAmount::Crypto(decimal("1")),
            off_ramp_payout: OffRampPayout::PaymentDetails(987.into()),
        }))
    };
    let quote = respond(200, "application/json", body, call).await.unwrap();
    assert_eq!(quote.rate.unwrap().to_string(), "1530.120");
    assert_eq!(quote.crypto_amount.unwrap().to_string(), "99.024390");
    let fees = quote.fee_breakdown.as_ref().unwrap();
    assert_eq!(fees.platform_fee.unwrap().to_string(), "0.000000");
    assert_eq!(fees.platform_fee_pct.unwrap().to_string(), "0.1234567890123456");
    assert_eq!(fees.partner_fee_pct.unwrap(), 1);
    let written = serde_json::to_string(&*quote).unwrap();
    for part in [r#""fiat_amount":"151519.20""#, r#""platform_fee_pct":0.1234567890123456,"#] {
        assert!(written.contains(part), "{written}");
    }
}

#[tokio::test]
async fn a_number_with_more_digits_than_a_float_is_read_as_it_is() {
    let body = r#"{"success":true,"data":{"volume_usd":9007199254740993.123456,"earned_usd":1e-7}}"#;
    let stats = respond(200, "application/json", body, |client| client.get_order_stats()).await.unwrap();
    assert_eq!(stats.volume_usd.unwrap().to_string(), "9007199254740993.123456");
    assert_eq!(stats.earned_usd.unwrap().to_string(), "0.0000001");
}

#[tokio::test]
async fn an_amount_is_read_from_a_string_or_a_number() {
    let body = r#"{"success":true,"data":{"volume_usd":"26386.790"}}"#;
    let stats = respond(200, "application/json", body, |client| client.get_order_stats()).await.unwrap();
    assert_eq!(stats.volume_usd.unwrap().to_string(), "26386.790");

    let body = r#"{"success":true,"data":{"amounts":{"crypto_amount":101.50}}}"#;
    let order =
        respond(200, "application/json", body, |client| client.get_order(uuid().into())).await.unwrap();
    assert_eq!(order.amounts.as_ref().unwrap().crypto_amount.unwrap().to_string(), "101.50");
}

#[tokio::test]
async fn an_amount_that_is_no_decimal_is_not_rounded_but_left_out() {
    for amount in [r#""1,5""#, r#""""#, "true", r#""-""#, r#""1e1000000000""#] {
        let body = format!(r#"{{"success":true,"data":{{"amounts":{{"fiat_amount":{amount}}}}}}}"#);
        let call = |client: Client| client.get_order(uuid().into());
        let order = respond(200, "application/json", &body, call).await.unwrap();
        assert_eq!(order.amounts.as_ref().unwrap().fiat_amount, None, "{amount}");
        let [unreadable] = order.unreadable_fields() else {
            panic!("{amount}: {:?}", order.unreadable_fields())
        };
        assert_eq!(unreadable.path(), "data.amounts.fiat_amount", "{amount}");
    }
}

fn decimal(text: &str) -> partner_client::Decimal {
    text.parse().unwrap()
}
