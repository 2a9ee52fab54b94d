//! The contents of a success.

use std::cell::OnceCell;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::judge::{failure, is_failure};
use crate::api::{Api, Envelope};
use crate::error::without_place;
use crate::json::{Misfit, Unreadable, without_bom, without_unreadable};
use crate::operation::{Operation, ResponseKind};
use crate::{Error, Json, envelope};

/// The response to a call that succeeded.
pub struct SuccessResponse {
    pub(super) api: &'static Api,
    pub(super) operation: &'static Operation,
    /// As it was sent.
    pub(super) status: StatusCode,
    /// The one of the document that it counts as.
    pub(super) documented: StatusCode,
    pub(super) headers: HeaderMap,
    /// As it was sent.
    pub(super) body: Bytes,
    /// What it is wrapped in.
    pub(super) envelope: Option<Envelope>,
    /// How many attempts it took.
    pub(super) attempts: u32,
    /// What was left out of the contents when they were read.
    pub(super) unreadable: OnceCell<Box<[Unreadable]>>,
}

/// What stands in for contents of any shape.
const NULL: &[u8] = b"null";

/// A success that is not JSON of one type.
pub trait FromResponse: Sized {
    /// Reads the contents.
    ///
    /// # Errors
    ///
    /// When they do not fit.
    fn from_response(answer: &SuccessResponse) -> Result<Self, Error>;
}

impl FromResponse for String {
    fn from_response(answer: &SuccessResponse) -> Result<Self, Error> {
        answer.text()
    }
}

impl FromResponse for Bytes {
    fn from_response(answer: &SuccessResponse) -> Result<Self, Error> {
        answer.bytes()
    }
}

impl SuccessResponse {
    /// The status of the document that the answer's counts as.
    pub fn documented_status(&self) -> u16 {
        self.documented.as_u16()
    }

    /// No contents.
    ///
    /// # Errors
    ///
    /// Never; it is one of several ways to read a response.
    pub fn empty(&self) -> Result<(), Error> {
        Ok(())
    }

    /// The contents as JSON of one type.
    ///
    /// # Errors
    ///
    /// When they do not fit the type, or say that the call failed.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        if self.operation.response == ResponseKind::Empty {
            return stand_in(NULL);
        }
        self.contents(match self.operation.response {
            ResponseKind::Any => Some(NULL),
            _ if self.operation.may_be_empty => Some(b"{}"),
            _ => None,
        })
    }

    /// The contents as JSON of any shape.
    ///
    /// # Errors
    ///
    /// When they are no JSON, or say that the call failed.
    pub fn any(&self) -> Result<Json, Error> {
        self.contents(Some(NULL))
    }

    /// The contents, out of the envelope. When there are none, `absent` stands in for them.
    fn contents<T: DeserializeOwned>(&self, absent: Option<&'static [u8]>) -> Result<T, Error> {
        let text = without_bom(&self.body);
        if text.trim_ascii().is_empty() {
            return match absent.filter(|absent| self.may_have_no_body(absent)) {
                Some(absent) => stand_in(absent),
                None => Err(Error::decode("the response is empty; a body was expected")),
            };
        }
        let mut contents = None;
        self.read(text, &mut contents)?;
        match (contents.flatten(), absent, self.envelope) {
            (Some(contents), ..) => Ok(contents),
            (None, Some(absent), _) => stand_in(absent),
            (None, None, Some(envelope)) => Err(without_data(envelope)),
            (None, None, None) => Err(Error::decode("the response is `null`")),
        }
    }

    /// Whether a body that is not there can be a success. Where a call does something, a success tells that it was done;
    /// where a call only reads, a success without a body tells nothing.
    fn may_have_no_body(&self, absent: &[u8]) -> bool {
        let reads = self.operation.only_reads();
        let bodiless = matches!(self.status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT);
        match self.envelope {
            Some(_) => !reads,
            None => absent == NULL || (bodiless && !reads),
        }
    }

    /// Deserializes a text, without what does not fit and may be left out. An envelope may hold nothing, or `null`.
    fn read<T: DeserializeOwned>(&self, text: &[u8], contents: &mut Option<Option<T>>) -> Result<(), Error> {
        let root = self.envelope.map(|envelope| envelope.data);
        let mut may_have_failed = false;
        let unreadable = without_unreadable(text, root.as_slice(), &mut |text| {
            *contents = None;
            match self.envelope {
                Some(envelope) => may_have_failed = envelope::read(envelope, text, contents)?,
                None => *contents = Some(Some(serde_json::from_slice(text)?)),
            }
            Ok(())
        });
        match unreadable {
            Ok(_) if may_have_failed && self.is_failure(text) => return Err(self.failure()),
            Ok(unreadable) if unreadable.is_empty() => {}
            Ok(unreadable) => self.note(unreadable),
            Err(misfit) => return Err(self.unfit(text, misfit)),
        }
        Ok(())
    }

    fn note(&self, unreadable: Box<[Unreadable]>) {
        // The contents are read once.
        let _ = self.unreadable.set(unreadable);
    }

    /// The error of contents that cannot be read: that of a failure, when the rest of the body says that it is one.
    fn unfit(&self, text: &[u8], misfit: Misfit) -> Error {
        if self.is_failure(text) {
            return self.failure();
        }
        let what = if self.envelope.is_some() { "what the response wraps" } else { "the response" };
        Error::misfit(what, misfit)
    }

    fn is_failure(&self, text: &[u8]) -> bool {
        is_failure(self.api, self.operation, self.status, text)
    }

    /// The failure that it is after all.
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
    /// When the envelope holds none.
    pub fn bytes(&self) -> Result<Bytes, Error> {
        match self.envelope {
            None => Ok(self.body.clone()),
            Some(envelope) => {
                let contents = envelope::contents(envelope, &self.body, without_bom(&self.body));
                contents.ok_or_else(|| without_data(envelope))
            }
        }
    }

    /// The failure to read a response whose status no document has.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn unexpected_status<T>(&self) -> Result<T, Error> {
        Err(Error::decode("the response has a status that the document does not have"))
    }
}

/// What stands in for contents that are not there.
fn stand_in<T: DeserializeOwned>(text: &'static [u8]) -> Result<T, Error> {
    serde_json::from_slice(text).map_err(|error| {
        Error::decode(format!(
            "the response is empty, which does not fit the document: {}",
            without_place(&error)
        ))
    })
}

fn without_data(envelope: Envelope) -> Error {
    Error::decode(format!("the response has no `{}`", envelope.data))
}
