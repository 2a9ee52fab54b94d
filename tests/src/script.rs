//! A server that responds to each request in its own way, and keeps all requests.

use std::sync::{Arc, Mutex};

use serde_json::Value;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

use crate::capture::{Received, receive};

/// A response: its status and its JSON body.
pub type ScriptedResponse = (u16, Value);

type Author = Arc<dyn Fn(usize, &Received) -> ScriptedResponse + Send + Sync>;

/// A running server. It stops with the test's runtime.
pub struct Script {
    base_url: String,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Script {
    /// A server that responds with what the function returns, given how many requests came before this one.
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

    /// A server that gives these responses in turn, and the last one from then on.
    pub async fn in_turn(responses: impl Into<Vec<ScriptedResponse>>) -> Script {
        let responses = responses.into();
        Script::new(move |before, _| responses[before.min(responses.len() - 1)].clone()).await
    }

    /// The address of the server.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// What was received so far.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().expect("no test failed while it held the lock").clone()
    }

    /// The queries of the requests so far; an empty text for one without.
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
    // A client that has gone is no failure of the server.
    let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
    let _ = stream.shutdown().await;
}
