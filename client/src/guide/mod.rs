//! A guide for services that run payments with these clients: one page a topic.
//!
//! | page | its question |
//! |---|---|
//! | [`errors`] | What does the error of a failed call say, and how is it handled? |
//! | [`retries`] | Which requests are sent again automatically, and which never are? |
//! | [`timeouts`] | How long can a call take, and what happens when its caller stops waiting? |
//! | [`uploads`] | Where do the contents of a file come from, and what if they break off? |
//! | [`pagination`] | How is a list read to its end, or only as far as needed? |
//! | [`waiting`] | How does a service learn that an order, a transfer or a verification is final? |
//! | [`amounts`] | How are amounts calculated with, made and stored without losing a digit? |
//! | [`observability`] | Which data of calls is in traces, metrics and audit logs, and which never is? |
//! | [`testing`] | How does a service prove what it does when a payment fails, or may have been made? |
#![cfg_attr(
    feature = "signing",
    doc = "| [`signing`] | What does a wallet authorize, and how are requests checked before they are signed? |"
)]
#![cfg_attr(
    feature = "webhooks",
    doc = "| [`webhooks`] | How are events received, each handled once, and missing ones noticed? |"
)]
//!
//! A page goes through its questions in the order in which they come up. Exact rules and defaults are in the reference,
//! which it links to; what an operation does and sends is at its method, in [`unigox::Client`](crate::unigox::Client)
//! and [`p100::Client`](crate::p100::Client).
//!
//! # A client for production
//!
//! Make one client for each key when the service starts, and hand out clones: they share connections, limits and the
//! [retry budget](crate::RetryBudget). A key or an address that cannot be right fails in `build`, before there is any
//! traffic.
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
//! let unigox = connect("your-key".into())?;
//! let for_a_task = unigox.clone();
//!
//! let error = connect("a line too much\n".into()).unwrap_err();
//! assert_eq!(error.kind(), ErrorKind::Configuration);
//! # Ok::<(), Error>(())
//! ```
//!
//! A base URL has to be HTTPS, except on this machine and on hosts that
//! [`allow_http_to`](crate::ClientBuilder::allow_http_to) names, like a mock server in a container. A gateway whose
//! certificate the system does not trust needs [`root_certificates`](crate::ClientBuilder::root_certificates), one that
//! asks for a client's certificate [`client_certificate`](crate::ClientBuilder::client_certificate) and
//! [`client_key`](crate::ClientBuilder::client_key); proxies and connections are set on the builder as well. Hand in a
//! `reqwest::Client` of your own only for what cannot be set there, and read
//! [what it must not do](crate::ClientBuilder::http_client).
//!
//! A key can only be checked by sending a request with it. Reads without effect are
//! [`verify_auth`](crate::unigox::Client::verify_auth) and
//! [`get_partner_balances`](crate::p100::Client::get_partner_balances).
//!
//! # An operation that is missing
//!
//! The vendors add operations before the documents have them. `raw` of either client calls these, with the client's
//! key, limits, retries, hooks, errors and spans:
//!
//! ```no_run
//! use partner_client::Json;
//! use partner_client::http::Method;
//! use partner_client::unigox::Client;
//!
//! # async fn example(unigox: Client) -> Result<(), partner_client::Error> {
//! let response = unigox.raw(Method::GET, "/api/v1/partner/something-new").query("limit", 10).data::<Json>().await?;
//! // Not `serde_json::Value`, which makes floats of amounts.
//! println!("{} {:?}", response.status(), response.get("total").and_then(|total| total.as_decimal()));
//! # Ok(())
//! # }
//! ```
//!
//! `data` takes the contents out of the envelope and fails on `success: false`; `json` and `bytes` give the whole body,
//! and fail on `success: false` as well. A `POST` is not sent again after a failure that leaves open what was done,
//! unless [`repeatable`](crate::RawCall::repeatable) promises that this is harmless. All raw calls have one name in
//! traces and metrics, `raw`. The path is sent as it is, so escape what becomes a part of it; a path that would have to
//! be escaped or resolved is refused.

pub mod amounts;
pub mod errors;
pub mod observability;
pub mod pagination;
pub mod retries;
#[cfg(feature = "signing")]
pub mod signing;
// Its examples use the sandbox, which depends on this crate, so they are compiled with the sandbox.
#[cfg(not(doctest))]
pub mod testing;
pub mod timeouts;
pub mod uploads;
pub mod waiting;
#[cfg(feature = "webhooks")]
pub mod webhooks;
