//! A server that fails in a chosen way.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use partner_client::Call;
use partner_client::unigox::calls::InitiateOffRampOperation;
use partner_client::unigox::{Client, NewOrder};
use partner_client::{Error, ErrorKind, Response, reqwest};
use partner_tests::capture::{Received, receive};
use partner_tests::case::uuid;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What a server does with a connection.
#[derive(Clone)]
pub(crate) enum Behavior {
    /// Reads a request, writes these bytes, and closes the connection.
    Write(Vec<u8>),
    /// Like `Write`, with the next of these responses for each request, and the last one for all further requests.
    WriteInTurn(Vec<Vec<u8>>),
    /// Reads a request, writes these bytes, and keeps the connection open without writing anything else.
    WriteAndStall(Vec<u8>),
    /// Writes these bytes for the first request, reads a second one and closes the connection.
    WriteThenClose(Vec<u8>),
    /// Closes the connection before it reads anything.
    CloseAtOnce,
    /// Writes these bytes as soon as a request begins, without reading it completely, and keeps the connection open.
    WriteUnread(Vec<u8>),
    /// Resets the connection as soon as a request begins, without reading any of it.
    ResetUnread,
    /// Reads a request, writes these bytes, and resets the connection when the client has had time to read them.
    WriteAndReset(Vec<u8>),
    /// Reads a request and writes these bytes one by one, with a pause after each.
    Drip(Vec<u8>, Duration),
    /// Reads a request and writes the first bytes. Then it writes the second ones again and again, up to this number of
    /// bytes or until the client closes the connection.
    Flood(Vec<u8>, Vec<u8>, usize),
}

/// A server that keeps the requests that it received.
#[derive(Default)]
pub(crate) struct Server {
    pub(crate) base_url: String,
    received: Arc<Mutex<Vec<Received>>>,
    counters: Arc<Counters>,
}

/// What the server counts.
#[derive(Default)]
struct Counters {
    connections: AtomicUsize,
    /// How many stalled connections the client has closed.
    closed: AtomicUsize,
    /// How many complete requests were received and not refused.
    executed: AtomicUsize,
    /// How many bytes of floods were written.
    flooded: AtomicUsize,
}

impl Server {
    pub(crate) async fn start(then: Behavior) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let server = Server { base_url, ..Server::default() };
        let (received, counters) = (Arc::clone(&server.received), Arc::clone(&server.counters));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counters.connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(stream, then.clone(), Arc::clone(&received), Arc::clone(&counters)));
            }
        });
        server
    }

    /// How many complete requests were received.
    pub(crate) fn requests(&self) -> usize {
        self.received().len()
    }

    /// The complete requests that were received.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// How many stalled connections the client has closed.
    pub(crate) fn closed(&self) -> usize {
        self.counters.closed.load(Ordering::SeqCst)
    }

    /// How many connections were made.
    pub(crate) fn connections(&self) -> usize {
        self.counters.connections.load(Ordering::SeqCst)
    }

    /// How many requests a server would have executed: all that were received completely and not refused, whether or
    /// not the client got the response.
    pub(crate) fn executed(&self) -> usize {
        self.counters.executed.load(Ordering::SeqCst)
    }

    /// How many bytes of a flood were written, including those that the client has not read yet.
    pub(crate) fn flooded(&self) -> usize {
        self.counters.flooded.load(Ordering::SeqCst)
    }

    /// A client for this server.
    pub(crate) fn client(&self) -> Client {
        client(&self.base_url)
    }
}

async fn serve(
    mut stream: TcpStream,
    then: Behavior,
    received: Arc<Mutex<Vec<Received>>>,
    counters: Arc<Counters>,
) {
    match &then {
        Behavior::CloseAtOnce => return,
        Behavior::WriteUnread(bytes) => {
            // A response before the first byte of the request would be ignored.
            stream.read_u8().await.unwrap();
            stream.write_all(bytes).await.unwrap();
            return stall(stream, &counters).await;
        }
        Behavior::ResetUnread => {
            stream.peek(&mut [0]).await.unwrap();
            return reset(stream);
        }
        _ => {}
    }
    let Some(request) = receive(&mut stream).await else { return };
    let previous = {
        let mut received = received.lock().unwrap();
        received.push(request);
        received.len() - 1
    };
    let first = match &then {
        Behavior::WriteInTurn(responses) => responses.get(previous).or(responses.last()).unwrap(),
        Behavior::Write(bytes)
        | Behavior::WriteAndStall(bytes)
        | Behavior::WriteThenClose(bytes)
        | Behavior::WriteAndReset(bytes)
        | Behavior::Drip(bytes, _)
        | Behavior::Flood(bytes, ..)
        | Behavior::WriteUnread(bytes) => bytes,
        Behavior::CloseAtOnce | Behavior::ResetUnread => return,
    };
    if !refuses(first) {
        counters.executed.fetch_add(1, Ordering::SeqCst);
    }
    if let Behavior::Drip(bytes, pause) = &then {
        return drip(stream, bytes, *pause).await;
    }
    // The client may close the connection before everything is written.
    let written = stream.write_all(first).await;
    match then {
        Behavior::WriteAndStall(_) => stall(stream, &counters).await,
        Behavior::WriteAndReset(_) => {
            tokio::time::sleep(Duration::from_millis(100)).await;
            reset(stream);
        }
        Behavior::WriteThenClose(_) => {
            written.unwrap();
            if let Some(request) = receive(&mut stream).await {
                received.lock().unwrap().push(request);
                counters.executed.fetch_add(1, Ordering::SeqCst);
            }
        }
        Behavior::Flood(_, bytes, length) => flood(stream, &bytes, length, &counters).await,
        _ => {
            let _ = stream.shutdown().await;
        }
    }
}

