//! A guide for services that make payments with these clients, with one page for each topic.
//!
//! | page | question |
//! |---|---|
//! | [`errors`] | Which information does the error of a failed call have, and how is it handled? |
//! | [`retries`] | Which requests are sent again automatically, and which never are? |
//! | [`timeouts`] | How long can a call take, and what happens if its caller stops waiting? |
//! | [`uploads`] | What are the sources of a file's contents, and what happens if the contents end early? |
//! | [`pagination`] | How is a list read to its end, or only in part? |
//! | [`waiting`] | How does a service learn that an order, a transfer or a verification is final? |
//! | [`ids`] | Which types do ids and codes have, and how are they made? |
//! | [`amounts`] | How are amounts calculated with, made and stored without losing a digit? |
//! | [`observability`] | Which data of calls is in traces, metrics and audit logs, and which data is never there? |
//! | [`testing`] | How is the behavior of a service tested when a payment fails, or may have been made? |
#![cfg_attr(
    all(feature = "signing", feature = "unigox"),
    doc = "| [`signing`] | What does a wallet authorize, and how are requests checked before they are signed? |"
)]
#![cfg_attr(
    feature = "webhooks",
    doc = "| [`webhooks`] | How are events received, each handled once, and missing ones noticed? |"
)]
//!
//! The pages link to the reference, which has the exact rules and defaults. The operations are described at their
//! methods, in [`unigox::Client`](crate::unigox::Client) and [`p100::Client`](crate::p100::Client).
//!
//! # A client for production
//!
//! Make one client for each key when the service starts, and clone it where it is needed: clones share connections,
//! limits and the [retry budget](crate::RetryBudget). With an invalid key or URL, `build` fails, before anything is
//! sent.
//!
//! ```
//! use partner_client::unigox::{Client, Environment};
//! use partner_client::{Error, ErrorKind};
//! use std::time::Duration;
//!
//! fn connect(key: String) -> Result<Client, Error> {
//!     Client::builder()
//!         .api_key(key)
//!         .environment(Environment::Production)
//!         .connect_timeout(Duration::from_secs(3))
//!         .attempt_timeout(Duration::from_secs(10))
//!         .timeout(Duration::from_secs(25))
//!         .concurrency_limit(64)
//!         .build()
//! }
//!
//! let unigox = connect("your-key".to_owned())?;
//! let for_a_task = unigox.clone();
//!
//! let error = connect("a line too much\n".to_owned()).unwrap_err();
//! assert_eq!(error.kind(), ErrorKind::Configuration);
//! # Ok::<(), Error>(())
//! ```
//!
//! A base URL has to be HTTPS, except on this machine and on hosts that
//! [`allow_http_to`](crate::ClientBuilder::allow_http_to) names, like a mock server in a container. For a gateway whose
//! certificate the system does not trust, set [`root_certificates`](crate::ClientBuilder::root_certificates). For a
//! gateway that requires a client certificate, set [`client_certificate`](crate::ClientBuilder::client_certificate) and
//! [`client_key`](crate::ClientBuilder::client_key). The builder also has the options for proxies and connections.
//! Provide your own `reqwest::Client` only for other options, and read [its
//! restrictions](crate::ClientBuilder::http_client).
//!
//! A key can only be checked by sending a request with it. Suitable operations without effect are
//! [`verify_auth`](crate::unigox::Client::verify_auth) and
//! [`get_partner_balances`](crate::p100::Client::get_partner_balances).
//!
//! # An operation that is missing
//!
//! The vendors add operations that the documents do not have yet. Both clients have a method `raw` that calls such an
//! operation, with the client's key, limits, retries, hooks, errors and spans:
//!
//! ```no_run
//! use partner_client::Json;
//! use partner_client::http::Method;
//! use partner_client::unigox::Client;
//!
//! # async fn example(unigox: Client) -> Result<(), partner_client::Error> {
//! let call = unigox.raw(Method::GET, "/api/v1/partner/something-new").query("limit", 10);
//! let response = call.enveloped_json::<Json>().await?;
//! // Do not use `serde_json::Value`, which turns amounts into floats.
//! println!("{} {:?}", response.http_status(), response.get("total").and_then(|total| total.as_decimal()));
//! # Ok(())
//! # }
//! ```
//!
//! `enveloped_json` returns the data in the envelope; `json` and `bytes` return the whole body. All of them fail on
//! `success: false`. After a failure that leaves open whether a `POST` was executed, it is sent again only if it was
//! declared [`repeatable`](crate::RawCall::repeatable). All raw calls have the same name in traces and metrics, `raw`.
//! The path is sent unchanged, so escape the values that you insert; a path that would have to be escaped or resolved
//! is refused.

pub mod amounts;
pub mod errors;
pub mod ids;
pub mod observability;
pub mod pagination;
pub mod retries;
#[cfg(all(feature = "signing", feature = "unigox"))]
pub mod signing;
// The examples in this page use the sandbox, which depends on this crate. So they are compiled with the sandbox.
#[cfg(not(doctest))]
pub mod testing;
pub mod timeouts;
pub mod uploads;
pub mod waiting;
#[cfg(feature = "webhooks")]
pub mod webhooks;
