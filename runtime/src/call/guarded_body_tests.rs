//! Tests of guarded bodies, which are polled by the tests themselves and by hyper.

use std::future::poll_fn;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use reqwest::{Method, Url};
use tokio::io::AsyncRead;
use tokio_util::io::ReaderStream;

use super::*;

fn without_body() -> Request {
    Request::new(Method::POST, Url::parse("http://127.0.0.1/").unwrap())
}

fn request(body: impl Into<Body>) -> Request {
    let mut request = without_body();
    *request.body_mut() = Some(body.into());
    request
}

/// Returns a body whose source calls `read` for each read.
fn failing(read: impl Fn() -> Poll<io::Result<()>> + Send + Sync + Unpin + 'static) -> Body {
    struct Source<F>(F);

    impl<F: Fn() -> Poll<io::Result<()>> + Unpin> AsyncRead for Source<F> {
        fn poll_read(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
            _: &mut tokio::io::ReadBuf<'_>,
        ) -> Poll<io::Result<()>> {
            (self.0)()
        }
    }

    Body::wrap_stream(ReaderStream::new(Source(read)))
}

async fn read(request: &mut Request) -> Option<Result<Bytes, reqwest::Error>> {
    let mut body = Pin::new(request.body_mut().as_mut().unwrap());
    let frame = poll_fn(|context| body.as_mut().poll_frame(context)).await;
    frame.map(|frame| frame.map(|frame| frame.into_data().unwrap()))
}

fn is_pending(request: &mut Request) -> bool {
    let mut body = Pin::new(request.body_mut().as_mut().unwrap());
    body.as_mut().poll_frame(&mut Context::from_waker(std::task::Waker::noop())).is_pending()
}

#[tokio::test]
async fn a_body_that_was_taken_cannot_be_revoked_and_is_unchanged() {
    let mut request = request("amount=1");
    let guarded = GuardedBodyHandle::guard_body(&mut request);
    assert_eq!(HttpBody::size_hint(request.body().unwrap()).exact(), Some(8));
    assert_eq!(read(&mut request).await.unwrap().unwrap(), "amount=1");
    assert!(!guarded.try_revoke_body());
    assert!(read(&mut request).await.is_none());
    assert!(guarded.take_source_failure().is_none());
}

#[tokio::test]
async fn a_body_that_was_revoked_cannot_be_taken() {
    let mut request = request("amount=1");
    let guarded = GuardedBodyHandle::guard_body(&mut request);
    assert!(guarded.try_revoke_body() && guarded.try_revoke_body());
    assert!(!HttpBody::is_end_stream(request.body().unwrap()));
    assert!(read(&mut request).await.unwrap().is_err());
    assert!(guarded.try_revoke_body(), "nothing was taken");
    assert!(guarded.take_source_failure().is_none(), "the source has not failed");
}

#[test]
fn a_connection_that_asks_whether_the_body_is_empty_takes_it() {
    for mut request in [without_body(), request(""), request("amount=1")] {
        let guarded = GuardedBodyHandle::guard_body(&mut request);
        assert!(!HttpBody::is_end_stream(request.body().unwrap()));
        assert!(!guarded.try_revoke_body());
    }
}

#[test]
fn an_empty_body_reports_its_length_once_it_is_taken() {
    for mut request in [without_body(), request("")] {
        let _guarded = GuardedBodyHandle::guard_body(&mut request);
        let body = request.body().unwrap();
        assert_eq!(
            HttpBody::size_hint(body).exact(),
            None,
            "redirects repeat a body that is known to be empty"
        );
        assert!(!HttpBody::is_end_stream(body));
        assert_eq!(HttpBody::size_hint(body).exact(), Some(0));
    }
}

#[test]
fn a_guarded_body_cannot_be_cloned() {
    for mut request in [without_body(), request(""), request("amount=1")] {
        let _guarded = GuardedBodyHandle::guard_body(&mut request);
        assert!(request.try_clone().is_none());
    }
}

/// Returns the text that hyper writes for a request over HTTP/1.
async fn written(request: Request) -> String {
    use hyper::client::conn::http1;
    use tokio::io::AsyncReadExt;

    let (ours, mut theirs) = tokio::io::duplex(4096);
    let (mut sender, connection) = http1::handshake(Io(ours)).await.unwrap();
    let request = http::Request::<Body>::try_from(request).unwrap();
    let sending = tokio::spawn(async move { sender.send_request(request).await.map(drop) });
    // The task ends when the request is written and the peer is gone, or when the body fails.
    let connection = tokio::spawn(connection);
    let mut text = String::new();
    let reading = async {
        let mut buffer = [0; 1024];
        while let Ok(1..) = theirs.read(&mut buffer).await.inspect(|&length| {
            text.push_str(&String::from_utf8_lossy(&buffer[..length]));
        }) {
            if text.contains("\r\n\r\n") {
                return;
            }
        }
    };
    reading.await;
    sending.abort();
    connection.abort();
    text
}

