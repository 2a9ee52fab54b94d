//! Servers that do what they should not.

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
pub(crate) enum Then {
    /// Reads a request, writes these bytes, closes.
    Write(Vec<u8>),
    /// The same, with the first of these bytes for the first request, and so on; the last ones from then on.
    WriteInTurn(Vec<Vec<u8>>),
    /// Reads a request, writes these bytes, and keeps the connection open without another word.
    WriteAndStall(Vec<u8>),
    /// Writes these bytes for the first request, reads another one and closes.
    WriteThenClose(Vec<u8>),
    /// Closes before it reads anything.
    CloseAtOnce,
    /// Writes once a request begins, without reading it to its end, and stays open.
    WriteUnread(Vec<u8>),
    /// Resets the connection once a request begins, without reading any of it.
    ResetUnread,
    /// Reads a request, writes these bytes, and resets the connection when the client has had time to read them.
    WriteAndReset(Vec<u8>),
    /// Reads a request and writes these bytes one by one, with a pause after each.
    Drip(Vec<u8>, Duration),
    /// Reads a request, writes these bytes, and then the others over and over, so many in all or for as long as the
    /// client takes them.
    Flood(Vec<u8>, Vec<u8>, usize),
}

/// A server that keeps what it received.
#[derive(Default)]
pub(crate) struct Server {
    pub(crate) base_url: String,
    received: Arc<Mutex<Vec<Received>>>,
    seen: Arc<Seen>,
}

/// What is counted.
#[derive(Default)]
struct Seen {
    connections: AtomicUsize,
    /// How many connections the client has closed while they were stalled.
    closed: AtomicUsize,
    /// How many requests were received as a whole and not refused.
    executed: AtomicUsize,
    /// How many bytes of floods the client has taken.
    flooded: AtomicUsize,
}

impl Server {
    pub(crate) async fn that(then: Then) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let server = Server { base_url, ..Server::default() };
        let (received, seen) = (Arc::clone(&server.received), Arc::clone(&server.seen));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                seen.connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(stream, then.clone(), Arc::clone(&received), Arc::clone(&seen)));
            }
        });
        server
    }

    /// How many requests were received as a whole.
    pub(crate) fn requests(&self) -> usize {
        self.received().len()
    }

    /// The requests that were received as a whole.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// How many stalled connections the client has closed.
    pub(crate) fn closed(&self) -> usize {
        self.seen.closed.load(Ordering::SeqCst)
    }

    /// How many connections were made.
    pub(crate) fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    /// How many requests a server would have carried out: all that were received as a whole and not refused, whatever
    /// became of the answer.
    pub(crate) fn executed(&self) -> usize {
        self.seen.executed.load(Ordering::SeqCst)
    }

    /// How many bytes of a flood the client has taken, with what is on its way.
    pub(crate) fn flooded(&self) -> usize {
        self.seen.flooded.load(Ordering::SeqCst)
    }

    /// A client for this server.
    pub(crate) fn client(&self) -> Client {
        client(&self.base_url)
    }
}

async fn serve(mut stream: TcpStream, then: Then, received: Arc<Mutex<Vec<Received>>>, seen: Arc<Seen>) {
    match &then {
        Then::CloseAtOnce => return,
        Then::WriteUnread(bytes) => {
            // Whoever answers before the first byte answers nobody.
            stream.read_u8().await.unwrap();
            stream.write_all(bytes).await.unwrap();
            return stall(stream, &seen).await;
        }
        Then::ResetUnread => {
            stream.peek(&mut [0]).await.unwrap();
            return reset(stream);
        }
        _ => {}
    }
    let Some(request) = receive(&mut stream).await else { return };
    let before = {
        let mut received = received.lock().unwrap();
        received.push(request);
        received.len() - 1
    };
    let first = match &then {
        Then::WriteInTurn(answers) => answers.get(before).or(answers.last()).unwrap(),
        Then::Write(bytes)
        | Then::WriteAndStall(bytes)
        | Then::WriteThenClose(bytes)
        | Then::WriteAndReset(bytes)
        | Then::Drip(bytes, _)
        | Then::Flood(bytes, ..)
        | Then::WriteUnread(bytes) => bytes,
        Then::CloseAtOnce | Then::ResetUnread => return,
    };
    if !refuses(first) {
        seen.executed.fetch_add(1, Ordering::SeqCst);
    }
    if let Then::Drip(bytes, pause) = &then {
        return drip(stream, bytes, *pause).await;
    }
    // A client that has heard enough closes first.
    let written = stream.write_all(first).await;
    match then {
        Then::WriteAndStall(_) => stall(stream, &seen).await,
        Then::WriteAndReset(_) => {
            tokio::time::sleep(Duration::from_millis(100)).await;
            reset(stream);
        }
        Then::WriteThenClose(_) => {
            written.unwrap();
            if let Some(request) = receive(&mut stream).await {
                received.lock().unwrap().push(request);
                seen.executed.fetch_add(1, Ordering::SeqCst);
            }
        }
        Then::Flood(_, bytes, length) => flood(stream, &bytes, length, &seen).await,
        _ => {
            let _ = stream.shutdown().await;
        }
    }
}

