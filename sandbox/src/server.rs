//! The listener, and what becomes of each request.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::request::Parts;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::access::{self, Denied};
use crate::body::{self, Content, Received};
use crate::log::{Log, ReceivedRequest};
use crate::vendor::{Admission, Service};
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
    // Files may be large, and have limits of their own: they are counted, not kept.
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
    let (head, body) = request.into_parts();
    let path = head.uri.path();
    if let Err(denied) = access::check(&head) {
        body::discard(&head.headers, body);
        match denied {
            Denied::Host => {
                (StatusCode::MISDIRECTED_REQUEST, "This sandbox is for this machine alone.").into_response()
            }
            Denied::Origin => {
                (StatusCode::FORBIDDEN, "This sandbox is not for pages of others.").into_response()
            }
        }
    } else if let Some(path) = below(path, shared.unigox.vendor.name) {
        answer(&shared.unigox, &shared.log, &head, path, body).await
    } else if let Some(path) = below(path, shared.p100.vendor.name) {
        answer(&shared.p100, &shared.log, &head, path, body).await
    } else {
        body::discard(&head.headers, body);
        (StatusCode::NOT_FOUND, "This sandbox has /unigox and /p100.").into_response()
    }
}

/// Responds to a request to one of the APIs. Nothing of its body is read before its key was checked.
async fn answer<S: Default>(
    service: &Service<S>,
    log: &Log,
    head: &Parts,
    path: &str,
    body: Body,
) -> Response {
    let (operation, received, response) = match service.admit(head, path) {
        Admission::Granted(operation, values) => {
            let received = body::read(head, body).await;
            let response = match received.is_too_large {
                true => (StatusCode::PAYLOAD_TOO_LARGE, "The request is larger than this sandbox takes.")
                    .into_response(),
                false => service.perform(operation, &values, &received.content),
            };
            (Some(operation), received, response)
        }
        Admission::Refused(operation, response) => {
            body::discard(&head.headers, body);
            (operation, Received::default(), response)
        }
    };
    log.add(ReceivedRequest {
        api: service.vendor.name,
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

/// The rest of a path below its first segment.
fn below<'a>(path: &'a str, first: &str) -> Option<&'a str> {
    path.strip_prefix('/')?.strip_prefix(first).filter(|rest| rest.starts_with('/'))
}
