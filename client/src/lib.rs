//! Typed async clients of two fintech partner APIs.
//!
//! The operations and models are generated from hand-maintained OpenAPI documents. One runtime, [`partner_runtime`], stands
//! under all of them, the same way for both APIs; what a service needs of it is here under the same names.
#![cfg_attr(
    feature = "unigox",
    doc = r#"
```no_run
use partner_client::unigox::{Client, Environment, KycDocumentType, NewPartnerUser};
use partner_client::Upload;
use std::time::Duration;

# async fn example() -> Result<(), partner_client::Error> {
let unigox = Client::builder().api_key("your-key").environment(Environment::Sandbox).build()?;
let user = unigox.create_partner_user(NewPartnerUser::new("customer-42", "a@example.com")).await?;
if let Some(user_uuid) = user.user_uuid {
    unigox
        .upload_kyc_document(user_uuid, KycDocumentType::Selfie, Upload::file("selfie.jpg").await?)
        .timeout(Duration::from_secs(60))
        .await?;
}
# Ok(())
# }
```
"#
)]
//! # What every call has in common
//!
//! - What an operation requires is an argument, what is optional is a setter, and `.await` sends.
//! - Any call takes options of its own: `timeout`, `attempt_timeout`, `retry` and extra headers.
//! - What can be sent again without harm is, see [`retry`]; dropping a call's future cancels it.
//! - A list is a stream that ends at an error and can be resumed, see [`pages`]; a [wait](wait) asks again until a state
//!   is final.
//! - A success is a [`Response`]: it derefs to the typed body, keeps status and headers, and lists optional fields that
//!   [could not be read](Response::unreadable).
//! - A failure is an [`Error`], whatever the wire had, also one with a status of success: status, vendor code, message,
//!   details, request id, raw body, and whether the request [may have been executed](Error::may_have_executed).
//! - Money and rates are [`Decimal`]s: any amount, with exact arithmetic, and no digit lost in either direction.
//! - What the documents say nothing about is kept as the [`Json`] that was sent, with every digit as well.
//! - Enums of responses keep values that this version does not know ([`Unrecognized`]).
//! - API keys, and what the documents mark as personal, are in no `Debug` output. An error's text has no key, header or
//!   body, only the vendor's own message, made harmless.
#![cfg_attr(
    all(feature = "unigox", feature = "p100"),
    doc = r#"
# Guide

The [`guide`] has a page each on [errors](guide::errors), [retries](guide::retries), [timeouts](guide::timeouts),
[uploads](guide::uploads), [pagination](guide::pagination), [waiting](guide::waiting), [amounts](guide::amounts),
[observability](guide::observability) and [testing](guide::testing), for services that run payments with these clients.
"#
)]
//!
//! # Features
//!
//! | feature | what it does |
//! |---|---|
//! | `unigox`, `p100` (default) | one API each; what is off is not compiled |
//! | `generate` (default) | generates from the documents at build time; without it the reviewed source is compiled |
//! | `tracing` (default) | spans and events; see [`trace`] |
//! | `rustls` (default) | TLS by rustls with ring and the system's certificates |
//! | `rustls-aws-lc`, `native-tls` | other TLS implementations; of several, `native-tls` is used, then `rustls-aws-lc` |
//! | `schemars` | the generated types implement `JsonSchema`, for services that expose them |
//! | `webhooks` | receives webhooks: `unigox::webhook`, `p100::webhook`, and `webhooks` for what both have in common |
//! | `axum` | with `webhooks`: an extractor of verified events |
//! | `sqlite`, `postgres`, `redis` | with `webhooks`: stores of events |
//! | `signing` | signs transfers for Unigox with the signers of alloy: `unigox::signing` |
//! | `rust_decimal` | conversions between [`Decimal`] and `rust_decimal::Decimal` |
#![cfg_attr(
    all(feature = "schemars", feature = "unigox"),
    doc = r#"
# JSON Schemas

With the feature `schemars`, a schema says what the documents say of the wire: which keys are required, which may be
null, which values an enum has, and that it may get more of them. What is sent has its limits as well; what is
received has none, because the client takes a response that breaks them.

```
use partner_client::schemars::schema_for;
use partner_client::unigox::NewPartnerUser;

let schema = schema_for!(NewPartnerUser).to_value();
assert_eq!(schema["properties"]["email"]["type"], "string");
# let required = schema["required"].as_array().unwrap();
assert!(required.iter().any(|key| key == "email"));
```
"#
)]

// Its examples use both APIs.
#[cfg(all(feature = "unigox", feature = "p100"))]
pub mod guide;
#[cfg(feature = "p100")]
pub mod p100;
#[cfg(feature = "unigox")]
pub mod unigox;

#[cfg(test)]
#[cfg(all(feature = "unigox", feature = "p100"))]
mod tests;

partner_runtime::plumbing::call_type!();

#[doc(inline)]
pub use partner_runtime::{api, client, hook, operation, pages, retry, trace, wait};

// The crates whose types are part of the public surface, so that nobody has to match versions by hand.
pub use partner_runtime::{bytes, chrono, futures_core, http, reqwest, serde_json, uuid};

#[cfg(feature = "rust_decimal")]
pub use partner_runtime::rust_decimal;

#[cfg(feature = "schemars")]
pub use schemars;

#[doc(inline)]
pub use partner_runtime::{
    BoxError, ClientBuilder, Deadline, Decimal, DecimalRangeError, Error, ErrorKind, Hook, Items, Json,
    JsonError, JsonObject, Operation, Pages, ParseDecimalError, RawCall, Response, RetryBudget, RetryPolicy,
    Rounding, TlsVersion, UnknownValueError, Unreadable, Unrecognized, Upload, Wait, WaitError, decimal,
};

#[cfg(feature = "webhooks")]
pub use partner_webhooks as webhooks;