/// Whether a server that responds with this has not done what was asked: a proxy that responds with 408, or with a status
/// that it made up, may have passed the request on.
fn refuses(answer: &[u8]) -> bool {
    let status = answer.strip_prefix(b"HTTP/1.1 ").and_then(|rest| std::str::from_utf8(rest.get(..3)?).ok());
    let made_up = ["408", "419", "444", "460", "499"];
    status.is_some_and(|status| status == "501" || (status.starts_with('4') && !made_up.contains(&status)))
}

/// Ends a connection as a server does that dies: what was not read or sent yet is lost.
fn reset(stream: TcpStream) {
    stream.set_zero_linger().unwrap();
}

/// Writes for as long as the client takes it.
async fn drip(mut stream: TcpStream, bytes: &[u8], pause: Duration) {
    for byte in bytes {
        if stream.write_all(&[*byte]).await.is_err() {
            return;
        }
        tokio::time::sleep(pause).await;
    }
}

async fn flood(mut stream: TcpStream, bytes: &[u8], length: usize, seen: &Seen) {
    let mut left = length;
    while left > 0 {
        let next = &bytes[..bytes.len().min(left)];
        if stream.write_all(next).await.is_err() {
            return;
        }
        seen.flooded.fetch_add(next.len(), Ordering::SeqCst);
        left -= next.len();
    }
}

/// Says nothing more, until the client has had enough.
async fn stall(mut stream: TcpStream, seen: &Seen) {
    let mut nowhere = tokio::io::sink();
    let rest = tokio::io::copy(&mut stream, &mut nowhere);
    let end = tokio::time::timeout(Duration::from_secs(60), rest);
    if end.await.is_ok() {
        seen.closed.fetch_add(1, Ordering::SeqCst);
    }
}

/// A client for a server.
pub(crate) fn client(base_url: &str) -> Client {
    Client::builder().api_key("key").base_url(base_url).build().unwrap()
}

/// An HTTP client that a service made itself, changed like this.
pub(crate) fn handed_in(
    change: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
) -> reqwest::Client {
    // With the feature `rustls`, reqwest takes its cryptography from the process. It may be there already.
    let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
    change(reqwest::Client::builder()).build().unwrap()
}

/// A call that must not be repeated: it starts an order.
pub(crate) fn order(client: &Client) -> Call<InitiateOffRampOperation> {
    client.initiate_off_ramp(NewOrder::new(uuid()))
}

/// The error of that call; it has 20 seconds before the test is over.
pub(crate) async fn post(client: &Client) -> Error {
    in_time(order(client).into_future()).await.expect_err("the server fails")
}

/// Fails the test when a call hangs.
pub(crate) async fn in_time<T>(
    call: impl Future<Output = Result<Response<T>, Error>>,
) -> Result<Response<T>, Error> {
    tokio::time::timeout(Duration::from_secs(20), call).await.expect("the call ends")
}

/// What the API answers to an order that it has taken.
pub(crate) fn accepted() -> Vec<u8> {
    let order = r#"{"success":true,"data":{}}"#;
    answer("200 OK", &format!("content-length: {}\r\n", order.len()), order)
}

/// An answer without a body.
pub(crate) fn empty(status: &str, headers: &str) -> Vec<u8> {
    answer(status, &format!("content-length: 0\r\n{headers}"), "")
}

/// Checks what an error says.
#[track_caller]
pub(crate) fn assert_is(error: &Error, kind: ErrorKind, may_have_executed: bool, attempts: u32) {
    assert_eq!(error.kind(), kind, "{error:?}");
    assert_eq!(error.may_have_executed(), may_have_executed, "{error:?}");
    assert_eq!(error.attempts(), attempts, "{error:?}");
    assert!(!error.to_string().is_empty() && error.operation().is_some(), "{error:?}");
}

/// An answer with that head and body.
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\n{headers}\r\n{body}").into_bytes()
}
