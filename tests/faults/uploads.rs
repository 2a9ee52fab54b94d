//! Uploads whose source fails.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use partner_client::bytes::Bytes;
use partner_client::futures_core::Stream;
use partner_client::hook::Attempt;
use partner_client::unigox::{Client, KycDocumentType};
use partner_client::{BoxError, Error, ErrorKind, Hook, Upload, reqwest};
use partner_tests::case::uuid;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::net::TcpListener;

use crate::each_call;
use crate::server::{Behavior, Server, accepted, assert_outcome, empty_response, in_time, order, response};

/// Yields this number of bytes, and then fails.
struct Broken(usize);

impl AsyncRead for Broken {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.0 == 0 {
            return Poll::Ready(Err(io::Error::other("the disk is gone")));
        }
        let length = self.0.min(buffer.remaining());
        buffer.put_slice(&vec![b'x'; length]);
        self.0 -= length;
        Poll::Ready(Ok(()))
    }
}

/// An error of another connection, as the source of an upload may return it.
type Foreign = fn() -> BoxFuture<BoxError>;

type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Errors of a store that is read over HTTP.
const FOREIGN: [(&str, Foreign); 7] = [
    ("a refused connection", || {
        Box::pin(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let url = format!("http://{}", listener.local_addr().unwrap());
            drop(listener);
            http().get(url).send().await.unwrap_err().into()
        })
    }),
    ("a timeout", || {
        Box::pin(async {
            let server = Server::start(Behavior::WriteAndStall(Vec::new())).await;
            let request = http().get(&server.base_url).timeout(Duration::from_millis(50));
            request.send().await.unwrap_err().into()
        })
    }),
    ("a call of this library that found no server", || {
        Box::pin(async {
            let client = Client::builder().api_key("other").base_url("http://127.0.0.1:1");
            let once = client.retry(partner_client::RetryPolicy::none()).build().unwrap();
            once.verify_auth().await.unwrap_err().into()
        })
    }),
    ("a redirect without end", || {
        Box::pin(async {
            let response = empty_response("307 Temporary", "location: /\r\n");
            let server = Server::start(Behavior::Write(response)).await;
            http().get(&server.base_url).send().await.unwrap_err().into()
        })
    }),
    ("data that are no TLS", || {
        Box::pin(async { io::Error::new(io::ErrorKind::InvalidData, "received corrupt message").into() })
    }),
    ("a timeout of the operating system", || {
        Box::pin(async { io::Error::from(io::ErrorKind::TimedOut).into() })
    }),
    ("a request that cannot be made", || {
        Box::pin(async { http().get("no address").send().await.unwrap_err().into() })
    }),
];

fn http() -> reqwest::Client {
    // reqwest needs a cryptography provider even without TLS. It may be installed already.
    let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::new()
}

/// Yields this number of bytes, and then fails with an error of another connection.
struct Fails(usize, Option<io::Error>);

impl AsyncRead for Fails {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let length = self.0.min(buffer.remaining());
        self.0 -= length;
        buffer.put_slice(&vec![b'x'; length]);
        match self.1.take_if(|_| length == 0) {
            Some(error) => Poll::Ready(Err(error)),
            None => Poll::Ready(Ok(())),
        }
    }
}

/// An upload whose reader fails at each attempt with this error, including its chain of causes.
fn failing(length: usize, foreign: Foreign) -> Upload {
    Upload::from_reader("a.jpg", None, move || async move {
        let error = foreign().await;
        let kind = error.downcast_ref::<io::Error>().map_or(io::ErrorKind::Other, io::Error::kind);
        Ok(Fails(length, Some(io::Error::new(kind, error))))
    })
}

