//! A reference implementation of the serialization of values, written from the text of the specifications: RFC 6570
//! (section 3.2.1), RFC 3986 (section 2), RFC 1866 (section 8.2.1) and the table of styles in OpenAPI 3.0.3 (Parameter
//! Object, Style Examples).

use super::value_kinds::SampleValue;

/// The value of a variable of a URI template (RFC 6570, section 2.3). A null counts as an undefined value. Undefined
/// members of lists and objects are left out.
enum TemplateVariableValue {
    Undefined,
    Text(String),
    List(Vec<String>),
    Pairs(Vec<(String, String)>),
}

fn to_text(sample: &SampleValue) -> Option<String> {
    match sample {
        SampleValue::Text(text) | SampleValue::NumberOrBoolean(text) => Some((*text).to_owned()),
        SampleValue::Null | SampleValue::List(_) | SampleValue::Object(_) => None,
    }
}

fn to_template_variable_value(sample: &SampleValue) -> TemplateVariableValue {
    match sample {
        SampleValue::List(items) => match items.iter().filter_map(to_text).collect::<Vec<_>>() {
            items if items.is_empty() => TemplateVariableValue::Undefined,
            items => TemplateVariableValue::List(items),
        },
        SampleValue::Object(members) => {
            let pairs = members.iter().filter_map(|(key, value)| Some(((*key).to_owned(), to_text(value)?)));
            match pairs.collect::<Vec<_>>() {
                pairs if pairs.is_empty() => TemplateVariableValue::Undefined,
                pairs => TemplateVariableValue::Pairs(pairs),
            }
        }
        other => to_text(other).map_or(TemplateVariableValue::Undefined, TemplateVariableValue::Text),
    }
}

/// Percent-encodes every octet of a text except the unreserved characters (RFC 3986, 2.1 and 2.3).
pub fn percent_encode(text: &str) -> String {
    let octet = |octet: u8| match octet {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(octet).to_string(),
        _ => format!("%{octet:02X}"),
    };
    text.bytes().map(octet).collect()
}

/// An expression type of RFC 6570, with its properties from the table in appendix A. Each of OpenAPI's styles `simple`,
/// `label`, `matrix` and `form` corresponds to an expression type.
struct ExpressionType {
    first: &'static str,
    separator: &'static str,
    is_named: bool,
    if_empty: &'static str,
}

/// Expands a variable (RFC 6570, 3.2.1); returns `None` if the variable is undefined. `encode` is applied to every name
/// and value: it percent-encodes them, except in a header, where it leaves them unchanged.
fn expand_variable(
    expression: &ExpressionType,
    explode: bool,
    name: &str,
    variable: TemplateVariableValue,
    encode: fn(&str) -> String,
) -> Option<String> {
    let named = |name: &str, value: String| match (expression.is_named, value.is_empty()) {
        (false, _) => value,
        (true, true) => format!("{}{}", encode(name), expression.if_empty),
        (true, false) => format!("{}={value}", encode(name)),
    };
    let expanded = match variable {
        TemplateVariableValue::Undefined => return None,
        TemplateVariableValue::Text(text) => named(name, encode(&text)),
        TemplateVariableValue::List(items) if explode => {
            let items: Vec<String> = items.iter().map(|item| named(name, encode(item))).collect();
            items.join(expression.separator)
        }
        TemplateVariableValue::List(items) => {
            named(name, items.iter().map(|item| encode(item)).collect::<Vec<_>>().join(","))
        }
        TemplateVariableValue::Pairs(pairs) if explode => {
            let pair = |(key, value): &(String, String)| format!("{}={}", encode(key), encode(value));
            pairs.iter().map(pair).collect::<Vec<_>>().join(expression.separator)
        }
        TemplateVariableValue::Pairs(pairs) => {
            let pair = |(key, value): &(String, String)| format!("{},{}", encode(key), encode(value));
            named(name, pairs.iter().map(pair).collect::<Vec<_>>().join(","))
        }
    };
    Some(format!("{}{expanded}", expression.first))
}

const SIMPLE: ExpressionType = ExpressionType { first: "", separator: ",", is_named: false, if_empty: "" };
const LABEL: ExpressionType = ExpressionType { first: ".", separator: ".", is_named: false, if_empty: "" };
const MATRIX: ExpressionType = ExpressionType { first: ";", separator: ";", is_named: true, if_empty: "" };
/// How RFC 6570 serializes query parameters (the expression `{?name}`), with one difference: no `?` is written at the
/// beginning.
const FORM_QUERY_EXPRESSION_TYPE: ExpressionType =
    ExpressionType { first: "", separator: "&", is_named: true, if_empty: "=" };

/// Serializes a path parameter. Returns `None` if RFC 6570 calls the value undefined, like an empty list.
pub fn serialize_path_parameter(
    style: &str,
    explode: bool,
    name: &str,
    sample: &SampleValue,
) -> Option<String> {
    let expression = match style {
        "label" => &LABEL,
        "matrix" => &MATRIX,
        _ => &SIMPLE,
    };
    expand_variable(expression, explode, name, to_template_variable_value(sample), percent_encode)
}

