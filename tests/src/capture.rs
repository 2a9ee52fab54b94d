//! A server that records every request, byte for byte as it came over the wire, and always sends the same response.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A request that the server has received.
#[derive(Clone, Debug)]
pub struct Received {
    /// The method.
    pub method: String,
    /// The request target, which is the path and the query as they were sent.
    pub target: String,
    /// The headers in the order in which they were sent, with names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, without the chunk sizes of its transfer encoding.
    pub body: Vec<u8>,
}

impl Received {
    /// Returns all values of a header.
    pub fn header_values(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Returns the value of a header; `None` if the header is missing. Panics if the header was sent more than once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let values = self.header_values(name);
        assert!(values.len() < 2, "{name} was sent more than once: {values:?}");
        values.first().copied()
    }

    /// Returns the path as it was sent, without the query.
    pub fn path(&self) -> &str {
        self.target.split_once('?').map_or(self.target.as_str(), |(path, _)| path)
    }

    /// Returns the query as it was sent; `None` if the target has no query.
    pub fn query(&self) -> Option<&str> {
        self.target.split_once('?').map(|(_, query)| query)
    }

    /// Parses the body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("the body is JSON")
    }
}

/// A running server that records requests. The server stops with the test's runtime.
pub struct Capture {
    base_url: String,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Capture {
    /// Starts a server that responds to every request with this status and body.
    pub async fn responding(status: u16, content_type: &'static str, body: impl Into<Vec<u8>>) -> Capture {
        let body = body.into();
        let mut response = format!(
            "HTTP/1.1 {status} Status\r\ncontent-type: {content_type}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            body.len()
        )
        .into_bytes();
        response.extend_from_slice(&body);
        Capture::raw(response).await
    }

    /// Starts a server that responds to every request with these bytes, and closes the connection.
    pub async fn raw(response: impl Into<Vec<u8>>) -> Capture {
        let response: Arc<[u8]> = response.into().into();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base_url = format!("http://{}", listener.local_addr().expect("an address"));
        let received = Arc::new(Mutex::new(Vec::new()));
        let keep = Arc::clone(&received);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&keep), Arc::clone(&response)));
            }
        });
        Capture { base_url, received }
    }

    /// Returns the base URL of the server.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Returns the requests that were received so far.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().expect("no test failed while it held the lock").clone()
    }

    /// Returns the only request that was received. Panics if there is not exactly one.
    pub fn single_request(&self) -> Received {
        let mut received = self.received();
        assert_eq!(received.len(), 1, "requests that were received");
        received.remove(0)
    }
}

async fn serve(mut stream: TcpStream, keep: Arc<Mutex<Vec<Received>>>, response: Arc<[u8]>) {
    if let Some(received) = receive(&mut stream).await {
        keep.lock().expect("no test failed while it held the lock").push(received);
        // The client may have closed the connection already, which is no failure of the server.
        let _ = stream.write_all(&response).await;
        let _ = stream.shutdown().await;
    }
}

/// Reads a request from a connection. Returns `None` if the connection ends before the request is complete.
pub async fn receive(stream: &mut (impl AsyncRead + Unpin)) -> Option<Received> {
    let mut read = Vec::new();
    let head = loop {
        if let Some(end) = find(&read, b"\r\n\r\n") {
            break end;
        }
        more(stream, &mut read).await?;
    };
    let text = std::str::from_utf8(&read[..head]).expect("the head is ASCII").to_owned();
    let mut rest = read.split_off(head + 4);
    let mut lines = text.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let header = |name: &str| headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let body = match (header("content-length"), header("transfer-encoding")) {
        (Some(length), None) => {
            let length: usize = length.parse().expect("a length");
            while rest.len() < length {
                more(stream, &mut rest).await?;
            }
            assert_eq!(rest.len(), length, "nothing follows the body");
            rest
        }
        (None, Some("chunked")) => chunks(stream, rest).await?,
        (None, None) => Vec::new(),
        other => panic!("a body is framed in one way: {other:?}"),
    };
    Some(Received { method, target, headers, body })
}

async fn chunks(stream: &mut (impl AsyncRead + Unpin), mut rest: Vec<u8>) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = loop {
            match find(&rest, b"\r\n") {
                Some(end) => break end,
                None => more(stream, &mut rest).await?,
            }
        };
        let size = std::str::from_utf8(&rest[..end]).expect("a chunk size");
        let size = usize::from_str_radix(size, 16).expect("a chunk size");
        while rest.len() < end + 2 + size + 2 {
            more(stream, &mut rest).await?;
        }
        body.extend_from_slice(&rest[end + 2..end + 2 + size]);
        rest.drain(..end + 2 + size + 2);
        if size == 0 {
            return Some(body);
        }
    }
}

async fn more(stream: &mut (impl AsyncRead + Unpin), read: &mut Vec<u8>) -> Option<()> {
    match stream.read_buf(read).await {
        Ok(1..) => Some(()),
        _ => None,
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}
