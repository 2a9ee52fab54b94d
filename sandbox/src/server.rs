//! The HTTP server, which passes each request to its API.

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
use partner_client::Operation;
use serde::de::DeserializeOwned;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::access::{self, DenialReason};
use crate::body;
use crate::call::Call;
use crate::mock::MockResponse;
use crate::received::{self, ReceivedRequest, RequestLog};
use crate::vendor::{Admission, VendorService};
use crate::{p100, person, unigox};

/// The longest time that [`Sandbox::stop`] waits for requests that are being handled.
const STOP_TIMEOUT: Duration = Duration::from_secs(5);

/// A server on a port of this machine, with both APIs and their state, such as the created customers. Dropping the
/// `Sandbox` stops the server; requests that are being handled still get their responses.
#[derive(Debug)]
pub struct Sandbox {
    unigox_url: String,
    p100_url: String,
    shared: Arc<SharedState>,
    /// The sender of the channel that the server waits for: dropping the sender stops the server.
    stop_sender: oneshot::Sender<()>,
    server: JoinHandle<()>,
}

/// The state of the server that all requests share.
struct SharedState {
    unigox: VendorService<unigox::State>,
    p100: VendorService<p100::State>,
    log: RequestLog,
}

impl std::fmt::Debug for SharedState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}

impl Sandbox {
    /// The API key that the sandbox's Unigox accepts. It is not secret.
    pub const UNIGOX_KEY: &'static str = "fake-unigox-key-of-the-sandbox";

    /// The API key that the sandbox's P100 accepts. It is not secret.
    pub const P100_KEY: &'static str = "fake-p100-key-of-the-sandbox";

    /// A person with this last name is rejected by both APIs; everyone else is verified.
    pub const REJECTED_LAST_NAME: &'static str = person::REJECTED_LAST_NAME;

    /// Starts the sandbox on a free port, in the current tokio runtime.
    ///
    /// # Errors
    ///
    /// When there is no free port.
    pub async fn start() -> io::Result<Sandbox> {
        Sandbox::start_on(0).await
    }

    /// Starts the sandbox on a port of your choice; 0 stands for any free port.
    ///
    /// # Errors
    ///
    /// When the port is taken.
    pub async fn start_on(port: u16) -> io::Result<Sandbox> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(SharedState {
            unigox: VendorService::new(unigox::new_vendor_definition(Sandbox::UNIGOX_KEY))
                .map_err(io::Error::other)?,
            p100: VendorService::new(p100::new_vendor_definition(Sandbox::P100_KEY))
                .map_err(io::Error::other)?,
            log: RequestLog::default(),
        });
        let (stop_sender, stopped) = oneshot::channel::<()>();
        let server = tokio::spawn(serve(listener, Arc::clone(&shared), stopped));
        Ok(Sandbox {
            unigox_url: build_base_url(address, shared.unigox.vendor.name),
            p100_url: build_base_url(address, shared.p100.vendor.name),
            shared,
            stop_sender,
            server,
        })
    }

    /// Returns the base URL of Unigox, for the client's builder.
    pub fn unigox_url(&self) -> &str {
        &self.unigox_url
    }

    /// Returns the base URL of P100, for the client's builder.
    pub fn p100_url(&self) -> &str {
        &self.p100_url
    }

    /// Returns the received requests, oldest first: at most the latest 10,000, and at most 64 MiB of them.
    pub fn received(&self) -> Vec<ReceivedRequest> {
        self.shared.log.requests()
    }

    /// Sets the response for the next valid call of an operation: a call with a valid key, valid parameters and a valid
    /// body. Responses that are set for one operation are sent in the order in which they were set; after the last one,
    /// the operation responds as usual. These responses do not change the state of the sandbox.
    ///
    /// ```
    /// use partner_client::unigox::calls::InitiateOffRampOperation;
    /// use partner_client::unigox::{Client, ErrorCode, NewOrder};
    /// use partner_sandbox::{MockResponse, Sandbox};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let sandbox = Sandbox::start().await?;
    /// sandbox.respond_with::<InitiateOffRampOperation>(MockResponse::failure(409, ErrorCode::QuoteExpired));
    ///
    /// let unigox = Client::builder().base_url(sandbox.unigox_url()).api_key(Sandbox::UNIGOX_KEY).build()?;
    /// let order = NewOrder::new("a1b2c3d4-e5f6-7890-abcd-ef1234567890".parse()?);
    /// let error = unigox.initiate_off_ramp(order.clone()).await.unwrap_err();
    /// assert_eq!(ErrorCode::from_error(&error), Some(ErrorCode::QuoteExpired));
    /// assert!(unigox.initiate_off_ramp(order).await.is_ok());
    /// # Ok(())
    /// # }
    /// ```
    pub fn respond_with<O: Operation>(&self, response: MockResponse<O::Response>) {
        let SharedState { unigox, p100, .. } = &*self.shared;
        let mocks = if unigox.has_operation(O::ENTRY) { &unigox.mocks } else { &p100.mocks };
        mocks.push(O::ENTRY.id, response);
    }

    /// Returns the contents of the operation's response example; `None` if the document has no example. A test can
    /// change the contents, and set them with [`respond_with`](Self::respond_with).
    pub fn example<O: Operation>(&self) -> Option<O::Response>
    where
        O::Response: DeserializeOwned,
    {
        self.documented_example::<O>(None)
    }

    /// Returns the contents of the operation's response example that has this name in the document; `None` if there is
    /// no such example.
    pub fn example_named<O: Operation>(&self, name: &str) -> Option<O::Response>
    where
        O::Response: DeserializeOwned,
    {
        self.documented_example::<O>(Some(name))
    }

    fn documented_example<O: Operation>(&self, name: Option<&str>) -> Option<O::Response>
    where
        O::Response: DeserializeOwned,
    {
        let SharedState { unigox, p100, .. } = &*self.shared;
        match unigox.has_operation(O::ENTRY) {
            true => unigox.find_example_contents(O::ENTRY, name),
            false => p100.find_example_contents(O::ENTRY, name),
        }
    }

    /// Stops the server, and waits until the requests that are being handled have got their responses, but at most five
    /// seconds.
    pub async fn stop(self) {
        drop(self.stop_sender);
        // The result is ignored, because the task of the server continues after the timeout, and ends when its requests
        // are done.
        let _ = tokio::time::timeout(STOP_TIMEOUT, self.server).await;
    }
}

