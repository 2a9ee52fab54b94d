//! Orders: their fields, and the operations on them.

use partner_client::unigox::{
    Client, DepositChainType, ErrorCode, NewDepositAddresses, NewOffRampQuote, NewOffRampQuoteRequired,
    NewOrder, NextAction, OffRampPayout, OrderCancellation, OrderStatus, PayerAccount, PayerAccountRequired,
    PayerDetailsById, PayerDetailsInline, QuoteAmount, SignedTransfer, SignedTransferRequired,
};
use partner_client::uuid::Uuid;
use partner_client::{ErrorKind, JsonObject, decimal};
use partner_tests::case::{UUID, uuid};
use serde_json::json;

use partner_tests::unigox::{respond, sent};

const REFUSED: &str = r#"{"success":false,"error":{"code":"INVALID_STATUS","message":"late"}}"#;

fn transfer() -> SignedTransfer {
    SignedTransfer::new(SignedTransferRequired {
        forward_request: JsonObject::new(),
        signature: "0x1".to_owned(),
    })
}

#[tokio::test]
async fn an_order_is_read_into_typed_fields() {
    let body = json!({"success": true, "data": {
        "order_id": UUID, "status": "awaiting_crypto_transfer_authorization",
        "next_action": "authorize_crypto_transfer", "allowed_actions": ["cancel"],
        "crypto_transfer_authorization_seconds_left": null, "created_at": "2026-02-01T12:00:05Z",
    }});
    let call = |client: Client| client.get_order(uuid().into());
    let order = respond(200, "application/json", &body.to_string(), call).await.unwrap();
    assert_eq!(order.order_id, Some(uuid().into()));
    assert_eq!(order.status, Some(OrderStatus::AwaitingCryptoTransferAuthorization));
    assert_eq!(order.next_action, Some(NextAction::AuthorizeCryptoTransfer));
    assert_eq!(order.allowed_actions.as_deref(), Some([String::from("cancel")].as_slice()));
    assert_eq!(order.crypto_transfer_authorization_seconds_left, None);
    assert_eq!(order.created_at.unwrap().to_rfc3339(), "2026-02-01T12:00:05+00:00");
}

#[tokio::test]
async fn a_new_order_is_read_with_either_status_of_success() {
    let body = json!({"success": true, "data": {"order_id": UUID, "status": "awaiting_liquidity_provider"}});
    for status in [200, 201] {
        let sell = |client: Client| client.initiate_off_ramp(NewOrder::new(uuid().into()));
        let order = respond(status, "application/json", &body.to_string(), sell).await.unwrap();
        assert_eq!((order.http_status().as_u16(), order.order_id), (status, Some(uuid().into())));
        let buy = |client: Client| client.initiate_on_ramp(NewOrder::new(uuid().into()));
        let order = respond(status, "application/json", &body.to_string(), buy).await.unwrap();
        assert_eq!((order.http_status().as_u16(), order.order_id), (status, Some(uuid().into())));
    }
}

#[tokio::test]
async fn a_next_action_and_a_direction_may_be_null_or_absent() {
    for data in [json!({"next_action": null, "order_type": null}), json!({})] {
        let body = json!({"success": true, "data": data});
        let call = |client: Client| client.get_order(uuid().into());
        let order = respond(200, "application/json", &body.to_string(), call).await.unwrap();
        assert_eq!((&order.next_action, &order.order_type), (&None, &None));
    }
}

#[tokio::test]
async fn an_order_with_a_status_that_this_version_does_not_know_is_read_and_given_back() {
    let body = json!({"success": true, "data": {
        "order_id": UUID, "status": "pending_address", "next_action": "provide_address",
        "timeline": [{"status": "on_the_moon"}],
    }});
    let call = |client: Client| client.get_order(uuid().into());
    let order = respond(200, "application/json", &body.to_string(), call).await.unwrap();
    let status = order.status.as_ref().unwrap();
    assert!(matches!(status, OrderStatus::Unrecognized(value) if value.as_str() == "pending_address"));
    assert_eq!(status.as_str(), "pending_address");
    assert_eq!(order.next_action.as_ref().map(NextAction::as_str), Some("provide_address"));
    assert_eq!(serde_json::to_value(&*order).unwrap(), body["data"]);
}

#[tokio::test]
async fn an_order_is_cancelled_with_and_without_a_reason() {
    let request = sent(|client| client.cancel_order(uuid().into())).await;
    assert_eq!(request.target, format!("/api/v1/partner/orders/{UUID}/cancel"));
    assert_eq!((request.header("content-type"), request.header("content-length")), (None, Some("0")));
    assert!(request.body.is_empty());

    let request = sent(|client| client.cancel_order(uuid().into()).body(OrderCancellation::new())).await;
    assert_eq!(request.json(), json!({}));

    let reason = OrderCancellation::new().reason("customer changed their mind");
    let request = sent(|client| client.cancel_order(uuid().into()).body(reason)).await;
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.json(), json!({"reason": "customer changed their mind"}));
}

#[tokio::test]
async fn deposit_addresses_are_allocated_with_and_without_a_count() {
    let call =
        |client: Client| client.allocate_customer_deposit_addresses(uuid().into(), DepositChainType::Svm);
    let request = sent(call).await;
    let path = format!("/api/v1/partner/users/{UUID}/deposit-addresses/svm/allocate");
    assert_eq!((request.target, request.body.len()), (path, 0));

    let request = sent(|client| call(client).body(NewDepositAddresses::new().count(3))).await;
    assert_eq!(request.json(), json!({"count": 3}));
}

