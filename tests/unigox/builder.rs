//! Clients that are configured wrongly.

use partner_client::unigox::{Client, Environment};
use partner_client::{ClientBuilder, ErrorKind, RetryPolicy};
use partner_tests::capture::Capture;

fn refused(builder: ClientBuilder<Client>, reason: &str) {
    let error = builder.build().expect_err(reason);
    assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
    assert!(error.to_string().contains(reason), "`{error}` says `{reason}`");
    assert!(error.to_string().contains("Unigox"), "{error}");
    assert!(!error.may_have_executed() && !error.is_retryable());
    assert_eq!((error.attempt_count(), error.status()), (0, None));
}

fn with_key() -> ClientBuilder<Client> {
    Client::builder().api_key("key")
}

#[test]
fn a_key_has_to_be_given() {
    refused(Client::builder().environment(Environment::Sandbox), "no API key");
}

#[test]
fn a_key_has_to_be_one_that_a_header_can_carry() {
    let with = |key: &str| Client::builder().environment(Environment::Sandbox).api_key(key);
    refused(with(""), "the API key is empty");
    for key in
        ["key\n", "\nkey", "key\r\nx-injected: 1", " key", "key ", "two words", "key\0", "klucz-ż", "\t"]
    {
        refused(with(key), "the API key has characters");
    }
}

#[test]
fn a_server_has_to_be_given() {
    refused(with_key(), "no server");
}

#[test]
fn a_base_url_has_to_be_an_address() {
    for url in ["", "api.example.com", "//api.example.com", "https://", "not a url", "https://a b", "/v1"] {
        refused(with_key().base_url(url), "base URL");
    }
    for url in ["ftp://127.0.0.1", "file:///etc/passwd", "unix:/run/server", "localhost:8080"] {
        refused(with_key().base_url(url), "neither HTTPS nor HTTP");
    }
}

#[test]
fn plain_http_is_for_this_machine_only() {
    for url in [
        "http://api.example.com",
        "http://10.0.0.1",
        "http://192.168.1.1:8080",
        "http://0.0.0.0",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "http://[2001:db8::1]",
        "HTTP://api.example.com",
    ] {
        refused(with_key().base_url(url), "not HTTPS");
    }
    for url in [
        "http://localhost:1",
        "http://LOCALHOST",
        "http://127.0.0.1",
        "http://127.1.2.3:80",
        "http://[::1]:9",
    ] {
        assert!(with_key().base_url(url).build().is_ok(), "{url}");
    }
    assert!(with_key().base_url("https://api.example.com/base/").build().is_ok());
}

#[test]
fn credentials_do_not_belong_into_the_base_url() {
    for url in
        ["https://user@api.example.com", "https://user:pw@api.example.com", "https://:pw@api.example.com"]
    {
        refused(with_key().base_url(url), "user name or password");
    }
    // The part before the `@` is no host.
    refused(with_key().base_url("http://127.0.0.1@evil.example.com"), "user name or password");
}

#[test]
fn a_base_url_has_no_query_and_no_fragment() {
    refused(with_key().base_url("https://api.example.com?key=1"), "query or fragment");
    refused(with_key().base_url("https://api.example.com#top"), "query or fragment");
}

#[test]
fn every_environment_can_be_chosen() {
    for environment in [Environment::Sandbox, Environment::Production] {
        assert!(with_key().environment(environment).build().is_ok());
        assert!(environment.url().starts_with("https://"));
    }
}

#[tokio::test]
async fn a_base_url_with_white_space_around_it_is_refused_or_works() {
    let server = Capture::responding(503, "text/plain", "").await;
    for url in [
        format!("{} ", server.base_url()),
        format!(" {}", server.base_url()),
        format!("{}\n", server.base_url()),
    ] {
        if let Ok(client) = with_key().base_url(&url).build() {
            let error = client.verify_auth().retry(RetryPolicy::none()).await.unwrap_err();
            assert_eq!(error.attempt_count(), 1, "{url:?}: {error}");
            assert_eq!(server.received().last().unwrap().target, "/api/v1/partner/verify-auth");
        }
    }
}
