//! Observability: the data of calls in traces, metrics and audit logs, and the data that is never in them.
//!
//! # Seeing the calls
//!
//! With the feature `tracing` (on by default) each call is a span named `call`, with the field names of OpenTelemetry's
//! HTTP conventions, and each attempt is an event in the span. Their target is `partner_client`.
//! [`trace`](crate::trace) lists the fields. Any subscriber shows them; with `tracing-subscriber`:
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
//! - `INFO` has one span for each call, and a `WARN` for each failed attempt that is retried, because nothing else
//!   reports such an attempt. Use this level in production.
//! - `DEBUG` adds an event for every other attempt, with duration and sizes. If the last attempt failed, its event has
//!   the reason why it is not retried (`final_because`).
//!
//! A failed call causes no event at `ERROR`: you get its [`Error`](crate::Error), and decide about its severity. The
//! span has `otel.status_code = ERROR`, `error.type` and the vendor's code.
//!
//! For OpenTelemetry, use the layer of `tracing-opentelemetry` instead of `fmt`. The fields for span names
//! (`otel.name`) and span kinds are set. Spans are children of the span that is open where the call is awaited.
//!
//! # What never is in them
//!
//! Spans and events never contain keys, headers, bodies, the vendor's messages, or ids. Instead of the path, spans
//! have its template, `/api/v1/partner/users/{user_uuid}`. [`trace_urls`](crate::ClientBuilder::trace_urls) adds the
//! address as `url.full`, without the parameters that are marked as sensitive, for a test environment. Use it with care
//! in production: the ids of your customers, and search terms, become part of your traces.
//!
//! These guarantees apply to the target `partner_client`. The crates that it uses have other targets, so limit those to
//! `WARN`, as above. And never provide an HTTP client with reqwest's `connection_verbose`: it logs all bytes of a
//! connection, the key among them.
//!
//! # Metrics
//!
//! The library has no metrics of its own, because the spans already contain the data. Derive durations and counts by
//! operation and status from the spans (with `tracing-opentelemetry`, or the span metrics of a collector), or from a
//! [`Hook`](crate::Hook), which gets the result of each attempt and can update the metrics of your service:
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
//!     fn on_attempt_end(&self, attempt: &Attempt, result: Result<StatusCode, &Error>) {
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
//! Notes on these numbers:
//!
//! - A hook counts attempts. For calls, count only where [`retry_in`](crate::hook::Attempt::retry_in) is `None`.
//! - A response that does not conform to the document counts as a success, because it is parsed after the hook is
//!   called. A failure with a success status counts as a failure. Calls without an attempt (they got no permit, or an
//!   argument could not be sent) and dropped calls are not counted. The spans include such failed calls; or count the
//!   errors where you handle them.
//! - Do not put ids or messages into labels. There are few operations and statuses. There are also few codes, if
//!   you count all `Unrecognized` codes as one: some operations of Unigox send a short text instead of a code.
//!
//! # An audit trail
//!
//! A hook gets each request before the key is added, and each response. For an audit trail of everything that moves
//! money, record the operation, a fingerprint or the contents of the body, and the id that the vendor gave the request:
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
//!     fn on_request(&self, attempt: &Attempt, request: &mut reqwest::Request) -> Result<(), BoxError> {
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
//!     fn on_response(&self, attempt: &Attempt, response: &mut http::Response<Bytes>) -> Result<(), BoxError> {
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
//! The methods of a hook run inside the call and are not async, so pass the data to another task and return. Bodies
//! contain personal data: an audit trail with bodies needs the same protection as a customer database.
//!
//! # Headers and request ids
//!
//! `header` adds a header to one call, a hook to all of them: trace context, the name of the service, a signature. The
//! hook runs inside the span of the call, so it can take `traceparent` from the span. Neither of them can set the
//! header of the API key.
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
//! The docs do not say whether a vendor records the request ids that you send. The vendor's request id is in the
//! headers of a response, and in [`Error::request_id`](crate::Error::request_id) of a failure. Log it together with
//! your own id.