/// Returns the base URL of the API with this name.
fn build_base_url(address: SocketAddr, name: &str) -> String {
    format!("http://{address}/{name}")
}

async fn serve(listener: TcpListener, shared: Arc<SharedState>, stopped: oneshot::Receiver<()>) {
    // axum's limit for bodies is disabled, because the `body` module has its own limits. Files may be large, because
    // they are not stored.
    let router = Router::new().fallback(handle_request).layer(DefaultBodyLimit::disable()).with_state(shared);
    let stopped = async {
        // Nothing is ever sent through this channel. Waiting for the receiver ends when `Sandbox` drops the sender.
        let _ = stopped.await;
    };
    // The result is ignored, because `axum::serve` never fails: when it cannot accept a connection, it waits and tries
    // again.
    let _ = axum::serve(listener, router).with_graceful_shutdown(stopped).await;
}

/// Responds to a request. A request to one of the APIs is logged.
async fn handle_request(State(shared): State<Arc<SharedState>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let path = head.uri.path();
    if let Err(denied) = access::check_host_and_origin(&head) {
        body::discard_body(&head.headers, body);
        match denied {
            DenialReason::ForeignHost => {
                (StatusCode::MISDIRECTED_REQUEST, "This sandbox is for this machine alone.").into_response()
            }
            DenialReason::ForeignOrigin => {
                (StatusCode::FORBIDDEN, "This sandbox is not for pages of other origins.").into_response()
            }
        }
    } else if let Some(path) = strip_api_name(path, shared.unigox.vendor.name) {
        respond_to_api_request(&shared.unigox, &shared.log, &head, path, body).await
    } else if let Some(path) = strip_api_name(path, shared.p100.vendor.name) {
        respond_to_api_request(&shared.p100, &shared.log, &head, path, body).await
    } else {
        body::discard_body(&head.headers, body);
        (StatusCode::NOT_FOUND, "This sandbox has /unigox and /p100.").into_response()
    }
}

/// Responds to a request to one of the APIs, and logs it. The body is read only after the API key was checked.
async fn respond_to_api_request<S: Default>(
    service: &VendorService<S>,
    log: &RequestLog,
    head: &Parts,
    path: &str,
    body: Body,
) -> Response {
    let vendor = &service.vendor;
    let mut request = ReceivedRequest::new(vendor.name, vendor.api.key_header, vendor.document, head, path);
    let response = match service.admit(head, path) {
        Admission::Granted(operation, path_parameters) => {
            request.set_operation(operation, &path_parameters);
            let received = body::read_body(head, body).await;
            let response = if received.is_too_large {
                let text = "The request is larger than this sandbox accepts.";
                (StatusCode::PAYLOAD_TOO_LARGE, text).into_response()
            } else {
                let query_parameters = received::parse_query(head);
                let content = &received.content;
                let call = Call { operation, path_parameters, query_parameters, content };
                let (reply, mismatch) = service.execute_call(&call);
                request.problem = mismatch.map(|mismatch| mismatch.to_string());
                reply.into_response(vendor.api, Some(operation))
            };
            request.set_body(received);
            response
        }
        Admission::Refused(operation, response) => {
            body::discard_body(&head.headers, body);
            request.operation = operation.map(|operation| operation.id);
            response
        }
    };
    request.status = response.status().as_u16();
    log.add(request);
    response
}

/// Removes the first segment of a path, the name of an API. Returns `None` if the first segment is not `name`, or if no
/// other segment follows.
fn strip_api_name<'a>(path: &'a str, name: &str) -> Option<&'a str> {
    path.strip_prefix('/')?.strip_prefix(name).filter(|rest| rest.starts_with('/'))
}
