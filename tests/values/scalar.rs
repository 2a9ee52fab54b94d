//! Makes values of scalar types: texts, numbers and enums.

use proptest::prelude::*;

use crate::json::Json;
use crate::normal::{self, DecimalForm};
use crate::sample::{Sample, Samples};
use crate::shape::{Text, Values};

/// Texts that look like something else, or need escapes.
pub(crate) const TEXTS: [&str; 12] = [
    "",
    " ",
    "0",
    "0.000000",
    "null",
    "true",
    "[]",
    "{\"a\":1}",
    "a\"b\\c/\n\t\u{0}\u{7f}",
    "zażółć gęślą jaźń",
    "\u{2028}e\u{301}\u{feff}",
    "🦀👩‍👩‍👧",
];

const UUIDS: [&str; 4] = [
    "550e8400-e29b-41d4-a716-446655440000",
    "00000000-0000-0000-0000-000000000000",
    "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
    "6BA7B810-9dad-11d1-80b4-00c04fd430c8",
];

const DATES: [&str; 4] = ["1990-12-31", "2024-02-29", "0001-01-01", "9999-12-31"];

const INSTANTS: [&str; 11] = [
    "2026-01-31T10:20:30Z",
    "2026-01-31T10:20:30.5Z",
    "2026-01-31T10:20:30.120Z",
    "2026-01-31T10:20:30.123456Z",
    "2026-01-31T10:20:30.123456789Z",
    "2026-01-31T10:20:30.1234567899Z",
    "2026-01-01T01:30:00+02:00",
    "2025-12-31T23:59:59.999-11:30",
    "2016-12-31T23:59:60Z",
    "1969-12-31t23:59:59.000001z",
    "9999-12-31T23:59:59.999999999Z",
];

/// Decimals, each with its form by rule 5.
const DECIMALS: [(&str, &str); 25] = [
    ("0.84", "0.84"),
    ("0", "0"),
    ("0.000000", "0.000000"),
    ("1.10", "1.10"),
    ("100", "100"),
    ("-0.5", "-0.5"),
    ("-1.00", "-1.00"),
    ("151519.20", "151519.20"),
    ("9007199254740993", "9007199254740993"),
    ("0.1234567890123456789012345678", "0.1234567890123456789012345678"),
    ("0.0000000000000000000000000001", "0.0000000000000000000000000001"),
    ("0.0000000000000000000000000000", "0.0000000000000000000000000000"),
    ("7922816251426433759354395033.5", "7922816251426433759354395033.5"),
    ("79228162514264337593543950335", "79228162514264337593543950335"),
    ("-79228162514264337593543950335", "-79228162514264337593543950335"),
    ("79228162514.264337593543950336", "79228162514.264337593543950336"),
    (
        "115792089237316195423570985008687907853269984665640564039457584007913129639935.000000000000000001",
        "115792089237316195423570985008687907853269984665640564039457584007913129639935.000000000000000001",
    ),
    ("1.2345678901234567890123456789012345e1", "12.345678901234567890123456789012345"),
    ("-0", "0"),
    ("-0.00", "0.00"),
    ("1e-7", "0.0000001"),
    ("1E+3", "1000"),
    ("1.50e1", "15.0"),
    ("-2.5e-3", "-0.0025"),
    ("0.00000000000000000000000000001e5", "0.000000000000000000000001"),
];

pub(crate) fn text(text: &Text) -> Samples {
    match text {
        Text::Free => {
            let long = "ü".repeat(300);
            let corners =
                TEXTS.iter().copied().chain([long.as_str()]).map(|text| Sample::same(Json::string(text)));
            Samples::new(
                corners.collect(),
                any_text().prop_map(|text| Sample::same(Json::string(text))).boxed(),
            )
        }
        Text::Uuid => {
            let sample = |text: &str| Sample::new(Json::string(text), Json::string(normal::uuid(text)));
            let random = any::<u128>().prop_map(move |bits| sample(&uuid::Uuid::from_u128(bits).to_string()));
            Samples::new(UUIDS.iter().copied().map(sample).collect(), random.boxed())
        }
        Text::Date => {
            let sample = |text: &str| Sample::same(Json::string(text));
            Samples::new(
                DATES.iter().copied().map(sample).collect(),
                date().prop_map(move |text| sample(&text)).boxed(),
            )
        }
        Text::Instant => {
            let sample = |text: &str| Sample::new(Json::string(text), Json::string(normal::instant(text)));
            let random = instant().prop_map(move |text| sample(&text)).boxed();
            Samples::new(INSTANTS.iter().copied().map(sample).collect(), random)
        }
    }
}

pub(crate) fn any_text() -> BoxedStrategy<String> {
    prop_oneof![2 => "[ -~]{0,12}", 1 => any::<String>()].boxed()
}

fn date() -> BoxedStrategy<String> {
    (1..=9999u32, 1..=12u32, 1..=28u32).prop_map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}")).boxed()
}

