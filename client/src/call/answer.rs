//! The contents of a success.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::api::Envelope;
use crate::error::without_values;
use crate::{Error, Json, envelope};

/// What was answered to a call that succeeded.
pub(crate) struct Answer {
    /// As it was sent.
    pub(super) status: StatusCode,
    /// The one of the document that it counts as.
    pub(super) documented: StatusCode,
    pub(super) headers: HeaderMap,
    /// As it was sent.
    pub(super) body: Bytes,
    /// What it is wrapped in.
    pub(super) envelope: Option<Envelope>,
    /// Whether nothing at all is as good as `null`.
    pub(super) may_be_nothing: bool,
    /// How many attempts it took.
    pub(super) attempts: u32,
}

/// A success that is not JSON of one type.
pub(crate) trait FromAnswer: Sized {
    fn from_answer(answer: &Answer) -> Result<Self, Error>;
}

impl FromAnswer for String {
    fn from_answer(answer: &Answer) -> Result<Self, Error> {
        answer.text()
    }
}

impl FromAnswer for Bytes {
    fn from_answer(answer: &Answer) -> Result<Self, Error> {
        answer.bytes()
    }
}

impl Answer {
    /// The status of the document that the answer's counts as.
    pub(crate) fn documented_status(&self) -> u16 {
        self.documented.as_u16()
    }

    #[allow(dead_code, reason = "used by generated code when a document has such an answer")]
    pub(crate) fn empty(&self) -> Result<(), Error> {
        Ok(())
    }

    /// Nothing, as whatever type stands for it.
    pub(super) fn nothing<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_str("null").map_err(|error| self.misfit(&error))
    }

    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        self.read(self.may_be_nothing)
    }

    pub(crate) fn any(&self) -> Result<Json, Error> {
        self.read(true)
    }

    /// In one go, out of the envelope.
    fn read<T: DeserializeOwned>(&self, may_be_nothing: bool) -> Result<T, Error> {
        let read = match self.envelope {
            None if may_be_nothing && self.body.trim_ascii().is_empty() => return self.nothing(),
            None => serde_json::from_slice(&self.body).map(Some),
            Some(envelope) => envelope::read(envelope, &self.body),
        };
        match (read.map_err(|error| self.misfit(&error))?, self.envelope) {
            (Some(read), _) => Ok(read),
            (None, Some(envelope)) if !may_be_nothing => {
                Err(Error::decode(format!("the answer has no `{}`", envelope.data)))
            }
            (None, _) => self.nothing(),
        }
    }

    pub(crate) fn text(&self) -> Result<String, Error> {
        String::from_utf8(self.bytes()?.to_vec()).map_err(|_| Error::decode("the answer is not UTF-8 text"))
    }

    pub(crate) fn bytes(&self) -> Result<Bytes, Error> {
        match self.envelope {
            None => Ok(self.body.clone()),
            Some(envelope) => envelope::contents(envelope, &self.body)
                .ok_or_else(|| Error::decode(format!("the answer has no `{}`", envelope.data))),
        }
    }

    pub(crate) fn unexpected_status<T>(&self) -> Result<T, Error> {
        Err(Error::decode("the answer has a status that the document does not have"))
    }

    /// The error of a body that is not what the document says.
    fn misfit(&self, error: &serde_json::Error) -> Error {
        if self.body.is_empty() {
            return Error::decode("the answer is empty; a body was expected");
        }
        let what = if self.envelope.is_some() { "what the answer wraps" } else { "the answer" };
        Error::decode(format!("{what} does not fit the document: {}", without_values(error)))
    }
}
