//! Arguments that are refused before anything is sent.

use partner_client::ErrorKind;
use partner_client::p100::{Client, Environment};
use partner_tests::capture::Capture;

use crate::cases::{client, suite};

#[tokio::test]
async fn a_text_that_is_no_segment_of_a_path_is_refused() {
    let server = Capture::answering(200, "application/json", "{}").await;
    suite().refuses_what_is_no_segment(&client(server.base_url()), || server.received().len()).await;
}

#[tokio::test]
async fn without_a_key_only_what_needs_none_is_sent() {
    let server = Capture::answering(200, "text/html", "<p>").await;
    let without_key = Client::builder().without_key().base_url(server.base_url()).build().unwrap();
    suite().needs_a_key(without_key, || server.received().len()).await;
    assert_eq!(server.one().header("x-api-key"), None);
}

#[test]
fn a_client_that_is_configured_wrongly_names_its_api() {
    for builder in [
        Client::builder().environment(Environment::Stage),
        Client::builder().environment(Environment::Stage).api_key("two words"),
        Client::builder().api_key("key"),
        Client::builder().api_key("key").base_url("http://p100.example.com"),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().starts_with("P100"), "{error}");
    }
    for environment in [Environment::Stage, Environment::Production] {
        assert!(Client::builder().api_key("key").environment(environment).build().is_ok());
        assert!(environment.url().starts_with("https://"));
    }
}
