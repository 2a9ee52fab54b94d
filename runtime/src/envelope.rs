//! Reads the envelope of a response: the JSON object `{success, data}`, whose property `data` has the actual result.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny};
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::api::{Envelope, FAILURE_PROPERTY_NAME_PREFIX};
use crate::json::is_blank_json;
use crate::object::{OptionSeed, ReadTarget};

/// Whether a call succeeded, according to the body of its response.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum BodyOutcome {
    /// The call succeeded.
    Success,
    /// The call failed, although the response has a success status.
    Failure,
    /// The body is malformed, or does not say whether the call succeeded. The string is the message of the error that
    /// the call returns.
    Malformed(&'static str),
}

/// Classifies a response by the success flag of its envelope (the JSON object around the data). A response without this
/// flag is a success if the flag is optional and the envelope has data other than `null`; otherwise the response is
/// malformed.
pub(crate) fn classify_by_success_flag(
    envelope: Envelope,
    is_flag_required: bool,
    body: &[u8],
) -> BodyOutcome {
    let mut data: Option<&RawValue> = None;
    let Ok(parsed) = parse_envelope::<&RawValue, _>(envelope, body, &mut data) else {
        return BodyOutcome::Malformed("the response is no JSON object");
    };
    match (parsed.success.map(RawValue::get), data.map(RawValue::get)) {
        (Some("true"), _) => BodyOutcome::Success,
        (Some("false"), _) => BodyOutcome::Failure,
        (None, Some(data)) if !is_flag_required && data != "null" => BodyOutcome::Success,
        _ => BodyOutcome::Malformed("the response does not say whether the call succeeded"),
    }
}

/// Deserializes the data in an envelope (the JSON object around the data of a response), and stores it in `data`. If
/// the JSON of the data is `null`, nothing is stored. Returns true if another property of the envelope, like
/// `errorCode`, may report a failure. Then the caller decides by the rules of the API whether the call failed.
///
/// # Errors
///
/// When `data` does not fit its type, or the success flag is false.
pub(crate) fn deserialize_envelope_data(
    envelope: Envelope,
    body: &[u8],
    data: &mut dyn ReadTarget,
) -> serde_json::Result<bool> {
    let parsed = parse_envelope::<bool, _>(envelope, body, &mut DynDataTarget(data))?;
    match parsed.success {
        Some(false) => Err(serde_json::Error::custom("it says that the call succeeded, and that it did not")),
        _ => Ok(parsed.may_report_failure),
    }
}

/// Returns the JSON text of the data in the envelope (the JSON object around the data), exactly as it was received.
/// Returns `None` if the data is missing or `null`. `text` is `body` without the byte order mark.
pub(crate) fn extract_raw_data(envelope: Envelope, body: &Bytes, text: &[u8]) -> Option<Bytes> {
    let mut data: Option<Option<&RawValue>> = None;
    parse_envelope::<IgnoredAny, _>(envelope, text, &mut data).ok()?;
    data.flatten().map(|data| body.slice_ref(data.get().as_bytes()))
}

/// Whether the envelope (the JSON object around the data) begins with the success flag, and the flag is true. The rest
/// of the body is not examined, because [`deserialize_envelope_data`] parses the whole body later.
pub(crate) fn begins_with_true_success_flag(envelope: Envelope, body: &[u8]) -> bool {
    let begins = || {
        let key = body.trim_ascii_start().strip_prefix(b"{")?.trim_ascii_start().strip_prefix(b"\"")?;
        let after_key = key.strip_prefix(envelope.success_property_name.as_bytes())?.strip_prefix(b"\"")?;
        let value = after_key.trim_ascii_start().strip_prefix(b":")?.trim_ascii_start();
        value.strip_prefix(b"true")?.trim_ascii_start().first()
    };
    matches!(begins(), Some(b',' | b'}'))
}

/// The result of parsing an envelope (the JSON object around the content of a response). It does not include the
/// property `data`, which contains the content. `F` is the type of the success flag.
struct ParsedEnvelope<F> {
    success: Option<F>,
    /// Whether the envelope may report a failure: it has a property whose name begins with
    /// [`FAILURE_PROPERTY_NAME_PREFIX`] and whose value is not blank.
    may_report_failure: bool,
}

