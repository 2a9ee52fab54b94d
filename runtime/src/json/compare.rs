//! Whether two texts are the same JSON. Numbers are compared by their digits, never as floats.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::Json;

/// How deep values are looked into: the text may be nested as deep as it is long, and the stack is not.
const DEPTH: usize = 128;

impl PartialEq for Json {
    fn eq(&self, other: &Json) -> bool {
        same(&self.0, &other.0, DEPTH)
    }
}

impl Eq for Json {}

impl PartialEq<serde_json::Value> for Json {
    fn eq(&self, other: &serde_json::Value) -> bool {
        same(&self.0, &Json::from(other.clone()).0, DEPTH)
    }
}

impl PartialEq<str> for Json {
    fn eq(&self, other: &str) -> bool {
        self.as_str().is_some_and(|text| text == other)
    }
}

impl PartialEq<&str> for Json {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

fn same(a: &RawValue, b: &RawValue, depth: usize) -> bool {
    if a.get() == b.get() {
        return true;
    }
    let Some(depth) = depth.checked_sub(1) else { return false };
    match (first(a), first(b)) {
        (b'"', b'"') => both::<String>(a, b).is_some_and(|(a, b)| a == b),
        (b'[', b'[') => both::<Vec<&RawValue>>(a, b)
            .is_some_and(|(a, b)| a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| same(a, b, depth))),
        (b'{', b'{') => both::<BTreeMap<String, &RawValue>>(a, b).is_some_and(|(a, b)| {
            let same_at = |key: &String, value| b.get(key).is_some_and(|other| same(value, other, depth));
            a.len() == b.len() && a.iter().all(|(key, value)| same_at(key, value))
        }),
        (b'-' | b'0'..=b'9', b'-' | b'0'..=b'9') => {
            Number::of(a.get()).is_some_and(|number| Some(number) == Number::of(b.get()))
        }
        _ => false,
    }
}

fn first(value: &RawValue) -> u8 {
    value.get().bytes().next().unwrap_or_default()
}

fn both<'a, T: serde::Deserialize<'a>>(a: &'a RawValue, b: &'a RawValue) -> Option<(T, T)> {
    Some((serde_json::from_str(a.get()).ok()?, serde_json::from_str(b.get()).ok()?))
}

/// A number in the only way that it can be written: digits without zeros around them, and a power of ten.
#[derive(PartialEq)]
struct Number {
    negative: bool,
    digits: String,
    exponent: i128,
}

impl Number {
    /// Nothing when the exponent is out of all bounds.
    fn of(text: &str) -> Option<Number> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        if all.bytes().all(|digit| digit == b'0') {
            return Some(Number { negative: false, digits: String::new(), exponent: 0 });
        }
        let digits = all.trim_end_matches('0');
        let zeros = i128::try_from(all.len() - digits.len()).ok()?;
        let exponent =
            i128::from(exponent.parse::<i64>().ok()?) - i128::try_from(fraction.len()).ok()? + zeros;
        let digits = digits.trim_start_matches('0');
        Some(Number { negative, digits: digits.to_owned(), exponent })
    }
}
