//! The HTTP server of the sandbox. It passes each request to the simulated API that the first segment of the URL path
//! names.

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::request::Parts;
use partner_client::Operation;
use partner_client::operation::OperationEntry;
use serde::de::DeserializeOwned;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::access::{self, AccessRefusal};
use crate::body;
use crate::call::Call;
use crate::mock::MockResponse;
use crate::received::{self, ReceivedRequest, RequestLog};
use crate::vendor::{Admission, VendorService};
use crate::{p100, person, unigox};

/// The maximum time that [`Sandbox::stop`] waits for requests that are being handled.
const STOP_TIMEOUT: Duration = Duration::from_secs(5);

/// A server on a port of this machine. It imitates the APIs of Unigox and P100, and keeps their state, such as the
/// created users. Dropping the `Sandbox` stops the server; requests that are being handled still get their responses.
#[derive(Debug)]
pub struct Sandbox {
    shared: Arc<SharedState>,
    /// The sender of a channel that carries no messages. The server stops when this sender is dropped.
    stop_sender: oneshot::Sender<()>,
    server: JoinHandle<()>,
}

/// The state of the server that all requests share.
struct SharedState {
    services: Vec<VendorService>,
    log: RequestLog,
}

impl SharedState {
    fn find_service(&self, operation: &'static OperationEntry) -> Option<&VendorService> {
        self.services.iter().find(|service| service.has_operation(operation))
    }
}

impl std::fmt::Debug for SharedState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}

/// An API that a sandbox serves.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct ServedApi<'a> {
    /// The name of the API, which is the name of its module in the client.
    pub name: &'static str,
    /// The base URL of the API, for the client's builder.
    pub base_url: &'a str,
    /// The API key that the sandbox accepts. It is not secret.
    pub api_key: &'static str,
    /// The operations of the API, from the operation table of the generated client.
    pub operations: &'static [&'static OperationEntry],
}

impl Sandbox {
    /// The API key that the sandbox accepts for Unigox. It is not secret.
    pub const UNIGOX_API_KEY: &'static str = "fake-unigox-key-of-the-sandbox";

    /// The API key that the sandbox accepts for P100. It is not secret.
    pub const P100_API_KEY: &'static str = "fake-p100-key-of-the-sandbox";

    /// The private key of every wallet in the examples of Unigox's document. It is the well-known development key 0 of
    /// Hardhat and Anvil, so it is not secret. With this key, a test can sign the parameters that the sandbox returns.
    pub const WALLET_PRIVATE_KEY: &'static str =
        "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

    /// The last name of persons whom the identity checks of Unigox and P100 reject. Everyone else is verified.
    pub const REJECTED_LAST_NAME: &'static str = person::REJECTED_LAST_NAME;

    /// Starts the sandbox on a free port, in the current tokio runtime.
    ///
    /// # Errors
    ///
    /// When there is no free port.
    pub async fn start() -> io::Result<Sandbox> {
        Sandbox::start_on_port(0).await
    }

    /// Starts the sandbox on this port; 0 stands for any free port.
    ///
    /// # Errors
    ///
    /// When the port is taken.
    pub async fn start_on_port(port: u16) -> io::Result<Sandbox> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        // The vendors whose APIs the sandbox serves. To add a vendor to the sandbox, add it to this list.
        let vendors = [
            unigox::new_vendor_definition(Sandbox::UNIGOX_API_KEY),
            p100::new_vendor_definition(Sandbox::P100_API_KEY),
        ];
        let services: Result<_, _> =
            vendors.into_iter().map(|vendor| VendorService::new(vendor, address)).collect();
        let shared = Arc::new(SharedState {
            services: services.map_err(io::Error::other)?,
            log: RequestLog::default(),
        });
        let (stop_sender, stop_receiver) = oneshot::channel::<()>();
        let server = tokio::spawn(serve(listener, Arc::clone(&shared), stop_receiver));
        Ok(Sandbox { shared, stop_sender, server })
    }

    /// Returns the APIs that the sandbox serves.
    pub fn apis(&self) -> impl Iterator<Item = ServedApi<'_>> {
        self.shared.services.iter().map(|VendorService { vendor, base_url, .. }| ServedApi {
            name: vendor.name,
            base_url,
            api_key: vendor.api_key,
            operations: vendor.operations,
        })
    }

    /// Returns the base URL of Unigox, for the client's builder.
    pub fn unigox_base_url(&self) -> &str {
        self.find_base_url_or_empty("unigox")
    }

    /// Returns the base URL of P100, for the client's builder.
    pub fn p100_base_url(&self) -> &str {
        self.find_base_url_or_empty("p100")
    }

    /// Returns the base URL of the API with this name; an empty string if the sandbox does not serve the API.
    fn find_base_url_or_empty(&self, name: &str) -> &str {
        self.apis().find(|api| api.name == name).map_or("", |api| api.base_url)
    }

    /// Returns the latest received requests, oldest first. The sandbox keeps at most 10,000 requests, and at most 64
    /// MiB of them.
    pub fn received(&self) -> Vec<ReceivedRequest> {
        self.shared.log.requests()
    }

    /// Sets the response for the next valid call of an operation: a call with a valid key, valid parameters and a valid
    /// body. If several responses are set for one operation, they are sent in the order in which they were set. After
    /// the last one, the operation responds as usual. [`MockResponse::times`] and [`MockResponse::always`] set a
    /// response for several calls. These responses do not change the state of the sandbox.
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
    /// let unigox = Client::builder().base_url(sandbox.unigox_base_url()).api_key(Sandbox::UNIGOX_API_KEY).build()?;
    /// let order = NewOrder::new("a1b2c3d4-e5f6-7890-abcd-ef1234567890".parse()?);
    /// let error = unigox.initiate_off_ramp(order.clone()).await.unwrap_err();
    /// assert_eq!(ErrorCode::from_error(&error), Some(ErrorCode::QuoteExpired));
    /// assert!(unigox.initiate_off_ramp(order).await.is_ok());
    /// # Ok(())
    /// # }
    /// ```
    pub fn respond_with<O: Operation>(&self, response: MockResponse<O::Response>) {
        if let Some(service) = self.shared.find_service(O::ENTRY) {
            service.mocks.push(O::ENTRY.id, response);
        }
    }

    /// Returns the response in the operation's first example; `None` if the document has no example. A test can change
    /// this response, and set it with [`respond_with`](Self::respond_with).
    pub fn response_example<O: Operation>(&self) -> Option<O::Response>
    where
        O::Response: DeserializeOwned,
    {
        self.find_response_example::<O>(None)
    }

    /// Returns the response in the operation's example with the name `name`; `None` if the document has no example with
    /// this name.
    pub fn response_example_named<O: Operation>(&self, name: &str) -> Option<O::Response>
    where
        O::Response: DeserializeOwned,
    {
        self.find_response_example::<O>(Some(name))
    }

    fn find_response_example<O: Operation>(&self, name: Option<&str>) -> Option<O::Response>
    where
        O::Response: DeserializeOwned,
    {
        self.shared.find_service(O::ENTRY)?.find_success_example_data(O::ENTRY, name)
    }

    /// Stops the server. Waits at most five seconds until the requests that are being handled have got their responses.
    pub async fn stop(self) {
        drop(self.stop_sender);
        // The result is ignored: after a timeout, the task of the server continues until its requests are done.
        let _ = tokio::time::timeout(STOP_TIMEOUT, self.server).await;
    }
}

