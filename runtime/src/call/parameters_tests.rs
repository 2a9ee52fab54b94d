//! Tests of parameters with the table "Style Examples" of OpenAPI 3.0.3 (Parameter Object), and with the examples of
//! RFC 6570 that the table refers to.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Style::{DeepObject, Form, Json, Label, Matrix, PipeDelimited, Simple, SpaceDelimited};
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
        (Simple.joined(), "blue", "blue,black,brown", "R,100,G,200,B,150"),
        (Simple.exploded(), "blue", "blue,black,brown", "R=100,G=200,B=150"),
        (Label.exploded(), ".blue", ".blue.black.brown", ".R=100.G=200.B=150"),
        (Matrix.joined(), ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"),
        (Matrix.exploded(), ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"),
    ] {
        assert_eq!(path(format, &"blue"), text, "{format:?}");
        assert_eq!(path(format, &COLORS), list, "{format:?}");
        assert_eq!(path(format, &COLOR), object, "{format:?}");
    }
    assert_eq!(path(Matrix.joined(), &""), ";color");
    assert_eq!(path(Label.joined(), &"a.b"), ".a.b");
}

#[test]
fn a_query_has_the_styles_of_the_specification() {
    for (format, list) in [
        (Form.exploded(), "color=blue&color=black&color=brown"),
        (Form.joined(), "color=blue,black,brown"),
        (SpaceDelimited.joined(), "color=blue%20black%20brown"),
        (PipeDelimited.joined(), "color=blue%7Cblack%7Cbrown"),
    ] {
        assert_eq!(query(format, &COLORS), list);
    }
    assert_eq!(query(Form.exploded(), &COLOR), "R=100&G=200&B=150");
    assert_eq!(query(Form.joined(), &COLOR), "color=R,100,G,200,B,150");
    assert_eq!(query(DeepObject.exploded(), &COLOR), "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150");
    assert_eq!(query(Json.joined(), &COLORS), "color=%5B%22blue%22%2C%22black%22%2C%22brown%22%5D");
    assert_eq!(query(Form.exploded(), &"blue"), "color=blue");
    assert_eq!(query(Form.exploded(), &""), "color=");
}

#[test]
fn a_header_has_its_items_in_one_line() {
    assert_eq!(header(Simple.joined(), &COLORS).unwrap(), "blue,black,brown");
    assert_eq!(header(Simple.joined(), &COLOR).unwrap(), "R,100,G,200,B,150");
    assert_eq!(header(Simple.exploded(), &COLOR).unwrap(), "R=100,G=200,B=150");
    assert_eq!(header(Simple.joined(), &Vec::<String>::new()), None);
    let flat = FlatValue::from_value(Simple.joined(), &["a,b"]).unwrap();
    assert!(format_header_value(Simple.joined(), &flat).is_err());
}

#[test]
fn everything_but_unreserved_characters_is_escaped() {
    // The unreserved characters are defined in RFC 3986, section 2.3, and their use in RFC 6570, section 3.2.2.
    let value = "a-._~ /?#[]@!$&'()*+,;=%\u{fc}|";
    let escaped = "a-._~%20%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%25%C3%BC%7C";
    assert_eq!(path(Simple.joined(), &value), escaped);
    assert_eq!(query(Form.joined(), &value), format!("color={escaped}"));
    assert_eq!(path(Simple.joined(), &["a,b", "c"]), "a%2Cb,c");
    let mut form = UrlForm::new();
    form.field("a b", Form.exploded(), &"1 + 1");
    assert_eq!(form.into_body_text().unwrap(), "a+b=1+%2B+1");
}

#[test]
fn text_is_that_of_json_without_its_quotes() {
    let moment: DateTime<Utc> = "2026-11-26T11:00:00+01:00".parse().unwrap();
    assert_eq!(path(Simple.joined(), &moment), "2026-11-26T10%3A00%3A00Z");
    assert_eq!(rfc_3339(&moment), "2026-11-26T10:00:00Z");
    assert_eq!(header(Simple.joined(), &moment).unwrap(), "2026-11-26T10:00:00Z");
    let decimal: crate::Decimal = "0.10".parse().unwrap();
    assert_eq!(query(Form.exploded(), &crate::plumbing::AsNumber(&decimal)), "color=0.10");
    assert_eq!(query(Form.exploded(), &true), "color=true");
}

#[test]
fn what_is_empty_or_null_is_left_out() {
    let color = Color { b: None, ..COLOR };
    assert_eq!(query(Form.exploded(), &color), "R=100&G=200");
    assert_eq!(query(Form.exploded(), &None::<String>), "");
    assert_eq!(query(Form.exploded(), &Vec::<String>::new()), "");
    assert_eq!(query(DeepObject.exploded(), &BTreeMap::<String, String>::new()), "");
}

#[test]
fn what_a_style_cannot_write_is_an_error() {
    let format = Form.exploded();
    assert!(FlatValue::from_value(format, &[[1]]).is_err());
    assert!(FlatValue::from_value(format, &[None::<u8>]).is_err());
    assert!(FlatValue::from_value(format, &BTreeMap::from([("a", [1])])).is_err());
    for text in ["", ".", ".."] {
        let flat = FlatValue::from_value(Simple.joined(), text).unwrap();
        assert!(format_path_value("color", Simple.joined(), &flat).is_err(), "{text}");
    }
    let flat = FlatValue::from_value(PipeDelimited.joined(), &["a|b"]).unwrap();
    assert!(EscapedPairs::default().add_value("color", PipeDelimited.joined(), &flat).is_err());
}
