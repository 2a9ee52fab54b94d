//! Payloads of webhooks, field by field.

use partner_client::p100::{
    CryptoDepositStatus, CryptoDepositWebhook, CryptoWithdrawalWebhook, IbanStatus, IbanStatusWebhook,
    PartnerSepaTransferWebhook, SepaDepositWebhook, UserSepaTransferWebhook,
};
use partner_spec::Api;
use partner_tests::case;
use partner_tests::contract::Contract;
use partner_tests::types::write_and_debug;
use serde_json::json;

#[test]
fn a_webhook_of_which_nothing_is_known_keeps_everything_and_shows_nothing() {
    let payload =
        json!({"amount": "12.50", "sender": {"name": "Jan Secret", "iban": "PL61"}, "tags": [null, 1]});
    for (again, shown) in
        [write_and_debug::<SepaDepositWebhook>(&payload), write_and_debug::<IbanStatusWebhook>(&payload)]
    {
        assert_eq!(again, payload);
        assert!(!shown.contains("Secret") && !shown.contains("PL61") && !shown.contains("12.50"), "{shown}");
    }
}

#[test]
fn the_users_transfer_keeps_the_field_that_nobody_could_read() {
    let contract = Contract::read(Api::P100);
    let mut payload = contract.schema_example("PartnerSepaTransferWebhook").unwrap().value;
    payload.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    payload["externalUserId"] = json!("1");
    let webhook: UserSepaTransferWebhook = serde_json::from_value(payload.clone()).unwrap();
    assert_eq!(webhook.amount.unwrap().to_string(), "3.8");
    assert_eq!(webhook.extra["externalUserId"], "1");
    assert_eq!(case::to_vendor_json(&webhook), payload);
}

#[test]
fn a_failed_transfer_may_have_little_more_than_its_error() {
    let payload =
        json!({"status": "FAILED", "error": {"description": "Insufficient funds", "status": "Error"}});
    let webhook: PartnerSepaTransferWebhook = serde_json::from_value(payload.clone()).unwrap();
    assert_eq!(webhook.error.as_ref().unwrap().description.as_deref(), Some("Insufficient funds"));
    assert_eq!(case::to_vendor_json(&webhook), payload);
}

#[test]
fn a_withdrawal_keeps_every_digit_and_a_status_of_any_name() {
    let payload = r#"{"id":"1","amount":0.1234567890123456789012345,"fee":"0.003","destination":"0x1","status":"DONE","hash":"0x2"}"#;
    let webhook: CryptoWithdrawalWebhook = serde_json::from_str(payload).unwrap();
    assert_eq!(webhook.amount.to_string(), "0.1234567890123456789012345");
    assert_eq!(webhook.fee.to_string(), "0.003");
    assert_eq!(webhook.status.as_str(), "DONE");
    assert_eq!(webhook.extra["hash"], "0x2");
    assert!(serde_json::to_string(&webhook).unwrap().contains(r#""amount":0.1234567890123456789012345,"#));
}

#[test]
fn values_of_webhooks_that_this_version_does_not_know_are_kept() {
    let deposit: CryptoDepositWebhook =
        serde_json::from_value(json!({"status": "FROZEN", "currency": "SOL", "amount": "7"})).unwrap();
    assert!(
        matches!(&deposit.status, Some(CryptoDepositStatus::Unrecognized(status)) if status.as_str() == "FROZEN")
    );
    assert_eq!(deposit.currency.as_ref().unwrap().as_str(), "SOL");
    let status: IbanStatus = serde_json::from_value(json!("PENDING")).unwrap();
    assert_eq!(status, IbanStatus::Pending);
}
