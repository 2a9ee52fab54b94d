//! Spans and events for [`tracing`](https://docs.rs/tracing).
//!
//! With the feature `tracing`, each call is a span, and each of its attempts an event in that span. The feature is on
//! by default, because the HTTP client depends on the crate anyway. Without a subscriber, spans cost next to nothing;
//! without the feature, they cost nothing. Spans and events have the target `partner_client`.
//!
//! The span `call`, at the level `INFO`, follows the conventions for HTTP clients in
//! [OpenTelemetry's conventions](https://opentelemetry.io/docs/specs/semconv/http/http-spans/):
//!
//! | field | |
//! |---|---|
//! | `otel.name`, `otel.kind` | `POST /v1/users/{user_id}`, `client` |
//! | `http.request.method`, `url.template` | as in the document |
//! | `server.address`, `server.port` | |
//! | `http.response.status_code` | of the last response |
//! | `http.request.resend_count` | how often the request was sent again, if it was |
//! | `error.type`, `otel.status_code` | when the call failed: the status, or [`ErrorKind::as_str`](crate::ErrorKind::as_str); `ERROR` |
//! | `partner.api`, `partner.operation` | the API's title, the client's method |
//! | `partner.error.code` | the vendor's code |
//! | `partner.unreadable_fields` | how many fields [could not be read](crate::Response::unreadable_fields), if any |
//! | `url.full` | only with [`ClientBuilder::trace_urls`](crate::ClientBuilder::trace_urls), without what is marked as sensitive |
//!
//! An event has `attempt`, `duration_ms`, `http.request.body.size` (unknown for uploads), `http.response.body.size`,
//! `http.response.status_code`. A failed attempt also has `error.type`, `partner.error.code`, and either `retry_in_ms`
//! or `final_because`. The level is `DEBUG`, or `WARN` for a failed attempt that is retried, because the caller does
//! not learn of it otherwise.
//!
//! No span and no event has keys, headers, bodies, ids or the vendor's messages. Some APIs send a short text in place
//! of a code; a text that does not look like a code is not recorded as `partner.error.code`.
//!
//! The library has no metrics. They can be derived from the spans, or recorded by a [`Hook`](crate::Hook).

#[cfg(not(feature = "tracing"))]
mod off;
#[cfg(feature = "tracing")]
mod on;

#[cfg(not(feature = "tracing"))]
pub(crate) use off::CallTrace;
#[cfg(feature = "tracing")]
pub(crate) use on::CallTrace;

use http::StatusCode;
use tokio::time::Instant;

/// The properties of an attempt that are recorded in its `tracing` event.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "tracing"), allow(dead_code, reason = "only events show it"))]
pub(crate) struct AttemptSummary {
    pub(crate) number: u32,
    pub(crate) started_at: Instant,
    /// The size of the request's body in bytes; `None` if it is not known, as for uploads.
    pub(crate) request_body_size: Option<usize>,
    pub(crate) response_body_size: usize,
    pub(crate) status: Option<StatusCode>,
}
