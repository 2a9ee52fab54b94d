//! The response from which an object was read, for the errors of accessors of fields that the response lacks.

use std::cell::RefCell;
use std::fmt;
use std::sync::{Arc, OnceLock};

use http::StatusCode;

use crate::api::Api;
use crate::operation::Operation;
use crate::{Error, Unreadable};

/// The response from which an object was read. An object that was not read from a response has an empty one.
#[derive(Clone, Default)]
pub struct Origin(Option<Arc<Source>>);

struct Source {
    api: &'static Api,
    operation: &'static Operation,
    status: StatusCode,
    attempts: u32,
    /// The fields that were left out of the response. Set when the whole response has been read.
    unreadable: OnceLock<Box<[Unreadable]>>,
}

thread_local! {
    /// The response that is being read. Reading is synchronous, and the types between the response and an object in it
    /// know nothing of either, since serde calls them.
    static CURRENT: RefCell<Origin> = const { RefCell::new(Origin(None)) };
}

impl Origin {
    pub(crate) fn new(
        api: &'static Api,
        operation: &'static Operation,
        status: StatusCode,
        attempts: u32,
    ) -> Origin {
        Origin(Some(Arc::new(Source { api, operation, status, attempts, unreadable: OnceLock::new() })))
    }

    /// The origin of an object that is being read.
    pub fn current() -> Origin {
        CURRENT.with_borrow(Origin::clone)
    }

    /// Runs a function that reads the response. The objects that it reads get this origin.
    pub(crate) fn read<T>(&self, read: impl FnOnce() -> T) -> T {
        struct Reset(Origin);
        impl Drop for Reset {
            fn drop(&mut self) {
                CURRENT.set(std::mem::take(&mut self.0));
            }
        }
        let _reset = Reset(CURRENT.replace(self.clone()));
        read()
    }

    /// Sets the fields that were left out of the response.
    pub(crate) fn set_unreadable(&self, unreadable: Box<[Unreadable]>) {
        if let Some(source) = &self.0 {
            // A response is read once, so nothing was set before.
            drop(source.unreadable.set(unreadable));
        }
    }

    /// The fields that were left out of the response.
    pub(crate) fn unreadable(&self) -> &[Unreadable] {
        self.0.as_ref().and_then(|source| source.unreadable.get()).map_or(&[], |fields| fields)
    }

    /// Returns the value of an optional field of the object `object`.
    ///
    /// # Errors
    ///
    /// When the field has no value.
    pub fn expect<'a, T>(
        &self,
        value: &'a Option<T>,
        object: &'static str,
        key: &'static str,
    ) -> Result<&'a T, Error> {
        value.as_ref().ok_or_else(|| self.missing(object, key))
    }

    /// The error of a field without a value: the response lacked the field, or its value could not be read.
    fn missing(&self, object: &str, key: &str) -> Error {
        let unreadable = self.unreadable().iter().find(|field| field.ends_with(key));
        let error = match unreadable {
            Some(field) => Error::unreadable(format!("`{key}` of `{object}` could not be read"), field),
            None => Error::decode(format!("`{key}` of `{object}` is missing")),
        };
        match &self.0 {
            Some(source) => {
                let error = error.of_call(source.api, source.operation, source.attempts);
                error.with_status(source.status)
            }
            None => error,
        }
    }
}

/// Where an object was read does not matter for whether it equals another one.
impl PartialEq for Origin {
    fn eq(&self, _: &Origin) -> bool {
        true
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.0.as_ref().map(|source| source.operation.id);
        f.debug_tuple("Origin").field(&operation).finish()
    }
}
