//! One API: its operations, its document, and its state.

use std::sync::{LazyLock, Mutex, PoisonError};

use axum::response::Response;
use http::request::Parts;
use http::{HeaderValue, header};
use matchit::InsertError;
use partner_client::api::Api;
use partner_client::operation::Operation;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::call::Call;
use crate::document::{Document, DocumentedOperation};
use crate::mismatch::Mismatch;
use crate::mock::{Failure, Mock, MockQueue};
use crate::refusal::Refusal;
use crate::reply::{HandlerResult, Reply};
use crate::router::{Route, Router};
use crate::{example, expiry, key, request};

/// What an operation with state does.
pub(crate) type Handler<S> = fn(&mut S, &Call<'_>) -> HandlerResult;

/// What is fixed about an API.
pub(crate) struct Vendor<S: 'static> {
    /// Its name. With a slash in front, it is the first segment of the API's paths in the sandbox.
    pub(crate) name: &'static str,
    pub(crate) api: &'static Api,
    pub(crate) operations: &'static [&'static Operation],
    pub(crate) document: &'static LazyLock<Document>,
    pub(crate) key: &'static str,
    /// The operations with state, by the name of the client's method. All others respond with the document's example.
    pub(crate) handlers: &'static [(&'static str, Handler<S>)],
    /// How the API refuses a request that does not get to its operation.
    pub(crate) refuse: fn(Refusal) -> Reply,
    /// How the API refuses a request that does not fit the document. The value is the body of a documented refusal of the
    /// operation.
    pub(crate) refuse_mismatch: fn(&Mismatch, Option<Value>) -> Reply,
    /// The body of a failure. The value is the body of a documented failure of the operation, with the same code where
    /// there is one.
    pub(crate) failure: fn(&Failure, Option<Value>) -> Value,
    /// The vendor's code in the body of a failure.
    pub(crate) code: fn(&Value) -> Option<&str>,
}

/// What is decided about a request before its body is read.
pub(crate) enum Admission {
    /// The request has the key for this operation, and these parameters in its path.
    Granted(&'static Operation, Vec<(String, String)>),
    /// The request gets this response. The operation is there when it was found.
    Refused(Option<&'static Operation>, Response),
}

/// An API with its state.
pub(crate) struct Service<S: 'static> {
    pub(crate) vendor: Vendor<S>,
    router: Router,
    state: Mutex<S>,
    pub(crate) mocks: MockQueue,
}

impl<S: Default> Service<S> {
    pub(crate) fn new(vendor: Vendor<S>) -> Result<Self, InsertError> {
        let router = Router::new(vendor.operations)?;
        Ok(Service { vendor, router, state: Mutex::new(S::default()), mocks: MockQueue::default() })
    }

    /// Whether an operation is one of this API.
    pub(crate) fn has(&self, operation: &'static Operation) -> bool {
        self.vendor.operations.iter().any(|known| std::ptr::eq(*known, operation))
    }

    /// Finds the operation of a request and checks the key.
    pub(crate) fn admit(&self, head: &Parts, path: &str) -> Admission {
        let Vendor { api, refuse, .. } = &self.vendor;
        match self.router.find(head.method.as_str(), path) {
            Route::Found(operation, parameters) => {
                match key::check(operation.security, &head.headers, api.key_header, self.vendor.key) {
                    Ok(()) => Admission::Granted(operation, parameters),
                    Err(refusal) => {
                        let documented = self.vendor.document.operation(operation);
                        let body = documented
                            .and_then(|documented| failure_body(documented, |status, _| status == "401"));
                        let reply = body.map_or_else(|| refuse(refusal), |body| Reply::body(401, body));
                        Admission::Refused(Some(operation), reply.into_response(api, Some(operation)))
                    }
                }
            }
            Route::WrongMethod(methods) => {
                let mut response = refuse(Refusal::WrongMethod).into_response(api, None);
                if let Ok(methods) = HeaderValue::from_str(&methods.join(", ")) {
                    response.headers_mut().insert(header::ALLOW, methods);
                }
                Admission::Refused(None, response)
            }
            Route::Unknown => Admission::Refused(None, refuse(Refusal::UnknownPath).into_response(api, None)),
        }
    }

    /// Executes a call, and returns the mismatch when the request does not fit the document. A response that a test has set
    /// has priority over the handler of the operation, and the handler over the document's example.
    pub(crate) fn execute(&self, call: &Call<'_>) -> (Reply, Option<Mismatch>) {
        let id = call.operation.id;
        let handler = self.vendor.handlers.iter().find(|(known, _)| *known == id).map(|(_, handler)| handler);
        let Some(documented) = self.vendor.document.operation(call.operation) else {
            return ((self.vendor.refuse)(Refusal::UnknownPath), None);
        };
        // A handler checks its request itself, because some refusals depend on the state.
        if (handler.is_none() || self.mocks.is_set(id))
            && let Err(mismatch) = request::check(documented, call)
        {
            let body = failure_body(documented, |status, _| status == "400");
            return ((self.vendor.refuse_mismatch)(&mismatch, body), Some(mismatch));
        }
        let reply = match (self.mocks.pop(id), handler) {
            (Some(Mock::Reply(reply)), _) => reply,
            (Some(Mock::Failure(failure)), _) => self.failure(documented, &failure),
            (None, Some(handler)) => {
                let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
                handler(&mut state, call).unwrap_or_else(|failure| failure)
            }
            (None, None) => {
                let envelope = self.vendor.api.envelope.filter(|_| call.operation.enveloped);
                example::respond(documented, envelope, call)
            }
        };
        (reply, None)
    }

    /// What a documented success of an operation holds: the first example, or the one with this name.
    pub(crate) fn example<T: DeserializeOwned>(
        &self,
        operation: &'static Operation,
        name: Option<&str>,
    ) -> Option<T> {
        let documented = self.vendor.document.operation(operation)?;
        let mut body = example::success_body(documented, operation, name)?;
        expiry::renew(&mut body);
        let contents = match self.vendor.api.envelope.filter(|_| operation.enveloped) {
            Some(envelope) => body.get(envelope.data)?,
            None => &body,
        };
        serde_json::from_str(&contents.to_string()).ok()
    }

    /// A failure that a test has set, in the form of the documented failure that is most like it.
    fn failure(&self, documented: DocumentedOperation<'_>, failure: &Failure) -> Reply {
        let status = failure.status.to_string();
        let has_code = |body: &Value| (self.vendor.code)(body) == Some(&failure.code);
        let body = failure_body(documented, |known, body| known == status && has_code(body))
            .or_else(|| failure_body(documented, |_, body| has_code(body)))
            .or_else(|| failure_body(documented, |known, _| known == status))
            .or_else(|| failure_body(documented, |_, body| (self.vendor.code)(body).is_some()));
        Reply::body(failure.status, (self.vendor.failure)(failure, body))
    }
}

/// The first documented body of a failure that fits, by its status as written and its contents.
fn failure_body(documented: DocumentedOperation<'_>, fits: impl Fn(&str, &Value) -> bool) -> Option<Value> {
    documented.failures().find(|(status, body)| fits(status, body)).map(|(_, body)| body)
}
