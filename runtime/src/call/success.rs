//! The response of a call that succeeded, from which generated code reads the contents.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::classify::{failure, is_failure};
use crate::api::{Api, Envelope};
use crate::json::{Misfit, without_bom, without_location, without_unreadable};
use crate::object::{BySerde, ReadInto, Value};
use crate::operation::{Operation, ResponseKind};
use crate::origin::Origin;
use crate::{Error, Json, envelope};

/// The response to a call that succeeded.
pub struct SuccessResponse {
    pub(super) api: &'static Api,
    pub(super) operation: &'static Operation,
    /// The status, as it was sent.
    pub(super) status: StatusCode,
    /// The documented status that `status` counts as.
    pub(super) documented: StatusCode,
    pub(super) headers: HeaderMap,
    /// The body, as it was sent.
    pub(super) body: Bytes,
    /// The envelope around the contents, if the operation has one.
    pub(super) envelope: Option<Envelope>,
    /// How many attempts the call took.
    pub(super) attempts: u32,
    /// What the objects in the contents know of this response, with the fields that were left out.
    pub(super) origin: Origin,
}

/// Replaces contents of any shape where there are none.
const NULL: &[u8] = b"null";

/// A type that is made from a successful response whose contents are not JSON of one type: text, bytes, or an enum with a
/// type for each status.
pub trait FromResponse: Sized {
    /// Reads the contents of a response.
    ///
    /// # Errors
    ///
    /// When the contents do not fit the type.
    fn from_response(response: &SuccessResponse) -> Result<Self, Error>;
}

impl FromResponse for String {
    fn from_response(response: &SuccessResponse) -> Result<Self, Error> {
        response.text()
    }
}

impl FromResponse for Bytes {
    fn from_response(response: &SuccessResponse) -> Result<Self, Error> {
        response.bytes()
    }
}

impl SuccessResponse {
    /// The documented status that this response's status counts as.
    pub fn documented_status(&self) -> u16 {
        self.documented.as_u16()
    }

    /// Ignores the body.
    ///
    /// # Errors
    ///
    /// None. It returns a `Result` because the other ways to read a response do.
    pub fn empty(&self) -> Result<(), Error> {
        Ok(())
    }

    /// The contents as JSON of one type.
    ///
    /// # Errors
    ///
    /// When they do not fit the type, or report that the call failed.
    pub fn json<T: Value>(&self) -> Result<T, Error> {
        let mut contents = None;
        self.contents(self.default_contents(), &mut contents)?;
        contents.ok_or_else(no_contents)
    }

