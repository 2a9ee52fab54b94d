//! One API: its operations, what they do, and what they do it with.

use std::sync::{Mutex, PoisonError};

use axum::response::Response;
use http::request::Parts;
use http::{HeaderValue, header};
use partner_client::api::Api;
use partner_client::operation::Operation;

use crate::answer::{Answer, Outcome};
use crate::body::Content;
use crate::call::Call;
use crate::key;
use crate::router::{self, Route};

/// What one operation does.
pub(crate) type Behaviour<S> = fn(&mut S, &Call<'_>) -> Outcome;

/// Why a request does not get to an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    NoKey,
    WrongKey,
    UnknownPath,
    WrongMethod,
    /// The operation exists, but nobody has written what it does in here.
    NotSimulated,
}

/// What is fixed about an API.
pub(crate) struct Vendor<S: 'static> {
    /// Its name in the log. With a slash in front, the first segment of its paths here.
    pub(crate) name: &'static str,
    pub(crate) api: &'static Api,
    pub(crate) operations: &'static [&'static Operation],
    pub(crate) key: &'static str,
    /// What each operation does, by the name of the client's method.
    pub(crate) behaviours: &'static [(&'static str, Behaviour<S>)],
    /// How the API says no.
    pub(crate) refuse: fn(Refusal) -> Answer,
}

/// What is decided about a request before its body is read.
pub(crate) enum Admission {
    /// It has the key for this operation, and these values in its path.
    Granted(&'static Operation, Vec<(&'static str, String)>),
    /// This is the response to it; the operation is there when it has found one.
    Refused(Option<&'static Operation>, Response),
}

/// An API with its state.
pub(crate) struct Service<S: 'static> {
    pub(crate) vendor: Vendor<S>,
    state: Mutex<S>,
}

impl<S: Default> Service<S> {
    pub(crate) fn new(vendor: Vendor<S>) -> Self {
        Service { vendor, state: Mutex::new(S::default()) }
    }

    /// Finds the operation of a request and checks the key.
    pub(crate) fn admit(&self, head: &Parts, path: &str) -> Admission {
        let Vendor { api, operations, refuse, .. } = &self.vendor;
        match router::find(operations, head.method.as_str(), path) {
            Route::Found(operation, values) => {
                match key::check(operation.security, &head.headers, api.key_header, self.vendor.key) {
                    Ok(()) => Admission::Granted(operation, values),
                    Err(refusal) => {
                        Admission::Refused(Some(operation), refuse(refusal).send(api, Some(operation)))
                    }
                }
            }
            Route::WrongMethod(methods) => {
                let mut response = refuse(Refusal::WrongMethod).send(api, None);
                if let Ok(methods) = HeaderValue::from_str(&methods.join(", ")) {
                    response.headers_mut().insert(header::ALLOW, methods);
                }
                Admission::Refused(None, response)
            }
            Route::Unknown => Admission::Refused(None, refuse(Refusal::UnknownPath).send(api, None)),
        }
    }

    /// Does what an operation does, and responds.
    pub(crate) fn perform(
        &self,
        operation: &'static Operation,
        values: &[(&'static str, String)],
        content: &Content,
    ) -> Response {
        self.behave(operation, &Call { values, content }).send(self.vendor.api, Some(operation))
    }

    fn behave(&self, operation: &Operation, call: &Call<'_>) -> Answer {
        let Some((_, behaviour)) = self.vendor.behaviours.iter().find(|(id, _)| *id == operation.id) else {
            return (self.vendor.refuse)(Refusal::NotSimulated);
        };
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        behaviour(&mut state, call).unwrap_or_else(|failure| failure)
    }
}
