use std::collections::BTreeMap;

use serde_json::json;

use super::{ReadFailure, Value, ValueReader, ValueWriter, find_non_positive_amount_path};
use crate::value::UnresolvedUnionValue;
use crate::{Decimal, Json, JsonObject};

/// An object with a property of each kind, as generated code has it.
#[derive(Clone, PartialEq)]
struct Payout {
    amount: Decimal,
    hours: Option<i64>,
    closed: Option<bool>,
    iban: Option<String>,
    pin: String,
    tag: String,
    fees: Option<BTreeMap<String, Vec<Fee>>>,
    extra: JsonObject,
}

crate::__object!(Payout {
    amount: "amount" number,
    hours: "openingHours" optional,
    closed: "closed" nullable,
    iban: "iban" optional sensitive,
    pin: "pin" sensitive,
    tag: "tag" hidden,
    fees: "fees" optional;
    ..extra
});

#[derive(Clone, PartialEq)]
struct Fee {
    percent: Option<Box<Decimal>>,
}

crate::__object!(Fee { percent: "percent" optional });

const FULL: &str = r#"{"amount":1.10,"openingHours":7,"closed":true,"iban":"DE00","pin":"0000","tag":"t","fees":{"eur":[{"percent":"0.5"},{}]},"deep":{"list":[1.10,0.12345678901234567890]},"rate":1.0}"#;
const LEAST: &str = r#"{"amount":1,"closed":null,"pin":"","tag":""}"#;

fn error(text: &str) -> String {
    serde_json::from_str::<Payout>(text).err().unwrap().to_string()
}

#[test]
fn what_was_read_is_written_as_it_came() {
    for text in [FULL, LEAST] {
        let payout: Payout = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&payout).unwrap(), text);
        let value = serde_json::to_value(&payout).unwrap();
        assert_eq!(
            serde_json::to_value(serde_json::from_value::<Payout>(value.clone()).unwrap()).unwrap(),
            value
        );
    }
    let payout: Payout = serde_json::from_str(FULL).unwrap();
    assert_eq!((payout.hours, payout.extra["rate"].as_json_text()), (Some(7), "1.0"));
    assert_eq!(payout.fees.unwrap()["eur"][1], Fee { percent: None });
}

