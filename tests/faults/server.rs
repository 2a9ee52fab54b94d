//! Servers that do what they should not.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use partner_client::unigox::{Client, NewPartnerUser};
use partner_client::{Error, ErrorKind, Response};
use partner_tests::capture::receive;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What a server does with a connection.
#[derive(Clone)]
pub(crate) enum Then {
    /// Reads a request, writes these bytes, closes.
    Write(Vec<u8>),
    /// Reads a request, writes these bytes, and keeps the connection open without another word.
    WriteAndStall(Vec<u8>),
    /// Writes these bytes for the first request, reads another one and closes.
    WriteThenClose(Vec<u8>),
    /// Closes before it reads anything.
    CloseAtOnce,
    /// Writes once a request begins, without reading it to its end, and stays open.
    WriteUnread(Vec<u8>),
}

/// A server with a count of what it received.
pub(crate) struct Server {
    pub(crate) base_url: String,
    requests: Arc<AtomicUsize>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    pub(crate) async fn that(then: Then) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let (requests, connections) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let server =
            Server { base_url, requests: Arc::clone(&requests), connections: Arc::clone(&connections) };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(stream, then.clone(), Arc::clone(&requests)));
            }
        });
        server
    }

    /// How many requests were received as a whole.
    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }

    /// How many connections were made.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// A client for this server.
    pub(crate) fn client(&self) -> Client {
        client(&self.base_url)
    }
}

async fn serve(mut stream: TcpStream, then: Then, requests: Arc<AtomicUsize>) {
    if let Then::CloseAtOnce = then {
        return;
    }
    if let Then::WriteUnread(bytes) = &then {
        // Whoever answers before the first byte answers nobody.
        stream.read_u8().await.unwrap();
        stream.write_all(bytes).await.unwrap();
        return stall(stream).await;
    }
    if receive(&mut stream).await.is_none() {
        return;
    }
    requests.fetch_add(1, Ordering::SeqCst);
    match then {
        Then::Write(bytes) => {
            // A client that has heard enough closes first.
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
        }
        Then::WriteAndStall(bytes) => {
            let _ = stream.write_all(&bytes).await;
            stall(stream).await;
        }
        Then::WriteThenClose(bytes) => {
            stream.write_all(&bytes).await.unwrap();
            if receive(&mut stream).await.is_some() {
                requests.fetch_add(1, Ordering::SeqCst);
            }
        }
        Then::CloseAtOnce | Then::WriteUnread(_) => {}
    }
}

async fn stall(stream: TcpStream) {
    tokio::time::sleep(Duration::from_secs(60)).await;
    drop(stream);
}

/// A client for a server.
pub(crate) fn client(base_url: &str) -> Client {
    Client::builder().api_key("key").base_url(base_url).build().unwrap()
}

/// A call that must not be repeated lightly; it has 20 seconds before the test is over.
pub(crate) async fn post(client: &Client) -> Error {
    let call = client.create_partner_user(NewPartnerUser::new("1", "a@example.com"));
    in_time(call.into_future()).await.expect_err("the server fails")
}

/// Fails the test when a call hangs.
pub(crate) async fn in_time<T>(
    call: impl Future<Output = Result<Response<T>, Error>>,
) -> Result<Response<T>, Error> {
    tokio::time::timeout(Duration::from_secs(20), call).await.expect("the call ends")
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
