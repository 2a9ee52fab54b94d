//! The normalizations: everything that may differ between the JSON that is deserialized and the JSON that is serialized
//! again.
//!
//! Everything that is not in this list is kept exactly.
//!
//! 1. The order of properties and the white space, which have no meaning in JSON.
//! 2. A property that the schema does not have is left out, unless the schema is open.
//! 3. An optional property that is `null` is left out; a required one stays `null`.
//! 4. A decimal is written as a string or a number as its field needs it, whichever of the two was read.
//! 5. A decimal with an exponent is written without one, and a zero without a sign; no digit changes (`1.50e1` is
//!    `15.0`, `-0.00` is `0.00`).
//! 6. A UUID is written in small letters with hyphens.
//! 7. A time is written in UTC, with 0, 3, 6 or 9 digits of a second. It is the same instant; digits beyond a
//!    nanosecond are cut off.
//!
//! A value without a schema is kept as text, so that not even these rules apply to it: an undocumented property of an
//! open schema, a value of any type, or an unrecognized alternative of a union.

use chrono::{DateTime, SecondsFormat};

use crate::json::Json;

/// How the decimal of a field is written (rule 4).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum DecimalForm {
    String,
    Number,
}

impl DecimalForm {
    /// The decimal in this form.
    pub(crate) fn write(self, plain: &str) -> Json {
        match self {
            DecimalForm::String => Json::string(plain),
            DecimalForm::Number => Json::number(plain),
        }
    }
}

/// Writes a UUID by rule 6.
pub(crate) fn uuid(text: &str) -> String {
    text.to_ascii_lowercase()
}

/// Writes a time by rule 7.
pub(crate) fn instant(text: &str) -> String {
    let instant = DateTime::parse_from_rfc3339(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    instant.to_utc().to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

#[test]
fn an_instant_is_written_in_utc() {
    for (sent, back) in [
        ("2026-01-01T01:30:00+02:00", "2025-12-31T23:30:00Z"),
        ("2026-01-01T00:00:00.5Z", "2026-01-01T00:00:00.500Z"),
        ("2026-01-01T00:00:00.1234567Z", "2026-01-01T00:00:00.123456700Z"),
        ("2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00Z"),
    ] {
        assert_eq!(instant(sent), back);
    }
}
