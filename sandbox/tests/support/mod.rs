//! Starts a sandbox, and creates clients for both APIs.
#![allow(dead_code, reason = "not every test file needs all of it")]

pub(crate) mod documents;

use partner_client::{Error, Response, p100, unigox};
use partner_sandbox::Sandbox;
use reqwest::{Method, RequestBuilder};

pub(crate) async fn sandbox() -> Sandbox {
    Sandbox::start().await.unwrap()
}

pub(crate) fn unigox_with(sandbox: &Sandbox, key: &str) -> unigox::Client {
    unigox::Client::builder().base_url(sandbox.unigox_base_url()).api_key(key).build().unwrap()
}

pub(crate) fn unigox(sandbox: &Sandbox) -> unigox::Client {
    unigox_with(sandbox, Sandbox::UNIGOX_API_KEY)
}

pub(crate) fn p100_with(sandbox: &Sandbox, key: &str) -> p100::Client {
    p100::Client::builder().base_url(sandbox.p100_base_url()).api_key(key).build().unwrap()
}

pub(crate) fn p100(sandbox: &Sandbox) -> p100::Client {
    p100_with(sandbox, Sandbox::P100_API_KEY)
}

/// Returns a plain HTTP client, for requests that the typed client cannot send.
pub(crate) fn create_http_client() -> reqwest::Client {
    // reqwest needs a crypto provider even without TLS. The result is ignored: an error means that the provider is
    // installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::new()
}

/// Builds a request that the typed client cannot send, with the right API key.
pub(crate) fn build_request(method: Method, base_url: &str, path: &str) -> RequestBuilder {
    let key = if base_url.ends_with("/p100") { Sandbox::P100_API_KEY } else { Sandbox::UNIGOX_API_KEY };
    create_http_client().request(method, format!("{base_url}{path}")).header("x-api-key", key)
}

/// Returns the status and error code of a failed call. Panics if the call has succeeded.
pub(crate) fn expect_failure<T>(result: Result<Response<T>, Error>) -> (u16, Option<String>) {
    match result {
        Ok(response) => panic!("succeeded with {}", response.http_status()),
        Err(error) => (error.status().unwrap().as_u16(), error.code().map(str::to_owned)),
    }
}

/// Returns the expected result of [`expect_failure`] for a failure with this status and error code.
pub(crate) fn failure_with_code(status: u16, code: &str) -> (u16, Option<String>) {
    (status, Some(code.to_owned()))
}
