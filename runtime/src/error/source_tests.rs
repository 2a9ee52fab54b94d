//! Tests of the classification of errors with real connections, by whether the server may have received the request.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

use reqwest::dns::{Name, Resolve, Resolving};
use reqwest::{Client, ClientBuilder};

use super::*;

/// Starts a server that reads the head of one request, sends a response, and closes the connection.
fn server(response: &'static [u8], pause: Duration) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 1024]).unwrap();
        thread::sleep(pause);
        let _ = stream.write_all(response);
    });
    address
}

/// A DNS resolver that never responds.
struct Silent;

impl Resolve for Silent {
    fn resolve(&self, _: Name) -> Resolving {
        Box::pin(std::future::pending())
    }
}

async fn classified(
    url: &str,
    configure: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> (ErrorKind, Option<TimeLimit>, FailureMode) {
    #[cfg(feature = "rustls")]
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = configure(Client::builder().no_proxy()).build().unwrap();
    let error = match client.post(url).body("{}").send().await {
        Ok(response) => response.bytes().await.unwrap_err(),
        Err(error) => error,
    };
    let (kind, deadline, failure_mode, _) = classify_reqwest_error(&error);
    (kind, deadline, failure_mode)
}

const UNSENT: FailureMode = FailureMode::NotFullySent { is_transient: true };
const NO_RESPONSE: FailureMode = FailureMode::NoReadableResponse { is_transient: true };

#[tokio::test]
async fn a_request_that_never_reached_a_server_was_not_sent() {
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
    let refused = classified(&format!("http://{free}/"), |http| http).await;
    assert_eq!(refused, (ErrorKind::Connect, None, UNSENT));
    let silent =
        |http: ClientBuilder| http.dns_resolver(Arc::new(Silent)).connect_timeout(Duration::from_millis(20));
    let slow = classified("http://host.example/", silent).await;
    assert_eq!(slow, (ErrorKind::Connect, Some(TimeLimit::Connect), UNSENT));
    let no_address = classified("/relative", |http| http).await;
    assert_eq!(no_address, (ErrorKind::Request, None, FailureMode::NotFullySent { is_transient: false }));
}

#[cfg(feature = "rustls")]
#[tokio::test]
async fn a_server_without_tls_got_no_request_and_would_not_get_the_next_one() {
    let plain = server(b"HTTP/1.1 400 Bad Request\r\n\r\n", Duration::ZERO);
    let plain = classified(&format!("https://{plain}/"), |http| http).await;
    assert_eq!(plain, (ErrorKind::Connect, None, FailureMode::NotFullySent { is_transient: false }));
}

#[tokio::test]
async fn a_request_that_a_server_may_have_received_counts_as_sent() {
    for response in [
        &b""[..],
        b"not HTTP\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nz\r\n",
    ] {
        let broken = server(response, Duration::ZERO);
        let broken = classified(&format!("http://{broken}/"), |http| http).await;
        assert_eq!(broken, (ErrorKind::Transport, None, NO_RESPONSE), "{}", response.escape_ascii());
    }
    let slow = server(b"", Duration::from_secs(5));
    let slow = classified(&format!("http://{slow}/"), |http| http.timeout(Duration::from_millis(50))).await;
    assert_eq!(slow, (ErrorKind::Timeout, Some(TimeLimit::Attempt), NO_RESPONSE));
}

#[tokio::test]
async fn a_server_that_redirected_may_have_executed_the_request() {
    let elsewhere =
        server(b"HTTP/1.1 307 Elsewhere\r\nlocation: /\r\ncontent-length: 0\r\n\r\n", Duration::ZERO);
    let policy = reqwest::redirect::Policy::custom(|attempt| attempt.error("no"));
    let followed = classified(&format!("http://{elsewhere}/"), |http| http.redirect(policy)).await;
    assert_eq!(
        followed,
        (ErrorKind::Redirected, None, FailureMode::NoReadableResponse { is_transient: false })
    );
}

/// A connection on which nothing can be read or written.
struct Idle;

impl hyper::rt::Read for Idle {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        _: hyper::rt::ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Poll::Pending
    }
}

impl hyper::rt::Write for Idle {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, _: &[u8]) -> Poll<io::Result<usize>> {
        Poll::Pending
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Pending
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Pending
    }
}

#[tokio::test]
async fn a_request_was_canceled_if_its_connection_closed_before_it_was_written() {
    let (mut sender, connection) = hyper::client::conn::http1::handshake(Idle).await.unwrap();
    drop(connection);
    let error = sender.send_request(http::Request::new(String::new())).await.unwrap_err();
    assert!(is_hyper_cancellation(&error) && !is_hyper_cancellation(&io::Error::other("closed")));
}
