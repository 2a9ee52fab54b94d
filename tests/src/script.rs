//! A server that follows a script, which defines the response to each request. The server records all requests.

use std::sync::{Arc, Mutex};

use serde_json::Value;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

use crate::capture::{Received, receive};

/// The response to a request: the status and the JSON body.
pub type ScriptedResponse = (u16, Value);

type Author = Arc<dyn Fn(usize, &Received) -> ScriptedResponse + Send + Sync>;

/// A running server that follows a script. The server stops with the test's runtime.
pub struct Script {
    base_url: String,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Script {
    /// Starts a server that sends the responses which `author` returns. The arguments of `author` are the number of
    /// earlier requests, and the request.
    pub async fn new(
        author: impl Fn(usize, &Received) -> ScriptedResponse + Send + Sync + 'static,
    ) -> Script {
        let author: Author = Arc::new(author);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base_url = format!("http://{}", listener.local_addr().expect("an address"));
        let received = Arc::new(Mutex::new(Vec::new()));
        let keep = Arc::clone(&received);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&keep), Arc::clone(&author)));
            }
        });
        Script { base_url, received }
    }

    /// Starts a server that sends these responses one after the other, and then repeats the last response.
    pub async fn in_turn(responses: impl Into<Vec<ScriptedResponse>>) -> Script {
        let responses = responses.into();
        Script::new(move |before, _| responses[before.min(responses.len() - 1)].clone()).await
    }

    /// Returns the base URL of the server.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Returns the requests that were received so far.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().expect("no test failed while it held the lock").clone()
    }

    /// Returns the queries of the requests that were received so far. A request without a query has an empty text.
    pub fn queries(&self) -> Vec<String> {
        self.received().iter().map(|request| request.query().unwrap_or_default().to_owned()).collect()
    }
}

async fn serve(mut stream: TcpStream, keep: Arc<Mutex<Vec<Received>>>, author: Author) {
    let Some(request) = receive(&mut stream).await else { return };
    let (status, body) = {
        let mut received = keep.lock().expect("no test failed while it held the lock");
        let response = author(received.len(), &request);
        received.push(request);
        response
    };
    let body = body.to_string();
    let head = format!(
        "HTTP/1.1 {status} Status\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    // The client may have closed the connection already, which is no failure of the server.
    let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
    let _ = stream.shutdown().await;
}
