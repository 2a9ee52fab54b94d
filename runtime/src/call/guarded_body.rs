//! The body of a request after it was handed to the HTTP client: whether the connection has taken any of it, and whether its
//! source has failed.
//!
//! Until the connection has taken the body, no server can execute the request: the head is written together with the beginning
//! of the body, and before that the connection asks the body whether it is empty. So a payment that ran out of time while it
//! still waited for a connection is known not to have been made.
//!
//! The HTTP client does not see the error of a source, only that there was one. An upload may come from another connection,
//! whose errors must not be mistaken for errors of this one.
//!
//! A guarded body cannot be cloned, not even an empty one. So no redirect and no retry policy of a `reqwest::Client` can send
//! the request a second time.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use reqwest::{Body, Request};

use super::guard::{Holder, SendGuard};
use crate::BoxError;

/// The handle by which a call observes and revokes the body that it handed to the HTTP client.
pub(super) struct GuardedBody(Arc<Shared>);

/// The state that the call and the connection share.
#[derive(Default)]
struct Shared {
    guard: SendGuard,
    failure: Mutex<Option<SourceFailure>>,
}

/// Why the source of a body failed.
pub(super) struct SourceFailure {
    pub(super) cause: BoxError,
    /// Whether anything may have been sent before.
    pub(super) begun: bool,
}

impl GuardedBody {
    /// Guards the body of a request. A request without a body gets an empty one.
    pub(super) fn guard(request: &mut Request) -> GuardedBody {
        let body = request.body_mut();
        let inner = body.take().unwrap_or_default();
        let shared = Arc::new(Shared::default());
        let is_empty = HttpBody::is_end_stream(&inner);
        *body = Some(Body::wrap(PolledBody { inner, is_empty, begun: false, shared: Arc::clone(&shared) }));
        GuardedBody(shared)
    }

    /// Revokes the body. Returns false when a connection has taken some of it.
    pub(super) fn revoke(&self) -> bool {
        self.0.guard.revoke()
    }

    /// Whether the connection waits for the source of the body.
    pub(super) fn is_awaited(&self) -> bool {
        self.0.guard.is_waiting()
    }

    /// Takes the failure of the source, if it has failed.
    pub(super) fn take_failure(&self) -> Option<SourceFailure> {
        self.0.failure().take()
    }
}

impl Shared {
    fn failure(&self) -> MutexGuard<'_, Option<SourceFailure>> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The body as the HTTP client polls it.
struct PolledBody {
    inner: Body,
    /// Whether the body was empty from the start.
    is_empty: bool,
    /// Whether the connection got a part of the body, or had time to write the head.
    begun: bool,
    shared: Arc<Shared>,
}

impl PolledBody {
    fn fail(&mut self, cause: BoxError) -> Poll<Option<Result<Frame<Bytes>, Withheld>>> {
        *self.shared.failure() = Some(SourceFailure { cause, begun: self.begun });
        self.inner = Body::default();
        Poll::Ready(Some(Err(Withheld)))
    }
}

impl HttpBody for PolledBody {
    type Data = Bytes;
    type Error = Withheld;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Withheld>>> {
        if !self.shared.guard.take() {
            return Poll::Ready(Some(Err(Withheld)));
        }
        let inner = &mut self.inner;
        // A panic in the source would end the task of the connection, and look like a broken connection.
        let polled = catch_unwind(AssertUnwindSafe(|| Pin::new(inner).poll_frame(context)));
        self.shared.guard.set_waiting(matches!(polled, Ok(Poll::Pending)));
        match polled {
            Ok(Poll::Ready(Some(Ok(frame)))) => {
                self.begun = true;
                Poll::Ready(Some(Ok(frame)))
            }
            Ok(Poll::Ready(Some(Err(error)))) => self.fail(error.into()),
            Ok(Poll::Ready(None)) => Poll::Ready(None),
            Ok(Poll::Pending) => {
                self.begun = true;
                Poll::Pending
            }
            Err(_) => self.fail("the source panicked".into()),
        }
    }

    /// The connection calls this when it takes the body, before it writes the head. If the answer were "yes" for a revoked body,
    /// it would write the head without polling the body, and would not learn that it was revoked.
    fn is_end_stream(&self) -> bool {
        self.shared.guard.take() && !self.is_empty && self.inner.is_end_stream()
    }

    /// An empty body does not reveal that it is empty before the connection takes it, because reqwest repeats a body that is
    /// known to be empty in a redirect, even if it cannot be cloned. A revoked body announces one byte, which never comes.
    fn size_hint(&self) -> SizeHint {
        match (self.is_empty, self.shared.guard.holder()) {
            (false, _) => self.inner.size_hint(),
            (true, Holder::Call) => SizeHint::default(),
            (true, Holder::Connection) => SizeHint::with_exact(0),
            (true, Holder::Nobody) => SizeHint::with_exact(1),
        }
    }
}

/// The error that the HTTP client gets for a body that is revoked or whose source failed.
#[derive(Debug)]
struct Withheld;

impl fmt::Display for Withheld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body was not sent to its end")
    }
}

impl std::error::Error for Withheld {}

#[cfg(test)]
#[path = "guarded_body_tests.rs"]
mod tests;
