//! The listener, and what becomes of each request.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::body::{self, Content};
use crate::log::{Log, ReceivedRequest};
use crate::vendor::Service;
use crate::{p100, unigox};

/// How long [`Sandbox::stop`] waits for requests that are being answered.
const PATIENCE: Duration = Duration::from_secs(5);

/// Both APIs on a port of this machine, with state. Stops when dropped: requests that are being answered are answered.
#[derive(Debug)]
pub struct Sandbox {
    unigox_url: String,
    p100_url: String,
    shared: Arc<Shared>,
    /// Dropping it stops the server.
    stop: oneshot::Sender<()>,
    server: JoinHandle<()>,
}

/// What all requests share.
struct Shared {
    unigox: Service<unigox::State>,
    p100: Service<p100::State>,
    log: Log,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}

impl Sandbox {
    /// The key that Unigox takes here. It is no secret.
    pub const UNIGOX_KEY: &'static str = "fake-unigox-key-of-the-sandbox";

    /// The key that P100 takes here. It is no secret.
    pub const P100_KEY: &'static str = "fake-p100-key-of-the-sandbox";

    /// A person with this last name is rejected by both APIs, where everyone else is verified.
    pub const REJECTED_LAST_NAME: &'static str = "Rejected";

    /// Starts on a free port, in the current tokio runtime.
    ///
    /// # Errors
    ///
    /// When there is no free port.
    pub async fn start() -> io::Result<Sandbox> {
        Sandbox::start_on(0).await
    }

    /// Starts on a port of your choice; 0 is a free one.
    ///
    /// # Errors
    ///
    /// When the port is taken.
    pub async fn start_on(port: u16) -> io::Result<Sandbox> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            unigox: Service::new(unigox::vendor(Sandbox::UNIGOX_KEY)),
            p100: Service::new(p100::vendor(Sandbox::P100_KEY)),
            log: Log::default(),
        });
        let (stop, stopped) = oneshot::channel::<()>();
        let server = tokio::spawn(serve(listener, Arc::clone(&shared), stopped));
        Ok(Sandbox {
            unigox_url: url(address, shared.unigox.vendor.name),
            p100_url: url(address, shared.p100.vendor.name),
            shared,
            stop,
            server,
        })
    }

    /// The base URL of Unigox, for the client's builder.
    pub fn unigox_url(&self) -> &str {
        &self.unigox_url
    }

    /// The base URL of P100, for the client's builder.
    pub fn p100_url(&self) -> &str {
        &self.p100_url
    }

    /// What was received, oldest first; at most the latest 10,000 requests.
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.shared.log.all()
    }

    /// Stops, and waits until the requests that are being answered are answered, at most five seconds.
    pub async fn stop(self) {
        drop(self.stop);
        // Whether it ended in time or not: it ends.
        let _ = tokio::time::timeout(PATIENCE, self.server).await;
    }
}

fn url(address: SocketAddr, name: &str) -> String {
    format!("http://{address}/{name}")
}

async fn serve(listener: TcpListener, shared: Arc<Shared>, stopped: oneshot::Receiver<()>) {
    // Files may be large: they are counted, not kept.
    let router = Router::new().fallback(handle).layer(DefaultBodyLimit::disable()).with_state(shared);
    let stopped = async {
        // Nothing is ever sent: the other end goes away.
        let _ = stopped.await;
    };
    // It never fails: axum waits and goes on when it cannot accept a connection.
    let _ = axum::serve(listener, router).with_graceful_shutdown(stopped).await;
}

/// Answers a request and notes it down.
async fn handle(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let head = copy_of_head(&request);
    let received = body::read(request).await;
    let path = head.uri.path();
    let (unigox, p100) = (&shared.unigox, &shared.p100);
    let (api, path, (operation, response)) = if let Some(path) = below(path, unigox.vendor.name) {
        (unigox.vendor.name, path, unigox.answer(&head, path, &received.content))
    } else if let Some(path) = below(path, p100.vendor.name) {
        (p100.vendor.name, path, p100.answer(&head, path, &received.content))
    } else {
        return (StatusCode::NOT_FOUND, "This sandbox has /unigox and /p100.").into_response();
    };
    shared.log.add(ReceivedRequest {
        api,
        operation: operation.map(|operation| operation.id),
        method: head.method.to_string(),
        path: path.to_owned(),
        status: response.status().as_u16(),
        content_type: body::content_type(&head.headers),
        body_bytes: received.bytes,
        files: match received.content {
            Content::Form(form) => form.files,
            Content::Json(_) | Content::Other => Vec::new(),
        },
    });
    response
}

/// The head of a request, for when its body has been read.
fn copy_of_head(request: &Request) -> http::request::Parts {
    let (mut head, ()) = Request::new(()).into_parts();
    head.method = request.method().clone();
    head.uri = request.uri().clone();
    head.headers = request.headers().clone();
    head
}

/// The rest of a path below its first segment.
fn below<'a>(path: &'a str, first: &str) -> Option<&'a str> {
    path.strip_prefix('/')?.strip_prefix(first).filter(|rest| rest.starts_with('/'))
}