/// Parses an envelope, and deserializes the data in it into the argument `data`. If the envelope has a property twice,
/// the last value is used.
fn parse_envelope<'a, F, D>(
    envelope: Envelope,
    body: &'a [u8],
    data: &mut D,
) -> serde_json::Result<ParsedEnvelope<F>>
where
    F: Deserialize<'a>,
    D: DataTarget<'a>,
{
    let mut parser = serde_json::Deserializer::from_slice(body);
    let parsed = parser.deserialize_map(EnvelopeVisitor { envelope, data, success: PhantomData })?;
    parser.end()?;
    Ok(parsed)
}

/// A variable into which the `data` of an envelope is deserialized: an `Option`, or a [`DynDataTarget`].
trait DataTarget<'a> {
    fn read_from_map<A: MapAccess<'a>>(&mut self, map: &mut A) -> Result<(), A::Error>;
}

impl<'a, D: Deserialize<'a>> DataTarget<'a> for Option<D> {
    fn read_from_map<A: MapAccess<'a>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        *self = Some(map.next_value()?);
        Ok(())
    }
}

/// A [`DataTarget`] for any type of the property `data`. It contains a trait object, so that the parser of envelopes is
/// compiled only once, and not again for each type.
struct DynDataTarget<'d>(&'d mut dyn ReadTarget);

impl<'a> DataTarget<'a> for DynDataTarget<'_> {
    fn read_from_map<A: MapAccess<'a>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        map.next_value_seed(OptionSeed { target: &mut *self.0, may_be_null: true })
    }
}

struct EnvelopeVisitor<'d, F, D> {
    envelope: Envelope,
    data: &'d mut D,
    success: PhantomData<F>,
}

impl<'a, F: Deserialize<'a>, D: DataTarget<'a>> Visitor<'a> for EnvelopeVisitor<'_, F, D> {
    type Value = ParsedEnvelope<F>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<ParsedEnvelope<F>, A::Error> {
        let mut parsed = ParsedEnvelope { success: None, may_report_failure: false };
        while let Some(key) = map.next_key_seed(EnvelopePropertySeed(self.envelope))? {
            match key {
                EnvelopeProperty::Success => parsed.success = Some(map.next_value()?),
                EnvelopeProperty::Data => self.data.read_from_map(&mut map)?,
                EnvelopeProperty::FailureProperty => {
                    parsed.may_report_failure |= !is_blank_json(map.next_value::<&RawValue>()?.get())
                }
                EnvelopeProperty::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(parsed)
    }
}

/// A property of an envelope (the JSON object around the content of a response). The name of the property decides the
/// variant.
enum EnvelopeProperty {
    Success,
    Data,
    /// A property whose name begins with [`FAILURE_PROPERTY_NAME_PREFIX`], like `errorCode`.
    FailureProperty,
    Other,
}

/// A serde seed that reads the name of a property of an envelope, and returns which [`EnvelopeProperty`] it is.
struct EnvelopePropertySeed(Envelope);

impl<'a> DeserializeSeed<'a> for EnvelopePropertySeed {
    type Value = EnvelopeProperty;

    fn deserialize<P: Deserializer<'a>>(self, parser: P) -> Result<EnvelopeProperty, P::Error> {
        parser.deserialize_identifier(self)
    }
}

