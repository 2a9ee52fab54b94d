//! Tests of parameters with the table "Style Examples" of OpenAPI 3.0.3 (Parameter Object), and with the examples of
//! RFC 6570 that the table refers to.

use std::collections::BTreeMap;

use serde::Serialize;

use super::ParameterStyle::{DeepObject, Form, Json, Label, Matrix, PipeDelimited, Simple, SpaceDelimited};
use super::*;

#[derive(Serialize)]
struct Color {
    #[serde(rename = "R")]
    r: u8,
    #[serde(rename = "G")]
    g: u8,
    #[serde(rename = "B")]
    b: Option<u8>,
}

const COLOR: Color = Color { r: 100, g: 200, b: Some(150) };
const COLORS: [&str; 3] = ["blue", "black", "brown"];

fn path<T: Serialize>(format: ParameterFormat, value: &T) -> String {
    format_path_value("color", format, &FlatValue::from_value(format, value).unwrap()).unwrap()
}

fn query<T: Serialize>(format: ParameterFormat, value: &T) -> String {
    let mut pairs = EscapedPairs::default();
    pairs.add_value("color", format, &FlatValue::from_value(format, value).unwrap()).unwrap();
    pairs.0
}

fn header<T: Serialize>(format: ParameterFormat, value: &T) -> Option<String> {
    format_header_value(format, &FlatValue::from_value(format, value).unwrap()).unwrap()
}

#[test]
fn a_path_has_the_styles_of_the_specification() {
    for (format, text, list, object) in [
        (Simple.without_explode(), "blue", "blue,black,brown", "R,100,G,200,B,150"),
        (Simple.with_explode(), "blue", "blue,black,brown", "R=100,G=200,B=150"),
        (Label.with_explode(), ".blue", ".blue.black.brown", ".R=100.G=200.B=150"),
        (Matrix.without_explode(), ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"),
        (Matrix.with_explode(), ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"),
    ] {
        assert_eq!(path(format, &"blue"), text, "{format:?}");
        assert_eq!(path(format, &COLORS), list, "{format:?}");
        assert_eq!(path(format, &COLOR), object, "{format:?}");
    }
    assert_eq!(path(Matrix.without_explode(), &""), ";color");
    assert_eq!(path(Label.without_explode(), &"a.b"), ".a.b");
}

#[test]
fn a_query_has_the_styles_of_the_specification() {
    for (format, list) in [
        (Form.with_explode(), "color=blue&color=black&color=brown"),
        (Form.without_explode(), "color=blue,black,brown"),
        (SpaceDelimited.without_explode(), "color=blue%20black%20brown"),
        (PipeDelimited.without_explode(), "color=blue%7Cblack%7Cbrown"),
    ] {
        assert_eq!(query(format, &COLORS), list);
    }
    assert_eq!(query(Form.with_explode(), &COLOR), "R=100&G=200&B=150");
    assert_eq!(query(Form.without_explode(), &COLOR), "color=R,100,G,200,B,150");
    assert_eq!(
        query(DeepObject.with_explode(), &COLOR),
        "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"
    );
    assert_eq!(query(Json.without_explode(), &COLORS), "color=%5B%22blue%22%2C%22black%22%2C%22brown%22%5D");
    assert_eq!(query(Form.with_explode(), &"blue"), "color=blue");
    assert_eq!(query(Form.with_explode(), &""), "color=");
}

#[test]
fn a_header_has_its_items_in_one_line() {
    assert_eq!(header(Simple.without_explode(), &COLORS).unwrap(), "blue,black,brown");
    assert_eq!(header(Simple.without_explode(), &COLOR).unwrap(), "R,100,G,200,B,150");
    assert_eq!(header(Simple.with_explode(), &COLOR).unwrap(), "R=100,G=200,B=150");
    assert_eq!(header(Simple.without_explode(), &Vec::<String>::new()), None);
    let flat = FlatValue::from_value(Simple.without_explode(), &["a,b"]).unwrap();
    assert!(format_header_value(Simple.without_explode(), &flat).is_err());
}

#[test]
fn everything_but_unreserved_characters_is_escaped() {
    // The unreserved characters are defined in RFC 3986, section 2.3, and their use in RFC 6570, section 3.2.2.
    let value = "a-._~ /?#[]@!$&'()*+,;=%\u{fc}|";
    let escaped = "a-._~%20%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%25%C3%BC%7C";
    assert_eq!(path(Simple.without_explode(), &value), escaped);
    assert_eq!(query(Form.without_explode(), &value), format!("color={escaped}"));
    assert_eq!(path(Simple.without_explode(), &["a,b", "c"]), "a%2Cb,c");
    let mut form = UrlEncodedForm::new();
    form.add_field("a b", Form.with_explode(), &"1 + 1");
    assert_eq!(form.into_body_text().unwrap(), "a+b=1+%2B+1");
}

#[test]
fn text_is_that_of_json_without_its_quotes() {
    let moment: DateTime<Utc> = "2026-11-26T11:00:00+01:00".parse().unwrap();
    assert_eq!(path(Simple.without_explode(), &moment), "2026-11-26T10%3A00%3A00Z");
    assert_eq!(format_rfc_3339(&moment), "2026-11-26T10:00:00Z");
    assert_eq!(header(Simple.without_explode(), &moment).unwrap(), "2026-11-26T10:00:00Z");
    let decimal: crate::Decimal = "0.10".parse().unwrap();
    assert_eq!(query(Form.with_explode(), &crate::plumbing::DecimalsAsNumbers(&decimal)), "color=0.10");
    assert_eq!(query(Form.with_explode(), &true), "color=true");
}

#[test]
fn what_is_empty_or_null_is_left_out() {
    let color = Color { b: None, ..COLOR };
    assert_eq!(query(Form.with_explode(), &color), "R=100&G=200");
    assert_eq!(query(Form.with_explode(), &None::<String>), "");
    assert_eq!(query(Form.with_explode(), &Vec::<String>::new()), "");
    assert_eq!(query(DeepObject.with_explode(), &BTreeMap::<String, String>::new()), "");
}

#[test]
fn what_a_style_cannot_write_is_an_error() {
    let format = Form.with_explode();
    assert!(FlatValue::from_value(format, &[[1]]).is_err());
    assert!(FlatValue::from_value(format, &[None::<u8>]).is_err());
    assert!(FlatValue::from_value(format, &BTreeMap::from([("a", [1])])).is_err());
    for text in ["", ".", ".."] {
        let flat = FlatValue::from_value(Simple.without_explode(), text).unwrap();
        assert!(format_path_value("color", Simple.without_explode(), &flat).is_err(), "{text}");
    }
    let flat = FlatValue::from_value(PipeDelimited.without_explode(), &["a|b"]).unwrap();
    assert!(EscapedPairs::default().add_value("color", PipeDelimited.without_explode(), &flat).is_err());
}
