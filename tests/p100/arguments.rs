//! Arguments that are refused before anything is sent.

use partner_client::ErrorKind;
use partner_client::p100::{Client, Environment};

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
