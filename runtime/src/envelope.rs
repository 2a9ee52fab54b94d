//! An API's envelope, `{success, data}`: whether it says that the call succeeded, and what it holds.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use serde::de::{Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IgnoredAny};
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::api::{Envelope, FAILURE_KEY};
use crate::json::is_blank;

/// What a response says of the call.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It succeeded.
    Success,
    /// It failed, whatever the status.
    Failure,
    /// Nothing: it is no envelope, and why.
    Broken(&'static str),
}

/// What a response says. Where the flag is not required, contents without it are a success.
pub(crate) fn verdict(envelope: Envelope, flag_required: bool, body: &[u8]) -> Verdict {
    let mut data: Option<&RawValue> = None;
    let Ok(parsed) = parse::<&RawValue, &RawValue>(envelope, body, &mut data) else {
        return Verdict::Broken("the response is no JSON object");
    };
    match (parsed.success.map(RawValue::get), data.map(RawValue::get)) {
        (Some("true"), _) => Verdict::Success,
        (Some("false"), _) => Verdict::Failure,
        (None, Some(data)) if !flag_required && data != "null" => Verdict::Success,
        _ => Verdict::Broken("the response does not say whether the call succeeded"),
    }
}

/// Puts what a success holds where the caller wants it. Fails when the flag says that it is none. Gives whether a key
/// beside it may tell of a failure, which the API has to say.
pub(crate) fn read<T: DeserializeOwned>(
    envelope: Envelope,
    body: &[u8],
    data: &mut Option<Option<T>>,
) -> serde_json::Result<bool> {
    let parsed = parse::<bool, Option<T>>(envelope, body, data)?;
    match parsed.success {
        Some(false) => Err(serde_json::Error::custom("it says that the call succeeded, and that it did not")),
        _ => Ok(parsed.may_have_failed),
    }
}

/// What a success holds, as it was sent. `text` is the JSON in the body.
pub(crate) fn contents(envelope: Envelope, body: &Bytes, text: &[u8]) -> Option<Bytes> {
    let mut data = None;
    parse::<IgnoredAny, Option<&RawValue>>(envelope, text, &mut data).ok()?;
    data.flatten().map(|data| body.slice_ref(data.get().as_bytes()))
}

/// Whether the flag comes first, and is true. The rest is left to [`read`].
pub(crate) fn begins_with_success(envelope: Envelope, body: &[u8]) -> bool {
    let begins = || {
        let key = body.trim_ascii_start().strip_prefix(b"{")?.trim_ascii_start().strip_prefix(b"\"")?;
        let after_key = key.strip_prefix(envelope.success.as_bytes())?.strip_prefix(b"\"")?;
        let value = after_key.trim_ascii_start().strip_prefix(b":")?.trim_ascii_start();
        value.strip_prefix(b"true")?.trim_ascii_start().first()
    };
    matches!(begins(), Some(b',' | b'}'))
}

/// What an envelope says beside its contents.
struct Parsed<F> {
    success: Option<F>,
    /// Whether there is a key that begins like those by which failures are known, with something in it.
    may_have_failed: bool,
}

/// Parses an envelope; its contents are put where the caller wants them. Of keys that are there twice, the last one
/// counts.
fn parse<'a, F, D>(envelope: Envelope, body: &'a [u8], data: &mut Option<D>) -> serde_json::Result<Parsed<F>>
where
    F: Deserialize<'a>,
    D: Deserialize<'a>,
{
    let mut parser = serde_json::Deserializer::from_slice(body);
    let parsed = parser.deserialize_map(Object { envelope, data, success: PhantomData })?;
    parser.end()?;
    Ok(parsed)
}

struct Object<'d, F, D> {
    envelope: Envelope,
    data: &'d mut Option<D>,
    success: PhantomData<F>,
}

