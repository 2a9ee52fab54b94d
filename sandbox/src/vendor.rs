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

/// An API with its state.
pub(crate) struct Service<S: 'static> {
    pub(crate) vendor: Vendor<S>,
    state: Mutex<S>,
}

impl<S: Default> Service<S> {
    pub(crate) fn new(vendor: Vendor<S>) -> Self {
        Service { vendor, state: Mutex::new(S::default()) }
    }

    /// Answers a request, and tells which operation it was.
    pub(crate) fn answer(
        &self,
        head: &Parts,
        path: &str,
        content: &Content,
    ) -> (Option<&'static Operation>, Response) {
        let Vendor { api, operations, refuse, .. } = &self.vendor;
        match router::find(operations, head.method.as_str(), path) {
            Route::Found(operation, values) => {
                let answer =
                    match key::check(operation.security, &head.headers, api.key_header, self.vendor.key) {
                        Ok(()) => self.behave(operation, &Call { values: &values, content }),
                        Err(refusal) => refuse(refusal),
                    };
                (Some(operation), answer.send(api, Some(operation)))
            }
            Route::WrongMethod(methods) => {
                let mut response = refuse(Refusal::WrongMethod).send(api, None);
                if let Ok(methods) = HeaderValue::from_str(&methods.join(", ")) {
                    response.headers_mut().insert(header::ALLOW, methods);
                }
                (None, response)
            }
            Route::Unknown => (None, refuse(Refusal::UnknownPath).send(api, None)),
        }
    }

    fn behave(&self, operation: &Operation, call: &Call<'_>) -> Answer {
        let Some((_, behaviour)) = self.vendor.behaviours.iter().find(|(id, _)| *id == operation.id) else {
            return (self.vendor.refuse)(Refusal::NotSimulated);
        };
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        behaviour(&mut state, call).unwrap_or_else(|failure| failure)
    }
}
