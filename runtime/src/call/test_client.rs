//! A client for tests, whose API has bearer tokens and a sensitive parameter.

use std::convert::Infallible;
use std::time::Duration;

use crate::api::{Api, SecurityScheme};
use crate::client::{ApiClient, ApiEnvironment};
use crate::transport::Transport;
use crate::{ClientBuilder, RetryPolicy};

static API: Api =
    Api::new("Sample").security_schemes(&[SecurityScheme::Bearer], &[]).sensitive_names(&["pin"]);

pub(super) struct Client(pub(super) Transport);

pub(super) struct NoEnvironment(Infallible);

impl ApiEnvironment for NoEnvironment {
    fn server_url(self) -> &'static str {
        match self.0 {}
    }
}

impl ApiClient for Client {
    type Environment = NoEnvironment;
    const API: &'static Api = &API;

    fn from_transport(transport: Transport) -> Client {
        Client(transport)
    }
}

/// Returns a builder for a client of the server at `url`. The client pauses only for a millisecond before a retry.
pub(super) fn make_client_builder(url: &str) -> ClientBuilder<Client> {
    ClientBuilder::new()
        .without_credentials()
        .base_url(url)
        .retry(RetryPolicy::default().base_delay(Duration::from_millis(1)))
}