    /// The contents as JSON of one type that serde deserializes.
    pub(crate) fn json_of_any_type<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let mut contents = BySerde(None);
        self.contents(self.default_contents(), &mut contents)?;
        contents.0.ok_or_else(no_contents)
    }

    /// The contents as JSON of any shape.
    ///
    /// # Errors
    ///
    /// When they are not JSON, or report that the call failed.
    pub fn any(&self) -> Result<Json, Error> {
        let mut contents = None;
        self.contents(Some(NULL), &mut contents)?;
        contents.ok_or_else(no_contents)
    }

    /// What is read where there are no contents.
    fn default_contents(&self) -> Option<&'static [u8]> {
        match self.operation.response {
            ResponseKind::Empty | ResponseKind::Any => Some(NULL),
            _ if self.operation.may_be_empty => Some(b"{}"),
            _ => None,
        }
    }

    /// Reads the contents, out of the envelope. Where there are none, `absent` is read instead. The type is behind a trait
    /// object, so that this is compiled once.
    fn contents(&self, absent: Option<&'static [u8]>, contents: &mut dyn ReadInto) -> Result<(), Error> {
        self.origin.read(|| self.read_contents(absent, contents))
    }

    fn read_contents(&self, absent: Option<&'static [u8]>, contents: &mut dyn ReadInto) -> Result<(), Error> {
        if self.operation.response == ResponseKind::Empty {
            return read_default(NULL, contents);
        }
        let text = without_bom(&self.body);
        if text.trim_ascii().is_empty() {
            return match absent.filter(|absent| self.may_have_no_body(absent)) {
                Some(absent) => read_default(absent, contents),
                None => Err(Error::decode("the response is empty; a body was expected")),
            };
        }
        self.read(text, contents)?;
        match (absent, self.envelope) {
            _ if contents.has_value() => Ok(()),
            (Some(absent), _) => read_default(absent, contents),
            (None, Some(envelope)) => Err(without_data(envelope)),
            (None, None) => Ok(()),
        }
    }

    /// Whether a success may have no body. For a call that changes something the status says that it was done. A call that
    /// only reads wants the body, so one without a body is no success.
    fn may_have_no_body(&self, absent: &[u8]) -> bool {
        let reads = self.operation.only_reads();
        let bodiless = matches!(self.status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT);
        match self.envelope {
            Some(_) => !reads,
            None => absent == NULL || (bodiless && !reads),
        }
    }

    /// Deserializes the contents of a text. Optional fields that do not fit are left out and noted. An envelope may hold no
    /// contents, or `null`.
    fn read(&self, text: &[u8], contents: &mut dyn ReadInto) -> Result<(), Error> {
        let root = self.envelope.map(|envelope| envelope.data);
        let mut may_have_failed = false;
        let unreadable = without_unreadable(text, root.as_slice(), &mut |text| {
            contents.clear();
            match self.envelope {
                Some(envelope) => may_have_failed = envelope::read(envelope, text, contents)?,
                None => contents.read_json(text)?,
            }
            Ok(())
        });
        match unreadable {
            Ok(_) if may_have_failed && self.is_failure(text) => return Err(self.failure()),
            Ok(unreadable) if unreadable.is_empty() => {}
            Ok(unreadable) => self.origin.set_unreadable(unreadable),
            Err(misfit) => return Err(self.misfit(text, misfit)),
        }
        Ok(())
    }

    /// The error of contents that do not fit: a failure where the rest of the body reports one, and otherwise a decoding
    /// error.
    fn misfit(&self, text: &[u8], misfit: Misfit) -> Error {
        if self.is_failure(text) {
            return self.failure();
        }
        let what = if self.envelope.is_some() { "what the response wraps" } else { "the response" };
        Error::misfit(what, misfit)
    }

    fn is_failure(&self, text: &[u8]) -> bool {
        is_failure(self.api, self.operation, self.status, text)
    }

    /// The error of a response that turned out to be a failure.
    fn failure(&self) -> Error {
        failure(self.api, self.operation, self.status, &self.headers, &self.body)
    }

    /// The contents as text.
    ///
    /// # Errors
    ///
    /// When they are not UTF-8.
    pub fn text(&self) -> Result<String, Error> {
        String::from_utf8(self.bytes()?.to_vec()).map_err(|_| Error::decode("the response is not UTF-8 text"))
    }

    /// The contents as they were sent.
    ///
    /// # Errors
    ///
    /// When the envelope has no contents.
    pub fn bytes(&self) -> Result<Bytes, Error> {
        match self.envelope {
            None => Ok(self.body.clone()),
            Some(envelope) => {
                let contents = envelope::contents(envelope, &self.body, without_bom(&self.body));
                contents.ok_or_else(|| without_data(envelope))
            }
        }
    }

    /// The error of a response whose status is not documented.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn unexpected_status<T>(&self) -> Result<T, Error> {
        Err(Error::decode("the response has a status that the document does not have"))
    }
}

/// Reads the contents from a default text, because the response has none.
fn read_default(text: &'static [u8], contents: &mut dyn ReadInto) -> Result<(), Error> {
    contents.read_json(text).map_err(|error| {
        Error::decode(format!(
            "the response is empty, which does not fit the document: {}",
            without_location(&error)
        ))
    })
}

fn no_contents() -> Error {
    Error::decode("the response is `null`")
}

fn without_data(envelope: Envelope) -> Error {
    Error::decode(format!("the response has no `{}`", envelope.data))
}
