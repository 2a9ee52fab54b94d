//! The response of a successful call, and the functions with which generated code reads data from it.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::classify::{is_failure_body, make_failure_error};
use crate::api::{Api, Envelope};
use crate::json::{
    TypeMismatch, describe_error_without_values_and_location, deserialize_leniently, strip_bom,
};
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
    /// The documented status that determines the type of the body. This is `status` if the operation documents it, or
    /// documents no success status at all. Otherwise it is the first success status that the operation documents.
    pub(super) documented_status: StatusCode,
    pub(super) headers: HeaderMap,
    /// The body, as it was received.
    pub(super) body: Bytes,
    /// The description of the envelope, the JSON object in which the API wraps the data of a response. `None` if the
    /// responses of the operation have no envelope.
    pub(super) envelope: Option<Envelope>,
    /// The number of attempts that the call took.
    pub(super) attempt_count: u32,
    /// The shared [`Origin`] of all objects that are read from this response. It lists the fields that were left out
    /// because their values do not fit their types.
    pub(super) origin: Origin,
}

/// The JSON null that is deserialized if a response contains no data. It is used for operations without a response
/// body, and for operations whose response body can be any JSON.
const NULL_FOR_MISSING_DATA: &[u8] = b"null";

/// A type that knows how to read itself from a successful response. These are texts, bytes, and enums with a variant
/// for each status. All other types are read from the JSON of the body, except `()`, for which the body is ignored.
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
    /// Returns the documented status that determines the type of the body. This is the status of the response if the
    /// operation documents this status, or documents no success status at all. Otherwise, it is the first success
    /// status that the operation documents.
    pub fn documented_status(&self) -> u16 {
        self.documented_status.as_u16()
    }

    /// Reads a response without content. If there is a body, it is ignored.
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
        let mut data = None;
        self.read_data_into(self.json_for_missing_data(), &mut data)?;
        data.ok_or_else(make_null_data_error)
    }

    /// Deserializes the data of the response as JSON of any type that implements serde's `DeserializeOwned`.
    pub(crate) fn deserialize_json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let mut data = SerdeOption(None);
        self.read_data_into(self.json_for_missing_data(), &mut data)?;
        data.0.ok_or_else(make_null_data_error)
    }

    /// Returns the data of the response as JSON of any shape.
    ///
    /// # Errors
    ///
    /// When the data is not JSON, or the body reports that the call failed.
    pub fn read_any_json(&self) -> Result<Json, Error> {
        let mut data = None;
        self.read_data_into(Some(NULL_FOR_MISSING_DATA), &mut data)?;
        data.ok_or_else(make_null_data_error)
    }

    /// Returns the JSON text that stands in for the data if the response has none, like `null`. Returns `None` if the
    /// operation requires data.
    fn json_for_missing_data(&self) -> Option<&'static [u8]> {
        match self.operation.response_kind {
            ResponseKind::Empty | ResponseKind::AnyJson => Some(NULL_FOR_MISSING_DATA),
            _ if self.operation.response_may_be_empty => Some(b"{}"),
            _ => None,
        }
    }

    /// Reads the data of the response into `data`. If the response has no data, the JSON text `json_for_missing_data`
    /// is read instead. `data` is a trait object, so that this function is compiled only once.
    fn read_data_into(
        &self,
        json_for_missing_data: Option<&'static [u8]>,
        data: &mut dyn ReadTarget,
    ) -> Result<(), Error> {
        self.origin.read_with_origin(|| self.read_data(json_for_missing_data, data))
    }

    fn read_data(
        &self,
        json_for_missing_data: Option<&'static [u8]>,
        data: &mut dyn ReadTarget,
    ) -> Result<(), Error> {
        if self.operation.response_kind == ResponseKind::Empty {
            return store_default_for_missing_data(NULL_FOR_MISSING_DATA, data);
        }
        let text = strip_bom(&self.body);
        if text.trim_ascii().is_empty() {
            return match json_for_missing_data.filter(|json| self.body_may_be_empty(json)) {
                Some(json) => store_default_for_missing_data(json, data),
                None => Err(Error::decode("the response is empty; a body was expected")),
            };
        }
        self.deserialize_data(text, data)?;
        match (json_for_missing_data, self.envelope) {
            _ if data.has_value() => Ok(()),
            (Some(json), _) => store_default_for_missing_data(json, data),
            (None, Some(envelope)) => Err(make_missing_data_error(envelope)),
            (None, None) => Ok(()),
        }
    }

    /// Whether the body of this response may be empty. If the operation changes something, the success status is enough
    /// to know that the change was made. If the operation only reads, the result is in the body, so an empty body is an
    /// error.
    fn body_may_be_empty(&self, json_for_missing_data: &[u8]) -> bool {
        let only_reads = self.operation.is_read_only();
        let has_bodiless_status = matches!(self.status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT);
        match self.envelope {
            Some(_) => !only_reads,
            None => json_for_missing_data == NULL_FOR_MISSING_DATA || (has_bodiless_status && !only_reads),
        }
    }

    /// Deserializes the response body `text` into `data`, without the envelope (the JSON object around the data), if
    /// the API has one. An optional field whose value does not fit its type is left out, and recorded in `self.origin`.
    /// If the envelope contains no data or `null`, `data` stays empty.
    fn deserialize_data(&self, text: &[u8], data: &mut dyn ReadTarget) -> Result<(), Error> {
        let root = self.envelope.map(|envelope| envelope.data_property_name);
        let mut may_report_failure = false;
        let unreadable = deserialize_leniently(text, root.as_slice(), &mut |text| {
            data.clear();
            match self.envelope {
                Some(envelope) => {
                    may_report_failure = envelope::deserialize_envelope_data(envelope, text, data)?
                }
                None => data.set_from_json(text)?,
            }
            Ok(())
        });
        match unreadable {
            Ok(_) if may_report_failure && self.is_failure_body(text) => {
                return Err(self.make_failure_error());
            }
            Ok(unreadable) => self.origin.set_unreadable_fields(unreadable),
            Err(mismatch) => return Err(self.make_failure_or_decoding_error(text, mismatch)),
        }
        Ok(())
    }

    /// Makes the error for a body that does not fit the type of the response. If the body reports that the call failed,
    /// returns the error for that failure. Otherwise, returns a decoding error with `mismatch`, the description of what
    /// does not fit.
    fn make_failure_or_decoding_error(&self, text: &[u8], mismatch: TypeMismatch) -> Error {
        if self.is_failure_body(text) {
            return self.make_failure_error();
        }
        let what = if self.envelope.is_some() { "what the response wraps" } else { "the response" };
        Error::nonconforming_response(what, mismatch)
    }

    fn is_failure_body(&self, text: &[u8]) -> bool {
        is_failure_body(self.api, self.operation, self.status, text)
    }

    /// Makes the error for a response that has a success status, although its body reports that the call failed.
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
    /// When the operation's responses have an envelope (a JSON object around the data), and the envelope of this
    /// response contains no data.
    pub fn read_bytes(&self) -> Result<Bytes, Error> {
        match self.envelope {
            None => Ok(self.body.clone()),
            Some(envelope) => {
                let data = envelope::extract_raw_data(envelope, &self.body, strip_bom(&self.body));
                data.ok_or_else(|| make_missing_data_error(envelope))
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

/// Stores a default value in `data` if a response has no data. `text` is the JSON text of the default value, like `{}`
/// or `null`.
fn store_default_for_missing_data(text: &'static [u8], data: &mut dyn ReadTarget) -> Result<(), Error> {
    data.set_from_json(text).map_err(|error| {
        Error::decode(format!(
            "the response is empty, which does not fit the document: {}",
            describe_error_without_values_and_location(&error)
        ))
    })
}

fn make_null_data_error() -> Error {
    Error::decode("the response is `null`")
}

fn make_missing_data_error(envelope: Envelope) -> Error {
    Error::decode(format!("the response has no `{}`", envelope.data_property_name))
}

#[cfg(test)]
#[path = "success_tests.rs"]
mod tests;