fn instant() -> BoxedStrategy<String> {
    // An offset must not lead out of the years that RFC 3339 can write.
    let day = (2..=9998u32, 1..=12u32, 1..=28u32).prop_map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}"));
    let time = (0..24u32, 0..60u32, 0..60u32).prop_map(|(h, m, s)| format!("{h:02}:{m:02}:{s:02}"));
    let fraction = prop_oneof![Just(String::new()), "\\.[0-9]{1,9}"];
    let offset = (any::<bool>(), 0..=23u32, 0..60u32)
        .prop_map(|(west, h, m)| format!("{}{h:02}:{m:02}", if west { '-' } else { '+' }));
    let zone = prop_oneof![2 => Just(String::from("Z")), 1 => offset];
    (day, time, fraction, zone)
        .prop_map(|(day, time, fraction, zone)| format!("{day}T{time}{fraction}{zone}"))
        .boxed()
}

/// Decimals for a field with this form. They are sent in both forms, with and without exponents.
pub(crate) fn decimal(form: DecimalForm) -> Samples {
    let both = [DecimalForm::String, DecimalForm::Number];
    let corners = DECIMALS
        .iter()
        .flat_map(|(sent, back)| both.map(|sent_form| Sample::new(sent_form.write(sent), form.write(back))));
    // The documented form comes first, because the object with all properties uses it.
    let mut corners: Vec<Sample> = corners.collect();
    corners.sort_by_key(|sample| matches!(sample.sent, Json::Number(_)) != (form == DecimalForm::Number));
    let sizes = prop_oneof![0..1000u128, 0..1u128 << 53, any::<u128>()];
    let random =
        (sizes, 0..=60usize, any::<bool>(), proptest::option::weighted(0.3, -9..=9i32), any::<bool>());
    let random = random.prop_map(move |(digits, scale, negative, exponent, as_number)| {
        let back = plain(digits, scale, negative);
        let sent = match exponent {
            // The decimal point is moved to the left, by as many digits as there are.
            Some(exponent) => {
                let exponent = exponent.max(-i32::try_from(scale).unwrap());
                let scale = usize::try_from(i32::try_from(scale).unwrap() + exponent).unwrap();
                format!("{}e{exponent}", plain(digits, scale, negative))
            }
            None => back.clone(),
        };
        Sample::new(both[usize::from(as_number)].write(&sent), form.write(&back))
    });
    Samples::new(corners, random.boxed())
}

/// The digits, with this number of them after the decimal point.
fn plain(digits: u128, scale: usize, negative: bool) -> String {
    let text = format!("{digits:0>width$}", width = scale + 1);
    let (whole, fraction) = text.split_at(text.len() - scale);
    let point = if fraction.is_empty() { "" } else { "." };
    // A zero has no sign.
    let sign = if negative && digits > 0 { "-" } else { "" };
    format!("{sign}{whole}{point}{fraction}")
}

pub(crate) fn integer(min: i64, max: i64) -> Samples {
    let sample = |number: i64| Sample::same(Json::number(number.to_string()));
    let corners = [1, 0, -1, min, max, min + 1, max - 1, 1 << 53, (1 << 53) + 1, -(1 << 53) - 1];
    let corners = corners.into_iter().filter(|number| (min..=max).contains(number)).map(sample);
    Samples::new(corners.collect(), (min..=max).prop_map(sample).boxed())
}

pub(crate) fn boolean() -> Samples {
    let corners = [true, false].map(|value| Sample::same(Json::Bool(value)));
    Samples::new(corners.to_vec(), any::<bool>().prop_map(|value| Sample::same(Json::Bool(value))).boxed())
}

/// The values of an enum, and unknown ones where it is open and does not discriminate a union.
pub(crate) fn of_enum(values: &Values, discriminates: bool) -> Samples {
    let sample = |text: &str| Sample::same(Json::string(text));
    let mut texts = values.known.clone();
    let only_known = discriminates && !values.known.is_empty();
    let other = values.open && !only_known;
    if other {
        let changed = values
            .known
            .first()
            .map(|known| [known.to_lowercase(), known.to_uppercase(), format!("{known} ")]);
        texts.extend(changed.into_iter().flatten());
        texts.extend(["Unrecognized", "zz_unknown"].into_iter().chain(TEXTS).map(str::to_owned));
    }
    let excluded = values.excluded.clone();
    texts.retain(|text| !excluded.contains(text));
    let known = proptest::sample::select(texts.clone()).boxed();
    let random = if other {
        prop_oneof![known, any_text().prop_filter("is excluded", move |text| !excluded.contains(text))]
            .boxed()
    } else {
        known
    };
    let corners = texts.iter().map(|text| sample(text)).collect();
    Samples::new(corners, random.prop_map(move |text| sample(&text)).boxed())
}
