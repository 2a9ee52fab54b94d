//! Uploads that break off.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use partner_client::unigox::{Client, KycDocumentType};
use partner_client::{Error, ErrorKind, Upload};
use tokio::io::{AsyncRead, ReadBuf};

use crate::server::{Server, Then, answer, assert_is, in_time};
use crate::three;

/// Gives so many bytes, and then fails.
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
        let server = Server::that(Then::Write(answer("200 OK", "content-length: 0\r\n", ""))).await;
        let error =
            upload(&server.client(), Upload::reader("a.jpg", length, || async { Ok(Broken(300_000)) })).await;
        // Part of it went out, so nothing is certain about the server.
        assert_is(&error, ErrorKind::Transport, true, 1);
        assert!(has_cause(&error, "the disk is gone"), "{error:?}");
        assert_eq!(server.requests(), 0, "no whole request arrived");
    }
}

#[tokio::test]
async fn a_reader_that_cannot_be_opened_sends_nothing() {
    let server = Server::that(Then::Write(answer("200 OK", "content-length: 0\r\n", ""))).await;
    let document =
        Upload::reader("a.jpg", None, || async { Err::<Broken, _>(io::Error::other("no such object")) });
    let error = upload(&server.client(), document).await;
    assert_is(&error, ErrorKind::Request, false, 0);
    assert_eq!((server.requests(), server.connections()), (0, 0));
}

#[tokio::test]
async fn a_reader_that_holds_less_than_it_announced_is_an_error() {
    let server = Server::that(Then::Write(answer("200 OK", "content-length: 0\r\n", ""))).await;
    let document = Upload::reader("a.jpg", Some(1000), || async { Ok(io::Cursor::new(vec![b'x'; 10])) });
    let error = upload(&server.client(), document).await;
    assert_is(&error, ErrorKind::Transport, true, 1);
    assert_eq!(server.requests(), 0, "no whole request arrived");
}

#[tokio::test]
async fn a_reader_that_holds_more_than_it_announced_is_an_error() {
    let server = Server::that(Then::Write(three::accepted())).await;
    let document = Upload::reader("a.jpg", Some(10), || async { Ok(io::Cursor::new(vec![b'x'; 1000])) });
    let error = upload(&server.client(), document).await;
    assert!(matches!(error.kind(), ErrorKind::Request | ErrorKind::Transport), "{error:?}");
    assert_eq!(server.requests(), 0, "a cut file is not sent as a whole one");
}

#[tokio::test]
async fn a_refusal_that_comes_before_the_end_of_an_upload_is_the_answer() {
    let refusal = answer("413 Too Large", "content-length: 0\r\nconnection: close\r\n", "");
    let server = Server::that(Then::WriteUnread(refusal)).await;
    let error = upload(&server.client(), Upload::bytes("a.jpg", vec![b'x'; 20_000_000])).await;
    assert_is(&error, ErrorKind::Api, false, 1);
    assert_eq!(error.status().unwrap().as_u16(), 413);
}
