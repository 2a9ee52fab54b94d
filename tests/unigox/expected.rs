//! Accessors of optional fields that every response is expected to have.

use partner_client::unigox::{Client, KycDocumentUpload, NewOrder, OffRampQuote, OrderId};
use partner_client::{Decimal, Error, ErrorKind, Upload};
use partner_tests::case::{UUID, uuid};
use partner_tests::unigox::respond;
use serde_json::{Value, json};

const JSON: &str = "application/json";

fn success(data: &Value) -> String {
    json!({"success": true, "data": data}).to_string()
}

/// Initiates an order, and returns its id, as a service does.
async fn order_id(data: Value) -> Result<OrderId, Error> {
    let call = |client: Client| client.initiate_off_ramp(NewOrder::new(uuid().into()));
    respond(200, JSON, success(&data), call).await?.order_id()
}

#[tokio::test]
async fn a_field_that_is_there_is_returned() {
    assert_eq!(order_id(json!({"order_id": UUID})).await.unwrap(), uuid().into());
}

#[tokio::test]
async fn the_error_of_a_missing_field_names_the_field_and_the_operation() {
    for data in [json!({}), json!({"order_id": null})] {
        let error = order_id(data).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert_eq!(error.operation().map(|operation| operation.id), Some("initiate_off_ramp"));
        assert_eq!((error.status().map(|status| status.as_u16()), error.attempt_count()), (Some(200), 1));
        assert!(error.to_string().contains("initiate_off_ramp"), "{error}");
        assert!(error.to_string().ends_with("`order_id` of `InitiatedOrder` is missing"), "{error}");
        assert!(
            error.may_have_executed() && !error.is_retryable(),
            "an order without an id may have been made"
        );
    }
}

#[tokio::test]
async fn the_error_of_a_field_that_could_not_be_read_has_the_reason_and_not_the_value() {
    let error = order_id(json!({"order_id": "hidden", "created_at": "never"})).await.unwrap_err();
    assert_eq!(error.json_path(), Some("data.order_id"));
    assert!(error.to_string().contains("`order_id` of `InitiatedOrder` could not be read: "), "{error}");
    assert!(!format!("{error} {error:?}").contains("hidden"), "{error:?}");
    assert!(error.may_have_executed());
}

#[tokio::test]
async fn objects_within_a_response_know_where_they_come_from() {
    let order = json!({"order_id": UUID, "amounts": {"crypto_amount": "101.5"}});
    let body = success(&json!({"orders": [order]}));
    let page = respond(200, JSON, body, |client| client.list_orders()).await.unwrap().into_inner();
    let orders = page.orders.unwrap();
    let amounts = orders[0].amounts.clone().unwrap();
    assert_eq!(amounts.crypto_amount().unwrap(), "101.5".parse::<Decimal>().unwrap());
    let error = amounts.rate().unwrap_err();
    assert_eq!(error.operation().map(|operation| operation.id), Some("list_orders"));
    assert!(!error.may_have_executed(), "a read has no effect");

    // An alternative of a union is read from its own part of the text.
    let call = |client: Client| {
        let selfie = Upload::from_bytes("a.jpg", "x");
        client.upload_kyc_document(uuid().into(), partner_client::unigox::KycDocumentType::Selfie, selfie)
    };
    let batch = json!({"uploaded": [{"document_type": "selfie"}], "message": "m"});
    let upload = respond(200, JSON, success(&batch), call).await.unwrap();
    let KycDocumentUpload::BatchAccepted(accepted) = &*upload else { panic!("{upload:?}") };
    let error = accepted.uploaded[0].document_id().unwrap_err();
    assert_eq!(error.operation().map(|operation| operation.id), Some("upload_kyc_document"));
}

#[test]
fn a_response_that_a_test_made_has_no_operation() {
    let quote: OffRampQuote = serde_json::from_value(json!({"quote_id": UUID})).unwrap();
    assert_eq!(quote.quote_id().unwrap(), uuid().into());
    let error = quote.expires_at().unwrap_err();
    assert_eq!(
        (error.operation(), error.to_string()),
        (None, "`expires_at` of `OffRampQuote` is missing".to_owned())
    );
}

#[tokio::test]
async fn where_an_object_was_read_does_not_show() {
    let call = |client: Client| client.get_order(uuid().into());
    let data = json!({"order_id": UUID});
    let order = respond(200, JSON, success(&data), call).await.unwrap().into_inner();
    let made = serde_json::from_value(data.clone()).unwrap();
    assert_eq!(order, made);
    assert_eq!(format!("{order:?}"), format!("{made:?}"));
    assert_eq!(serde_json::to_value(&order).unwrap(), data);
}
