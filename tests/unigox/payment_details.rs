//! The id of payment details, which is a number in some operations and a text in others.

use partner_client::decimal;
use partner_client::unigox::{
    NewOffRampQuote, NewOffRampQuoteRequired, OffRampPayout, PaymentDetailsId, QuoteAmount,
};
use partner_tests::case::uuid;
use serde_json::json;

use partner_tests::unigox::{respond, sent};

/// A quote for a payout to payment details, whose id is a number there.
fn quote(id: i64) -> NewOffRampQuote {
    NewOffRampQuote::new(NewOffRampQuoteRequired {
        user_uuid: uuid().into(),
        crypto_currency: "USDT".into(),
        fiat_currency: "NGN".into(),
        quote_amount: QuoteAmount::Fiat(decimal!("1")),
        off_ramp_payout: OffRampPayout::PaymentDetails(id.into()),
    })
}

#[tokio::test]
async fn a_number_and_a_text_are_the_same_id() {
    for number in [1, 987, i64::MAX] {
        let (id, text) = (PaymentDetailsId::from(number), number.to_string());
        for written in [json!(number), json!(text)] {
            let body = json!({"success": true, "data": {"payment_details_id": written}}).to_string();
            let quoted =
                respond(200, "application/json", &body, |client| client.quote_off_ramp(quote(number)));
            assert_eq!(quoted.await.unwrap().payment_details_id, Some(id.clone()), "{written}");
            let found = respond(200, "application/json", &body, |client| {
                client.get_payment_details(uuid().into(), id.clone())
            });
            assert_eq!(found.await.unwrap().payment_details_id, Some(text.parse().unwrap()), "{written}");
        }
        let request = sent(|client| client.quote_off_ramp(quote(number))).await;
        assert_eq!(request.json()["payment_details_id"], json!(number));
        let request = sent(|client| client.get_payment_details(uuid().into(), id)).await;
        assert_eq!(request.path().rsplit('/').next(), Some(text.as_str()));
    }
}
