//! The response from which an object was read. The error for a missing field of the object describes this response.

use std::cell::RefCell;
use std::fmt;
use std::sync::{Arc, OnceLock};

use http::StatusCode;

use crate::api::Api;
use crate::operation::OperationEntry;
use crate::{Error, UnreadableField};

/// The response from which an object was read. `None` for an object that was not read from a response.
#[derive(Clone, Default)]
pub struct Origin(Option<Arc<Source>>);

struct Source {
    api: &'static Api,
    operation: &'static OperationEntry,
    status: StatusCode,
    attempts: u32,
    /// Whether the request changes nothing on the server.
    is_request_read_only: bool,
    /// The fields of the response that are `None` because their values could not be read. This list is set after the
    /// whole response has been read.
    unreadable_fields: OnceLock<Box<[UnreadableField]>>,
}

thread_local! {
    /// The origin of the objects in the response that this thread is deserializing. Each object reads its origin from
    /// this variable, because the types that contain the object cannot pass the origin on to it. A thread-local
    /// variable suffices, because serde reads a response synchronously.
    static CURRENT_ORIGIN: RefCell<Origin> = const { RefCell::new(Origin(None)) };
}

impl Origin {
    pub(crate) fn new(
        api: &'static Api,
        operation: &'static OperationEntry,
        status: StatusCode,
        attempts: u32,
        is_request_read_only: bool,
    ) -> Origin {
        Origin(Some(Arc::new(Source {
            api,
            operation,
            status,
            attempts,
            is_request_read_only,
            unreadable_fields: OnceLock::new(),
        })))
    }

    /// Returns the origin of the objects that this thread is deserializing: the response that contains them.
    pub fn current() -> Origin {
        CURRENT_ORIGIN.with_borrow(Origin::clone)
    }

    /// Runs `read`, a function that deserializes objects from a response. All objects that it deserializes get `self`
    /// as their origin.
    pub(crate) fn read_with_origin<T>(&self, read: impl FnOnce() -> T) -> T {
        struct Reset(Origin);
        impl Drop for Reset {
            fn drop(&mut self) {
                CURRENT_ORIGIN.set(std::mem::take(&mut self.0));
            }
        }
        let _reset = Reset(CURRENT_ORIGIN.replace(self.clone()));
        read()
    }

    /// Stores the list of the response's fields that are `None` because their values could not be read.
    pub(crate) fn set_unreadable_fields(&self, fields: Box<[UnreadableField]>) {
        if let Some(source) = &self.0 {
            // Each response is read only once, so `unreadable_fields` has not been set before, and `set` cannot fail.
            drop(source.unreadable_fields.set(fields));
        }
    }

    /// Returns the fields that are `None` because their values could not be read.
    pub(crate) fn unreadable_fields(&self) -> &[UnreadableField] {
        self.0.as_ref().and_then(|source| source.unreadable_fields.get()).map_or(&[], |fields| fields)
    }

    /// Returns the value of an optional field. `object` is the name of the struct that has the field, and `key` is the
    /// name of the field. The error contains both names.
    ///
    /// # Errors
    ///
    /// When the field has no value.
    pub fn expect_field<'a, T>(
        &self,
        value: &'a Option<T>,
        object: &'static str,
        key: &'static str,
    ) -> Result<&'a T, Error> {
        value.as_ref().ok_or_else(|| self.make_missing_field_error(object, key))
    }

    /// Makes the error for a field without a value. The error says which of two things happened: the response lacks the
    /// field, or the value of the field could not be read.
    fn make_missing_field_error(&self, object: &str, key: &str) -> Error {
        let unreadable = self.unreadable_fields().iter().find(|field| field.has_json_name(key));
        let error = match unreadable {
            Some(field) => Error::unreadable_field(format!("`{key}` of `{object}` could not be read"), field),
            None => Error::decode(format!("`{key}` of `{object}` is missing")),
        };
        match &self.0 {
            Some(source) => {
                let error = error.with_operation_and_attempts(source.api, source.operation, source.attempts);
                error.with_status(source.status).with_request_read_only(source.is_request_read_only)
            }
            None => error,
        }
    }
}

/// Any two `Origin`s compare as equal. Otherwise, objects with the same values from different responses would not be
/// equal, because they contain different `Origin`s.
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
