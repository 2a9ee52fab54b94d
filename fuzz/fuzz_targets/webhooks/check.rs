use std::time::{Duration, SystemTime};

use partner_client::webhooks::{Clock, Delivery, Event, Refusal, Secret, Verifier};
use partner_client::{p100, unigox};

/// Paths whose payloads are read as different types.
const PATHS: [&str; 8] = [
    "/webhook/user/status",
    "/webhook/kyc-files/status",
    "/webhook/poa-verification/status",
    "/transfer-webhook",
    "/crypto-withdrawal-webhook",
    "/sepa-transfer-webhook",
    "/deposit",
    "/kyc",
];

/// Verifies a body as that of each API, once signed and once not.
pub(crate) fn check(body: &[u8]) {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_225_600);
    let Ok(secret) = Secret::new("whsec_example") else { return };
    let verifier = unigox::webhook::Verifier::new(secret.clone()).clock(Clock::fixed(now));
    let signed =
        Delivery::new("/", unigox::webhook::testing::signed_headers(&secret, now, body), body.to_vec());
    match verifier.verify(&signed) {
        Ok(event) => {
            assert!(event.key().as_str().len() < 300);
            assert_eq!(event.supersedes(&event), None, "nothing is newer than itself");
            assert!(!format!("{event:?} {:?} {}", event.parse_data(), event.is_sent_once()).is_empty());
        }
        Err(refusal) => assert!(matches!(refusal, Refusal::MalformedBody(_)), "{refusal}"),
    }
    let unsigned = Delivery { headers: Default::default(), ..signed };
    assert!(verifier.verify(&unsigned).is_err());

    let verifier = p100::webhook::Verifier::new(secret.clone())
        .route("/deposit", p100::webhook::WebhookKind::CryptoDeposit)
        .route("/kyc", p100::webhook::WebhookKind::KycVerificationStatus);
    for path in PATHS {
        let delivery =
            Delivery::new(path, p100::webhook::testing::authorized_headers(&secret), body.to_vec());
        match verifier.verify(&delivery) {
            Ok(event) => {
                assert!(!format!("{event:?} {:?} {:?}", event.parse_payload(), event.key()).is_empty())
            }
            Err(refusal) => assert!(matches!(refusal, Refusal::MalformedBody(_)), "{refusal}"),
        }
    }
}
