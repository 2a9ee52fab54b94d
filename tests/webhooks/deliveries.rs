//! Deliveries that the tests send.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use partner_client::unigox::webhook::{Verifier, testing};
use partner_client::webhooks::{Clock, Delivery, Secret};

/// The secret, time, body and signature of a test vector, computed by the documented scheme with another
/// implementation.
pub(crate) const SECRET: &str = "whsec_example_unigox";
pub(crate) const TIMESTAMP: u64 = 1_767_225_600;
pub(crate) const BODY: &str = r#"{"event_id":"evt_1","event_type":"user.kyc.updated","created_at":"2026-01-01T00:00:00Z","data":{"user_uuid":"550e8400-e29b-41d4-a716-446655440000","kyc_status":"VERIFIED"}}"#;
pub(crate) const SIGNATURE: &str = "sha256=17765a3f634d57b84f02dfa69a2cd1662c67045d1c98d7b94954a32a9d52ad0e";

pub(crate) const SIGNATURE_HEADER: &str = "x-unigox-signature";
pub(crate) const TIMESTAMP_HEADER: &str = "x-unigox-timestamp";

pub(crate) fn secret() -> Secret {
    Secret::new(SECRET).unwrap()
}

/// The time of the vector.
pub(crate) fn signed_at() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(TIMESTAMP)
}

/// A verifier with the secret of the vector, ten seconds after it was signed.
pub(crate) fn verifier() -> Verifier {
    Verifier::new(secret()).clock(Clock::fixed(signed_at() + Duration::from_secs(10)))
}

/// A delivery of a body that is signed at the time of the vector.
pub(crate) fn signed(body: impl AsRef<[u8]>) -> Delivery {
    signed_by(&secret(), signed_at(), body)
}

pub(crate) fn signed_by(secret: &Secret, signed_at: SystemTime, body: impl AsRef<[u8]>) -> Delivery {
    let headers = testing::signed_headers(secret, signed_at, body.as_ref());
    Delivery::new("/webhooks/unigox", headers, body.as_ref().to_vec())
}

/// An event of an order.
pub(crate) fn order(id: &str, status: &str, created_at: &str) -> String {
    format!(
        r#"{{"event_id":"{id}","event_type":"order.status.changed","created_at":"{created_at}","data":{{"order_id":"b2c3d4e5-f6a7-8901-bcde-f12345678901","status":"{status}"}}}}"#
    )
}