impl Visitor<'_> for EnvelopePropertySeed {
    type Value = EnvelopeProperty;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<EnvelopeProperty, E> {
        Ok(if key == self.0.success_property_name {
            EnvelopeProperty::Success
        } else if key == self.0.data_property_name {
            EnvelopeProperty::Data
        } else if key.starts_with(FAILURE_PROPERTY_NAME_PREFIX) {
            EnvelopeProperty::FailureProperty
        } else {
            EnvelopeProperty::Other
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENVELOPE: Envelope = Envelope { success_property_name: "success", data_property_name: "data" };

    #[test]
    fn the_flag_says_whether_it_is_a_success() {
        let broken = |body: &str| {
            matches!(classify_by_success_flag(ENVELOPE, true, body.as_bytes()), BodyOutcome::Malformed(_))
        };
        for body in [r#"{"success":true}"#, " {\n\"data\": {\"a\":[1]}, \"success\" : true , \"x\":2}\n"] {
            assert_eq!(
                classify_by_success_flag(ENVELOPE, true, body.as_bytes()),
                BodyOutcome::Success,
                "{body}"
            );
        }
        for body in [r#"{"success":false,"data":{"success":true}}"#, r#"{"success":true,"success":false}"#] {
            assert_eq!(
                classify_by_success_flag(ENVELOPE, true, body.as_bytes()),
                BodyOutcome::Failure,
                "{body}"
            );
        }
        for body in ["", "[]", "7", "{", r#"{"success":"true"}"#, r#"{"success":null}"#, r#"{"data":1}"#] {
            assert!(broken(body), "{body}");
        }
        assert!(broken(r#"{"success":true} more"#) && broken(r#"{"success":true,"data":{"#));
    }

    #[test]
    fn contents_without_a_flag_are_a_success_where_the_flag_is_not_required() {
        let classify = |body: &str| classify_by_success_flag(ENVELOPE, false, body.as_bytes());
        assert_eq!(classify(r#"{"data":{"a":1}}"#), BodyOutcome::Success);
        assert_eq!(classify(r#"{"success":false,"data":{"a":1}}"#), BodyOutcome::Failure);
        for body in [r#"{"data":null}"#, "{}", r#"{"success":null,"data":1}"#, r#"{"message":"later"}"#, "[]"]
        {
            assert!(matches!(classify(body), BodyOutcome::Malformed(_)), "{body}");
        }
    }

    #[test]
    fn a_success_is_known_by_its_beginning() {
        for body in [r#"{"success":true,"data":"#, " { \"success\"\n: true }", r#"{"success":true}"#] {
            assert!(begins_with_true_success_flag(ENVELOPE, body.as_bytes()), "{body}");
        }
        for body in [
            r#"{"success":false,"data":1}"#,
            r#"{"success":"true"}"#,
            r#"{"success":true"#,
            r#"{"success":trueish}"#,
            r#"{" success":true}"#,
            r#"{"successful":true}"#,
            r#"{"data":1,"success":true}"#,
            r#"["success":true]"#,
            "",
        ] {
            assert!(!begins_with_true_success_flag(ENVELOPE, body.as_bytes()), "{body}");
        }
    }

    #[test]
    fn what_it_holds_is_read_in_one_go() {
        let read = |body: &str| {
            let mut data: Option<Vec<i32>> = None;
            let may_report_failure = deserialize_envelope_data(ENVELOPE, body.as_bytes(), &mut data)?;
            Ok::<_, serde_json::Error>(data.filter(|_| !may_report_failure))
        };
        assert_eq!(read(r#"{"success":true,"data":[1,2],"more":{}}"#).unwrap(), Some(vec![1, 2]));
        assert_eq!(read(r#"{"data":[1],"success":true}"#).unwrap(), Some(vec![1]));
        assert_eq!(read(r#"{"success":true,"data":null}"#).unwrap(), None);
        assert_eq!(read(r#"{"success":true}"#).unwrap(), None);
        for blank in ["null", "\"\"", "{}", "[ ]", "false", "0", "0.00"] {
            let body = format!(r#"{{"success":true,"error":{blank},"error_key":{blank},"data":[1]}}"#);
            assert_eq!(read(&body).unwrap(), Some(vec![1]), "{body}");
        }
        for body in [
            r#"{"success":true,"data":[1],"error":{"code":"C"}}"#,
            r#"{"success":true,"error_key":"k","data":[1]}"#,
            r#"{"success":true,"error_count":3,"data":[1]}"#,
            r#"{"success":true,"error_key":"k","error_code":"c","data":[1]}"#,
            r#"{"success":true,"error_key":"k","error_code":null,"data":[1]}"#,
        ] {
            assert_eq!(read(body).unwrap(), None, "{body}: the API has to say whether it failed");
        }
        for body in [
            r#"{"success":true,"data":["#,
            r#"{"success":true,"data":[1]} more"#,
            r#"{"success":true,"data":"text"}"#,
            r#"{"success":true,"data":[1],"success":false}"#,
        ] {
            assert!(read(body).is_err(), "{body}");
        }
        assert!(read("[]").unwrap_err().to_string().contains("expected an object"));
    }

    #[test]
    fn what_it_holds_is_given_as_it_was_sent() {
        let data = |body: &'static str| {
            let body = Bytes::from_static(body.as_bytes());
            extract_raw_data(ENVELOPE, &body, &body)
        };
        assert_eq!(data(r#"{"success":true,"data": 1.10 }"#).unwrap(), "1.10");
        assert_eq!(data(r#"{"success":true,"data":null}"#), None);
    }
}
