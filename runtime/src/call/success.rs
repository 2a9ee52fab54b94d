//! The response of a successful call, and the functions with which generated code reads data from it.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::classify::{is_failure_body, make_failure_error};
use crate::api::{Api, Envelope};
use crate::json::{Misfit, describe_without_values_and_location, deserialize_leniently, strip_bom};
use crate::object::{ReadTarget, SerdeOption, Value};
use crate::operation::{OperationEntry, ResponseKind};
use crate::origin::Origin;
use crate::{Error, Json, envelope};

/// The response of a successful call, before its body is deserialized.
pub struct SuccessResponse {
    pub(super) api: &'static Api,
    pub(super) operation: &'static OperationEntry,
    /// The HTTP status, as it was received.
    pub(super) status: StatusCode,
    /// The status by whose documentation the body is read: `status`, unless the operation documents only other success
    /// statuses. Then it is the first of those.
    pub(super) documented_status: StatusCode,
    pub(super) headers: HeaderMap,
    /// The body, as it was received.
    pub(super) body: Bytes,
    /// The description of the envelope, the JSON object in which the API wraps the data of a response. `None` if the
    /// responses of the operation have no envelope.
    pub(super) envelope: Option<Envelope>,
    /// The number of attempts that the call took.
    pub(super) attempt_count: u32,
    /// A description of this response, which is shared by all objects that are read from it. It lists the fields that
    /// were left out because their values do not fit their types.
    pub(super) origin: Origin,
}

/// The JSON text that is read instead of missing data, if the operation documents no response body, or JSON of any
/// shape.
const NULL_CONTENTS: &[u8] = b"null";

/// A type that is read from a successful response in another way than as JSON of a single type: text, bytes, or an enum
/// with a variant for each status.
pub trait FromResponse: Sized {
    /// Reads a value of this type from a response.
    ///
    /// # Errors
    ///
    /// When the response does not fit the type.
    fn from_response(response: &SuccessResponse) -> Result<Self, Error>;
}

impl FromResponse for String {
    fn from_response(response: &SuccessResponse) -> Result<Self, Error> {
        response.read_text()
    }
}

impl FromResponse for Bytes {
    fn from_response(response: &SuccessResponse) -> Result<Self, Error> {
        response.read_bytes()
    }
}

impl SuccessResponse {
    /// Returns the status by whose documentation the body is read: the status of the response, unless the operation
    /// documents only other success statuses. Then it is the first of those.
    pub fn documented_status(&self) -> u16 {
        self.documented_status.as_u16()
    }

    /// Reads a response without data. If there is a body, it is ignored.
    ///
    /// # Errors
    ///
    /// None. The function returns a `Result` because the other functions that read a response do.
    pub fn read_empty(&self) -> Result<(), Error> {
        Ok(())
    }

    /// Deserializes the data of the response as JSON of the type `T`.
    ///
    /// # Errors
    ///
    /// When the data does not fit the type, or the body reports that the call failed.
    pub fn read_json<T: Value>(&self) -> Result<T, Error> {
        let mut contents = None;
        self.read_contents_into(self.choose_default_contents(), &mut contents)?;
        contents.ok_or_else(make_null_contents_error)
    }