async fn serve(listener: TcpListener, shared: Arc<SharedState>, stop_receiver: oneshot::Receiver<()>) {
    // axum's limit for the size of bodies is disabled, because the `body` module has its own limits. The limits of that
    // module allow large files, because it does not store the contents of files.
    let router = Router::new().fallback(handle_request).layer(DefaultBodyLimit::disable()).with_state(shared);
    let stopped = async {
        // Nothing is ever sent through this channel: the receiver waits until the `Sandbox` drops the sender.
        let _ = stop_receiver.await;
    };
    // The result is ignored, because `axum::serve` never fails: when it cannot accept a connection, it waits and tries
    // again.
    let _ = axum::serve(listener, router).with_graceful_shutdown(stopped).await;
}

/// Responds to a request. If the request is for one of the simulated APIs, it is also added to the log of requests.
async fn handle_request(State(shared): State<Arc<SharedState>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let path = head.uri.path();
    if let Err(reason) = access::check_host_and_origin(&head) {
        body::discard_body_in_background(&head.headers, body);
        match reason {
            AccessRefusal::InvalidHost => {
                (StatusCode::MISDIRECTED_REQUEST, "This sandbox is for this machine alone.").into_response()
            }
            AccessRefusal::ForeignOrigin => {
                (StatusCode::FORBIDDEN, "This sandbox is not for pages of other origins.").into_response()
            }
        }
    } else if let Some((service, path)) = find_service_and_remaining_path(&shared.services, path) {
        respond_to_api_request(service, &shared.log, &head, path, body).await
    } else {
        body::discard_body_in_background(&head.headers, body);
        let names: Vec<_> =
            shared.services.iter().map(|service| format!("/{}", service.vendor.name)).collect();
        let message = format!("This sandbox has {}.", names.join(" and "));
        (StatusCode::NOT_FOUND, message).into_response()
    }
}

/// Responds to a request to one of the APIs, and logs the request. The body is read only after the API key was checked.
async fn respond_to_api_request(
    service: &VendorService,
    log: &RequestLog,
    head: &Parts,
    path: &str,
    body: Body,
) -> Response {
    let vendor = &service.vendor;
    let mut request =
        ReceivedRequest::new(vendor.name, vendor.api.api_key_header_name, vendor.document, head, path);
    let response = match service.decide_admission(head, path) {
        Admission::Admitted(operation, path_parameters) => {
            request.record_operation_and_path_parameters(operation, &path_parameters);
            let received = body::read_body(head, body).await;
            let response = if received.is_too_large {
                let text = "The request is larger than this sandbox accepts.";
                (StatusCode::PAYLOAD_TOO_LARGE, text).into_response()
            } else {
                let query_parameters = received::parse_query_parameters(head);
                let content = &received.content;
                let call = Call { operation, path_parameters, query_parameters, body_content: content };
                let (reply, mismatch) = service.execute_call(&call);
                request.problem = mismatch.map(|mismatch| mismatch.to_string());
                reply.into_response(vendor.api, Some(operation))
            };
            request.record_body(received);
            response
        }
        Admission::Refused(operation, response) => {
            body::discard_body_in_background(&head.headers, body);
            request.operation = operation.map(|operation| operation.id);
            response
        }
    };
    request.status = response.status().as_u16();
    log.add(request);
    response
}

/// Returns the service (an API in the sandbox) whose name is the first segment of `path`, and the rest of `path`.
/// `None` if no service has this name, or if nothing follows the segment.
fn find_service_and_remaining_path<'s, 'p>(
    services: &'s [VendorService],
    path: &'p str,
) -> Option<(&'s VendorService, &'p str)> {
    let path = path.strip_prefix('/')?;
    let (name, rest) = path.split_at(path.find('/')?);
    let service = services.iter().find(|service| service.vendor.name == name)?;
    Some((service, rest))
}
