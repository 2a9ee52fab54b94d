//! Typed async clients of two fintech partner APIs.
//!
//! The operations and models are generated from hand-maintained OpenAPI documents. Both APIs use the same runtime,
//! [`partner_runtime`], and its public items are re-exported here under the same names.
#![cfg_attr(
    feature = "unigox",
    doc = r#"
```no_run
use partner_client::unigox::{Client, Environment, KycDocumentType, NewPartnerUser, NewPartnerUserRequired, UserRef};
use partner_client::Upload;
use std::time::Duration;

# async fn example() -> Result<(), partner_client::Error> {
let unigox = Client::builder().api_key("your-key").environment(Environment::Sandbox).build()?;
let new = NewPartnerUserRequired { user_ref: UserRef::from("customer-42"), email: "a@example.com".to_owned() };
let user = unigox.create_partner_user(NewPartnerUser::new(new)).await?;
unigox
    .upload_kyc_document(user.user_uuid()?, KycDocumentType::Selfie, Upload::from_file("selfie.jpg").await?)
    .timeout(Duration::from_secs(60))
    .await?;
# Ok(())
# }
```
"#
)]
//! # Features of every call
//!
//! - Required parameters are arguments, optional ones are setters, and `.await` sends the call.
//! - Each call has options of its own: `timeout`, `attempt_timeout`, `retry` and additional headers.
//! - A request is retried if sending it again is safe, see [`retry`]. Dropping the future of a call cancels it.
//! - A list is a stream that ends at an error and can be resumed, see [`pages`]. A [wait for a state](wait) polls until
//!   a state is final.
//! - A success is a [`Response`]: it derefs to the typed body, keeps status, headers and the [raw body](Response::body),
//!   and lists optional fields that [could not be read](Response::unreadable_fields). An optional field that the
//!   vendor's docs show in every response, like an id, has a method of the same name. It returns an [`Error`] when the
//!   field is missing or could not be read.
//! - A failure is an [`Error`], even if its HTTP status is a success. The error has status, vendor code, message,
//!   details, request id, raw body, and whether the request [may have been executed](Error::may_have_executed).
//! - Money and rates are [`Decimal`]s, with exact arithmetic. No digit is lost in requests and responses.
//! - Values whose shape is not documented are kept as [`Json`], with every digit.
//! - Enums of responses keep values that this version does not know ([`Unrecognized`]).
//! - `Debug` output has no API keys and no fields that are documented as sensitive. The text of an error has no key,
//!   header or body, only the vendor's message, cleaned.
//!
//! # Guide
//!
//! The [`guide`] has pages for services that run payments with these clients, among them pages on
//! [errors](guide::errors), [retries](guide::retries), [timeouts](guide::timeouts), [ids](guide::ids),
//! [amounts](guide::amounts), [waiting](guide::waiting), [pagination](guide::pagination), [uploads](guide::uploads),
//! [observability](guide::observability) and [testing](guide::testing).
//!
//! # Features
//!
//! | feature | what it does |
//! |---|---|
//! | `unigox`, `p100` (default) | one API each; an API that is off is not compiled |
//! | `generate` (default) | generates the source from the documents at build time; without it, the reviewed source is compiled |
//! | `tracing` (default) | spans and events; see [`trace`] |
//! | `rustls` (default) | TLS by rustls with ring and the system's certificates |
//! | `rustls-aws-lc`, `native-tls` | other TLS implementations; of several, `native-tls` is used, then `rustls-aws-lc` |
//! | `schemars` | the generated types implement `JsonSchema`, for services that expose them |
//! | `webhooks` | receives webhooks: `unigox::webhook`, `p100::webhook`, and the common parts in `webhooks` |
//! | `axum` | with `webhooks`: an extractor of verified events |
//! | `sqlite`, `postgres`, `redis` | with `webhooks`: stores of events |
//! | `signing` | signs transfers for Unigox with the signers of alloy: `unigox::signing` |
//! | `rust_decimal` | conversions between [`Decimal`] and `rust_decimal::Decimal` |
#![cfg_attr(
    all(feature = "schemars", feature = "unigox"),
    doc = r#"
# JSON Schemas

With the feature `schemars`, the schema of a type describes its JSON as the documents do: the required keys, the keys that
may be null, and the known values of an enum, to which the vendor may add values. Schemas of requests include the documented
limits. Schemas of responses do not, because the client accepts responses that exceed the limits.

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

// The examples in the guide use Unigox and P100, so they are tested only if the features of both APIs are enabled. If
// one of these two features or the feature `tracing` is disabled, some links in the guide have no target.
#[cfg(any(not(doctest), all(feature = "unigox", feature = "p100")))]
#[cfg_attr(
    not(all(feature = "unigox", feature = "p100", feature = "tracing")),
    allow(rustdoc::broken_intra_doc_links)
)]
pub mod guide;
#[cfg(any(feature = "unigox", feature = "p100"))]
mod iban;
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

// The crates whose types are part of the public API. Callers who use these re-exports always use the same versions as
// the client.
pub use partner_runtime::{bytes, chrono, futures_core, http, reqwest, serde_json, uuid};

#[cfg(feature = "rust_decimal")]
pub use partner_runtime::rust_decimal;

#[cfg(feature = "schemars")]
pub use partner_runtime::schemars;

#[doc(inline)]
pub use partner_runtime::{
    BoxError, ClientBuilder, Credential, Decimal, DecimalConversionError, Error, ErrorKind, Hook, Items,
    Json, JsonError, JsonObject, Login, Operation, Pages, ParseDecimalError, RawCall, Response, RetryBudget,
    RetryPolicy, Rounding, ServerVariableValue, TimeLimit, TlsVersion, Token, TokenProvider,
    UnknownValueError, UnreadableField, Unrecognized, Upload, Wait, WaitError, decimal,
};

#[cfg(any(feature = "unigox", feature = "p100"))]
pub use iban::IbanError;

#[cfg(feature = "webhooks")]
pub use partner_webhooks as webhooks;
