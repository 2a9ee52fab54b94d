//! A server on a thread of its own, which sends the same response until another one is set.

use std::sync::{Arc, Mutex};

use partner_tests::capture::receive;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

/// A server. It runs until the process ends.
pub(crate) struct Server {
    pub(crate) base_url: String,
    response: Arc<Mutex<Arc<[u8]>>>,
}

impl Server {
    pub(crate) fn start() -> Server {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let response: Arc<Mutex<Arc<[u8]>>> = Arc::default();
        let current = Arc::clone(&response);
        std::thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
                let listener = TcpListener::from_std(listener).unwrap();
                while let Ok((mut stream, _)) = listener.accept().await {
                    if receive(&mut stream).await.is_some() {
                        let response = Arc::clone(&current.lock().unwrap());
                        // The client may close the connection before everything is written.
                        let _ = stream.write_all(&response).await;
                        let _ = stream.shutdown().await;
                    }
                }
            });
        });
        Server { base_url, response }
    }

    /// Sets the response to all further requests.
    pub(crate) fn set(&self, status: u16, body: &str) {
        let head = format!(
            "HTTP/1.1 {status} Response\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            body.len()
        );
        *self.response.lock().unwrap() = [head.as_bytes(), body.as_bytes()].concat().into();
    }
}
