//! A request body that records whether a connection has begun to read it, and whether the source of the body has
//! failed.
//!
//! Until a connection has taken the body, no server can execute the request: the head is written together with the
//! beginning of the body, and before that the connection asks the body whether it is empty. So a payment that ran out
//! of time while it waited for a connection is known not to have been made.
//!
//! The HTTP client does not see the error of a source, only that there was one. An upload may be read from another
//! connection, whose errors must not be mistaken for errors of the connection to the API.
//!
//! A guarded body cannot be cloned, not even an empty one. So no redirect and no retry policy of a `reqwest::Client`
//! can send the request a second time.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use reqwest::{Body, Request};

use super::guard::{BodyGuard, BodyHolder};
use crate::BoxError;

/// The message of the error that the HTTP client gets if the body was revoked or its source has failed.
const BODY_NOT_SENT_MESSAGE: &str = "the body was not sent to its end";

/// A handle to a body that a call has handed to the HTTP client. With the handle, the call observes whether the body is
/// read, and can revoke the body.
pub(super) struct GuardedBodyHandle(Arc<GuardedBodyState>);

/// The state of a guarded body: a request body that records whether it was read, and whether its source failed. The
/// call's handle and the body that the HTTP client polls share this state.
#[derive(Default)]
struct GuardedBodyState {
    guard: BodyGuard,
    failure: Mutex<Option<BodySourceFailure>>,
}

/// The failure of a body's source, like a file that cannot be read to its end.
pub(super) struct BodySourceFailure {
    pub(super) cause: BoxError,
    /// Whether a server may have received some of the request before the source of the body failed.
    pub(super) server_may_have_received_request: bool,
}

impl GuardedBodyHandle {
    /// Wraps the body of a request in a [`GuardedBody`], and returns the handle with which the call observes whether
    /// the body is waited for or its source has failed, and can revoke the body. A request without a body gets an empty
    /// guarded body.
    pub(super) fn guard_body(request: &mut Request) -> GuardedBodyHandle {
        let body = request.body_mut();
        let inner = body.take().unwrap_or_default();
        let shared = Arc::new(GuardedBodyState::default());
        let was_empty_at_start = HttpBody::is_end_stream(&inner);
        *body = Some(Body::wrap(GuardedBody {
            inner,
            was_empty_at_start,
            server_may_have_received_request: false,
            shared: Arc::clone(&shared),
        }));
        GuardedBodyHandle(shared)
    }

    /// Revokes the body, so that no connection can take it. Returns false if a connection has already taken it.
    pub(super) fn try_revoke_body(&self) -> bool {
        self.0.guard.try_revoke_body()
    }

    /// Whether the connection is waiting for data from the source of the body.
    pub(super) fn is_waiting_for_body_source(&self) -> bool {
        self.0.guard.is_waiting_for_body_source()
    }

    /// Takes the failure of the source from which the body is read. Returns `None` if the source has not failed, or if
    /// its failure has already been taken.
    pub(super) fn take_source_failure(&self) -> Option<BodySourceFailure> {
        self.0.lock_failure().take()
    }
}

impl GuardedBodyState {
    fn lock_failure(&self) -> MutexGuard<'_, Option<BodySourceFailure>> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The body of a request, with a guard: after the call has revoked the body, the HTTP client gets an error instead of
/// data.
struct GuardedBody {
    inner: Body,
    /// Whether the body was empty from the start.
    was_empty_at_start: bool,
    /// Whether a server may have received a part of the request. This becomes true when the connection to the server
    /// has received data from this body, or waits for data. While the connection waits, it may send the headers of the
    /// request.
    server_may_have_received_request: bool,
    shared: Arc<GuardedBodyState>,
}

impl GuardedBody {
    fn end_with_failure(&mut self, cause: BoxError) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        *self.shared.lock_failure() = Some(BodySourceFailure {
            cause,
            server_may_have_received_request: self.server_may_have_received_request,
        });
        self.inner = Body::default();
        Poll::Ready(Some(Err(BODY_NOT_SENT_MESSAGE.into())))
    }
}

impl HttpBody for GuardedBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if !self.shared.guard.try_take_body() {
            return Poll::Ready(Some(Err(BODY_NOT_SENT_MESSAGE.into())));
        }
        let inner = &mut self.inner;
        // If the source of the body panics, the panic is caught. Otherwise it would end the task of the connection, and
        // look like a broken connection.
        let poll_result = catch_unwind(AssertUnwindSafe(|| Pin::new(inner).poll_frame(context)));
        self.shared.guard.set_waiting_for_body_source(matches!(poll_result, Ok(Poll::Pending)));
        match poll_result {
            Ok(Poll::Ready(Some(Ok(frame)))) => {
                self.server_may_have_received_request = true;
                Poll::Ready(Some(Ok(frame)))
            }
            Ok(Poll::Ready(Some(Err(error)))) => self.end_with_failure(error.into()),
            Ok(Poll::Ready(None)) => Poll::Ready(None),
            Ok(Poll::Pending) => {
                self.server_may_have_received_request = true;
                Poll::Pending
            }
            Err(_) => self.end_with_failure("the source panicked".into()),
        }
    }

    /// Whether the body has ended. The connection calls this function before it writes the head of the request, so this
    /// function also marks the body as taken by the connection. If the call has revoked the body, the result is false:
    /// the connection then polls the body, and gets an error instead of sending the request.
    fn is_end_stream(&self) -> bool {
        self.shared.guard.try_take_body() && !self.was_empty_at_start && self.inner.is_end_stream()
    }

    /// Returns the length of the body. The length of an empty body is returned as 0 only after a connection has taken
    /// the body. Before that, it is returned as unknown, because reqwest repeats a request after a redirect if it knows
    /// that the body is empty. If the call has revoked the empty body, the returned length is 1, but the body never
    /// yields this byte.
    fn size_hint(&self) -> SizeHint {
        match (self.was_empty_at_start, self.shared.guard.holder()) {
            (false, _) => self.inner.size_hint(),
            (true, BodyHolder::Call) => SizeHint::default(),
            (true, BodyHolder::Connection) => SizeHint::with_exact(0),
            (true, BodyHolder::RevokedByCall) => SizeHint::with_exact(1),
        }
    }
}

#[cfg(test)]
#[path = "guarded_body_tests.rs"]
mod tests;
