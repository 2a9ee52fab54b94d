//! Responses that are lists or pages: full, empty, and without their optional properties.

use partner_client::ErrorKind;
use partner_client::unigox::{Client, OrderStatus, RampDirection, TradeType};
use partner_tests::case::{UUID, uuid};
use serde_json::{Value, json};

use partner_tests::unigox::respond;

fn success(data: &Value) -> String {
    json!({"success": true, "data": data}).to_string()
}

const JSON: &str = "application/json";

#[tokio::test]
async fn a_page_of_orders_has_its_position_in_the_list() {
    let body = success(&json!({
        "orders": [{"status": "completed"}, {"status": "send_out_failed", "order_type": "onramp"}],
        "pagination": {"page": 2, "limit": 2, "total_count": 42, "total_pages": 21},
    }));
    let page = respond(200, JSON, &body, |client| client.list_orders()).await.unwrap();
    let orders = page.orders.as_ref().unwrap();
    let statuses: Vec<_> = orders.iter().map(|order| order.status.clone().unwrap()).collect();
    assert_eq!(statuses, [OrderStatus::Completed, OrderStatus::SendOutFailed]);
    assert_eq!(orders[1].order_type, Some(RampDirection::OnRamp));
    let pagination = page.pagination.as_ref().unwrap();
    assert_eq!((pagination.page, pagination.limit), (Some(2), Some(2)));
    assert_eq!((pagination.total_count, pagination.total_pages), (Some(42), Some(21)));
}

/// A caller looks for an order in the list when it does not know whether a payment was made.
#[tokio::test]
async fn a_page_that_lacks_its_list_is_no_page_without_orders() {
    let body = success(&json!({"pagination": {"total_count": 0, "total_pages": 0}}));
    let page = respond(200, JSON, &body, |client| client.list_orders()).await.unwrap();
    assert!(page.orders().unwrap_err().to_string().ends_with("`orders` of `OrderPage` is missing"));
}

#[tokio::test]
async fn a_page_without_entries_is_a_page() {
    let body = success(&json!({"orders": [], "pagination": {"total_count": 0, "total_pages": 0}}));
    let page = respond(200, JSON, &body, |client| client.list_orders()).await.unwrap();
    assert_eq!(page.orders.as_ref().map(Vec::len), Some(0));

    let body = success(&json!({"recipients": [], "total": 0, "limit": 20, "offset": 0}));
    let page = respond(200, JSON, &body, |client| client.list_recipients()).await.unwrap();
    assert_eq!((page.recipients.len(), page.total, page.limit, page.offset), (0, 0, 20, 0));

    let body = success(&json!({"withdrawals": [], "total": 0}));
    let call = |client: Client| client.list_customer_withdrawals(uuid().into());
    let page = respond(200, JSON, &body, call).await.unwrap();
    assert_eq!((page.withdrawals.as_ref().map(Vec::len), page.total), (Some(0), Some(0)));

    let body = success(&json!({"transactions": [], "has_more": false}));
    let call = |client: Client| client.list_fiat_account_transactions(uuid().into());
    let page = respond(200, JSON, &body, call).await.unwrap();
    assert_eq!((page.transactions.as_ref().map(Vec::len), page.has_more), (Some(0), Some(false)));
}

#[tokio::test]
async fn a_list_that_is_the_whole_response_is_read_entry_by_entry() {
    let body = success(&json!([
        {"crypto_currency_code": "USDC", "fiat_currency_code": "EUR", "type": "BUY"},
        {"crypto_currency_code": "USDT", "fiat_currency_code": "NGN", "type": "SELL"},
    ]));
    let pairs = respond(200, JSON, &body, |client| client.list_exchange_pairs()).await.unwrap();
    let types: Vec<_> = pairs.iter().map(|pair| pair.trade_type.clone().unwrap()).collect();
    assert_eq!(types, [TradeType::Buy, TradeType::Sell]);

    let body = success(&json!([]));
    assert!(respond(200, JSON, &body, |client| client.list_exchange_pairs()).await.unwrap().is_empty());
    assert!(respond(200, JSON, &body, |client| client.list_crypto_currencies()).await.unwrap().is_empty());
    assert!(respond(200, JSON, &body, |client| client.list_blockchains()).await.unwrap().is_empty());
    assert!(respond(200, JSON, &body, |client| client.list_fiat_currencies()).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_list_with_an_entry_that_does_not_fit_is_a_decoding_error() {
    let body = success(&json!({"orders": [{"order_id": UUID}, "x"]}));
    let error = respond(200, JSON, &body, |client| client.list_orders()).await.unwrap_err();
    assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, Some("data.orders[1]")));
    assert_eq!(error.body().as_ref(), body.as_bytes());
}

#[tokio::test]
async fn a_page_without_what_it_has_to_have_is_a_decoding_error() {
    let body = success(&json!({"recipients": []}));
    let error = respond(200, JSON, &body, |client| client.list_recipients()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("total"), "{error}");
}

#[tokio::test]
async fn a_response_without_an_envelope_is_read_as_it_is() {
    let body = r#"{"status":"ok","service":"api","time":"2026-02-01T12:00:05Z"}"#;
    let health = respond(200, JSON, body, |client| client.health_check()).await.unwrap();
    assert_eq!((health.status.as_deref(), health.service.as_deref()), (Some("ok"), Some("api")));
    assert_eq!(health.time.unwrap().to_rfc3339(), "2026-02-01T12:00:05+00:00");
}
