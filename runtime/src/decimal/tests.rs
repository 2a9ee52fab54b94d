use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Decimal, Rounding};
use crate::object::DecimalsAsNumbers;
use crate::{Json, decimal};

fn parse(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn read(json: &str) -> Decimal {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

/// The greatest 256-bit integer.
const UINT256: &str = "115792089237316195423570985008687907853269984665640564039457584007913129639935";

/// 2^512 - 1, the greatest number of digits that fit.
const GREATEST: &str = "13407807929942597099574024998205846127479365820592393377723561443721764030073546976801874298166903427690031858186486050853753882811946569946433649006084095";

#[test]
fn no_digit_is_lost_in_either_form_and_either_direction() {
    let amount_of_18_decimals = format!("{UINT256}.000000000000000001");
    for text in [
        "0.000000",
        "151519.20",
        "-1",
        "0.1",
        "7922816251426433759354395033.5",
        "0.1234567890123456789012345",
        "9007199254740993",
        "79000000001.123456789012345678",
        UINT256,
        &amount_of_18_decimals,
        GREATEST,
    ] {
        assert_eq!(parse(text).to_string(), text);
        let string = format!("\"{text}\"");
        for json in [text, &string] {
            assert_eq!(serde_json::to_string(&read(json)).unwrap(), string);
            assert_eq!(serde_json::to_string(&DecimalsAsNumbers(&read(json))).unwrap(), text);
            assert_eq!(Json::number_from_decimal(read(json)).as_json_text(), text);
        }
    }
    assert_eq!(read(r#""\u0031.50""#).to_string(), "1.50");
}

#[test]
fn an_exponent_moves_the_point_and_no_digit_is_rounded() {
    for (text, plain) in [
        ("1e-7", "0.0000001"),
        ("1E+3", "1000"),
        ("1.50e1", "15.0"),
        ("1.50e5", "150000"),
        ("-2.5e-3", "-0.0025"),
        ("0e-2", "0.00"),
        ("0e999999999999999999999", "0"),
        ("-0.00", "0.00"),
        ("+.5", "0.5"),
        ("5.", "5"),
        ("007e007", "70000000"),
        ("1.2345678901234567890123456789012345e1", "12.345678901234567890123456789012345"),
    ] {
        assert_eq!(parse(text).to_string(), plain, "{text}");
    }
}

#[test]
fn what_does_not_fit_is_refused_at_once_and_never_rounded() {
    let one_more = format!("{}6", GREATEST.strip_suffix('5').unwrap());
    let long = "1".repeat(1_000_000);
    let deep = format!("0.{}1", "0".repeat(1_000_000));
    for text in [
        "1e1000000000",
        "-1e1000000000",
        "1e-1000000000",
        "1e99999999999999999999999999",
        "0e-155",
        "1e155",
        "1e-155",
        &one_more,
        &long,
        &deep,
    ] {
        let error = text.parse::<Decimal>().unwrap_err().to_string();
        assert_eq!(error, "a decimal number with more digits than fit (154)");
    }
    assert_eq!(parse("1e154").to_string(), format!("1{}", "0".repeat(154)));
    assert_eq!(parse("1e-154").scale(), 154);
}

#[test]
fn half_a_decimal_is_none() {
    for text in [
        "",
        ".",
        "-",
        "+",
        "-.",
        "e5",
        "1e",
        "1e+",
        "1.2.3",
        "1.-2e1",
        "--1e2",
        "1_000",
        "1_0e1",
        " 1",
        "1 ",
        "1e1.5",
        "1,5",
        "0x10",
        "NaN",
        "inf",
        "-Infinity",
        "١",
        "1e5e5",
    ] {
        let error = text.parse::<Decimal>().unwrap_err();
        assert_eq!(error.to_string(), "not a decimal number", "{text}");
        assert!(Decimal::try_from(text).is_err() && Decimal::try_from(text.to_owned()).is_err());
    }
    for json in
        ["\"4111111111111111x\"", "\"\"", "\"-\"", "true", "null", "{}", "[1]", "\"1,5\"", r#""\ud800""#]
    {
        let error = serde_json::from_str::<Decimal>(json).unwrap_err().to_string();
        assert!(error.starts_with("not a decimal number") && !error.contains("4111"), "{json}: {error}");
    }
}

#[test]
fn a_literal_is_read_while_the_program_is_compiled() {
    const FEE: Decimal = decimal!("-0.250");
    assert_eq!(FEE.to_string(), "-0.250");
    assert_eq!(
        decimal!("115792089237316195423570985008687907853269984665640564039457584007913129639935"),
        parse(UINT256)
    );
}

#[test]
fn scale_is_text_and_value_is_number() {
    let zero = decimal!("0.000000");
    assert_eq!(zero, Decimal::default());
    assert_eq!((zero.to_string().as_str(), zero.scale()), ("0.000000", 6));
    assert!(zero.is_zero() && !zero.is_negative() && !zero.is_positive() && zero.is_integer());
    let spellings = ["1.5", "1.50", "1.500000000000000000", "15e-1"].map(parse);
    assert_eq!(spellings.into_iter().collect::<HashSet<_>>().len(), 1);
    assert!(spellings.into_iter().all(|spelling| spelling == spellings[0] && !spelling.is_integer()));
    // The number with the greater magnitude cannot be extended with zeros to the scale of the other number.
    assert!(parse(GREATEST) > decimal!("0.5") && -parse(GREATEST) < decimal!("-0.5"));
    assert!(decimal!("0.5") < parse(GREATEST) && parse(GREATEST) != decimal!("0.5"));
}

#[test]
fn it_is_compared_with_integers_and_references() {
    let (amount, same) = (&decimal!("7.00"), decimal!("7"));
    let integers = [same == 7, same == 7_u64, same >= 7_i64, same < 8, same > -1_i128, same != 0];
    let references = [amount == same, same == amount, *amount == 7, amount <= same, same >= amount];
    assert_eq!((integers, references), ([true; 6], [true; 5]));
    let mut sorted = ["2", "-1", "10", "-10", "0.5"].map(parse);
    sorted.sort();
    assert_eq!(sorted.map(|amount| amount.to_string()), ["-10", "-1", "0.5", "2", "10"]);
}

#[test]
fn operators_take_values_references_and_integers() {
    let (a, b) = (decimal!("1.50"), decimal!("0.2"));
    let (a_reference, b_reference) = (&a, &b);
    for sum in [a + b, a + b_reference, a_reference + b, a_reference + b_reference] {
        assert_eq!(sum.to_string(), "1.70");
    }
    assert_eq!((a - b).to_string(), "1.30");
    assert_eq!((b - a).to_string(), "-1.30");
    assert_eq!((a_reference * b_reference).to_string(), "0.300");
    assert_eq!(((a - 2) * 3).to_string(), "-1.50");
    assert_eq!((-a, -a_reference, (-a).abs()), (decimal!("-1.5"), decimal!("-1.5"), a));
    assert_eq!((a - a).to_string(), "0.00");
    assert_eq!((-(a - a)).to_string(), "0.00");
    let mut total = a;
    total += b;
    total -= b_reference;
    total *= 2;
    assert_eq!(total, 3);
    let amounts = vec![a, b, -b];
    assert_eq!(amounts.iter().sum::<Decimal>(), a);
    assert_eq!(amounts.into_iter().sum::<Decimal>(), a);
    assert_eq!([1, 2].into_iter().sum::<Decimal>(), 3);
}

#[test]
fn products_of_amounts_fit_and_what_does_not_is_none() {
    let square = parse(UINT256).checked_mul(parse(UINT256)).unwrap();
    assert_eq!(square.checked_div(parse(UINT256), 0, Rounding::TowardsZero), Some(parse(UINT256)));
    let greatest = parse(GREATEST);
    assert_eq!(greatest.checked_add(1), None);
    assert_eq!((-greatest).checked_sub(1), None);
    assert_eq!(greatest.checked_sub(decimal!("0.1")), None, "it would have to be rounded");
    assert_eq!(greatest.checked_mul(-2), None);
    assert_eq!(parse("1e-154").checked_mul(decimal!("0.1")), None);
    assert_eq!(greatest.checked_add(-greatest), Some(Decimal::ZERO));
}

#[test]
#[should_panic(expected = "the result has more digits than a decimal holds")]
fn an_operator_panics_before_it_gives_a_wrong_amount() {
    let _ = parse(GREATEST) + Decimal::ONE;
}

#[test]
fn every_rounding_does_what_its_table_says() {
    use Rounding::{AwayFromZero, Ceiling, Floor, HalfDown, HalfEven, HalfUp, TowardsZero};
    let amounts = ["2.5", "2.4", "2.6", "-2.5", "3.5", "-3.5", "2.0", "0.4"].map(parse);
    for (rounding, expected) in [
        (HalfEven, ["2", "2", "3", "-2", "4", "-4", "2", "0"]),
        (HalfUp, ["3", "2", "3", "-3", "4", "-4", "2", "0"]),
        (HalfDown, ["2", "2", "3", "-2", "3", "-3", "2", "0"]),
        (AwayFromZero, ["3", "3", "3", "-3", "4", "-4", "2", "1"]),
        (TowardsZero, ["2", "2", "2", "-2", "3", "-3", "2", "0"]),
        (Ceiling, ["3", "3", "3", "-2", "4", "-3", "2", "1"]),
        (Floor, ["2", "2", "2", "-3", "3", "-4", "2", "0"]),
    ] {
        assert_eq!(amounts.map(|amount| amount.round_to(0, rounding).to_string()), expected, "{rounding:?}");
        let quotients = amounts.map(|amount| (amount * 3).checked_div(3, 0, rounding).unwrap().to_string());
        assert_eq!(quotients, expected, "{rounding:?}");
    }
    assert_eq!(decimal!("-0.4").round_to(0, HalfUp).to_string(), "0", "a zero has no sign");
    assert_eq!(decimal!("9.995").round_to(2, HalfUp).to_string(), "10.00");
    assert_eq!(parse("1e-154").round_to(0, AwayFromZero), 1);
}

#[test]
fn a_quotient_has_the_decimals_that_were_asked_for() {
    let third = |scale| Decimal::ONE.checked_div(3, scale, Rounding::HalfEven).map(|third| third.to_string());
    assert_eq!((third(0).as_deref(), third(6).as_deref()), (Some("0"), Some("0.333333")));
    assert_eq!(third(155), None);
    assert_eq!(third(u32::MAX), None);
    let divide =
        |a: &str, b: &str| parse(a).checked_div(parse(b), 2, Rounding::HalfUp).map(|c| c.to_string());
    assert_eq!(divide("1", "0.00"), None);
    assert_eq!(divide("151519.20", "1530.12").as_deref(), Some("99.02"));
    assert_eq!(divide("-1.000000", "0.5").as_deref(), Some("-2.00"));
    assert_eq!(divide("0.000000000000000001", "8").as_deref(), Some("0.00"));
}

#[test]
fn scale_and_point_are_moved_exactly_or_not_at_all() {
    let with_scale = |text: &str, scale| parse(text).with_scale(scale).map(|same| same.to_string());
    assert_eq!(with_scale("25", 6).as_deref(), Some("25.000000"));
    assert_eq!(with_scale("25.000000", 2).as_deref(), Some("25.00"));
    assert_eq!(with_scale("-25.5000", 1).as_deref(), Some("-25.5"));
    assert_eq!((with_scale("25.5", 0), with_scale("25", 155), with_scale(GREATEST, 1)), (None, None, None));
    assert_eq!(decimal!("100.0100").normalized().to_string(), "100.01");
    assert_eq!(decimal!("0.000").normalized().to_string(), "0");

    let moved = |text: &str, places| parse(text).move_decimal_point(places).map(|moved| moved.to_string());
    assert_eq!(moved("0.010100", 6).as_deref(), Some("10100"));
    assert_eq!(moved("10100", -6).as_deref(), Some("0.010100"));
    assert_eq!(moved("-1.5", 3).as_deref(), Some("-1500"));
    assert_eq!((moved("1", i32::MAX), moved("1", i32::MIN), moved("1", -155)), (None, None, None));
}

#[test]
fn integers_come_in_and_go_out_exactly_or_not_at_all() {
    for integer in [0, 1, -1, i128::MAX, i128::MIN, i64::MIN.into()] {
        let decimal = Decimal::from(integer);
        assert_eq!((decimal.to_string(), i128::try_from(decimal)), (integer.to_string(), Ok(integer)));
    }
    assert_eq!(u128::try_from(Decimal::from(u128::MAX)), Ok(u128::MAX));
    assert_eq!(u64::try_from(decimal!("7.00")), Ok(7));
    assert!(u64::try_from(decimal!("7.01")).is_err() && u64::try_from(decimal!("-7")).is_err());
    assert!(i32::try_from(decimal!("2147483648")).is_err() && i128::try_from(parse(UINT256)).is_err());
}

#[test]
fn a_format_gives_width_and_sign_and_takes_no_digit_away() {
    let amount = decimal!("-1.505");
    assert_eq!(
        format!("{amount} {amount:?} {amount:.2} {amount:>8} {amount:08}"),
        "-1.505 -1.505 -1.505   -1.505 -001.505"
    );
    assert_eq!(format!("{:+}", decimal!("0.05")), "+0.05");
}

/// As the generator writes it.
#[derive(PartialEq)]
struct Model {
    amount: Decimal,
    rate: Decimal,
    fee: Option<Decimal>,
    rates: BTreeMap<String, Vec<Option<Decimal>>>,
}

crate::__object!(Model {
    amount: "amount",
    rate: "rate" number,
    fee: "fee" optional number,
    rates: "rates" number,
});

const MODEL: &str =
    r#"{"amount":"1.10","rate":0.1234567890123456789012345,"fee":2.50,"rates":{"eur":[1.0,null]}}"#;

#[test]
fn each_field_is_written_in_the_form_that_it_has() {
    let model: Model = serde_json::from_str(MODEL).unwrap();
    assert_eq!(serde_json::to_string(&model).unwrap(), MODEL);
    assert_eq!(serde_json::to_vec(&model).unwrap(), MODEL.as_bytes());
    assert_eq!(Json::from_serialize(&model).unwrap().as_json_text(), MODEL);
    let other_forms =
        r#"{"amount":1.10,"rate":"0.1234567890123456789012345","fee":"2.50","rates":{"eur":["1.0",null]}}"#;
    assert_eq!(serde_json::to_string(&serde_json::from_str::<Model>(other_forms).unwrap()).unwrap(), MODEL);
    let bare = r#"{"amount":"1","rate":1,"rates":{}}"#;
    assert_eq!(serde_json::to_string(&serde_json::from_str::<Model>(bare).unwrap()).unwrap(), bare);
}

#[test]
fn in_a_value_every_decimal_is_a_string_with_all_its_digits() {
    let model: Model = serde_json::from_str(MODEL).unwrap();
    let strings = json!({
        "amount": "1.10", "rate": "0.1234567890123456789012345", "fee": "2.50", "rates": {"eur": ["1.0", null]},
    });
    assert_eq!(serde_json::to_value(&model).unwrap(), strings);
    assert_eq!(json!({ "audit": [&model] }), json!({ "audit": [&strings] }));
    let again: Model = serde_json::from_value(strings).unwrap();
    assert_eq!(serde_json::to_string(&again).unwrap(), MODEL);
}

#[test]
fn what_was_parsed_as_a_value_before_has_lost_its_digits() {
    let value: Value = serde_json::from_str(MODEL).unwrap();
    let model: Model = serde_json::from_value(value).unwrap();
    assert_eq!(
        (model.rate.to_string().as_str(), model.fee.unwrap().to_string().as_str()),
        ("0.12345678901234568", "2.5")
    );
    let json: Json = MODEL.parse().unwrap();
    assert_eq!(json.deserialize_as::<Model>().unwrap().rate.to_string(), "0.1234567890123456789012345");
}

/// An enum that serde reads into a buffer before it reads the fields.
#[derive(Deserialize, Debug)]
#[serde(tag = "type")]
enum Event {
    Paid { amount: Decimal },
}

#[test]
fn out_of_a_buffer_comes_what_it_has_exactly_and_no_float() {
    for (json, amount) in [
        (r#"{"amount":"1.10","type":"Paid"}"#, "1.10"),
        (r#"{"amount":18446744073709551615,"type":"Paid"}"#, "18446744073709551615"),
        (r#"{"amount":-3,"type":"Paid"}"#, "-3"),
    ] {
        let Event::Paid { amount: read } = serde_json::from_str(json).unwrap();
        assert_eq!(read.to_string(), amount);
    }
    let error = serde_json::from_str::<Event>(r#"{"amount":1.5,"type":"Paid"}"#).unwrap_err().to_string();
    assert!(error.contains("read as a float") && !error.contains("1.5"), "{error}");
}

#[cfg(feature = "rust_decimal")]
#[test]
fn decimals_of_the_other_library_come_in_always_and_go_out_when_it_holds_them() {
    use rust_decimal::Decimal as Other;
    for text in ["0.00", "-1.50", "79228162514264337593543950335", "0.0000000000000000000000000001"] {
        let other = Other::from_str_exact(text).unwrap();
        assert_eq!(Decimal::from(other).to_string(), text);
        assert_eq!(Other::try_from(parse(text)).unwrap().to_string(), text);
    }
    let padded = parse("79228162514264337593543950335.00");
    assert_eq!(Other::try_from(padded), Ok(Other::MAX));
    for text in ["79228162514264337593543950336", "1e-29", UINT256] {
        assert!(Other::try_from(parse(text)).is_err(), "{text}");
    }
}