impl<'a, F: Deserialize<'a>, D: Deserialize<'a>> Visitor<'a> for Object<'_, F, D> {
    type Value = Parsed<F>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Parsed<F>, A::Error> {
        let mut parsed = Parsed { success: None, may_have_failed: false };
        while let Some(key) = map.next_key_seed(Name(self.envelope))? {
            match key {
                Key::Success => parsed.success = Some(map.next_value()?),
                Key::Data => *self.data = Some(map.next_value()?),
                Key::Failure => parsed.may_have_failed |= !is_blank(map.next_value::<&RawValue>()?.get()),
                Key::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(parsed)
    }
}

/// The key of an envelope.
enum Key {
    Success,
    Data,
    /// One that begins like those by which failures are known.
    Failure,
    Other,
}

struct Name(Envelope);

impl<'a> DeserializeSeed<'a> for Name {
    type Value = Key;

    fn deserialize<P: Deserializer<'a>>(self, parser: P) -> Result<Key, P::Error> {
        parser.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Key, E> {
        Ok(if key == self.0.success {
            Key::Success
        } else if key == self.0.data {
            Key::Data
        } else if key.starts_with(FAILURE_KEY) {
            Key::Failure
        } else {
            Key::Other
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENVELOPE: Envelope = Envelope { success: "success", data: "data" };

    #[test]
    fn the_flag_says_whether_it_is_a_success() {
        let broken = |body: &str| matches!(verdict(ENVELOPE, true, body.as_bytes()), Verdict::Broken(_));
        for body in [r#"{"success":true}"#, " {\n\"data\": {\"a\":[1]}, \"success\" : true , \"x\":2}\n"] {
            assert_eq!(verdict(ENVELOPE, true, body.as_bytes()), Verdict::Success, "{body}");
        }
        for body in [r#"{"success":false,"data":{"success":true}}"#, r#"{"success":true,"success":false}"#] {
            assert_eq!(verdict(ENVELOPE, true, body.as_bytes()), Verdict::Failure, "{body}");
        }
        for body in ["", "[]", "7", "{", r#"{"success":"true"}"#, r#"{"success":null}"#, r#"{"data":1}"#] {
            assert!(broken(body), "{body}");
        }
        assert!(broken(r#"{"success":true} more"#) && broken(r#"{"success":true,"data":{"#));
    }

    #[test]
    fn contents_without_a_flag_are_a_success_where_the_flag_is_not_required() {
        let verdict = |body: &str| verdict(ENVELOPE, false, body.as_bytes());
        assert_eq!(verdict(r#"{"data":{"a":1}}"#), Verdict::Success);
        assert_eq!(verdict(r#"{"success":false,"data":{"a":1}}"#), Verdict::Failure);
        for body in [r#"{"data":null}"#, "{}", r#"{"success":null,"data":1}"#, r#"{"message":"later"}"#, "[]"]
        {
            assert!(matches!(verdict(body), Verdict::Broken(_)), "{body}");
        }
    }

    #[test]
    fn a_success_is_known_by_its_beginning() {
        for body in [r#"{"success":true,"data":"#, " { \"success\"\n: true }", r#"{"success":true}"#] {
            assert!(begins_with_success(ENVELOPE, body.as_bytes()), "{body}");
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
            assert!(!begins_with_success(ENVELOPE, body.as_bytes()), "{body}");
        }
    }

    #[test]
    fn what_it_holds_is_read_in_one_go() {
        let read = |body: &str| {
            let mut data = None;
            let may_have_failed = read::<Vec<u8>>(ENVELOPE, body.as_bytes(), &mut data)?;
            Ok::<_, serde_json::Error>(data.flatten().filter(|_| !may_have_failed))
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
    }

    #[test]
    fn what_it_holds_is_given_as_it_was_sent() {
        let contents = |body: &'static str| {
            let body = Bytes::from_static(body.as_bytes());
            contents(ENVELOPE, &body, &body)
        };
        assert_eq!(contents(r#"{"success":true,"data": 1.10 }"#).unwrap(), "1.10");
        assert_eq!(contents(r#"{"success":true,"data":null}"#), None);
    }
}
