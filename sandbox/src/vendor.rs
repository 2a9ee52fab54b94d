//! The API of one vendor: its operations, its document, and the handlers of the operations that use state.

use std::net::SocketAddr;
use std::sync::{LazyLock, Mutex, PoisonError};

use axum::response::Response;
use http::request::Parts;
use http::{HeaderValue, header};
use matchit::InsertError;
use partner_client::api::Api;
use partner_client::operation::OperationEntry;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::call::Call;
use crate::document::{Document, DocumentedOperation};
use crate::mismatch::Mismatch;
use crate::mock::{MockFailure, MockReply, MockResponseQueues};
use crate::refusal::RequestRefusal;
use crate::reply::{HandlerResult, Reply};
use crate::router::{OperationLookupResult, OperationRouter};
use crate::{api_key, example, expiry, request};

/// A function that handles the calls of an operation, and reads or changes the state `S`.
pub(crate) type Handler<S> = fn(&mut S, &Call<'_>) -> HandlerResult;

/// The operations of an API that read or change the state that the sandbox keeps for this API.
pub(crate) trait StatefulOperations: Send + Sync {
    /// Whether the operation with this id has a handler.
    fn has_handler(&self, id: &str) -> bool;

    /// Returns the reply of the operation's handler; `None` if the operation has no handler.
    fn handle_call(&self, call: &Call<'_>) -> Option<Reply>;
}

/// The state of an API, and the handlers of operations that read or change the state. Each handler is listed with the
/// name of the client method that calls its operation.
pub(crate) struct StateWithHandlers<S: 'static> {
    state: Mutex<S>,
    handlers: &'static [(&'static str, Handler<S>)],
}

impl<S: Default + Send> StateWithHandlers<S> {
    /// Creates the initial state of an API, with its handlers. An entry of `handlers` is the name of a client method,
    /// and the handler of the operation that this method calls.
    pub(crate) fn new_boxed(handlers: &'static [(&'static str, Handler<S>)]) -> Box<dyn StatefulOperations> {
        Box::new(StateWithHandlers { state: Mutex::new(S::default()), handlers })
    }
}

impl<S: Send> StateWithHandlers<S> {
    fn find_handler(&self, id: &str) -> Option<Handler<S>> {
        self.handlers.iter().find(|(known, _)| *known == id).map(|(_, handler)| *handler)
    }
}

impl<S: Send> StatefulOperations for StateWithHandlers<S> {
    fn has_handler(&self, id: &str) -> bool {
        self.find_handler(id).is_some()
    }

    fn handle_call(&self, call: &Call<'_>) -> Option<Reply> {
        let handler = self.find_handler(call.operation.id)?;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        Some(handler(&mut state, call).unwrap_or_else(|failure| failure))
    }
}

/// The definition of a vendor: its name, its API, its OpenAPI document, and the functions that build and read its
/// failure responses.
pub(crate) struct VendorDefinition {
    /// The name of the vendor, which is the first segment of the API's paths in the sandbox.
    pub(crate) name: &'static str,
    pub(crate) api: &'static Api,
    pub(crate) operations: &'static [&'static OperationEntry],
    pub(crate) document: &'static LazyLock<Document>,
    pub(crate) api_key: &'static str,
    /// The operations that read or change the state. All other operations respond with the document's example.
    pub(crate) stateful_operations: Box<dyn StatefulOperations>,
    /// The function that returns the failure response for a request that is refused before any operation is executed.
    pub(crate) refusal_failure_builder: fn(RequestRefusal) -> Reply,
    /// The function that returns the failure response for a request that does not conform to the OpenAPI document. The
    /// second argument is the body of the operation's first failure example with status 400; `None` if there is no such
    /// example.
    pub(crate) mismatch_failure_builder: fn(&Mismatch, Option<Value>) -> Reply,
    /// The function that builds the body of a mock failure (a failure that a test sets for calls of an operation). Its
    /// second argument is the body of a failure example: among the operation's examples in the document, the one that
    /// is most similar to the mock failure. The argument is `None` if no example is suitable.
    pub(crate) mock_failure_body_builder: fn(&MockFailure, Option<Value>) -> Value,
    /// The function that returns the error code in the body of one of the vendor's failures; `None` if the body has no
    /// code.
    pub(crate) error_code_reader: fn(&Value) -> Option<&str>,
}

