//! Which deliveries of P100 are authentic, and what they become.

use std::path::Path;
use std::time::Duration;

use partner_client::http::{HeaderValue, header};
use partner_client::p100::webhook::{
    KycVerificationUpdate, Payload, SepaTransferUpdate, Verifier, WebhookKind, testing,
};
use partner_client::p100::{KycAttemptStatus, KycFilesStatus};
use partner_client::webhooks::{Delivery, Event as _, EventKey, Refusal, Secret, Verifier as _};

const TOKEN: &str = "p100-webhook-token";

fn token() -> Secret {
    Secret::new(TOKEN).unwrap()
}

fn verifier() -> Verifier {
    Verifier::new(token())
        .route("/hooks/kyc", WebhookKind::KycVerificationStatus)
        .route("/hooks/crypto-deposit", WebhookKind::CryptoDeposit)
        .route("/hooks/exchange", WebhookKind::Exchange)
}

fn delivery(path: &str, body: &str) -> Delivery {
    Delivery::new(path, testing::authorized_headers(&token()), body.to_owned())
}

fn payload(path: &str, body: &str) -> Payload {
    verifier().verify(&delivery(path, body)).unwrap().parse_payload()
}

fn key(path: &str, body: &str) -> EventKey {
    verifier().verify(&delivery(path, body)).unwrap().key()
}

