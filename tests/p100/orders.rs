//! Orders, in the forms that different versions of the docs show.

use partner_client::p100::{
    Client, Currency, Network, NewOrderRateLock, NewOrderRateLockRequired, OrderRateLock, OrderStatus,
};
use partner_client::{Decimal, Response};
use partner_tests::case::uuid;

use partner_tests::p100::respond_json;

async fn lock(body: &str) -> Response<OrderRateLock> {
    let amount: Decimal = "346.59".parse().unwrap();
    let call = |client: Client| {
        client.lock_order_rate(NewOrderRateLock::new(NewOrderRateLockRequired {
            currency: Currency::Usdc,
            amount,
        }))
    };
    respond_json(201, body, call).await.unwrap()
}

#[tokio::test]
async fn a_lock_in_the_newest_form_has_a_rate_in_a_string_and_two_currencies() {
    let body = r#"{
        "lockId": "36e19a53-a1b4-499c-99f7-b7bfc6be87e4", "amount": 412.607142, "rate": "0.84",
        "expiresAt": "2026-02-13T11:28:46.569Z", "currency": "usdc", "destinationCurrency": "eur",
        "network": "polygon"
    }"#;
    let lock = lock(body).await;
    assert_eq!(lock.amount.unwrap().to_string(), "412.607142");
    assert_eq!(lock.rate.unwrap().to_string(), "0.84");
    assert_eq!((&lock.currency, &lock.cryptocurrency), (&Some(Currency::Usdc), &None));
    assert_eq!(lock.destination_currency, Some(Currency::Eur));
    assert_eq!(lock.network, Some(Network::Polygon));
}

#[tokio::test]
async fn a_lock_in_the_older_form_has_a_rate_in_a_number_and_one_currency() {
    let body = r#"{
        "lockId": "36e19a53-a1b4-499c-99f7-b7bfc6be87e4", "amount": 92.45, "rate": 0.9245,
        "expiresAt": "2025-09-23T06:55:40Z", "cryptocurrency": "usdc", "network": "polygon"
    }"#;
    let lock = lock(body).await;
    assert_eq!(lock.amount.unwrap().to_string(), "92.45");
    assert_eq!(lock.rate.unwrap().to_string(), "0.9245");
    assert_eq!((&lock.currency, &lock.cryptocurrency), (&None, &Some(Currency::Usdc)));
    assert_eq!(lock.destination_currency, None);
    assert_eq!(lock.expires_at.unwrap().to_rfc3339(), "2025-09-23T06:55:40+00:00");
}

#[tokio::test]
async fn a_network_in_capitals_is_kept_as_it_came() {
    let body = r#"{"status":"WAITING_FOR_CONFIRMATION","network":"POLYGON","receivedAmount":849.39}"#;
    let order = respond_json(200, body, |client| client.get_order_details(uuid())).await.unwrap();
    assert_eq!(order.status, Some(OrderStatus::WaitingForConfirmation));
    assert_eq!(order.network, Some(Network::from("POLYGON")));
    assert_ne!(order.network, Some(Network::Polygon), "the value is not changed on the way");
    assert_eq!(serde_json::to_string(order.network.as_ref().unwrap()).unwrap(), "\"POLYGON\"");
}

#[tokio::test]
async fn a_status_that_nobody_documented_is_kept_as_it_came() {
    let body = r#"{"status":"SETTLED"}"#;
    let order = respond_json(200, body, |client| client.get_order_details(uuid())).await.unwrap();
    assert!(
        matches!(&order.status, Some(OrderStatus::Unrecognized(value)) if value.as_str() == "SETTLED"),
        "{order:?}"
    );
}

#[tokio::test]
async fn an_order_without_an_address_has_none() {
    let body = r#"{"status":"WAITING_FOR_WALLET_ADDRESS","expiresAt":null,"walletAddress":null}"#;
    let order = respond_json(200, body, |client| client.get_order_details(uuid())).await.unwrap();
    assert_eq!(order.status, Some(OrderStatus::WaitingForWalletAddress));
    assert_eq!((order.expires_at, &order.wallet_address), (None, &None));
}