/// A tokio stream with the traits that hyper requires of a connection.
struct Io(tokio::io::DuplexStream);

impl hyper::rt::Read for Io {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        mut buffer: hyper::rt::ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let mut bytes = [0; 1024];
        let mut read = tokio::io::ReadBuf::new(&mut bytes);
        match Pin::new(&mut self.0).poll_read(context, &mut read) {
            Poll::Ready(Ok(())) => {
                buffer.put_slice(read.filled());
                Poll::Ready(Ok(()))
            }
            other => other,
        }
    }
}

impl hyper::rt::Write for Io {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        tokio::io::AsyncWrite::poll_write(Pin::new(&mut self.0), context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        tokio::io::AsyncWrite::poll_flush(Pin::new(&mut self.0), context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        tokio::io::AsyncWrite::poll_shutdown(Pin::new(&mut self.0), context)
    }
}

#[tokio::test]
async fn an_empty_body_is_written_as_a_length_of_zero() {
    for mut request in [without_body(), request("")] {
        let guarded = GuardedBodyHandle::guard_body(&mut request);
        assert_eq!(written(request).await, "POST http://127.0.0.1/ HTTP/1.1\r\ncontent-length: 0\r\n\r\n");
        assert!(!guarded.try_revoke_body());
    }
}

#[tokio::test]
async fn nothing_is_written_of_a_request_whose_body_was_revoked_whether_it_is_empty_or_not() {
    for mut request in [without_body(), request(""), request("amount=1")] {
        let guarded = GuardedBodyHandle::guard_body(&mut request);
        assert!(guarded.try_revoke_body());
        assert_eq!(written(request).await, "");
        assert!(guarded.try_revoke_body());
    }
}

#[tokio::test]
async fn the_error_of_a_source_is_kept_here_and_is_not_passed_to_the_client() {
    for kind in [io::ErrorKind::TimedOut, io::ErrorKind::InvalidData, io::ErrorKind::ConnectionRefused] {
        let mut request =
            request(failing(move || Poll::Ready(Err(io::Error::new(kind, "the disk is gone")))));
        let guarded = GuardedBodyHandle::guard_body(&mut request);
        let error = read(&mut request).await.unwrap().unwrap_err();
        assert!(!error.is_timeout() && !error.is_connect());
        let mut cause: Option<&dyn std::error::Error> = Some(&error);
        while let Some(error) = cause {
            assert!(!error.to_string().contains("disk") && !error.is::<io::Error>(), "{error}");
            cause = error.source();
        }
        let failure = guarded.take_source_failure().unwrap();
        assert!(!failure.server_may_have_received_request, "nothing was sent before");
        let mut cause: Option<&dyn std::error::Error> = Some(&*failure.cause);
        while cause.is_some_and(|cause| cause.downcast_ref::<io::Error>().is_none_or(|io| io.kind() != kind))
        {
            cause = cause.and_then(std::error::Error::source);
        }
        assert_eq!(cause.unwrap().to_string(), "the disk is gone");
    }
}

#[tokio::test]
async fn a_source_that_panics_counts_as_failed() {
    let mut request = request(failing(|| panic!("a source that panics")));
    let guarded = GuardedBodyHandle::guard_body(&mut request);
    assert!(read(&mut request).await.unwrap().is_err());
    assert_eq!(guarded.take_source_failure().unwrap().cause.to_string(), "the source panicked");
    assert!(read(&mut request).await.is_none(), "the source is not polled again");
}

#[test]
fn a_slow_source_is_waited_for_and_the_head_may_have_been_sent() {
    let state = Arc::new(AtomicBool::new(false));
    let turn = Arc::clone(&state);
    let mut request = request(failing(move || match turn.load(Ordering::Relaxed) {
        false => Poll::Pending,
        true => Poll::Ready(Err(io::Error::other("late"))),
    }));
    let guarded = GuardedBodyHandle::guard_body(&mut request);
    assert!(!guarded.is_waiting_for_body_source());
    assert!(is_pending(&mut request) && guarded.is_waiting_for_body_source());
    state.store(true, Ordering::Relaxed);
    assert!(!is_pending(&mut request) && !guarded.is_waiting_for_body_source());
    assert!(guarded.take_source_failure().unwrap().server_may_have_received_request);
}
