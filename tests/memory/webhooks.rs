//! How much memory a delivery of a webhook takes at most: 32 times its body, verified and read.

use std::time::SystemTime;

use partner_client::p100::webhook::WebhookKind;
use partner_client::unigox::webhook::EventData;
use partner_client::webhooks::{Delivery, Refusal, Secret, Verifier};
use partner_client::{p100, unigox};

use crate::bodies::shapes;
use crate::{measured, run};

/// The most that a delivery may take, in sizes of its body: a list of empty strings takes 24 bytes of memory for each
/// three bytes of text, and is copied when it grows.
const MOST: usize = 32;

/// What a delivery takes beside its body: headers, keys of events and the reasons of errors.
const BESIDE: usize = 16 * 1024;

/// How large the shapes are, which is within the limit of a body.
const SHAPE: usize = 24 * 1024;

const UNIGOX_TYPES: [&str; 10] = [
    "order.status.changed",
    "order.refund.required",
    "user.kyc.updated",
    "fiat_account.updated",
    "fiat_account.deposit.received",
    "fiat_account.closing",
    "wallet.linked",
    "wallet.deposit.received",
    "wallet.withdrawal.status.changed",
    "unknown.type",
];

const P100_KINDS: [WebhookKind; 12] = [
    WebhookKind::UserBalanceGeneration,
    WebhookKind::KycFiles,
    WebhookKind::ProofOfAddressStatus,
    WebhookKind::KycVerificationStatus,
    WebhookKind::InternalTransfer,
    WebhookKind::SepaTransfer,
    WebhookKind::SepaDeposit,
    WebhookKind::CryptoWithdrawal,
    WebhookKind::CryptoDeposit,
    WebhookKind::CardSecureCode,
    WebhookKind::CardActivationCode,
    WebhookKind::PaymentLink,
];

/// Objects around each shape: in a field that no model has, in the one that is a list, and in those of envelopes.
fn objects() -> impl Iterator<Item = (&'static str, String)> {
    let keys = ["new", "rejectionReasons", "rejection_reasons", "data", "event_type", "event_id", "id"];
    shapes(SHAPE)
        .into_iter()
        .flat_map(move |(name, shape)| keys.map(|key| (name, format!("{{\"{key}\":{shape}}}"))))
}

#[track_caller]
fn assert_bounded(peak: usize, body: usize, what: &str) {
    assert!(peak <= MOST * body + BESIDE, "{what}: {} % of the body", peak * 100 / body);
}

#[test]
fn a_delivery_of_unigox_takes_no_more_than_a_multiple_of_its_body() {
    run(async {
        let secret = Secret::new("whsec_example").unwrap();
        let verifier = unigox::webhook::Verifier::new(secret.clone());
        for event_type in UNIGOX_TYPES {
            for (name, data) in objects() {
                let body = format!(r#"{{"event_id":"1","event_type":"{event_type}","data":{data}}}"#);
                let headers =
                    unigox::webhook::testing::signed_headers(&secret, SystemTime::now(), body.as_bytes());
                let (delivery, size) = (Delivery::new("/", headers, body), data.len());
                let (_, peak) = measured(async {
                    if let Ok(event) = verifier.verify(&delivery) {
                        let data = event.parse_data();
                        let reason = matches!(&data, EventData::Unreadable(reason) if reason.len() > 1_000);
                        assert!(!reason, "a reason does not repeat the body");
                        return format!("{event:?}").len();
                    }
                    0
                })
                .await;
                assert_bounded(peak, size, &format!("{event_type}, {name}"));
            }
        }
    });
}

#[test]
fn a_delivery_of_p100_takes_no_more_than_a_multiple_of_its_body() {
    run(async {
        let token = Secret::new("the-token").unwrap();
        for kind in P100_KINDS {
            let verifier = p100::webhook::Verifier::new(token.clone()).route("/hook", kind);
            for (name, body) in objects() {
                let size = body.len();
                let delivery =
                    Delivery::new("/hook", p100::webhook::testing::authorized_headers(&token), body);
                let (_, peak) = measured(async {
                    verifier
                        .verify(&delivery)
                        .map(|event| (event.parse_payload(), format!("{event:?}")))
                        .map(drop)
                })
                .await;
                assert_bounded(peak, size, &format!("{kind:?}, {name}"));
            }
        }
    });
}

#[test]
fn a_body_beyond_the_limit_is_refused_before_anything_is_allocated_for_it() {
    run(async {
        let secret = Secret::new("whsec_example").unwrap();
        let verifier = unigox::webhook::Verifier::new(secret.clone());
        let body = vec![b' '; 10 * 1024 * 1024];
        let delivery = Delivery::new(
            "/",
            unigox::webhook::testing::signed_headers(&secret, SystemTime::now(), &body),
            body,
        );
        let (result, peak) = measured(async { verifier.verify(&delivery).map(drop) }).await;
        assert_eq!(result.unwrap_err(), Refusal::BodyTooLarge { max_bytes: 256 * 1024 });
        assert!(peak <= BESIDE, "{peak} bytes");
    });
}
