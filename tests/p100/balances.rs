//! Balances and rates: maps whose keys are names.

use partner_client::ErrorKind;
use partner_client::p100::{Currency, FiatBalanceStatus};

use partner_tests::p100::respond_json;

#[tokio::test]
async fn the_terms_of_each_network_are_found_by_its_name() {
    let body = r#"{"cryptoBalances": [{
        "amount": "0.000000", "name": "usdc", "wallet": null, "rate": 0.963728, "networkConfig": {
            "ethereum": {"mainnet": false, "name": "sepolia", "withdrawal": {"feeWithdrawal": 10, "minWithdrawal": 15}},
            "polygon": {"mainnet": false, "name": "amoy", "deposit": {"minDeposit": 0.000001}},
            "TON 2": {}
        }
    }]}"#;
    let balances = respond_json(200, body, |client| client.get_user_balances("1".into())).await.unwrap();
    assert_eq!(balances.fiat_balances, None);
    let balance = &balances.crypto_balances.as_ref().unwrap()[0];
    assert_eq!(balance.amount.unwrap().to_string(), "0.000000", "the digits say how exact the currency is");
    assert_eq!(balance.deposit_address, None);
    let networks = balance.network_config.as_ref().unwrap();
    assert_eq!(networks.keys().collect::<Vec<_>>(), ["TON 2", "ethereum", "polygon"]);
    let terms = networks["ethereum"].withdrawal.as_ref().unwrap();
    assert_eq!(terms.withdrawal_fee, Some(10.into()));
    assert_eq!(terms.min_withdrawal, Some(15.into()));
    assert_eq!(networks["polygon"].name.as_deref(), Some("amoy"));
    let terms = networks["polygon"].deposit.as_ref().unwrap();
    assert_eq!(terms.min_deposit.unwrap().to_string(), "0.000001");
    assert_eq!((networks["TON 2"].is_mainnet, &networks["TON 2"].withdrawal), (None, &None));
}

#[tokio::test]
async fn a_missing_list_of_balances_is_an_error_and_no_empty_list() {
    let balances = respond_json(200, "{}", |client| client.get_user_balances("1".into())).await.unwrap();
    let error = balances.fiat_balances().unwrap_err();
    assert_eq!((error.kind(), error.status().map(|status| status.as_u16())), (ErrorKind::Decode, Some(200)));
    assert!(balances.crypto_balances().is_err());
}

#[tokio::test]
async fn a_currency_or_status_that_this_version_does_not_know_is_kept() {
    let body = r#"{
        "fiatBalances": [{"amount":"1.00","name":"pln","status":"WAITING_FOR_ACTIVATION"}],
        "cryptoBalances": [{"amount":"2","name":"SOL"}]
    }"#;
    let balances = respond_json(200, body, |client| client.get_partner_balances()).await.unwrap();
    let fiat = &balances.fiat_balances.as_ref().unwrap()[0];
    assert!(matches!(&fiat.currency, Some(Currency::Unrecognized(name)) if name.as_str() == "pln"));
    assert!(matches!(&fiat.status, Some(FiatBalanceStatus::Unrecognized(_))));
    assert_eq!(balances.crypto_balances.as_ref().unwrap()[0].currency, Some(Currency::from("SOL")));
    let again = serde_json::to_value(&*balances).unwrap();
    assert_eq!(again, serde_json::from_str::<serde_json::Value>(body).unwrap());
}

#[tokio::test]
async fn an_account_number_is_there_and_not_shown() {
    let body = r#"{"fiatBalances":[{"iban":"LT121000011101001000","status":"ACTIVE"}]}"#;
    let balances = respond_json(200, body, |client| client.get_partner_balances()).await.unwrap();
    let fiat = &balances.fiat_balances.as_ref().unwrap()[0];
    assert_eq!(fiat.iban, Some("LT121000011101001000".into()));
    assert!(!format!("{balances:?} {balances:#?}").contains("LT68"), "{balances:?}");
}

#[tokio::test]
async fn rates_are_found_by_currency_with_every_digit() {
    let body = r#"{"btc":55647.81453411,"eur":1,"pol":0.35312008,"sol":0.1234567890123456789012345,"usdc":"0.914372"}"#;
    let rates = respond_json(200, body, |client| client.get_exchange_rates()).await.unwrap();
    let found: Vec<(&str, String)> =
        rates.iter().map(|(name, rate)| (name.as_str(), rate.to_string())).collect();
    let expected = [
        ("btc", "55647.81453411"),
        ("eur", "1"),
        ("pol", "0.35312008"),
        ("sol", "0.1234567890123456789012345"),
        ("usdc", "0.914372"),
    ];
    assert_eq!(found, expected.map(|(name, rate)| (name, rate.to_owned())));
    assert!(rates.contains_key(Currency::Btc.as_str()), "the names are those of the currencies");
}

#[tokio::test]
async fn no_rates_are_an_empty_map_and_a_malformed_rate_is_an_error() {
    assert!(respond_json(200, "{}", |client| client.get_exchange_rates()).await.unwrap().is_empty());
    for body in [r#"{"btc":"high"}"#, r#"{"btc":null}"#, r#"{"btc":{"eur":1}}"#, "[]"] {
        let error = respond_json(200, body, |client| client.get_exchange_rates()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}: {error}");
    }
}

#[tokio::test]
async fn a_lock_holds_rates_of_the_same_form() {
    let body = r#"{"rates":{"btc":63115.99036294,"eur":1},"feePercentage":1.49,"validUntil":"2024-11-05T22:00:42.981Z"}"#;
    let lock = respond_json(200, body, |client| client.lock_user_exchange_rate("1".into())).await.unwrap();
    assert_eq!(lock.rates.as_ref().unwrap()["btc"].to_string(), "63115.99036294");
    assert_eq!(lock.fee_percentage.unwrap().to_string(), "1.49");
    assert_eq!(lock.valid_until.unwrap().timestamp_subsec_millis(), 981);
}
