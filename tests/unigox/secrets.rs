//! API keys and passwords must not be printed.

use partner_client::unigox::{Client, KycDocumentType};
use partner_client::{ClientBuilder, Upload};
use partner_tests::case::uuid;
use partner_tests::script::Script;
use partner_tests::secrets::error_texts;
use partner_tests::suite::KEY;
use partner_tests::watch;
use serde_json::{Value, json};

use partner_tests::unigox::client;

fn builder() -> ClientBuilder<Client> {
    Client::builder().api_key(KEY).base_url("http://127.0.0.1:9")
}

/// Whether a text contains the API key, also with the characters that `Debug` escapes.
fn shows_key(text: &str) -> bool {
    text.contains(KEY) || text.contains(KEY.escape_debug().to_string().as_str()) || text.contains("pk_live")
}

#[test]
fn the_key_is_not_shown_by_builder_and_client() {
    let builder = builder();
    assert!(!shows_key(&format!("{builder:?} {builder:#?}")));
    let client = builder.build().unwrap();
    assert!(!shows_key(&format!("{client:?} {client:#?}")));
}

#[test]
fn a_key_that_cannot_be_sent_is_not_shown_by_the_error() {
    for key in ["pk_live\n", "pk_live secret", "pk_live-ü"] {
        let error = Client::builder().api_key(key).base_url("http://127.0.0.1:9").build().unwrap_err();
        assert!(!shows_key(&error_texts(&error)), "{error:?}");
    }
}

#[test]
fn a_password_in_the_base_url_is_not_shown() {
    let builder = Client::builder().api_key(KEY).base_url("https://user:s3cret@api.example.com");
    let text = format!("{builder:?} {builder:#?}");
    let error = builder.build().unwrap_err();
    assert!(!error_texts(&error).contains("s3cret"), "{error:?}");
    assert!(!text.contains("s3cret"), "{text}");
}

#[test]
fn a_header_of_a_call_is_not_shown() {
    let call = client("http://127.0.0.1:9").verify_auth().header("authorization", "Bearer s3cret");
    assert!(!format!("{call:?} {call:#?}").contains("s3cret"));
}

#[test]
fn a_file_and_its_name_are_not_shown() {
    let document = Upload::from_bytes("john-doe-passport.jpg", "contents-of-the-file");
    let text = format!("{document:?}");
    assert!(!text.contains("john") && !text.contains("contents"), "{text}");
    let call =
        client("http://127.0.0.1:9").upload_kyc_document(uuid().into(), KycDocumentType::Passport, document);
    let text = format!("{call:?} {call:#?}");
    assert!(!text.contains("john") && !text.contains("contents"), "{text}");
}

#[tokio::test]
async fn the_address_of_a_request_is_not_shown_by_the_error_of_its_connection() {
    let error = client("http://127.0.0.1:9")
        .get_payment_details(uuid().into(), "id-of-a-customer".into())
        .await
        .unwrap_err();
    let text = error_texts(&error);
    assert!(!text.contains("id-of-a-customer") && !text.contains(&uuid().to_string()), "{text}");
    assert!(!shows_key(&text), "{text}");
}

/// One of the calls that the test target `traces` records with [`watch`].
#[tokio::test]
async fn a_retry_is_traced_without_what_was_sent() {
    watch::begin_recording();
    let server = Script::in_turn([(429, Value::Null), (200, json!({"success": true, "data": {}}))]).await;
    let client = Client::builder().api_key(KEY).base_url(server.base_url()).build().unwrap();
    client.get_partner_user(uuid().into()).await.unwrap();
    assert_eq!(server.received().len(), 2);
}
