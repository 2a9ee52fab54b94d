//! Events that arrive late or out of order.

use partner_client::unigox::OrderStatus;
use partner_client::unigox::webhook::Event;
use partner_client::webhooks::Verifier as _;

use crate::deliveries::{order, signed, verifier};

const EARLY: &str = "2026-01-01T00:00:00Z";
const LATE: &str = "2026-01-01T00:00:01Z";

fn event(body: &str) -> Event {
    verifier().verify(&signed(body)).unwrap()
}

fn order_event(status: &str, created_at: &str) -> Event {
    event(&order("evt_1", status, created_at))
}

#[test]
fn the_documented_order_of_statuses_decides_whatever_the_times_say() {
    let off_ramp = [
        "awaiting_liquidity_provider",
        "awaiting_crypto_transfer_authorization",
        "crypto_transfer_authorization_pending",
        "crypto_received",
        "fiat_payment_started",
        "fiat_payment_review_started",
        "awaiting_fiat_received_confirmation",
        "fiat_received_confirmed",
        "crypto_release_pending",
        "completed",
    ];
    let on_ramp = [
        "awaiting_liquidity_provider",
        "awaiting_vendor_escrow_funding",
        "awaiting_fiat_transfer",
        "fiat_transfer_pending",
        "completed",
        "send_out_pending",
        "send_out_completed",
    ];
    for way in [&off_ramp[..], &on_ramp] {
        for (at, earlier) in way.iter().enumerate() {
            for later in &way[at + 1..] {
                let (earlier, later) = (order_event(earlier, LATE), order_event(later, EARLY));
                assert_eq!(later.supersedes(&earlier), Some(true), "{later:?} {earlier:?}");
                assert_eq!(earlier.supersedes(&later), Some(false));
            }
        }
    }
}

#[test]
fn statuses_that_may_follow_each_other_either_way_are_ordered_by_their_times() {
    for (one, other) in [
        ("settlement_in_progress", "returned"),
        ("returned", "settlement_in_progress"),
        ("dispute_started", "completed"),
        ("price_changed_requote_needed", "created"),
        ("brand_new", "completed"),
        ("completed", "cancelled"),
    ] {
        assert_eq!(
            order_event(one, LATE).supersedes(&order_event(other, EARLY)),
            Some(true),
            "{one} {other}"
        );
        assert_eq!(order_event(one, EARLY).supersedes(&order_event(other, LATE)), Some(false));
        assert_eq!(order_event(one, EARLY).supersedes(&order_event(other, EARLY)), None);
    }
}

#[test]
fn every_status_of_the_documents_is_decided() {
    let undecided: Vec<&str> = OrderStatus::KNOWN
        .iter()
        .map(OrderStatus::as_str)
        .filter(|status| {
            let created = order_event("created", LATE);
            *status != "created" && order_event(status, EARLY).supersedes(&created) == Some(false)
        })
        .collect();
    // An order may begin with `created` or with `awaiting_liquidity_provider`.
    assert_eq!(undecided, ["awaiting_liquidity_provider", "dispute_started", "price_changed_requote_needed"]);
}

#[test]
fn events_about_different_things_are_not_compared() {
    let order = order_event("completed", LATE);
    let other_order = event(
        r#"{"event_type":"order.status.changed","created_at":"2026-01-01T00:00:00Z","data":{"order_id":"00000000-0000-4000-8000-000000000001","status":"created"}}"#,
    );
    let user = event(
        r#"{"event_type":"user.kyc.updated","created_at":"2026-01-01T00:00:00Z","data":{"user_uuid":"b2c3d4e5-f6a7-8901-bcde-f12345678901","kyc_status":"VERIFIED"}}"#,
    );
    let unknown = event(r#"{"event_type":"something.new","created_at":"2026-01-01T00:00:00Z","data":{}}"#);
    for other in [other_order, user, unknown] {
        assert_eq!(order.supersedes(&other), None);
        assert_eq!(other.supersedes(&order), None);
    }
}

#[test]
fn a_customer_who_was_rejected_may_be_under_review_again() {
    let kyc = |status: &str, created_at: &str| {
        event(&format!(
            r#"{{"event_type":"user.kyc.updated","created_at":"{created_at}","data":{{"user_uuid":"b2c3d4e5-f6a7-8901-bcde-f12345678901","kyc_status":"{status}"}}}}"#
        ))
    };
    assert_eq!(kyc("UNDER_REVIEW", LATE).supersedes(&kyc("REJECTED", EARLY)), Some(true));
}

#[test]
fn a_withdrawal_goes_one_way() {
    let withdrawal = |status: &str, created_at: &str| {
        event(&format!(
            r#"{{"event_type":"wallet.withdrawal.status.changed","created_at":"{created_at}","data":{{"withdrawal":{{"withdrawal_id":"b2c3d4e5-f6a7-8901-bcde-f12345678901","status":"{status}"}}}}}}"#
        ))
    };
    assert_eq!(withdrawal("completed", EARLY).supersedes(&withdrawal("bridging", LATE)), Some(true));
    assert_eq!(withdrawal("bridging", LATE).supersedes(&withdrawal("submitted", LATE)), Some(true));
}
