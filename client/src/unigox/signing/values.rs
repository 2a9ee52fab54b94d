//! Parses the values of parameters, most of which are optional strings.

use std::str::FromStr;

use alloy_primitives::{Address, Bytes, U256, hex};

use super::Refusal;
use crate::Decimal;
use crate::unigox::{ChainAddress, ChainId};

/// Returns the value of a required field.
pub(super) fn required<'a, T>(field: &'static str, value: Option<&'a T>) -> Result<&'a T, Refusal> {
    value.ok_or(Refusal::Missing { field })
}

/// Parses an address: `0x` and 20 bytes in hex, in upper or lower case.
pub(super) fn address(field: &'static str, value: Option<&ChainAddress>) -> Result<Address, Refusal> {
    let text = required(field, value)?.as_str();
    let digits = text.strip_prefix("0x").filter(|digits| digits.len() == 40);
    digits.and_then(|digits| Address::from_str(digits).ok()).ok_or_else(|| malformed(field, text))
}

/// Parses an integer that is written in decimal digits.
pub(super) fn integer(field: &'static str, value: Option<&String>) -> Result<U256, Refusal> {
    parse_digits(field, required(field, value)?)
}

/// Parses an integer that has to fit into 64 bits.
pub(super) fn small_integer(field: &'static str, value: Option<&String>) -> Result<u64, Refusal> {
    parse_small(field, required(field, value)?)
}

/// Parses the number of a chain.
pub(super) fn chain(field: &'static str, value: Option<&ChainId>) -> Result<u64, Refusal> {
    parse_small(field, required(field, value)?.as_str())
}

fn parse_small(field: &'static str, text: &str) -> Result<u64, Refusal> {
    let integer = parse_digits(field, text)?;
    u64::try_from(integer).map_err(|_| Refusal::Malformed { field, value: integer.to_string() })
}

fn parse_digits(field: &'static str, text: &str) -> Result<U256, Refusal> {
    let is_decimal = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let integer = if is_decimal { U256::from_str_radix(text, 10).ok() } else { None };
    integer.ok_or_else(|| malformed(field, text))
}

/// Parses bytes that are written in hex after `0x`.
pub(super) fn bytes(field: &'static str, value: Option<&String>) -> Result<Bytes, Refusal> {
    let text = required(field, value)?;
    let bytes = text.strip_prefix("0x").and_then(|digits| hex::decode(digits).ok());
    bytes.map(Bytes::from).ok_or_else(|| malformed(field, text))
}

/// Converts an amount in the smallest unit of a token into tokens. Returns `None` if the amount does not fit into a
/// [`Decimal`].
pub(super) fn in_tokens(units: U256, decimals: u32) -> Option<Decimal> {
    Decimal::from_str(&format!("{units}e-{decimals}")).ok()
}

/// Returns the refusal of a value that does not have the documented form. The value is shortened, because it may be any
/// text.
fn malformed(field: &'static str, value: &str) -> Refusal {
    const LONGEST: usize = 80;
    Refusal::Malformed { field, value: value.chars().take(LONGEST).flat_map(char::escape_debug).collect() }
}