/// Whether this response says that the request was not executed. A proxy that responds with 408, or with a status of
/// its own invention, may have forwarded the request.
fn refuses(response: &[u8]) -> bool {
    let status =
        response.strip_prefix(b"HTTP/1.1 ").and_then(|rest| std::str::from_utf8(rest.get(..3)?).ok());
    let made_up = ["408", "419", "444", "460", "499"];
    status.is_some_and(|status| status == "501" || (status.starts_with('4') && !made_up.contains(&status)))
}

/// Resets a connection, as a server does that crashes: data that was not read or sent yet are lost.
fn reset(stream: TcpStream) {
    stream.set_zero_linger().unwrap();
}

/// Writes the bytes one by one, until the client closes the connection.
async fn drip(mut stream: TcpStream, bytes: &[u8], pause: Duration) {
    for byte in bytes {
        if stream.write_all(&[*byte]).await.is_err() {
            return;
        }
        tokio::time::sleep(pause).await;
    }
}

async fn flood(mut stream: TcpStream, bytes: &[u8], length: usize, counters: &Counters) {
    let mut left = length;
    while left > 0 {
        let next = &bytes[..bytes.len().min(left)];
        if stream.write_all(next).await.is_err() {
            return;
        }
        counters.flooded.fetch_add(next.len(), Ordering::SeqCst);
        left -= next.len();
    }
}

/// Writes nothing more, until the client closes the connection.
async fn stall(mut stream: TcpStream, counters: &Counters) {
    let mut nowhere = tokio::io::sink();
    let rest = tokio::io::copy(&mut stream, &mut nowhere);
    let end = tokio::time::timeout(Duration::from_secs(60), rest);
    if end.await.is_ok() {
        counters.closed.fetch_add(1, Ordering::SeqCst);
    }
}

/// A client for a server.
pub(crate) fn client(base_url: &str) -> Client {
    Client::builder().api_key("key").base_url(base_url).build().unwrap()
}

/// An HTTP client as a service would build it itself, with these settings.
pub(crate) fn http_client_with(
    change: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
) -> reqwest::Client {
    // With the feature `rustls`, reqwest uses the cryptography provider of the process, which may be installed already.
    let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
    change(reqwest::Client::builder()).build().unwrap()
}

/// A call that must not be retried: it starts an order.
pub(crate) fn order(client: &Client) -> Call<InitiateOffRampOperation> {
    client.initiate_off_ramp(NewOrder::new(uuid().into()))
}

/// The error of a call that starts an order.
pub(crate) async fn order_error(client: &Client) -> Error {
    in_time(order(client).into_future()).await.expect_err("the server fails")
}

/// Waits for a call for 20 seconds, so that one that hangs fails the test.
pub(crate) async fn in_time<T>(
    call: impl Future<Output = Result<Response<T>, Error>>,
) -> Result<Response<T>, Error> {
    tokio::time::timeout(Duration::from_secs(20), call).await.expect("the call ends")
}

/// The response to an order that was accepted.
pub(crate) fn accepted() -> Vec<u8> {
    let order = r#"{"success":true,"data":{}}"#;
    response("200 OK", &format!("content-length: {}\r\n", order.len()), order)
}

/// A response without a body.
pub(crate) fn empty_response(status: &str, headers: &str) -> Vec<u8> {
    response(status, &format!("content-length: 0\r\n{headers}"), "")
}

/// Checks the kind of an error, whether the request may have been executed, and the number of attempts.
#[track_caller]
pub(crate) fn assert_outcome(error: &Error, kind: ErrorKind, may_have_executed: bool, attempts: u32) {
    assert_eq!(error.kind(), kind, "{error:?}");
    assert_eq!(error.may_have_executed(), may_have_executed, "{error:?}");
    assert_eq!(error.attempt_count(), attempts, "{error:?}");
    assert!(!error.to_string().is_empty() && error.operation().is_some(), "{error:?}");
}

/// A response with this head and body.
pub(crate) fn response(status: &str, headers: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\n{headers}\r\n{body}").into_bytes()
}