    /// Deserializes the data of the response as JSON of any type that implements serde's `DeserializeOwned`.
    pub(crate) fn deserialize_json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let mut contents = SerdeOption(None);
        self.read_contents_into(self.choose_default_contents(), &mut contents)?;
        contents.0.ok_or_else(make_null_contents_error)
    }

    /// Returns the data of the response as JSON of any shape.
    ///
    /// # Errors
    ///
    /// When the data is not JSON, or the body reports that the call failed.
    pub fn read_any_json(&self) -> Result<Json, Error> {
        let mut contents = None;
        self.read_contents_into(Some(NULL_CONTENTS), &mut contents)?;
        contents.ok_or_else(make_null_contents_error)
    }

    /// Returns the JSON text that is read if the response has no data; `None` if the operation requires data.
    fn choose_default_contents(&self) -> Option<&'static [u8]> {
        match self.operation.response_kind {
            ResponseKind::Empty | ResponseKind::AnyJson => Some(NULL_CONTENTS),
            _ if self.operation.response_may_be_empty => Some(b"{}"),
            _ => None,
        }
    }

    /// Reads the data of the response into `contents`. If the response has no data, the JSON text `default_contents` is
    /// read instead. `contents` is a trait object, so that this function is compiled only once.
    fn read_contents_into(
        &self,
        default_contents: Option<&'static [u8]>,
        contents: &mut dyn ReadTarget,
    ) -> Result<(), Error> {
        self.origin.read_with_origin(|| self.read_contents(default_contents, contents))
    }

    fn read_contents(
        &self,
        default_contents: Option<&'static [u8]>,
        contents: &mut dyn ReadTarget,
    ) -> Result<(), Error> {
        if self.operation.response_kind == ResponseKind::Empty {
            return read_default_contents(NULL_CONTENTS, contents);
        }
        let text = strip_bom(&self.body);
        if text.trim_ascii().is_empty() {
            return match default_contents.filter(|json| self.allows_empty_body(json)) {
                Some(json) => read_default_contents(json, contents),
                None => Err(Error::decode("the response is empty; a body was expected")),
            };
        }
        self.deserialize_contents(text, contents)?;
        match (default_contents, self.envelope) {
            _ if contents.has_value() => Ok(()),
            (Some(json), _) => read_default_contents(json, contents),
            (None, Some(envelope)) => Err(make_missing_data_error(envelope)),
            (None, None) => Ok(()),
        }
    }

    /// Whether a successful response may have an empty body. If the operation changes something, the status alone says
    /// that the change was made. If the operation only reads, the body is the result, so an empty body is an error.
    fn allows_empty_body(&self, default_contents: &[u8]) -> bool {
        let only_reads = self.operation.is_read_only();
        let has_bodiless_status = matches!(self.status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT);
        match self.envelope {
            Some(_) => !only_reads,
            None => default_contents == NULL_CONTENTS || (has_bodiless_status && !only_reads),
        }
    }

    /// Deserializes the data in the body `text` into `contents`. Optional fields whose values do not fit their types
    /// are left out, and listed in `origin`. If the envelope has no data, or its data is `null`, `contents` stays
    /// empty.
    fn deserialize_contents(&self, text: &[u8], contents: &mut dyn ReadTarget) -> Result<(), Error> {
        let root = self.envelope.map(|envelope| envelope.data_property_name);
        let mut may_report_failure = false;
        let unreadable = deserialize_leniently(text, root.as_slice(), &mut |text| {
            contents.clear();
            match self.envelope {
                Some(envelope) => {
                    may_report_failure = envelope::deserialize_envelope_contents(envelope, text, contents)?
                }
                None => contents.read_json(text)?,
            }
            Ok(())
        });
        match unreadable {
            Ok(_) if may_report_failure && self.is_failure_body(text) => {
                return Err(self.make_failure_error());
            }
            Ok(unreadable) => self.origin.set_unreadable_fields(unreadable),
            Err(misfit) => return Err(self.make_failure_or_misfit_error(text, misfit)),
        }
        Ok(())
    }

    /// Makes the error for a body that does not fit its type. If the body reports that the call failed, this is the
    /// error for that failure; otherwise it is a decoding error.
    fn make_failure_or_misfit_error(&self, text: &[u8], misfit: Misfit) -> Error {
        if self.is_failure_body(text) {
            return self.make_failure_error();
        }
        let what = if self.envelope.is_some() { "what the response wraps" } else { "the response" };
        Error::nonconforming_response(what, misfit)
    }

    fn is_failure_body(&self, text: &[u8]) -> bool {
        is_failure_body(self.api, self.operation, self.status, text)
    }

    /// Makes the error for a response with a success status whose body reports that the call failed.
    fn make_failure_error(&self) -> Error {
        make_failure_error(self.api, self.operation, self.status, &self.headers, &self.body)
    }

    /// Returns the data of the response as text.
    ///
    /// # Errors
    ///
    /// When the data is not UTF-8.
    pub fn read_text(&self) -> Result<String, Error> {
        String::from_utf8(self.read_bytes()?.to_vec())
            .map_err(|_| Error::decode("the response is not UTF-8 text"))
    }

    /// Returns the bytes of the response's data, as they were received.
    ///
    /// # Errors
    ///
    /// When the envelope has no data.
    pub fn read_bytes(&self) -> Result<Bytes, Error> {
        match self.envelope {
            None => Ok(self.body.clone()),
            Some(envelope) => {
                let contents = envelope::extract_raw_contents(envelope, &self.body, strip_bom(&self.body));
                contents.ok_or_else(|| make_missing_data_error(envelope))
            }
        }
    }

    /// Fails with an error which says that the OpenAPI document does not define the status of the response.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn fail_with_unexpected_status<T>(&self) -> Result<T, Error> {
        Err(Error::decode("the response has a status that the document does not have"))
    }
}

/// Reads a default JSON text into `contents`, because the response has no data.
fn read_default_contents(text: &'static [u8], contents: &mut dyn ReadTarget) -> Result<(), Error> {
    contents.read_json(text).map_err(|error| {
        Error::decode(format!(
            "the response is empty, which does not fit the document: {}",
            describe_without_values_and_location(&error)
        ))
    })
}

fn make_null_contents_error() -> Error {
    Error::decode("the response is `null`")
}

fn make_missing_data_error(envelope: Envelope) -> Error {
    Error::decode(format!("the response has no `{}`", envelope.data_property_name))
}

#[cfg(test)]
#[path = "success_tests.rs"]
mod tests;
