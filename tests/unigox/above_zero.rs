//! An amount that a quote is asked for is more than zero: any other one is an error before the request.

use partner_client::unigox::{
    Client, NewOffRampQuote, NewOffRampQuoteRequired, NewOnRampQuote, NewOnRampQuoteRequired,
    NewPriceEstimate, NewPriceEstimateRequired, NewWithdrawalQuote, NewWithdrawalQuoteRequired,
    OffRampPayout, QuoteAmount,
};
use partner_client::{Call, Decimal, ErrorKind, Operation};
use partner_tests::case::uuid;
use partner_tests::unigox::{sent, unsent};

const REFUSED: [&str; 5] = ["0", "-0", "0.00", "-5", "-0.000000000000000001"];

/// Makes the amount of a quote.
type AmountForm = fn(Decimal) -> QuoteAmount;

/// Both forms of an amount, each with the field that has it.
const FORMS: [(&str, AmountForm); 2] =
    [("crypto_amount", QuoteAmount::Crypto), ("fiat_amount", QuoteAmount::Fiat)];

fn off_ramp_quote(client: &Client, quote_amount: QuoteAmount) -> Call<impl Operation + use<>> {
    client.quote_off_ramp(
        NewOffRampQuote::new(NewOffRampQuoteRequired {
            user_uuid: uuid().into(),
            crypto_currency: "USDT".into(),
            fiat_currency: "NGN".into(),
            quote_amount,
            off_ramp_payout: OffRampPayout::PaymentDetails(987.into()),
        })
        // A fee may be zero.
        .partner_fee_pct(0),
    )
}

fn on_ramp_quote(client: &Client, quote_amount: QuoteAmount) -> Call<impl Operation + use<>> {
    client.quote_on_ramp(NewOnRampQuote::new(NewOnRampQuoteRequired {
        user_uuid: uuid().into(),
        fiat_currency: "VND".into(),
        crypto_currency: "USDT".into(),
        quote_amount,
    }))
}

fn price_estimate(quote_amount: QuoteAmount) -> NewPriceEstimate {
    NewPriceEstimate::new(NewPriceEstimateRequired {
        crypto_currency: "USDT".into(),
        fiat_currency: "VND".into(),
        quote_amount,
    })
}

fn off_ramp_estimate(client: &Client, quote_amount: QuoteAmount) -> Call<impl Operation + use<>> {
    client.estimate_off_ramp(price_estimate(quote_amount))
}

fn on_ramp_estimate(client: &Client, quote_amount: QuoteAmount) -> Call<impl Operation + use<>> {
    client.estimate_on_ramp(price_estimate(quote_amount))
}

fn withdrawal_quote(client: &Client, amount: Decimal) -> Call<impl Operation + use<>> {
    let quote = NewWithdrawalQuote::new(NewWithdrawalQuoteRequired {
        crypto_currency: "USDC".into(),
        amount,
        destination_chain: "base".into(),
        destination_address: "0x1".into(),
    });
    client.quote_customer_withdrawal(uuid().into(), quote)
}

/// Expects that an amount above zero is sent by the call, and that no other amount is.
async fn expect_check<O: Operation>(
    operation: &str,
    field: &str,
    call: impl Fn(&Client, Decimal) -> Call<O>,
) {
    let tiny = "0.000000000000000001";
    let request = sent(|client| call(&client, tiny.parse().unwrap())).await;
    assert_eq!(request.json()[field], tiny, "{operation}");
    for text in REFUSED {
        let error = unsent(|client| call(&client, text.parse().unwrap())).await;
        assert_eq!(
            (error.kind(), error.json_path()),
            (ErrorKind::Request, Some(field)),
            "{operation} {text}"
        );
        assert_eq!(error.operation().map(|found| found.id), Some(operation));
        assert!(!error.may_have_executed() && !error.is_retryable(), "{operation} {text}");
        let shown = error.to_string();
        let message = format!("`{field}` has to be more than zero");
        assert!(shown.contains(&message) && shown.contains(operation), "{shown}");
    }
}

#[tokio::test]
async fn a_quote_over_zero_or_less_costs_no_request() {
    for (field, form) in FORMS {
        expect_check("quote_off_ramp", field, |client, amount| off_ramp_quote(client, form(amount))).await;
        expect_check("quote_on_ramp", field, |client, amount| on_ramp_quote(client, form(amount))).await;
        expect_check("estimate_off_ramp", field, |client, amount| off_ramp_estimate(client, form(amount)))
            .await;
        expect_check("estimate_on_ramp", field, |client, amount| on_ramp_estimate(client, form(amount)))
            .await;
    }
    expect_check("quote_customer_withdrawal", "amount", withdrawal_quote).await;
}