#[tokio::test]
async fn an_error_of_an_uploads_source_is_not_taken_for_one_of_the_connection() {
    for (name, foreign) in FOREIGN {
        for length in [0, 300_000] {
            let server = Server::start(Behavior::Write(each_call::accepted())).await;
            let error = upload(&server.client(), failing(length, foreign)).await;
            assert_outcome(&error, ErrorKind::Request, true, 1);
            assert!(!error.is_connect() && !error.is_timeout() && !error.is_retryable(), "{name}: {error:?}");
            assert!(std::error::Error::source(&error).is_some(), "{name}");
            assert_eq!(server.requests(), 0, "{name}");
        }
    }
}

#[tokio::test]
async fn an_error_of_opening_an_upload_is_not_taken_for_one_of_the_connection() {
    for (name, foreign) in FOREIGN {
        let server = Server::start(Behavior::Write(each_call::accepted())).await;
        let document = Upload::from_reader("a.jpg", None, move || async move {
            Err::<Broken, _>(io::Error::other(foreign().await))
        });
        let error = upload(&server.client(), document).await;
        assert_outcome(&error, ErrorKind::Request, false, 0);
        assert!(!error.is_connect() && !error.is_timeout() && !error.is_retryable(), "{name}: {error:?}");
        assert!(std::error::Error::source(&error).is_some_and(|cause| cause.is::<io::Error>()), "{name}");
        assert_eq!(server.connections(), 0, "{name}");
    }
}

/// Replaces the body by one that fails with an error of another connection.
struct Replaces(std::sync::Mutex<Option<BoxError>>);

impl Hook for Replaces {
    fn on_request(&self, _: &Attempt, request: &mut reqwest::Request) -> Result<(), BoxError> {
        let error = self.0.lock().unwrap().take().expect("one attempt");
        *request.body_mut() = Some(reqwest::Body::wrap_stream(Ends(Some(error))));
        Ok(())
    }
}

/// A body that only fails.
struct Ends(Option<BoxError>);

impl Stream for Ends {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Err))
    }
}

#[tokio::test]
async fn an_error_of_a_hooks_body_is_not_taken_for_one_of_the_connection() {
    for (name, foreign) in FOREIGN {
        let server = Server::start(Behavior::Write(accepted())).await;
        let hook = Replaces(std::sync::Mutex::new(Some(foreign().await)));
        let builder = Client::builder().api_key("key").base_url(&server.base_url).hook(hook);
        let error = in_time(order(&builder.build().unwrap()).into_future()).await.unwrap_err();
        // It failed before the connection had been given anything.
        assert_outcome(&error, ErrorKind::Request, false, 1);
        assert!(!error.is_connect() && !error.is_timeout() && !error.is_retryable(), "{name}: {error:?}");
        assert_eq!(server.requests(), 0, "{name}");
    }
}

/// Refuses the request or the response with an error of another connection.
struct Stops(std::sync::Mutex<Option<BoxError>>, bool);

impl Hook for Stops {
    fn on_request(&self, _: &Attempt, _: &mut reqwest::Request) -> Result<(), BoxError> {
        if self.1 { Ok(()) } else { Err(self.0.lock().unwrap().take().expect("one attempt")) }
    }

    fn on_response(
        &self,
        _: &Attempt,
        _: &mut partner_client::http::Response<Bytes>,
    ) -> Result<(), BoxError> {
        Err(self.0.lock().unwrap().take().expect("one attempt"))
    }
}

#[tokio::test]
async fn an_error_of_a_hook_is_not_taken_for_one_of_the_connection() {
    for (name, foreign) in FOREIGN {
        for sent in [false, true] {
            let server = Server::start(Behavior::Write(accepted())).await;
            let hook = Stops(std::sync::Mutex::new(Some(foreign().await)), sent);
            let builder = Client::builder().api_key("key").base_url(&server.base_url).hook(hook);
            let error = in_time(order(&builder.build().unwrap()).into_future()).await.unwrap_err();
            assert_outcome(&error, ErrorKind::StoppedByHook, sent, u32::from(sent));
            assert!(!error.is_connect() && !error.is_timeout() && !error.is_retryable(), "{name}: {error:?}");
            assert_eq!(server.requests(), usize::from(sent), "{name}");
        }
    }
}

