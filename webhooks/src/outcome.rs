use std::time::Duration;

use http::{HeaderValue, Response, StatusCode, header};

use crate::{BoxError, Refusal};

/// The outcome of processing a delivery.
#[derive(Debug)]
#[non_exhaustive]
pub enum Outcome {
    /// The handler has succeeded, and the store has recorded the event as handled.
    Handled,
    /// The delivery is stored in the inbox, and will be handled later.
    Stored,
    /// The event was handled or stored before.
    Duplicate,
    /// The delivery is the sender's health check.
    HealthCheck,
    /// Another delivery of the event is being handled right now.
    Busy {
        /// How long the sender has to wait before a retry is useful: for this time, the handler that is running now has
        /// exclusive access to the event. Some stores can only estimate the time.
        retry_after: Duration,
    },
    /// The handler is still running. It did not finish before the sender had to get a response. If the handler succeeds
    /// later, the next delivery of the event is a duplicate; if it fails, the event is handled again at its next
    /// delivery.
    HandlerStillRunning,
    /// The delivery is refused.
    Refused(Refusal),
    /// The handler returned an error. The event is handled again at its next delivery.
    HandlerFailed(BoxError),
    /// The handler panicked. The event can be handled again after the handler's exclusive access to the event (its
    /// lease) has ended.
    HandlerPanicked,
    /// The handler's exclusive access to the event (its lease) ended before the handler did. Another handler may have
    /// started, so the event is not recorded as handled.
    LeaseExpired,
    /// The event store failed, or the inbox could not store the event. For example, its database could not be reached.
    StoreFailed(BoxError),
}

impl Outcome {
    /// Returns the HTTP status for the sender:
    ///
    /// - 200 for a health check, and for an event that is handled or stored already
    /// - a 4xx status for a refused delivery
    /// - 503 for every other outcome, so that the sender delivers the event again
    pub fn status(&self) -> StatusCode {
        match self {
            Outcome::Handled | Outcome::Stored | Outcome::Duplicate | Outcome::HealthCheck => StatusCode::OK,
            Outcome::Refused(refusal) => refusal.status(),
            Outcome::Busy { .. }
            | Outcome::HandlerStillRunning
            | Outcome::HandlerFailed(_)
            | Outcome::HandlerPanicked
            | Outcome::LeaseExpired
            | Outcome::StoreFailed(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// Returns the response for the sender: the status, and the body `{}`. The response does not reveal why a delivery
    /// is refused.
    pub fn to_response<B: From<&'static str>>(&self) -> Response<B> {
        let mut response = Response::new(B::from("{}"));
        *response.status_mut() = self.status();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Outcome::Busy { retry_after } = self {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(retry_after.as_secs().max(1)));
        }
        if let Outcome::Refused(Refusal::WrongMethod) = self {
            headers.insert(header::ALLOW, HeaderValue::from_static("POST"));
        }
        response
    }
}
