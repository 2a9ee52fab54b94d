//! Taking an API's envelope off: `{success, data}` becomes what `data` holds.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::value::RawValue;

use crate::api::Envelope;

/// What an enveloped answer turned out to be.
pub(crate) enum Opened {
    /// A success, with what it holds; nothing when it holds nothing.
    Success(Option<Bytes>),
    /// The API says that the call failed, whatever the status.
    Failure,
    /// No envelope at all, and why.
    Broken(&'static str),
}

/// Opens an envelope. What is inside is not parsed, so that no digit of it changes.
pub(crate) fn open(envelope: Envelope, body: &Bytes) -> Opened {
    let Ok(object) = serde_json::from_slice::<BTreeMap<String, &RawValue>>(body) else {
        return Opened::Broken("the answer is no JSON object");
    };
    match object.get(envelope.success).map(|value| value.get()) {
        Some("true") => {}
        Some("false") => return Opened::Failure,
        _ => return Opened::Broken("the answer does not say whether the call succeeded"),
    }
    let data = object.get(envelope.data).map(|value| value.get()).filter(|text| *text != "null");
    Opened::Success(data.map(|text| body.slice_ref(text.as_bytes())))
}
