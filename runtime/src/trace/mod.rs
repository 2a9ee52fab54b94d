//! Seeing what happens: [`tracing`](https://docs.rs/tracing) spans and events.
//!
//! With the feature `tracing` (on by default; the crate is compiled anyway, because the HTTP client has it) each call is
//! one span, and each of its attempts one event in it. Without a subscriber they cost next to nothing, without the
//! feature nothing. Both have the target `partner_client`.
//!
//! The span `call`, at the level `INFO`, is that of an HTTP client in
//! [OpenTelemetry's conventions](https://opentelemetry.io/docs/specs/semconv/http/http-spans/):
//!
//! | field | |
//! |---|---|
//! | `otel.name`, `otel.kind` | `POST /v1/users/{user_id}`, `client` |
//! | `http.request.method`, `url.template` | as in the document |
//! | `server.address`, `server.port` | |
//! | `http.response.status_code` | of the last response |
//! | `http.request.resend_count` | how often it was sent again, if it was |
//! | `error.type`, `otel.status_code` | when the call failed: the status, or [`ErrorKind::as_str`](crate::ErrorKind::as_str); `ERROR` |
//! | `partner.api`, `partner.operation` | the API's title, the client's method |
//! | `partner.error.code` | the vendor's code |
//! | `partner.unreadable_fields` | how many fields [could not be read](crate::Response::unreadable), if any |
//! | `url.full` | only with [`ClientBuilder::trace_urls`](crate::ClientBuilder::trace_urls), without what is marked as sensitive |
//!
//! An event has `attempt`, `duration_ms`, `http.request.body.size` (unknown for uploads), `http.response.body.size`,
//! `http.response.status_code`, and when the attempt failed `error.type`, `partner.error.code`, and either `retry_in_ms`
//! or `final_because`. It is at the level `DEBUG`; at `WARN` when the attempt failed and is repeated, since the caller
//! is not told of that otherwise.
//!
//! Keys, headers, bodies, ids and the vendor's messages are in none of them. In place of a code, some APIs have a short
//! text; what does not look like a code is no `partner.error.code`.
//!
//! There are no metrics of the library's own: they come out of the spans, or out of a [`Hook`](crate::Hook).

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

/// An attempt as its event shows it.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "tracing"), allow(dead_code, reason = "only events show it"))]
pub(crate) struct AttemptSummary {
    pub(crate) number: u32,
    pub(crate) started: Instant,
    /// The length of the request's body; none when that is not known, as with uploads.
    pub(crate) sent_bytes: Option<usize>,
    pub(crate) received_bytes: usize,
    pub(crate) status: Option<StatusCode>,
}