/// The decision whether a request is admitted, which is made before its body is read.
pub(crate) enum Admission {
    /// The request is admitted: it has an accepted API key, or its operation requires none. The first value is the
    /// operation. The second value has the decoded path parameters.
    Admitted(&'static OperationEntry, Vec<(String, String)>),
    /// The request is refused. The first value is the operation that the request calls; `None` if the API has no
    /// operation with the request's method and path. The second value is the failure response.
    Refused(Option<&'static OperationEntry>, Response),
}

/// A service of the sandbox: the API of one vendor, served at a base URL.
pub(crate) struct VendorService {
    pub(crate) vendor: VendorDefinition,
    pub(crate) base_url: String,
    router: OperationRouter,
    pub(crate) mocks: MockResponseQueues,
}

impl VendorService {
    pub(crate) fn new(vendor: VendorDefinition, address: SocketAddr) -> Result<Self, InsertError> {
        let router = OperationRouter::new(vendor.operations)?;
        let base_url = format!("http://{address}/{}", vendor.name);
        Ok(VendorService { vendor, base_url, router, mocks: MockResponseQueues::default() })
    }

    /// Whether an operation belongs to this API.
    pub(crate) fn has_operation(&self, operation: &'static OperationEntry) -> bool {
        self.vendor.operations.iter().any(|known| std::ptr::eq(*known, operation))
    }

    /// Decides whether a request is admitted: finds the operation of the request, and checks the API key.
    pub(crate) fn decide_admission(&self, head: &Parts, path: &str) -> Admission {
        let VendorDefinition { api, refusal_failure_builder: new_refusal_failure, .. } = &self.vendor;
        match self.router.look_up_operation(head.method.as_str(), path) {
            OperationLookupResult::FoundOperation(operation, parameters) => {
                match api_key::check_api_key(
                    operation.security,
                    &head.headers,
                    api.api_key_header_name,
                    self.vendor.api_key,
                ) {
                    Ok(()) => Admission::Admitted(operation, parameters),
                    Err(refusal) => {
                        let documented = self.vendor.document.find_operation(operation);
                        let body = documented.and_then(|documented| {
                            find_documented_failure_body(documented, |status, _| status == "401")
                        });
                        let reply = body
                            .map_or_else(|| new_refusal_failure(refusal), |body| Reply::from_json(401, body));
                        Admission::Refused(Some(operation), reply.into_response(api, Some(operation)))
                    }
                }
            }
            OperationLookupResult::WrongMethod(methods) => {
                let mut response = new_refusal_failure(RequestRefusal::WrongMethod).into_response(api, None);
                if let Ok(methods) = HeaderValue::from_str(&methods.join(", ")) {
                    response.headers_mut().insert(header::ALLOW, methods);
                }
                Admission::Refused(None, response)
            }
            OperationLookupResult::UnknownPath => Admission::Refused(
                None,
                new_refusal_failure(RequestRefusal::UnknownPath).into_response(api, None),
            ),
        }
    }

    /// Executes a call. Returns the reply, and the mismatch between the call and the document if one was found. The
    /// reply is the first of these that applies:
    /// - a failure, if there is a mismatch
    /// - the mock response, if a test has set one
    /// - the reply of the operation's handler, if there is one
    /// - the document's example
    pub(crate) fn execute_call(&self, call: &Call<'_>) -> (Reply, Option<Mismatch>) {
        let id = call.operation.id;
        let Some(documented) = self.vendor.document.find_operation(call.operation) else {
            return ((self.vendor.refusal_failure_builder)(RequestRefusal::UnknownPath), None);
        };
        // If an operation has a handler, the handler checks the request, because some checks depend on the state of the
        // sandbox. So the request is checked here only if there is no handler, or if a mock response replaces the
        // handler's reply.
        if (!self.vendor.stateful_operations.has_handler(id) || self.mocks.has_mock_response(id))
            && let Err(mismatch) = request::check_request(documented, call)
        {
            let body = find_documented_failure_body(documented, |status, _| status == "400");
            return ((self.vendor.mismatch_failure_builder)(&mismatch, body), Some(mismatch));
        }
        let reply = match self.mocks.take_mock_response(id) {
            Some(MockReply::Reply(reply)) => reply,
            Some(MockReply::Failure(failure)) => self.build_mock_failure_reply(documented, &failure),
            None => self.vendor.stateful_operations.handle_call(call).unwrap_or_else(|| {
                let envelope = self.vendor.api.envelope.filter(|_| call.operation.response_is_enveloped);
                example::build_example_reply(documented, envelope, call)
            }),
        };
        (reply, None)
    }

    /// Returns the data in a success example of the operation, without the envelope (the JSON object around the data).
    /// The example is the one with the name `name`, or the first one if `name` is `None`. Returns `None` if there is no
    /// such example, or if the data cannot be deserialized as `T`.
    pub(crate) fn find_success_example_data<T: DeserializeOwned>(
        &self,
        operation: &'static OperationEntry,
        name: Option<&str>,
    ) -> Option<T> {
        let documented = self.vendor.document.find_operation(operation)?;
        let mut body = example::find_success_example_body(documented, operation, name)?;
        expiry::move_timestamps_if_expired(&mut body);
        let contents = match self.vendor.api.envelope.filter(|_| operation.response_is_enveloped) {
            Some(envelope) => body.get(envelope.data_property_name)?,
            None => &body,
        };
        serde_json::from_str(&contents.to_string()).ok()
    }

    /// Returns the reply for a mock failure. The body of the reply is modelled on one of the operation's failure
    /// examples in the document. The first of these that exists is used:
    /// - the first example with the error code and the status of the mock failure
    /// - the first example with this error code
    /// - the first example with this status
    /// - the first example with any error code
    fn build_mock_failure_reply(&self, documented: DocumentedOperation<'_>, failure: &MockFailure) -> Reply {
        let status = failure.status.to_string();
        let has_code = |body: &Value| (self.vendor.error_code_reader)(body) == Some(&failure.code);
        let body = find_documented_failure_body(documented, |known, body| known == status && has_code(body))
            .or_else(|| find_documented_failure_body(documented, |_, body| has_code(body)))
            .or_else(|| find_documented_failure_body(documented, |known, _| known == status))
            .or_else(|| {
                find_documented_failure_body(documented, |_, body| {
                    (self.vendor.error_code_reader)(body).is_some()
                })
            });
        Reply::from_json(failure.status, (self.vendor.mock_failure_body_builder)(failure, body))
    }
}

/// Returns the first failure body in the operation's examples for which `matches` returns true. The arguments of
/// `matches` are the key of the response in the document (`400`, `4XX`, …) and the body.
fn find_documented_failure_body(
    documented: DocumentedOperation<'_>,
    matches: impl Fn(&str, &Value) -> bool,
) -> Option<Value> {
    documented.failure_example_bodies().find(|(status, body)| matches(status, body)).map(|(_, body)| body)
}