/// Panics after this number of bytes.
struct Panics(usize);

impl AsyncRead for Panics {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        assert!(self.0 > 0, "a reader that panics");
        let length = self.0.min(buffer.remaining());
        self.0 -= length;
        buffer.put_slice(&vec![b'x'; length]);
        Poll::Ready(Ok(()))
    }
}

#[tokio::test]
async fn a_reader_that_panics_fails_its_call_alone() {
    let server = Server::start(Behavior::Write(each_call::accepted())).await;
    let client = server.client();
    for length in [0, 300_000] {
        let error =
            upload(&client, Upload::from_reader("a.jpg", None, move || async move { Ok(Panics(length)) }))
                .await;
        assert_outcome(&error, ErrorKind::Request, true, 1);
        assert!(has_cause(&error, "panicked"), "{error:?}");
    }
    assert_eq!(each_call::call(&client, each_call::CallKind::Upload).await.unwrap(), 200);
}

#[tokio::test]
async fn a_reader_that_stalls_is_not_a_server_that_does_not_respond() {
    /// Yields one byte, and then nothing.
    struct Stalls(bool);

    impl AsyncRead for Stalls {
        fn poll_read(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
            buffer: &mut ReadBuf<'_>,
        ) -> Poll<io::Result<()>> {
            if std::mem::replace(&mut self.0, true) {
                return Poll::Pending;
            }
            buffer.put_slice(b"x");
            Poll::Ready(Ok(()))
        }
    }

    let server = Server::start(Behavior::Write(each_call::accepted())).await;
    let document = Upload::from_reader("a.jpg", None, || async { Ok(Stalls(false)) });
    let call = server.client().upload_kyc_document(uuid().into(), KycDocumentType::Selfie, document);
    let error = in_time(call.timeout(Duration::from_millis(600)).into_future()).await.unwrap_err();
    assert_outcome(&error, ErrorKind::Timeout, true, 1);
    assert!(error.to_string().contains("the contents of the body did not come"), "{error}");

    let document = Upload::from_reader("a.jpg", None, std::future::pending::<io::Result<tokio::io::Empty>>);
    let call = server.client().upload_kyc_document(uuid().into(), KycDocumentType::Selfie, document);
    let error = in_time(call.timeout(Duration::from_millis(300)).into_future()).await.unwrap_err();
    assert_outcome(&error, ErrorKind::Timeout, false, 0);
    assert!(error.to_string().contains("the contents of the body did not come"), "{error}");

    // A server that does not read exceeds the same deadline, but is another error.
    let server = Server::start(Behavior::WriteUnread(b"HTTP/1.1 ".to_vec())).await;
    let document = Upload::from_bytes("a.jpg", vec![b'x'; 20_000_000]);
    let call = server.client().upload_kyc_document(uuid().into(), KycDocumentType::Selfie, document);
    let error = in_time(call.timeout(Duration::from_millis(600)).into_future()).await.unwrap_err();
    assert_outcome(&error, ErrorKind::Timeout, true, 1);
    assert!(error.to_string().contains("no response came"), "{error}");
}

#[tokio::test]
async fn a_response_that_has_begun_does_not_hide_that_the_source_failed() {
    // The server responds at once, and leaves the end of its response open while the upload still runs.
    let begun = response("200 OK", "content-length: 100\r\n", r#"{"success":"#);
    let server = Server::start(Behavior::WriteUnread(begun)).await;
    let error =
        upload(&server.client(), Upload::from_reader("a.jpg", None, || async { Ok(Later(10_000, None)) }))
            .await;
    assert_outcome(&error, ErrorKind::Request, true, 1);
    assert!(has_cause(&error, "the disk is gone"), "{error:?}");
}

/// Yields this number of bytes, and fails a little later.
struct Later(usize, Option<Pin<Box<tokio::time::Sleep>>>);

impl AsyncRead for Later {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.0 == 0 {
            let pause =
                self.1.get_or_insert_with(|| Box::pin(tokio::time::sleep(Duration::from_millis(300))));
            return pause.as_mut().poll(context).map(|()| Err(io::Error::other("the disk is gone")));
        }
        let length = self.0.min(buffer.remaining());
        buffer.put_slice(&vec![b'x'; length]);
        self.0 -= length;
        Poll::Ready(Ok(()))
    }
}