#[test]
fn properties_come_in_any_order_and_null_is_as_good_as_absent() {
    let text =
        r#"{"x":1,"tag":"","openingHours":null,"pin":"","iban":null,"closed":null,"x":2,"amount":"1"}"#;
    let payout: Payout = serde_json::from_str(text).unwrap();
    let least = Payout { extra: JsonObject::from([("x", 2)]), ..serde_json::from_str(LEAST).unwrap() };
    assert!(payout == least);
    let fee: Fee = serde_json::from_str(r#"{"more":{"percent":[1]},"percent":2}"#).unwrap();
    assert_eq!(*fee.percent.unwrap(), Decimal::from(2));
}

#[test]
fn a_property_that_is_missing_repeated_or_does_not_fit_is_an_error() {
    assert_eq!(error("{}"), "missing field `amount` at line 1 column 2");
    assert_eq!(error(r#"{"amount":1,"pin":"","tag":""}"#), "missing field `closed` at line 1 column 30");
    assert!(error(r#"{"amount":1,"amount":2}"#).starts_with("duplicate field `amount`"));
    assert!(error(r#"{"openingHours":null,"openingHours":7}"#).starts_with("duplicate field `openingHours`"));
    assert!(error(r#"{"amount":null}"#).starts_with("not a decimal number"));
    assert!(error(r#"{"pin":null}"#).starts_with("invalid type: null, expected a string"));
    assert!(error(r#"{"openingHours":[]}"#).starts_with("invalid type: sequence, expected i64"));
    assert!(error(r#"{"fees":{"eur":[{"percent":{}}]}}"#).starts_with("not a decimal number"));
    assert!(error(r#"{"fees":[]}"#).starts_with("invalid type: sequence, expected a map"));
    for text in ["[]", r#"[1.10,7,true,"","","",{}]"#, "7", "null"] {
        assert!(error(text).contains("expected struct Payout"), "{text}");
    }
}

#[test]
fn debug_shows_no_secret_and_no_hidden_tag() {
    let payout: Payout = serde_json::from_str(FULL).unwrap();
    assert_eq!(
        format!("{payout:?}"),
        "Payout { amount: 1.10, hours: Some(7), closed: Some(true), iban: Some([redacted]), pin: [redacted], \
         fees: Some({\"eur\": [Fee { percent: Some(0.5) }, Fee { percent: None }]}), extra: JsonObject(2 keys) }"
    );
    let payout: Payout = serde_json::from_str(LEAST).unwrap();
    assert!(format!("{payout:?}").contains("iban: None, pin: [redacted], fees: None"));
}

#[test]
fn formats_without_text_have_every_value_too() {
    let payout: Payout = serde_json::from_value(json!({
        "amount": "1.10", "openingHours": 7, "closed": null, "pin": "0000", "tag": "t", "fees": {"eur": []}, "x": "y",
    }))
    .unwrap();
    assert_eq!(
        serde_json::to_string(&payout).unwrap(),
        r#"{"amount":1.10,"openingHours":7,"closed":null,"pin":"0000","tag":"t","fees":{"eur":[]},"x":"y"}"#
    );
}

/// A union that may hold more of its kind.
#[derive(Debug)]
struct Tree(Branches);

struct Branches {
    branches: Option<Vec<Tree>>,
}

crate::__object!(Branches { branches: "branches" optional });

impl Value for Tree {
    fn read(reader: &mut dyn ValueReader) -> Result<Self, ReadFailure> {
        UnresolvedUnionValue::from_reader(reader)?.deserialize_as(reader).map(Tree)
    }

    fn write(&self, writer: &mut dyn ValueWriter) {
        self.0.write(writer);
    }
}

crate::__impl_serde_for_value!(Tree);

#[test]
fn what_holds_more_of_its_kind_is_read_to_some_depth_and_no_deeper() {
    let tree = |depth: usize| format!(r#"{}{{}}{}"#, r#"{"branches":["#.repeat(depth), "]}".repeat(depth));
    let mut depth = 0;
    let mut next = &serde_json::from_str::<Tree>(&tree(20)).unwrap();
    while let Some(branch) = next.0.branches.as_ref().and_then(|branches| branches.first()) {
        (depth, next) = (depth + 1, branch);
    }
    assert_eq!(depth, 20);
    for depth in [40, 20_000] {
        let error = serde_json::from_str::<Tree>(&tree(depth)).unwrap_err();
        assert!(error.to_string().contains("nested too deep"), "{error}");
    }
    assert!(serde_json::from_str::<Tree>(&tree(20)).is_ok(), "one that was too deep leaves nothing behind");
    assert!(serde_json::from_str::<Branches>(&tree(20)).is_ok());
}

/// An object that may hold more of its kind.
struct Node {
    next: Option<Box<Node>>,
    anything: Option<Json>,
}

crate::__object!(Node { next: "next" optional, anything: "anything" optional });

#[test]
fn an_object_within_itself_is_read_as_deep_as_the_parser_goes() {
    let node = |depth: usize| format!("{}{{}}{}", r#"{"next":"#.repeat(depth), "}".repeat(depth));
    let read: Node = serde_json::from_str(&node(100)).unwrap();
    assert!(read.next.unwrap().anything.is_none());
    assert!(
        serde_json::from_str::<Node>(&node(20_000)).err().unwrap().to_string().contains("recursion limit")
    );
}

/// An object that has amounts under any keys beside its property.
#[derive(PartialEq)]
struct Bill {
    id: String,
    extra: BTreeMap<String, Option<Decimal>>,
}

crate::__object!(Bill { id: "id"; ..extra number sensitive });

#[test]
fn values_beside_the_properties_have_their_type_on_both_ways() {
    let text = r#"{"id":"b-1","eur":0.10,"usd":null}"#;
    let bill: Bill = serde_json::from_str(text).unwrap();
    assert_eq!(bill.extra["eur"], "0.10".parse().ok());
    assert_eq!(serde_json::to_string(&bill).unwrap(), text);
    assert_eq!(format!("{bill:?}"), r#"Bill { id: "b-1", extra: [redacted] }"#);
    let error = serde_json::from_str::<Bill>(r#"{"id":"b-1","eur":true}"#).err().unwrap();
    assert!(error.to_string().contains("decimal"), "{error}");
}

/// A payment with amounts in each kind of property that can have them, and a rate that may be zero.
struct Payment {
    amount: Decimal,
    rate: Option<Decimal>,
    fees: Option<Vec<Decimal>>,
    shares: Option<BTreeMap<String, Decimal>>,
    next: Option<Box<Payment>>,
    extra: BTreeMap<String, Decimal>,
}

crate::__object!(Payment {
    amount: "amount" above_zero,
    rate: "rate" optional,
    fees: "fees" optional above_zero,
    shares: "shares" optional above_zero,
    next: "next" optional;
    ..extra above_zero
});

#[test]
fn the_first_amount_of_zero_or_less_is_found() {
    for (text, expected) in [
        (r#"{"amount":0}"#, "amount"),
        (r#"{"amount":-0.01}"#, "amount"),
        (r#"{"amount":1,"fees":[1,0,0]}"#, "fees[1]"),
        (r#"{"amount":1,"shares":{"a":1,"b":-1}}"#, "shares.b"),
        (r#"{"amount":1,"next":{"amount":0}}"#, "next.amount"),
        (r#"{"amount":1,"tip":0}"#, "tip"),
        (r#"{"amount":0,"fees":[0],"tip":0}"#, "amount"),
    ] {
        let payment: Payment = serde_json::from_str(text).unwrap();
        assert_eq!(find_non_positive_amount_path(&payment, false).unwrap().to_string(), expected, "{text}");
    }
    let smallest = "0.000000000000000001";
    let text = format!(
        r#"{{"amount":{smallest},"rate":0,"fees":[{smallest}],"shares":{{"a":1}},"next":{{"amount":1,"rate":-1}},"tip":1}}"#
    );
    assert!(find_non_positive_amount_path(&serde_json::from_str::<Payment>(&text).unwrap(), false).is_none());
}
