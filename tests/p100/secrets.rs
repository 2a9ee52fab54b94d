//! API keys and personal data must not be printed.

use partner_client::p100::{Client, UserVerificationDocument};
use partner_tests::script::Script;
use partner_tests::suite::KEY;
use partner_tests::watch;
use serde_json::{Value, json};

#[test]
fn the_key_is_not_shown_by_builder_and_client() {
    let builder = Client::builder().api_key(KEY).base_url("http://127.0.0.1:9");
    assert!(!format!("{builder:?} {builder:#?}").contains("pk_live"));
    let client = builder.build().unwrap();
    let text = format!("{client:?} {client:#?}");
    assert!(!text.contains("pk_live") && text.contains("[redacted]"), "{text}");
}

#[test]
fn what_is_sent_beyond_the_known_fields_is_not_shown() {
    // These properties are not documented, and belong to a person's document.
    let body = UserVerificationDocument::new("1".into())
        .extra("documentExpiry", "2031-04-17".into())
        .extra("pesel", "90051512345".into());
    let text = format!("{body:?}");
    assert!(!text.contains("2031-04-17") && !text.contains("90051512345"), "{text}");
}

/// One of the calls that the test target `traces` records with [`watch`].
#[tokio::test]
async fn a_retry_is_traced_without_what_was_sent() {
    watch::begin_recording();
    let server = Script::in_turn([(429, Value::Null), (404, json!({ "errorCode": "P412" }))]).await;
    let client = Client::builder().api_key(KEY).base_url(server.base_url()).build().unwrap();
    assert_eq!(client.get_kyc_status("id-of-a-customer-1".into()).await.unwrap_err().attempt_count(), 2);
}
