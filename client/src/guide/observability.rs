//! Observability: the data of calls in traces, metrics and audit logs, and the data that is never in them.
//!
//! # Seeing the calls
//!
//! With the feature `tracing` (on by default) each call is a span named `call` in the words of OpenTelemetry's HTTP
//! conventions, and each attempt an event in it, all with the target `partner_client`. [`trace`](crate::trace) lists
//! the fields. Any subscriber shows them; with `tracing-subscriber`:
//!
//! ```
//! use tracing_subscriber::filter::{LevelFilter, Targets};
//! use tracing_subscriber::fmt::format::FmtSpan;
//! use tracing_subscriber::prelude::*;
//!
//! let filter = Targets::new().with_default(LevelFilter::WARN).with_target("partner_client", LevelFilter::INFO);
//! tracing_subscriber::registry()
//!     // One line a call, when it is over.
//!     .with(tracing_subscriber::fmt::layer().with_span_events(FmtSpan::CLOSE))
//!     .with(filter)
//!     .init();
//! ```
//!
//! - `INFO` has one span a call, and a `WARN` for each attempt that failed and is repeated, which nothing else would
//!   report. That is the level for production.
//! - `DEBUG` adds an event for every other attempt, with duration and sizes; that of a last attempt that failed says
//!   why there is no other (`final_because`).
//!
//! A failed call is no event at `ERROR`: you have its [`Error`](crate::Error), and decide what it is worth. The span
//! has `otel.status_code = ERROR`, `error.type` and the vendor's code.
//!
//! For OpenTelemetry put the layer of `tracing-opentelemetry` in place of `fmt`: span names (`otel.name`) and kinds are
//! set for it. Spans are children of the span that is open where the call is awaited.
//!
//! # What never is in them
//!
//! Keys, headers, bodies, the vendor's messages, and ids: spans have the template of the path,
//! `/api/v1/partner/users/{user_uuid}`. [`trace_urls`](crate::ClientBuilder::trace_urls) adds the address as
//! `url.full`, without the parameters that are marked as sensitive, for a test environment. In production think twice:
//! the ids of your customers, and what was searched for, go wherever your traces go.
//!
//! This holds for the target `partner_client`. Crates below it have targets of their own, so keep those at `WARN`, as
//! above, and never hand in an HTTP client with reqwest's `connection_verbose`: it logs all bytes of a connection, the
//! key among them.
//!
//! # Metrics
//!
//! There are none of the library's own, because they would be the same once more. Durations and counts by operation and
//! status come out of the spans (`tracing-opentelemetry`, or the span metrics of a collector), or out of a
//! [`Hook`](crate::Hook), which is told how each attempt ended and feeds whatever your service has:
//!
//! ```
//! use partner_client::hook::Attempt;
//! use partner_client::http::StatusCode;
//! use partner_client::unigox::Client;
//! use partner_client::{Error, Hook, RetryPolicy};
//! use std::collections::BTreeMap;
//! use std::sync::{Arc, Mutex, PoisonError};
//! use std::time::Duration;
//!
//! /// Upper bounds of the buckets, in milliseconds.
//! const BOUNDS: [u128; 4] = [100, 500, 2_000, 10_000];
//!
//! /// Durations of attempts, by operation and result.
//! #[derive(Default)]
//! struct Durations(Mutex<BTreeMap<(&'static str, String), [u64; BOUNDS.len() + 1]>>);
//!
//! impl Durations {
//!     fn count(&self, operation: &'static str, result: String, took: Duration) {
//!         let bucket = BOUNDS.iter().take_while(|bound| took.as_millis() > **bound).count();
//!         let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
//!         counts.entry((operation, result)).or_default()[bucket] += 1;
//!     }
//! }
//!
//! impl Hook for Durations {
//!     fn finished(&self, attempt: &Attempt, result: Result<StatusCode, &Error>) {
//!         let result = match result {
//!             Ok(status) => status.as_str().to_owned(),
//!             // Few different values: the status of a response, or else a kind like `connect`.
//!             Err(error) => match error.status() {
//!                 Some(status) => status.as_str().to_owned(),
//!                 None => error.kind().as_str().to_owned(),
//!             },
//!         };
//!         self.count(attempt.operation().id, result, attempt.elapsed());
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Error> {
//! let durations = Arc::new(Durations::default());
//! let unigox = Client::builder()
//!     .api_key("your-key")
//!     .base_url("http://127.0.0.1:1") // No server listens there.
//!     .hook(Arc::clone(&durations))
//!     .build()?;
//! let _ = unigox.verify_auth().retry(RetryPolicy::none()).await;
//!
//! let counts = durations.0.lock().unwrap_or_else(PoisonError::into_inner);
//! let attempts: u64 = counts[&("verify_auth", "connect".to_owned())].iter().sum();
//! assert_eq!(attempts, 1);
//! # Ok(())
//! # }
//! ```
//!
//! What to know about the numbers:
//!
//! - A hook counts attempts. For calls, count only where [`retry_in`](crate::hook::Attempt::retry_in) is `None`.
//! - A response that does not fit the document is a success here, because that is noticed later. A failure with a
//!   status of success is a failure. Calls that never became
//!   an attempt (no permit within the limits, an argument that cannot be sent) and calls that were dropped are not here
//!   at all. The spans have the failed ones; or count the errors where you handle them.
//! - Do not put ids or messages into labels. Operations and statuses are few. Codes are, too, if you count all that are
//!   `Unrecognized` as one: in place of a code, Unigox writes a short text on some operations.
//!
//! # An audit trail
//!
//! A hook sees what is sent before the key is added, and what comes back. For a trail of everything that moves money,
//! note the operation, a fingerprint or the contents of the body, and the id that the vendor gave the request:
//!
//! ```
//! use partner_client::bytes::Bytes;
//! use partner_client::hook::Attempt;
//! use partner_client::{BoxError, Hook, http, reqwest, unigox};
//! use std::sync::mpsc::{SyncSender, sync_channel};
//!
//! /// Hands lines to a thread or task that writes them.
//! struct Audit(SyncSender<String>);
//!
//! impl Hook for Audit {
//!     fn request(&self, attempt: &Attempt, request: &mut reqwest::Request) -> Result<(), BoxError> {
//!         let operation = attempt.operation();
//!         if operation.method != "GET" {
//!             // Nothing for an upload, which is a stream.
//!             let bytes = request.body().and_then(|body| body.as_bytes()).map_or(0, <[u8]>::len);
//!             // What cannot be noted is not sent.
//!             self.0.try_send(format!("{} attempt {}: {bytes} bytes", operation.id, attempt.number()))?;
//!         }
//!         Ok(())
//!     }
//!
//!     fn response(&self, attempt: &Attempt, response: &mut http::Response<Bytes>) -> Result<(), BoxError> {
//!         let id = response.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or("none");
//!         // An error here would lose a response that is there, so a full trail is no reason for one.
//!         let _ = self.0.try_send(format!("{}: {}, request {id}", attempt.operation().id, response.status()));
//!         Ok(())
//!     }
//! }
//!
//! let (lines, _writer) = sync_channel(10_000);
//! let unigox = unigox::Client::builder()
//!     .api_key("your-key")
//!     .environment(unigox::Environment::Sandbox)
//!     .hook(Audit(lines))
//!     .build()?;
//! # Ok::<(), partner_client::Error>(())
//! ```
//!
//! The methods run inside the call and cannot wait, so hand over and return. Bodies hold personal data: an audit trail
//! that keeps them needs the protection of a database of customers.
//!
//! # Headers and request ids
//!
//! `header` adds a header to one call, a hook to all of them: trace context, the name of the service, a signature. The
//! hook runs inside the span of the call, so `traceparent` is that of the span. The header of the key can be set by
//! neither.
//!
//! ```no_run
//! use partner_client::unigox::Client;
//!
//! # async fn example(unigox: Client) -> Result<(), partner_client::Error> {
//! let stats = unigox.get_order_stats().header("x-correlation-id", "job-4711").await?;
//! let theirs = stats.headers().get("x-request-id");
//! # Ok(())
//! # }
//! ```
//!
//! Whether a vendor keeps an id of yours is not documented. Theirs is in the headers of a response, and in
//! [`Error::request_id`](crate::Error::request_id) of a failure; log it beside your own.
