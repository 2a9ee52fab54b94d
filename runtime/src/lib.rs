//! The runtime of generated HTTP API clients: calls, retries, limits, errors, values, uploads, pages, waiters, hooks,
//! tracing and TLS. It contains nothing that is special to one vendor.
//!
//! A client is generated from an OpenAPI document as a crate or module of its own, whose public surface uses the types
//! of this crate. [`ClientBuilder`] configures it, a call returns a [`Response`] or an [`Error`], and [`retry`]
//! explains when a call is sent again.
//!
//! # Features
//!
//! | feature | what it does |
//! |---|---|
//! | `tracing` (default) | spans and events; see [`trace`] |
//! | `rustls` (default) | TLS by rustls with ring and the system's certificates |
//! | `rustls-aws-lc`, `native-tls` | other TLS implementations; of several, `native-tls` is used, then `rustls-aws-lc` |
//! | `schemars` | the types of this crate implement `JsonSchema`, so that generated types can |
//! | `rust_decimal` | conversions between [`Decimal`] and `rust_decimal::Decimal` |

pub mod api;
pub mod client;
pub mod hook;
pub mod operation;
pub mod pages;
#[doc(hidden)]
pub mod plumbing;
pub mod retry;
pub mod trace;
pub mod wait;

mod call;
mod clock;
mod credential;
mod decimal;
mod envelope;
mod error;
mod json;
mod limit;
mod multipart;
mod object;
mod origin;
mod path;
mod query;
mod raw;
mod response;
mod tls;
mod transport;
mod upload;
mod value;

// The crates whose types are part of this crate's public interface. They are exported so that callers get the matching
// versions.
pub use {bytes, chrono, futures_core, http, reqwest, serde_json, uuid};

#[cfg(feature = "rust_decimal")]
pub use rust_decimal;

#[cfg(feature = "schemars")]
pub use schemars;

pub use call::prepared_call::Operation;
pub use client::{ClientBuilder, ServerVariableValue};
pub use credential::{Credential, Login, Token, TokenProvider};
pub use decimal::{Decimal, DecimalConversionError, ParseDecimalError, Rounding};
pub use error::{BoxError, Error, ErrorKind, TimeLimit};
pub use hook::Hook;
pub use json::{Json, JsonError, JsonObject, UnreadableField};
pub use pages::{Items, Pages};
pub use raw::RawCall;
pub use response::Response;
pub use retry::{RetryBudget, RetryPolicy};
pub use tls::TlsVersion;
pub use upload::Upload;
pub use value::{UnknownValueError, Unrecognized};
pub use wait::{Wait, WaitError};
