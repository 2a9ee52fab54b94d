//! Parses the signing parameters that the API returns. Most of them are optional strings.

use std::str::FromStr;

use alloy_primitives::{Address, Bytes, U256, hex};

use super::Refusal;
use crate::Decimal;
use crate::unigox::{ChainAddress, ChainId};

/// Returns the value of a required field; fails if the field is missing.
pub(super) fn require_field<'a, T>(field: &'static str, value: Option<&'a T>) -> Result<&'a T, Refusal> {
    value.ok_or(Refusal::MissingField { field_name: field })
}

/// Parses an address: `0x` and 20 bytes in hex, in upper or lower case.
pub(super) fn parse_address(field: &'static str, value: Option<&ChainAddress>) -> Result<Address, Refusal> {
    let text = require_field(field, value)?.as_str();
    let digits = text.strip_prefix("0x").filter(|digits| digits.len() == 40);
    digits
        .and_then(|digits| Address::from_str(digits).ok())
        .ok_or_else(|| new_malformed_field_refusal(field, text))
}

/// Parses an unsigned integer of up to 256 bits, written in decimal digits.
pub(super) fn parse_u256(field: &'static str, value: Option<&String>) -> Result<U256, Refusal> {
    parse_digits(field, require_field(field, value)?)
}

/// Parses an unsigned integer of up to 64 bits, written in decimal digits.
pub(super) fn parse_u64(field: &'static str, value: Option<&String>) -> Result<u64, Refusal> {
    parse_u64_digits(field, require_field(field, value)?)
}

/// Parses the id of a chain.
pub(super) fn parse_chain_id(field: &'static str, value: Option<&ChainId>) -> Result<u64, Refusal> {
    parse_u64_digits(field, require_field(field, value)?.as_str())
}

fn parse_u64_digits(field: &'static str, text: &str) -> Result<u64, Refusal> {
    let integer = parse_digits(field, text)?;
    u64::try_from(integer)
        .map_err(|_| Refusal::MalformedField { field_name: field, value: integer.to_string() })
}

fn parse_digits(field: &'static str, text: &str) -> Result<U256, Refusal> {
    let is_decimal = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let integer = if is_decimal { U256::from_str_radix(text, 10).ok() } else { None };
    integer.ok_or_else(|| new_malformed_field_refusal(field, text))
}

/// Parses bytes that are written in hex after `0x`.
pub(super) fn parse_hex_bytes(field: &'static str, value: Option<&String>) -> Result<Bytes, Refusal> {
    let text = require_field(field, value)?;
    let bytes = text.strip_prefix("0x").and_then(|digits| hex::decode(digits).ok());
    bytes.map(Bytes::from).ok_or_else(|| new_malformed_field_refusal(field, text))
}

/// Converts an amount from a token's smallest units (such as wei) into whole tokens. Returns `None` if the result does
/// not fit into a [`Decimal`].
pub(super) fn convert_smallest_units_to_tokens(units: U256, decimals: u32) -> Option<Decimal> {
    Decimal::from_str(&format!("{units}e-{decimals}")).ok()
}

/// Returns the refusal of a value that is not in the documented format. The refusal contains only the beginning of the
/// value, because the value may be long.
fn new_malformed_field_refusal(field: &'static str, value: &str) -> Refusal {
    const LONGEST: usize = 80;
    Refusal::MalformedField {
        field_name: field,
        value: value.chars().take(LONGEST).flat_map(char::escape_debug).collect(),
    }
}