async fn upload(client: &Client, document: Upload) -> Error {
    let user = "550e8400-e29b-41d4-a716-446655440000".parse().unwrap();
    let call = client.upload_kyc_document(user, KycDocumentType::Selfie, document);
    in_time(call.timeout(Duration::from_secs(10)).into_future()).await.expect_err("the upload breaks off")
}

fn has_cause(error: &Error, text: &str) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        if error.to_string().contains(text) {
            return true;
        }
        source = error.source();
    }
    false
}

#[tokio::test]
async fn a_reader_that_fails_midway_fails_the_call_and_says_why() {
    for length in [None, Some(1_000_000)] {
        let server = Server::start(Behavior::Write(response("200 OK", "content-length: 0\r\n", ""))).await;
        let error =
            upload(&server.client(), Upload::from_reader("a.jpg", length, || async { Ok(Broken(300_000)) }))
                .await;
        // A part of the request was sent, so the server may have executed it.
        assert_outcome(&error, ErrorKind::Request, true, 1);
        assert!(has_cause(&error, "the disk is gone"), "{error:?}");
        assert_eq!(server.requests(), 0, "no whole request arrived");
    }
}

#[tokio::test]
async fn a_reader_that_cannot_be_opened_sends_nothing() {
    let server = Server::start(Behavior::Write(response("200 OK", "content-length: 0\r\n", ""))).await;
    let document =
        Upload::from_reader("a.jpg", None, || async { Err::<Broken, _>(io::Error::other("no such object")) });
    let error = upload(&server.client(), document).await;
    assert_outcome(&error, ErrorKind::Request, false, 0);
    assert_eq!((server.requests(), server.connections()), (0, 0));
}

#[tokio::test]
async fn a_reader_that_holds_less_than_it_announced_is_an_error() {
    let server = Server::start(Behavior::Write(response("200 OK", "content-length: 0\r\n", ""))).await;
    let document = Upload::from_reader("a.jpg", Some(1000), || async { Ok(io::Cursor::new(vec![b'x'; 10])) });
    let error = upload(&server.client(), document).await;
    assert_outcome(&error, ErrorKind::Request, true, 1);
    assert!(has_cause(&error, "shorter than announced"), "{error:?}");
    assert_eq!(server.requests(), 0, "no whole request arrived");
}

#[tokio::test]
async fn a_reader_that_holds_more_than_it_announced_is_an_error() {
    let server = Server::start(Behavior::Write(each_call::accepted())).await;
    let document = Upload::from_reader("a.jpg", Some(10), || async { Ok(io::Cursor::new(vec![b'x'; 1000])) });
    let error = upload(&server.client(), document).await;
    assert_outcome(&error, ErrorKind::Request, true, 1);
    assert!(has_cause(&error, "longer than announced"), "{error:?}");
    assert_eq!(server.requests(), 0, "a cut file is not sent as a whole one");
}

#[tokio::test]
async fn a_refusal_that_arrives_before_the_end_of_an_upload_is_the_result() {
    let refusal = response("413 Too Large", "content-length: 0\r\nconnection: close\r\n", "");
    let server = Server::start(Behavior::WriteUnread(refusal)).await;
    let error = upload(&server.client(), Upload::from_bytes("a.jpg", vec![b'x'; 20_000_000])).await;
    assert_outcome(&error, ErrorKind::Api, false, 1);
    assert_eq!(error.status().unwrap().as_u16(), 413);
}
