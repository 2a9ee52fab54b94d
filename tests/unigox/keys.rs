//! Operations that need no API key, or work without one.

use partner_client::unigox::{Client, NewPriceEstimate, NewPriceEstimateRequired, QuoteAmount};
use partner_tests::capture::Capture;
use partner_tests::suite::KEY;
use serde_json::Value;

use partner_tests::unigox::{client, suite};

const ESTIMATE: &str = r#"{"success":true,"data":{"rate":"1530.12"}}"#;

fn without_key(base_url: &str) -> Client {
    Client::builder().without_credentials().base_url(base_url).build().unwrap()
}

#[tokio::test]
async fn an_operation_that_takes_a_key_sends_it_and_works_without() {
    let server = Capture::responding(200, "application/json", ESTIMATE).await;
    for client in [client(server.base_url()), without_key(server.base_url())] {
        let estimate = client
            .estimate_off_ramp(NewPriceEstimate::new(NewPriceEstimateRequired {
                crypto_currency: "USDT".into(),
                fiat_currency: "NGN".into(),
                quote_amount: QuoteAmount::Crypto(1.into()),
            }))
            .await
            .unwrap();
        assert_eq!(estimate.rate.unwrap().to_string(), "1530.12");
    }
    let received = server.received();
    let keys: Vec<_> = received.iter().map(|request| request.header("x-api-key")).collect();
    assert_eq!(keys, [Some(KEY), None]);
}

#[tokio::test]
async fn a_public_operation_does_not_send_the_key_even_if_there_is_one() {
    let server = Capture::responding(200, "application/json", ESTIMATE).await;
    let call = client(server.base_url()).estimate_on_ramp(NewPriceEstimate::new(NewPriceEstimateRequired {
        crypto_currency: "USDT".into(),
        fiat_currency: "VND".into(),
        quote_amount: QuoteAmount::Crypto(1.into()),
    }));
    call.await.unwrap();
    assert!(
        server
            .single_request()
            .headers
            .iter()
            .all(|(name, value)| name != "x-api-key" && !value.contains(KEY))
    );
}

#[tokio::test]
async fn operations_that_need_no_key_work_without_one() {
    let suite = suite();
    let mut called = Vec::new();
    for case in &suite.cases {
        let operation = suite.contract.operation(case.operation);
        if operation.needs_key() {
            continue;
        }
        let responses = operation.responses();
        let example: &Value = &responses[0].content[0].1[0].value;
        let server = Capture::responding(200, "application/json", example.to_string()).await;
        let result = (case.call)(&without_key(server.base_url()), &suite.required_arguments(case)).send.await;
        result.unwrap_or_else(|error| panic!("{}: {error}", case.method));
        assert_eq!(server.single_request().header("x-api-key"), None, "{}", case.method);
        called.push(case.method);
    }
    // The operations that anyone can call according to the docs.
    for method in [
        "health_check",
        "list_crypto_currencies",
        "list_blockchains",
        "list_fiat_currencies",
        "list_payment_rails",
        "list_institutions",
        "list_corridors",
        "list_exchange_pairs",
        "estimate_on_ramp",
        "get_liquidity",
        "estimate_off_ramp",
    ] {
        assert!(called.contains(&method), "{method} needs no key");
    }
}

#[tokio::test]
async fn clients_with_different_keys_live_side_by_side() {
    let server = Capture::responding(200, "application/json", ESTIMATE).await;
    let with_key = |key: &str| Client::builder().api_key(key).base_url(server.base_url()).build().unwrap();
    let (one, other) = (with_key("one"), with_key("other"));
    let estimate = || {
        NewPriceEstimate::new(NewPriceEstimateRequired {
            crypto_currency: "USDT".into(),
            fiat_currency: "NGN".into(),
            quote_amount: QuoteAmount::Crypto(1.into()),
        })
    };
    let call = |client: &Client| client.estimate_off_ramp(estimate()).into_future();
    for response in [call(&one).await, call(&other).await, call(&one.clone()).await] {
        response.unwrap();
    }
    let received = server.received();
    let keys: Vec<_> = received.iter().filter_map(|request| request.header("x-api-key")).collect();
    assert_eq!(keys, ["one", "other", "one"]);
}