#[tokio::test]
async fn a_quote_names_a_recipient_by_five_fields() {
    let (sender, recipient, destination) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
    let body = NewOffRampQuote::new(NewOffRampQuoteRequired {
        user_uuid: uuid().into(),
        crypto_currency: "USDT".into(),
        fiat_currency: "NGN".into(),
        quote_amount: QuoteAmount::Fiat(decimal!("26345.00")),
        off_ramp_payout: OffRampPayout::Recipient {
            sender_id: sender.into(),
            recipient_id: recipient.into(),
            recipient_destination_id: destination.into(),
            sender_recipient_relationship: String::from("family"),
            purpose_of_payment: String::from("family_support"),
        },
    });
    let request = sent(|client| client.quote_off_ramp(body)).await;
    let expected = json!({
        "user_uuid": UUID,
        "crypto_currency": "USDT",
        "fiat_currency": "NGN",
        "fiat_amount": "26345.00",
        "sender_id": sender,
        "recipient_id": recipient,
        "recipient_destination_id": destination,
        "sender_recipient_relationship": "family",
        "purpose_of_payment": "family_support",
    });
    assert_eq!(request.json(), expected);
}

#[tokio::test]
async fn a_payer_is_named_by_id_or_with_all_details() {
    let request =
        sent(|client| client.submit_payer_details(uuid().into(), PayerDetailsById::new(1444.into()))).await;
    assert_eq!(request.json(), json!({"payment_details_id": 1444}));

    let account = PayerAccount::new(PayerAccountRequired {
        payment_method_id: 5.into(),
        payment_network_id: 12.into(),
        details: [("phone", "+254712345678")].into(),
    })
    .country_code("KE".into());
    let request =
        sent(|client| client.submit_payer_details(uuid().into(), PayerDetailsInline::new(account))).await;
    let expected = json!({"payment_details": {
        "payment_method_id": 5, "payment_network_id": 12, "details": {"phone": "+254712345678"}, "country_code": "KE",
    }});
    assert_eq!(request.json(), expected);
}

#[tokio::test]
async fn an_action_without_a_documented_response_succeeds_whatever_the_response() {
    for body in ["", "ok", "null", r#"{"success":true}"#, r#"{"success":true,"data":{"status":"x"}}"#] {
        let call = |client: Client| client.authorize_crypto_transfer(uuid().into(), transfer());
        assert!(respond(200, "application/json", body, call).await.is_ok(), "{body:?}");
        let call = |client: Client| client.confirm_fiat_received(uuid().into());
        assert!(respond(202, "application/json", body, call).await.is_ok(), "{body:?}");
        let call = |client: Client| client.archive_recipient(uuid().into());
        assert!(respond(200, "application/json", body, call).await.is_ok(), "{body:?}");
    }
    let call = |client: Client| client.archive_recipient(uuid().into());
    assert!(respond(204, "application/json", "", call).await.is_ok());
}

#[tokio::test]
async fn an_action_without_a_documented_response_is_no_success_when_a_failure_has_a_byte_that_is_not_utf_8() {
    for body in [
        &b"{\"success\":false,\"error\":{\"code\":\"INVALID_STATUS\",\"message\":\"\xE9\"}}"[..],
        b"{\"error\":{\"message\":\"\xE9\",\"code\":\"INVALID_STATUS\"}}",
        b"[{\"error\":{\"message\":\"\xE9\",\"code\":\"INVALID_STATUS\"}}]",
    ] {
        let call = |client: Client| client.confirm_fiat_received(uuid().into());
        let error = respond(200, "application/json", body, call).await.unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Api, Some("INVALID_STATUS")));
        assert!(error.may_have_executed() && !error.is_retryable());
    }
}

#[tokio::test]
async fn an_action_without_a_documented_response_is_no_success_when_the_body_is_cut_off() {
    for body in ["{", r#"{"success":false,"err"#, r#"[{"success":false,"error":{}}"#, r#"{"success":true}}"#]
    {
        let call = |client: Client| client.confirm_fiat_received(uuid().into());
        let error = respond(200, "application/json", body, call).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert!(error.may_have_executed() && !error.is_retryable(), "{body}");
    }
}

#[tokio::test]
async fn an_action_without_a_documented_response_fails_with_its_status() {
    let call = |client: Client| client.authorize_crypto_transfer(uuid().into(), transfer());
    let error = respond(409, "application/json", REFUSED, call).await.unwrap_err();
    assert_eq!(ErrorCode::from_error(&error), Some(ErrorCode::InvalidStatus));
    assert!(error.is_conflict() && error.may_have_executed(), "the action may be what changed the status");
}

#[tokio::test]
async fn an_action_that_is_refused_with_a_status_of_success_is_a_failure() {
    let call = |client: Client| client.authorize_crypto_transfer(uuid().into(), transfer());
    let error = respond(200, "application/json", REFUSED, call).await.unwrap_err();
    assert_eq!(
        (error.kind(), ErrorCode::from_error(&error)),
        (ErrorKind::Api, Some(ErrorCode::InvalidStatus))
    );
}
