use serde::Deserialize;
use serde_json::{Value, json};

use super::{Json, JsonObject};
use crate::Decimal;

fn json(text: &str) -> Json {
    text.parse().unwrap()
}

#[test]
fn a_value_is_written_as_it_was_read() {
    for text in [
        "1.10",
        "-0.0",
        "1E+3",
        "1e400",
        "123456789012345678901234567890.1234567890",
        "null",
        r#""\u0041\/""#,
        r#"{ "b" : [1.10, {"a":1.0}], "b":2, "a":"x" }"#,
        r#""\ud800""#,
    ] {
        let read: Json = serde_json::from_str(&format!(" {text}\n")).unwrap();
        assert_eq!((read.as_json_text(), serde_json::to_string(&read).unwrap().as_str()), (text, text));
        assert_eq!(json(text).as_json_text(), text);
        assert_eq!(serde_json::from_str::<Vec<Json>>(&format!("[{text}]")).unwrap()[0].as_json_text(), text);
    }
    assert_eq!(serde_json::from_str::<Option<Json>>("null").unwrap(), None);
    for text in ["", "{", "nul", "1.", "{} {}", "'a'"] {
        assert!(text.parse::<Json>().is_err(), "{text}");
    }
}

#[test]
fn single_values_are_seen_for_what_they_are() {
    let of = json(
        r#"{"text":"a","escaped":"a\n\u00fc","yes":true,"n":-7,"rate":1.10,"amount":"2.50","none":null,"list":[1.10]}"#,
    );
    let get = |key: &str| of.get(key).unwrap();
    assert_eq!(
        (get("text").as_str().unwrap(), get("escaped").as_str().unwrap()),
        ("a".into(), "a\nü".into())
    );
    assert_eq!(
        (get("yes").as_bool(), get("n").as_i64(), get("none").is_null()),
        (Some(true), Some(-7), true)
    );
    assert_eq!(get("rate").as_decimal().unwrap().to_string(), "1.10");
    assert_eq!(get("amount").as_decimal().unwrap().to_string(), "2.50");
    assert_eq!(get("list").as_array().unwrap()[0].as_json_text(), "1.10");
    assert_eq!(of.as_object().unwrap()["rate"].as_json_text(), "1.10");

    let list = get("list");
    assert_eq!((list.as_str(), list.as_bool(), list.as_i64(), list.get("x")), (None, None, None, None));
    assert_eq!((list.as_decimal(), list.as_object(), of.as_array(), of.get("x")), (None, None, None, None));
    assert_eq!((get("rate").as_i64(), json("\"7\"").as_i64()), (None, None));
    assert_eq!(json(r#""\ud800""#).as_str(), None);
}

#[test]
fn a_value_is_read_as_a_type_and_an_error_does_not_show_it() {
    #[derive(Deserialize, PartialEq, Debug)]
    struct Limits {
        max: Decimal,
    }
    assert_eq!(json(r#"{"max":"1.10","x":1}"#).deserialize_as::<Limits>().unwrap().max.to_string(), "1.10");
    let object = JsonObject::from([("max", Decimal::from(3))]);
    assert_eq!(object.deserialize_as::<Limits>().unwrap(), Limits { max: Decimal::from(3) });

    let error = json(r#""4111111111111111""#).deserialize_as::<u8>().unwrap_err();
    assert_eq!(error.to_string(), "invalid type: string, expected u8");
    assert_eq!(json("{}").deserialize_as::<Limits>().unwrap_err().to_string(), "missing field `max`");
}

#[test]
fn what_serde_json_holds_of_it_is_a_convenience_that_loses_digits() {
    assert_eq!(json(r#"{"a":[1.10]}"#).to_value_lossy().unwrap(), json!({"a": [1.1]}));
    assert!(json("1e400").to_value_lossy().is_err());
}

#[test]
fn it_is_made_from_what_callers_have() {
    let decimal: Decimal = "1.10".parse().unwrap();
    for (made, text) in [
        (Json::from("a\"b"), r#""a\"b""#),
        (Json::from(String::from("{}")), "\"{}\""),
        (Json::from(true), "true"),
        (Json::from(-1), "-1"),
        (Json::from(u64::MAX), "18446744073709551615"),
        (Json::from(decimal), "\"1.10\""),
        (Json::number_from_decimal(decimal), "1.10"),
        (Json::from(vec![1, 2]), "[1,2]"),
        (Json::from(None::<bool>), "null"),
        (Json::from(Some("a")), "\"a\""),
        (Json::from(json!({"a": [null]})), r#"{"a":[null]}"#),
        (Json::from(JsonObject::from([("a", Json::number_from_decimal(decimal))])), r#"{"a":1.10}"#),
        (Json::from_serialize(&("a", 1)).unwrap(), r#"["a",1]"#),
        (Json::default(), "null"),
    ] {
        assert_eq!(made.as_json_text(), text);
    }
    assert!(Json::from_serialize(&std::collections::BTreeMap::from([((1, 2), 3)])).is_err());
}

#[test]
fn an_object_is_made_from_pairs_and_keeps_its_values_as_they_are() {
    let mut object: JsonObject = serde_json::from_str(r#"{"b":1.10,"a":[0.0]}"#).unwrap();
    assert_eq!(object.insert("b", "new").unwrap().as_json_text(), "1.10");
    object.extend([("c", true)]);
    assert_eq!(serde_json::to_string(&object).unwrap(), r#"{"a":[0.0],"b":"new","c":true}"#);
    assert_eq!(object.keys().collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(JsonObject::from([("a", 1)]), JsonObject::from_serialize(&json!({"a": 1.0})).unwrap());
    assert_eq!(JsonObject::from(serde_json::Map::new()), JsonObject::new());
    assert!(JsonObject::from_serialize(&[1]).is_err());
    assert!(serde_json::from_str::<JsonObject>("[]").is_err());
}

#[test]
fn equal_is_what_means_the_same() {
    for (a, b) in [
        (r#"{"a":1,"b":[true,"ü"]}"#, r#" { "b" : [ true , "\u00fc" ] , "a" : 1 }"#),
        ("1.10", "1.1"),
        ("100", "1e2"),
        ("0.5", "5E-1"),
        ("-0.00", "0"),
        ("1e9999999999999999999999", "1e9999999999999999999999"),
        (r#"{"a":1,"a":2}"#, r#"{"a":2}"#),
    ] {
        assert_eq!(json(a), json(b), "{a} {b}");
    }
    for (a, b) in [
        ("1.1", "1.10000000000000000000000000001"),
        ("9007199254740993", "9007199254740992"),
        ("1", "-1"),
        ("10", "1"),
        ("0.1", "1"),
        ("1e9999999999999999999999", "1e99999999999999999999999"),
        ("1", "\"1\""),
        ("null", "false"),
        ("[1,2]", "[2,1]"),
        ("[1]", "[1,1]"),
        (r#"{"a":1}"#, r#"{"b":1}"#),
        (r#"{"a":1}"#, r#"{"a":1,"b":1}"#),
        (r#""\ud800""#, r#""\ud801""#),
    ] {
        assert_ne!(json(a), json(b), "{a} {b}");
    }
    assert_eq!(json(r#"{"a":[1.50]}"#), json!({"a": [1.5]}));
    assert_ne!(json("1.50"), Value::from("1.50"));
    assert!(json("\"a\"") == "a" && json("\"a\"") != "b" && json("1") != "1");
}

#[test]
fn any_depth_is_read_compared_and_given_back() {
    let deep = |inner: &str| format!("{}{inner}{}", "[".repeat(100_000), "]".repeat(100_000));
    let (one, other) = (json(&deep("1")), json(&deep("1.0")));
    assert_eq!(one, one.clone());
    assert_ne!(one, other);
    assert!(one.to_value_lossy().is_err() && one.get("a").is_none());
}

#[test]
fn nothing_of_it_is_printed() {
    let object = JsonObject::from([("iban", "DE89370400440532013000")]);
    assert_eq!(format!("{object:?} {:?}", Json::from(object.clone())), "JsonObject(1 key) Json(33 bytes)");
    assert_eq!(format!("{:?}", JsonObject::new()), "JsonObject(0 keys)");
}

#[test]
fn a_zero_is_a_zero_however_it_is_written() {
    assert_eq!(json("0e99999999999999999999"), json("-0.000"));
    assert_ne!(json("1e99999999999999999999"), json("0"));
}