fn refusal(authorization: &[&'static str]) -> Refusal {
    let mut delivery = delivery("/transfer-webhook", "{}");
    delivery.headers.remove(header::AUTHORIZATION);
    for value in authorization {
        delivery.headers.append(header::AUTHORIZATION, HeaderValue::from_static(value));
    }
    verifier().verify(&delivery).expect_err("the delivery is refused")
}

#[test]
fn only_the_whole_token_is_accepted() {
    assert_eq!(refusal(&[]), Refusal::MissingHeader("authorization"));
    assert_eq!(refusal(&[TOKEN, TOKEN]), Refusal::RepeatedHeader("authorization"));
    let wrong = [
        "",
        "p100",
        "p100-webhook-toke",
        "p100-webhook-token2",
        "P100-WEBHOOK-TOKEN",
        "Bearer p100-webhook-token",
    ];
    for token in wrong {
        assert_eq!(refusal(&[token]), Refusal::WrongToken, "{token}");
    }
}

#[test]
fn while_tokens_are_replaced_both_are_accepted() {
    let new = Secret::new("Bearer new-token").unwrap();
    let rotating = verifier().also_accept_secret(new.clone());
    for token in [&token(), &new] {
        let delivery = Delivery::new("/transfer-webhook", testing::authorized_headers(token), "{}");
        assert!(rotating.verify(&delivery).is_ok());
    }
}

#[test]
fn faults_of_the_body_are_refused_as_everywhere() {
    let verifier = verifier().max_body_bytes(10);
    assert_eq!(
        verifier.verify(&delivery("/", r#"{"id":"12"}"#)).unwrap_err(),
        Refusal::BodyTooLarge { max_bytes: 10 }
    );
    assert!(matches!(verifier.verify(&delivery("/", "[]")).unwrap_err(), Refusal::MalformedBody(_)));
    assert!(matches!(verifier.verify(&delivery("/", "{")).unwrap_err(), Refusal::MalformedBody(_)));
    let mut compressed = delivery("/", "{}");
    compressed.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    assert_eq!(verifier.verify(&compressed).unwrap_err(), Refusal::CompressedBody);
}

#[test]
fn the_path_decides_what_a_payload_is_below_any_prefix() {
    for prefix in ["", "/p100", "/api/v2/p100"] {
        let body = r#"{"externalUserId":"1","status":"ADDED"}"#;
        let payload = payload(&format!("{prefix}/webhook/kyc-files/status"), body);
        let Payload::KycFiles(files) = payload else { panic!("{payload:?}") };
        assert_eq!(files.status, Some(KycFilesStatus::Added));
    }
    let kind = |path: &str| verifier().verify(&delivery(path, "{}")).unwrap().kind();
    assert_eq!(kind("/transfer-webhook"), Some(WebhookKind::InternalTransfer));
    assert_eq!(kind("/x/sepa-transfer-webhook"), Some(WebhookKind::SepaTransfer));
    assert_eq!(kind("/webhook/user/status"), Some(WebhookKind::UserBalanceGeneration));
    assert_eq!(kind("/webhook/poa-verification/status"), Some(WebhookKind::ProofOfAddressStatus));
    assert_eq!(kind("/crypto-withdrawal-webhook"), Some(WebhookKind::CryptoWithdrawal));
    assert_eq!(kind("/hooks/kyc"), Some(WebhookKind::KycVerificationStatus));
    assert_eq!(kind("/hooks/kyc/"), None);
}

#[test]
fn every_path_that_the_documents_name_has_a_kind() {
    let documents = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/p100/schemas");
    let mut paths = Vec::new();
    for file in std::fs::read_dir(documents).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for webhook in text.split("x-webhook:").skip(1) {
            let path = webhook.lines().skip(1).take(3).find_map(|line| line.trim().strip_prefix("path: "));
            paths.extend(path.map(str::to_owned));
        }
    }
    assert_eq!(paths.len(), 7, "{paths:?}");
    let unknown =
        |path: &&String| Verifier::new(token()).verify(&delivery(path, "{}")).unwrap().kind().is_none();
    assert_eq!(paths.iter().find(unknown), None);
}

#[test]
fn a_route_of_the_caller_has_precedence_over_the_documented_paths() {
    let verifier = verifier().route("/transfer-webhook", WebhookKind::SepaDeposit);
    let event = verifier.verify(&delivery("/transfer-webhook", r#"{"amount":1.10}"#)).unwrap();
    let Payload::SepaDeposit(deposit) = event.parse_payload() else { panic!("{event:?}") };
    assert_eq!(deposit.extra["amount"].as_json_text(), "1.10");
}

#[test]
fn a_bank_transfer_is_recognized_by_its_status() {
    let path = "/sepa-transfer-webhook";
    let body = r#"{"id":"123f6603-5a71-45c3-a222-1de369bb1c4d","type":"external","amount":"3.8","status":"SUCCESSFUL","fee":0}"#;
    let Payload::SepaTransfer(SepaTransferUpdate::Successful(transfer)) = payload(path, body) else {
        panic!()
    };
    assert_eq!(transfer.amount.unwrap().to_string(), "3.8");
    let body = r#"{"status":"FAILED","error":{"description":"Insufficient funds"},"user":"1"}"#;
    let Payload::SepaTransfer(SepaTransferUpdate::Failed(transfer)) = payload(path, body) else { panic!() };
    assert_eq!(transfer.error.unwrap().description.as_deref(), Some("Insufficient funds"));
    assert_eq!(transfer.extra["user"], "1");
    for body in ["{}", r#"{"status":"PENDING"}"#] {
        assert!(
            matches!(payload(path, body), Payload::SepaTransfer(SepaTransferUpdate::UnknownStatus(_))),
            "{body}"
        );
    }
}

#[test]
fn a_verification_is_recognized_by_its_properties_of_the_user() {
    let body = r#"{"externalUserId":"1","verificationStatus":"NOT_VERIFIED","attemptStatus":"REJECTED_BY_PROVIDER","rejectionReason":"NO_FACE_FOUND"}"#;
    let Payload::KycVerificationStatus(KycVerificationUpdate::NotVerified(status)) =
        payload("/hooks/kyc", body)
    else {
        panic!()
    };
    assert_eq!(status.attempt_status, Some(KycAttemptStatus::RejectedByProvider));
    let of = |status: &str| payload("/hooks/kyc", &format!(r#"{{"verificationStatus":"{status}"}}"#));
    assert!(matches!(of("VERIFIED"), Payload::KycVerificationStatus(KycVerificationUpdate::Verified(_))));
    assert!(matches!(of("EXPIRED"), Payload::KycVerificationStatus(KycVerificationUpdate::Expired(_))));
    assert!(matches!(of("FROZEN"), Payload::KycVerificationStatus(KycVerificationUpdate::UnknownStatus(_))));
}

#[test]
fn a_webhook_that_nobody_could_read_and_an_unknown_path_keep_the_payload() {
    for path in ["/hooks/exchange", "/somewhere/else"] {
        let Payload::Other(json) = payload(path, r#"{"rate":1.10}"#) else { panic!("{path}") };
        assert_eq!(json.as_json_text(), r#"{"rate":1.10}"#);
    }
}

#[test]
fn a_payload_that_does_not_fit_is_kept_and_says_why() {
    let event = verifier().verify(&delivery("/transfer-webhook", r#"{"id":"1"}"#)).unwrap();
    let Payload::Unreadable(reason) = event.parse_payload() else { panic!("{event:?}") };
    assert!(reason.contains("missing field"), "{reason}");
    assert_eq!(event.raw_payload().as_json_text(), r#"{"id":"1"}"#);
}

#[test]
fn a_payload_in_the_envelope_that_one_page_shows_is_read_as_well() {
    let body = r#"{"event_type":"crypto_deposit.status_changed","data":{"status":"WAITING_FOR_TR_DATA","amount":"0.05","currency":"btc"}}"#;
    let Payload::CryptoDeposit(deposit) = payload("/hooks/crypto-deposit", body) else { panic!() };
    assert_eq!(deposit.amount.unwrap().to_string(), "0.05");
}

#[test]
fn a_final_event_is_recognized_by_its_id_and_any_other_by_its_content_for_a_short_time() {
    let (path, day) = ("/hooks/crypto-deposit", Duration::from_secs(86_400));
    let done = key(path, r#"{"cryptoDepositId":"d-1","status":"SUCCESSFUL","amount":1}"#);
    let again = key(path, r#"{ "status":"SUCCESSFUL", "cryptoDepositId":"d-1" }"#);
    assert_eq!(done, again);
    assert!(done.retention() > day);
    let failed = key(path, r#"{"cryptoDepositId":"d-1","status":"UNSUCCESSFUL"}"#);
    assert_ne!(done, failed);
    let waiting = key(path, r#"{"cryptoDepositId":"d-1","status":"WAITING_FOR_TR_DATA"}"#);
    assert_ne!(waiting, done);
    // The five attempts take about two minutes. What comes later with the same words is another event.
    assert!(
        waiting.retention() > Duration::from_secs(120) && waiting.retention() < Duration::from_secs(3600)
    );
    // Without an id, what two customers are told must not be taken for one event.
    let other = |user: &str| {
        key("/webhook/user/status", &format!(r#"{{"externalUserId":"{user}","status":"ACTIVE"}}"#))
    };
    assert_ne!(other("1"), other("2"));
    // One id at two webhooks is two things.
    let transfer = key("/transfer-webhook", r#"{"id":"d-1","status":"SUCCESSFUL"}"#);
    assert_ne!(transfer, done);
}

#[test]
fn the_health_check_is_recognized_below_any_prefix() {
    for path in ["/webhook/health", "/p100/webhook/health"] {
        assert!(verifier().is_health_check_path(path));
    }
    assert!(!verifier().is_health_check_path("/webhook/healthy"));
    assert!(!verifier().is_health_check_path("/transfer-webhook"));
}

#[test]
fn neither_tokens_nor_payloads_are_in_debug_output() {
    let delivery =
        delivery("/sepa-transfer-webhook", r#"{"destinationIban":"PL61109010140000071219812874"}"#);
    let event = verifier().verify(&delivery).unwrap();
    let shown = format!("{:?} {delivery:?} {event:?} {:?}", verifier(), event.parse_payload());
    assert!(!shown.contains(TOKEN) && !shown.contains("PL611"), "{shown}");
}
