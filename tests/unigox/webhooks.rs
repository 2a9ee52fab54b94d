//! Payloads of webhooks, field by field.

use partner_client::unigox::{
    OrderRefundRequired, WalletDepositReceived, WalletLinked, WalletWithdrawalStatusChanged, WebhookEvent,
    WebhookEventType, WithdrawalStatus,
};
use partner_spec::Api;
use partner_tests::case::{self, uuid};
use partner_tests::contract::Contract;
use partner_tests::types::write_and_debug;
use serde_json::json;

#[test]
fn an_event_is_read_by_its_type_and_then_by_its_data() {
    let contract = Contract::read(Api::Unigox);
    for (title, schema) in [
        ("wallet.linked", "WebhookWalletLinked"),
        ("wallet.deposit.received", "WebhookWalletDepositReceived"),
        ("wallet.withdrawal.status.changed", "WebhookWalletWithdrawalStatusChanged"),
    ] {
        let data = contract.schema_example(schema).unwrap().value;
        let event = json!({"event_id": "evt_1", "event_type": title, "created_at": "2026-10-12T10:01:12Z", "data": data});
        let event: WebhookEvent = serde_json::from_str(&event.to_string()).unwrap();
        let event_type = event.event_type.as_ref().unwrap();
        assert!(!matches!(event_type, WebhookEventType::Unrecognized(_)), "{title} is in the list of events");
        assert_eq!(event_type.as_str(), title);
        assert_eq!(case::to_vendor_json(event.data.as_ref().unwrap()), data);
    }
}

#[test]
fn a_deposit_keeps_its_precision_and_its_numbers_in_strings() {
    let contract = Contract::read(Api::Unigox);
    let payload = contract.schema_example("WebhookWalletDepositReceived").unwrap().value;
    let deposit: WalletDepositReceived = serde_json::from_value(payload).unwrap();
    assert_eq!(deposit.deposit_id, Some("intent:1234".into()));
    assert_eq!(deposit.amount.as_ref().unwrap().to_string(), "25.000000");
    assert_eq!(
        (deposit.chain_id.clone(), deposit.amount_atomic.as_deref()),
        (Some("660279".into()), Some("25000000"))
    );
    assert_eq!(deposit.user_uuid, Some(uuid().into()));
}

#[test]
fn a_withdrawal_in_an_event_is_that_of_the_operations() {
    let contract = Contract::read(Api::Unigox);
    let payload = contract.schema_example("WebhookWalletWithdrawalStatusChanged").unwrap().value;
    let changed: WalletWithdrawalStatusChanged = serde_json::from_value(payload).unwrap();
    let withdrawal = changed.withdrawal.unwrap();
    assert_eq!(withdrawal.status, Some(WithdrawalStatus::Bridging));
    assert_eq!(withdrawal.destination_amount.as_ref().unwrap().to_string(), "24.910000");
    assert_eq!(withdrawal.failure_reason, None);
}

#[test]
fn fields_of_wallet_events_may_be_absent() {
    assert_eq!(write_and_debug::<WalletLinked>(&json!({})).0, json!({}));
    assert_eq!(write_and_debug::<WalletDepositReceived>(&json!({})).0, json!({}));
    assert_eq!(write_and_debug::<WalletWithdrawalStatusChanged>(&json!({})).0, json!({}));
}

#[test]
fn a_refund_event_has_the_data_of_the_order_and_an_action() {
    let payload = json!({
        "order_id": uuid(), "status": "cancelled", "delayed_settlement": true,
        "action_required": {"type": "authorize_refund"},
    });
    let event: OrderRefundRequired = serde_json::from_value(payload.clone()).unwrap();
    assert_eq!(event.action_required.as_ref().unwrap().action_type.as_deref(), Some("authorize_refund"));
    assert_eq!(serde_json::to_value(&event).unwrap(), payload);
}
