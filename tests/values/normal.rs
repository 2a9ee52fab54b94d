//! The normalisations: all that may differ between the JSON that is read and the JSON that is written again.
//!
//! Everything that is not in this list comes back as it was sent.
//!
//! 1. The order of keys and the white space (of no meaning in JSON).
//! 2. A key that the schema does not have is left out, unless the schema is open: then it is kept.
//! 3. `null` under a key that is not required is left out; under a required one it stays `null`.
//! 4. A decimal is written in the form of its field, string or number, whichever of the two was read.
//! 5. A decimal with an exponent is written without one, and a zero without a sign; no digit changes (`1.50e1` is
//!    `15.0`, `-0.00` is `0.00`).
//! 6. A UUID is written in small letters with hyphens.
//! 7. A time is written in UTC, with 0, 3, 6 or 9 digits of a second. It is the same instant; digits beyond a
//!    nanosecond are cut off.
//!
//! A value without a schema of its own (a key that an open schema does not list, a value that may be anything, an
//! alternative that a union does not know) is kept as the text it came as, so that not even these apply to it.

use chrono::{DateTime, SecondsFormat};

use crate::json::Json;

/// Rule 4: how a decimal's field is written.
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

/// Rule 6.
pub(crate) fn uuid(text: &str) -> String {
    text.to_ascii_lowercase()
}

/// Rule 7.
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
