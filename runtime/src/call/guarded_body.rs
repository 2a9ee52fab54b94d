//! The body of a request in the hands of the HTTP client: whether its connection has taken any of it, and whether its
//! source has failed.
//!
//! Until the connection has taken it, no server can carry out the request: the head goes out together with the
//! beginning of the body, and an HTTP client asks a body whether it is empty before it writes a head. So a payment whose
//! time was over while it still waited for a connection is known not to have been made.
//!
//! The HTTP client sees nothing of an error of the source but that there was one. An upload may come from another
//! connection, and what was said about that one must not be taken for what happened to this one.
//!
//! A body in here cannot be cloned, not even an empty one. So no redirect and no retry policy of a `reqwest::Client`
//! can send the request a second time.

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

/// The call's side of a body that was handed to the HTTP client.
pub(super) struct GuardedBody(Arc<Watch>);

#[derive(Default)]
struct Watch {
    guard: SendGuard,
    failure: Mutex<Option<SourceFailure>>,
}

/// Why the source of a body failed.
pub(super) struct SourceFailure {
    pub(super) cause: BoxError,
    /// Whether anything may have gone over the wire before.
    pub(super) begun: bool,
}

impl GuardedBody {
    /// Guards the body of a request. A request without a body gets an empty one.
    pub(super) fn guard(request: &mut Request) -> GuardedBody {
        let body = request.body_mut();
        let inner = body.take().unwrap_or_default();
        let watch = Arc::new(Watch::default());
        let is_empty = HttpBody::is_end_stream(&inner);
        *body = Some(Body::wrap(PolledBody { inner, is_empty, begun: false, watch: Arc::clone(&watch) }));
        GuardedBody(watch)
    }

    /// Revokes it; false when a connection has taken some of it.
    pub(super) fn revoke(&self) -> bool {
        self.0.guard.revoke()
    }

    /// Whether the connection waits for more of it.
    pub(super) fn is_awaited(&self) -> bool {
        self.0.guard.is_waiting()
    }

    /// Takes why its source failed, if it did.
    pub(super) fn take_failure(&self) -> Option<SourceFailure> {
        self.0.failure().take()
    }
}

impl Watch {
    fn failure(&self) -> MutexGuard<'_, Option<SourceFailure>> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct PolledBody {
    inner: Body,
    /// Whether there was nothing in it from the start.
    is_empty: bool,
    /// Whether the connection was given anything, or had the time to write the head.
    begun: bool,
    watch: Arc<Watch>,
}

impl PolledBody {
    fn fail(&mut self, cause: BoxError) -> Poll<Option<Result<Frame<Bytes>, Withheld>>> {
        *self.watch.failure() = Some(SourceFailure { cause, begun: self.begun });
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
        if !self.watch.guard.take() {
            return Poll::Ready(Some(Err(Withheld)));
        }
        let inner = &mut self.inner;
        // A source that panics would end the connection's task, and look like a connection that broke.
        let polled = catch_unwind(AssertUnwindSafe(|| Pin::new(inner).poll_frame(context)));
        self.watch.guard.set_waiting(matches!(polled, Ok(Poll::Pending)));
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

    /// The connection asks this when it takes the body, before it writes the head. "Yes" would have it write the head
    /// without looking at the body again, and so without learning that the body was revoked.
    fn is_end_stream(&self) -> bool {
        self.watch.guard.take() && !self.is_empty && self.inner.is_end_stream()
    }

    /// An empty body does not say so before the connection takes it: redirects repeat a body of which they know that it
    /// is empty, whether it can be cloned or not. One that was revoked promises a byte, which never comes.
    fn size_hint(&self) -> SizeHint {
        match (self.is_empty, self.watch.guard.holder()) {
            (false, _) => self.inner.size_hint(),
            (true, Holder::Call) => SizeHint::default(),
            (true, Holder::Connection) => SizeHint::with_exact(0),
            (true, Holder::Nobody) => SizeHint::with_exact(1),
        }
    }
}

/// What the HTTP client learns of a body that does not come.
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
