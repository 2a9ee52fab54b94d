//! Whether any of a request's body was taken by its connection.
//!
//! Until it was, no server can carry out a request that has one: over HTTP/1, which this client speaks, the head goes out
//! together with the beginning of the body. So a payment whose time was over while it still waited for a connection is
//! known not to have been made.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use reqwest::{Body, Request};

use crate::BoxError;

/// Nobody has taken any of it.
const WHOLE: u8 = 0;
/// A connection has taken some of it.
const TAKEN: u8 = 1;
/// Nobody will take any of it.
const WITHDRAWN: u8 = 2;

/// A body that was handed to the HTTP client.
pub(super) struct Handed(Arc<AtomicU8>);

impl Handed {
    /// Watches the body of a request, if it has one.
    pub(super) fn of(request: &mut Request) -> Option<Handed> {
        let body = request.body_mut();
        let inner = body.take_if(|body| !HttpBody::is_end_stream(body))?;
        let state = Arc::new(AtomicU8::new(WHOLE));
        *body = Some(Body::wrap(Watched { inner, state: Arc::clone(&state) }));
        Some(Handed(state))
    }

    /// Takes it back; false when some of it was taken already. A connection runs in a task of its own, which may be about
    /// to take it just now, so one of the two must be the first.
    pub(super) fn withdraw(&self) -> bool {
        swap(&self.0, WITHDRAWN)
    }
}

/// Makes it that, if it is whole or that already.
fn swap(state: &AtomicU8, to: u8) -> bool {
    match state.compare_exchange(WHOLE, to, Ordering::AcqRel, Ordering::Acquire) {
        Ok(_) => true,
        Err(found) => found == to,
    }
}

struct Watched {
    inner: Body,
    state: Arc<AtomicU8>,
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if !swap(&self.state, TAKEN) {
            return Poll::Ready(Some(Err("the time of the request was over".into())));
        }
        Pin::new(&mut self.inner).poll_frame(context).map_err(Into::into)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use reqwest::{Method, Url};

    use super::*;

    fn request(body: impl Into<Body>) -> Request {
        let mut request = Request::new(Method::POST, Url::parse("http://127.0.0.1/").unwrap());
        *request.body_mut() = Some(body.into());
        request
    }

    async fn read(request: &mut Request) -> Option<Result<Bytes, reqwest::Error>> {
        let mut body = Pin::new(request.body_mut().as_mut().unwrap());
        let frame = poll_fn(|context| body.as_mut().poll_frame(context)).await;
        frame.map(|frame| frame.map(|frame| frame.into_data().unwrap()))
    }

    #[tokio::test]
    async fn what_was_taken_cannot_be_withdrawn_and_is_what_it_was() {
        let mut request = request("amount=1");
        let handed = Handed::of(&mut request).unwrap();
        let body = request.body().unwrap();
        assert_eq!((HttpBody::size_hint(body).exact(), HttpBody::is_end_stream(body)), (Some(8), false));
        assert_eq!(read(&mut request).await.unwrap().unwrap(), "amount=1");
        assert!(!handed.withdraw());
        assert!(read(&mut request).await.is_none());
    }

    #[tokio::test]
    async fn what_was_withdrawn_cannot_be_taken() {
        let mut request = request("amount=1");
        let handed = Handed::of(&mut request).unwrap();
        assert!(handed.withdraw() && handed.withdraw());
        assert!(read(&mut request).await.unwrap().is_err());
        assert!(handed.withdraw(), "not even that was taken");
    }

    #[test]
    fn nothing_is_not_watched() {
        assert!(Handed::of(&mut request("")).is_none());
        let mut bare = request("");
        *bare.body_mut() = None;
        assert!(Handed::of(&mut bare).is_none() && bare.body().is_none());
    }

    #[test]
    fn of_two_at_the_same_moment_one_is_the_first() {
        for _ in 0..100 {
            let state = Arc::new(AtomicU8::new(WHOLE));
            let (taken, withdrawn) = std::thread::scope(|scope| {
                let take = scope.spawn(|| swap(&state, TAKEN));
                let withdraw = scope.spawn(|| Handed(Arc::clone(&state)).withdraw());
                (take.join().unwrap(), withdraw.join().unwrap())
            });
            assert!(taken != withdrawn);
        }
    }
}
