use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::*;
use crate::{Decimal, JsonObject};

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
struct Order {
    id: Option<u32>,
    amount: Option<Decimal>,
    parties: Option<Vec<Party>>,
    fees: Option<Fees>,
    open: Option<Open>,
    note: Option<String>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Party {
    name: String,
    born: Option<u16>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Fees {
    total: Decimal,
    percent: Option<Decimal>,
}

/// An object that keeps unknown properties, as generated types do.
#[derive(Default, PartialEq)]
struct Open {
    status: Option<bool>,
    inner: Option<Box<Open>>,
    rest: JsonObject,
}

crate::__object!(Open { status: "status" optional, inner: "inner" optional; ..rest });

/// Deserializes a text leniently. Returns the value and the paths of the fields that were left out, or the reason why
/// the text cannot be read.
fn read<T: DeserializeOwned>(text: &str, root: &[&str]) -> Result<(T, Vec<String>), TypeMismatch> {
    let mut read = None;
    let unreadable = deserialize_leniently(text.as_bytes(), root, &mut |text| {
        read = Some(serde_json::from_slice(text)?);
        Ok(())
    })?;
    Ok((read.unwrap(), unreadable.iter().map(UnreadableField::path).collect()))
}

fn order(text: &str) -> (Order, Vec<String>) {
    read(text, &[]).unwrap_or_else(|mismatch| panic!("{text}: {} at {}", mismatch.reason, mismatch.path))
}

#[test]
fn what_fits_is_read_once_and_nothing_is_left_out() {
    let mut times = 0;
    let unreadable = deserialize_leniently(br#"{"id":1}"#, &[], &mut |text| {
        times += 1;
        serde_json::from_slice::<Order>(text).map(drop)
    });
    assert!(unreadable.is_ok_and(|unreadable| unreadable.is_empty()));
    assert_eq!(times, 1);
}

#[test]
fn an_optional_field_that_does_not_fit_is_left_out_wherever_it_stands() {
    for (text, left_out) in [
        (r#"{"amount":"","id":7}"#, "amount"),
        (r#"{"id":7,"amount":"-"}"#, "amount"),
        ("{\"id\":7,\n \"amount\" : \"1,5\" \n}", "amount"),
        (r#"{"amount":{"value":1},"id":7}"#, "amount"),
        (r#"{"id":7,"amount":[1]}"#, "amount"),
        (r#"{"note":5,"id":7}"#, "note"),
        (r#"{"note":{"deep":[{}]},"id":7}"#, "note"),
        (r#"{"id":7,"fees":"none"}"#, "fees"),
        (r#"{"id":7,"parties":{"name":"x"}}"#, "parties"),
        (r#"{"id":7,"open":[]}"#, "open"),
    ] {
        let expected = Order { id: Some(7), ..Order::default() };
        assert_eq!(order(text), (expected, vec![left_out.to_owned()]), "{text}");
    }
}

#[test]
fn a_field_of_an_item_is_left_out_and_the_item_stays() {
    let text =
        r#"{"parties":[{"name":"a","born":"?"},{"name":"b","born":1990},{"born":[],"name":"c"}],"id":true}"#;
    let (order, left_out) = order(text);
    let born: Vec<_> = order.parties.unwrap().into_iter().map(|party| (party.name, party.born)).collect();
    let expected = [("a", None), ("b", Some(1990)), ("c", None)];
    assert_eq!(born, expected.map(|(name, born)| (name.to_owned(), born)));
    assert_eq!(left_out, ["parties[0].born", "parties[2].born", "id"]);
}

#[test]
fn what_is_required_takes_the_optional_object_around_it_along() {
    let (found, left_out) = order(r#"{"id":1,"fees":{"percent":"x","total":"y"},"note":"n"}"#);
    assert_eq!((found.id, found.fees, found.note.as_deref()), (Some(1), None, Some("n")));
    assert_eq!(left_out, ["fees"], "what was left out inside of it before is a part of it");
    for missing in
        [r#"{"id":1,"fees":{}}"#, r#"{"fees":{"percent":1},"id":1}"#, r#"{"fees":{"total":null},"id":1}"#]
    {
        let (order, left_out) = self::order(missing);
        assert_eq!(
            (order.id, order.fees, left_out),
            (Some(1), None, vec![String::from("fees")]),
            "{missing}"
        );
    }
}

#[test]
fn an_item_is_never_left_out_and_neither_is_its_list() {
    for (text, at) in [
        (r#"{"parties":[{"name":"a"},{"name":7}]}"#, "parties[1].name"),
        (r#"{"parties":[{"name":"a"},{"born":7}]}"#, "parties[1]"),
        (r#"{"parties":[{"name":"a"},"b"]}"#, "parties[1]"),
        (r#"{"parties":[null]}"#, "parties[0]"),
    ] {
        let mismatch = read::<Order>(text, &[]).err().unwrap();
        assert_eq!(
            (mismatch.path.to_string().as_str(), mismatch.would_be_left_out_without_limit),
            (at, false),
            "{text}"
        );
    }
}

#[test]
fn an_object_that_keeps_what_it_does_not_know_names_its_own_fields() {
    let open = r#""open":{"x":1.10,"status":"no","inner":{"inner":{"y":2,"status":999}}}"#;
    for text in [format!(r#"{{{open},"id":7}}"#), format!(r#"{{"id":7,{open}}}"#)] {
        let (order, left_out) = order(&text);
        let open = order.open.unwrap();
        assert_eq!((open.status, open.rest["x"].as_json_text()), (None, "1.10"), "{text}");
        assert!(open.inner.unwrap().inner.unwrap().rest.contains_key("y"), "{text}");
        assert_eq!(left_out, ["open.status", "open.inner.inner.status"], "{text}");
    }
}

#[test]
fn only_what_is_inside_the_root_is_left_out() {
    #[derive(Debug, Deserialize)]
    struct Wrapped {
        data: Option<Order>,
        more: Option<u8>,
    }
    let (wrapped, left_out) = read::<Wrapped>(r#"{"more":1,"data":{"id":"x"}}"#, &["data"]).ok().unwrap();
    assert_eq!((wrapped.data, wrapped.more), (Some(Order::default()), Some(1)));
    assert_eq!(left_out, ["data.id"]);
    for (text, at) in [(r#"{"data":7}"#, "data"), (r#"{"more":"x","data":{}}"#, "more")] {
        assert_eq!(read::<Wrapped>(text, &["data"]).err().unwrap().path.to_string(), at, "{text}");
    }
}

#[test]
fn what_is_no_json_is_not_mended() {
    for text in ["", "{", r#"{"id":"#, r#"{"id":"x","note"#, r#"{"id":1}}"#, r#"{"id":tru}"#, r#"{"id":01}"#]
    {
        assert!(read::<Order>(text, &[]).is_err(), "{text}");
    }
    let cut = read::<Order>(r#"{"id":"x","note":"abc"#, &[]).err().unwrap();
    assert_eq!(cut.path.to_string(), "note", "what was left out before it is not what stopped it");
}

#[test]
fn the_reason_is_there_and_the_value_is_not() {
    let text =
        r#"{"amount":"4111111111111111x","note":4111111111111111,"fees":{"total":"4111111111111111y"}}"#;
    let unreadable = deserialize_leniently(text.as_bytes(), &[], &mut |text| {
        serde_json::from_slice::<Order>(text).map(drop)
    });
    let shown = format!("{:?}", unreadable.ok().unwrap());
    assert!(shown.contains("note: invalid type: integer, expected a string"), "{shown}");
    assert!(
        shown.contains("amount: not a decimal") && shown.contains("fees: ") && !shown.contains("4111"),
        "{shown}"
    );
}

#[test]
fn the_position_is_that_of_the_text_as_it_was_sent() {
    let text = "{\"note\":1,\n\"parties\":[{\"name\":2}]}";
    let mismatch = read::<Order>(text, &[]).err().unwrap();
    assert_eq!(
        (mismatch.path.to_string().as_str(), mismatch.line_and_column),
        ("parties[0].name", Some((2, 20)))
    );
}

#[test]
fn only_so_much_is_left_out() {
    let with = |fields: usize| {
        let party = r#"{"name":"a","born":"?"}"#;
        format!(r#"{{"parties":[{}]}}"#, vec![party; fields].join(","))
    };
    assert_eq!(order(&with(MAX_LEFT_OUT_FIELDS)).1.len(), MAX_LEFT_OUT_FIELDS);
    let mismatch = read::<Order>(&with(MAX_LEFT_OUT_FIELDS + 1), &[]).err().unwrap();
    assert!(mismatch.would_be_left_out_without_limit);
    assert_eq!(mismatch.path.to_string(), format!("parties[{MAX_LEFT_OUT_FIELDS}].born"));
    // The text has two unreadable fields, and is too long to be read a third time.
    let long = format!(r#"{{"note":1,"id":"","x":"{}"}}"#, "x".repeat(MAX_REREAD_BYTES * 2 / 3));
    let mismatch = read::<Order>(&long, &[]).err().unwrap();
    assert_eq!((mismatch.path.to_string().as_str(), mismatch.would_be_left_out_without_limit), ("id", true));
}

#[test]
fn what_somebody_else_did_not_look_at_is_not_taken_for_a_place() {
    assert!(serde_json::from_str::<Open>(r#"{"status":"x"}"#).is_err());
    assert_eq!(order(r#"{"open":{"y":1},"id":"x"}"#).1, ["id"]);
}