/// Serializes a header in the style `simple`. Nothing is percent-encoded, because a header is not a URI. Returns `None`
/// if RFC 6570 calls the value undefined, like an empty list.
pub fn serialize_header(explode: bool, sample: &SampleValue) -> Option<String> {
    expand_variable(&SIMPLE, explode, "", to_template_variable_value(sample), str::to_owned)
}

/// Serializes a query parameter, and returns the query without the `?`. Returns `None` if the value cannot be
/// serialized in the given `style`.
pub fn serialize_query_parameter(
    style: &str,
    explode: bool,
    name: &str,
    sample: &SampleValue,
) -> Option<String> {
    let delimiter = match style {
        "spaceDelimited" => "%20",
        // The delimiter in OpenAPI's table of styles is a vertical bar. In a query, it has to be percent-encoded (RFC
        // 3986, 3.4).
        "pipeDelimited" => "%7C",
        "deepObject" => {
            let TemplateVariableValue::Pairs(pairs) = to_template_variable_value(sample) else { return None };
            let pair = |(key, value): &(String, String)| {
                format!("{}={}", percent_encode(&format!("{name}[{key}]")), percent_encode(value))
            };
            return Some(pairs.iter().map(pair).collect::<Vec<_>>().join("&"));
        }
        _ => {
            return expand_variable(
                &FORM_QUERY_EXPRESSION_TYPE,
                explode,
                name,
                to_template_variable_value(sample),
                percent_encode,
            );
        }
    };
    let TemplateVariableValue::List(items) = to_template_variable_value(sample) else { return None };
    // An item that contains the delimiter cannot be serialized, because a server would read it as two items.
    if items.iter().any(|item| percent_encode(item).contains(delimiter)) {
        return None;
    }
    let items: Vec<String> = items.iter().map(|item| percent_encode(item)).collect();
    Some(format!("{}={}", percent_encode(name), items.join(delimiter)))
}

/// Converts a query to the body of a URL-encoded form, in which a space is a plus sign (RFC 1866, 8.2.1).
pub fn to_form_body(query: &str) -> String {
    query.replace("%20", "+")
}

#[cfg(test)]
mod tests {
    use super::SampleValue::{List, Object, Text};
    use super::*;

    /// Checks the examples of RFC 6570 (sections 3.2.2, 3.2.5, 3.2.7 and 3.2.8) and of OpenAPI's table of styles.
    #[test]
    fn the_examples_of_the_specifications_are_reproduced() {
        let list = List(vec![Text("red"), Text("green"), Text("blue")]);
        let keys = Object(vec![("semi", Text(";")), ("dot", Text(".")), ("comma", Text(","))]);
        let path = |style, explode, sample: &SampleValue| {
            serialize_path_parameter(style, explode, "list", sample).unwrap()
        };
        assert_eq!(path("simple", false, &Text("Hello World!")), "Hello%20World%21");
        assert_eq!(path("simple", false, &list), "red,green,blue");
        assert_eq!(path("simple", true, &list), "red,green,blue");
        assert_eq!(path("simple", false, &keys), "semi,%3B,dot,.,comma,%2C");
        assert_eq!(path("simple", true, &keys), "semi=%3B,dot=.,comma=%2C");
        assert_eq!(path("label", true, &list), ".red.green.blue");
        assert_eq!(path("label", true, &keys), ".semi=%3B.dot=..comma=%2C");
        assert_eq!(path("matrix", false, &list), ";list=red,green,blue");
        assert_eq!(path("matrix", true, &list), ";list=red;list=green;list=blue");
        assert_eq!(path("matrix", false, &keys), ";list=semi,%3B,dot,.,comma,%2C");
        assert_eq!(path("matrix", true, &keys), ";semi=%3B;dot=.;comma=%2C");
        assert_eq!(path("matrix", false, &Text("")), ";list");
        let query = |style, explode, sample: &SampleValue| {
            serialize_query_parameter(style, explode, "list", sample).unwrap()
        };
        assert_eq!(query("form", false, &list), "list=red,green,blue");
        assert_eq!(query("form", true, &list), "list=red&list=green&list=blue");
        assert_eq!(query("form", true, &keys), "semi=%3B&dot=.&comma=%2C");
        assert_eq!(query("form", false, &Text("")), "list=");
        assert_eq!(query("spaceDelimited", false, &list), "list=red%20green%20blue");
        assert_eq!(query("pipeDelimited", false, &list), "list=red%7Cgreen%7Cblue");
        assert_eq!(
            query("deepObject", true, &keys),
            "list%5Bsemi%5D=%3B&list%5Bdot%5D=.&list%5Bcomma%5D=%2C"
        );
        assert_eq!(serialize_header(false, &list).as_deref(), Some("red,green,blue"));
        assert_eq!(serialize_query_parameter("form", true, "list", &SampleValue::Null), None);
        assert_eq!(to_form_body("a=b%20c%2B"), "a=b+c%2B");
    }
}
