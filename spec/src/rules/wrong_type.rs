use crate::{Finding, Location, Profile, Rule, Value};

pub(crate) static RULE: Rule =
    Rule::error("wrong-type", Profile::OpenApi, include_str!("wrong_type.md")).blocking();

/// Returns the finding about a value of the wrong type, with a help text. `what` is the name of the value in the
/// message, and `expected` describes the type that the value should have.
pub(crate) fn new_finding(location: &Location, what: &str, expected: &str, value: &Value) -> Finding {
    let is = match value {
        Value::Number(text) if expected.starts_with("a whole number") => format!("`{text}`"),
        _ => value.describe_type().to_owned(),
    };
    let message = format!("{what} is {is} here; {expected} was expected");
    let found = Finding::new(&RULE, location, message);
    match advise_on_wrong_type(expected, value) {
        Some(help) => found.with_help(help),
        None => found,
    }
}

fn advise_on_wrong_type(expected: &str, value: &Value) -> Option<&'static str> {
    let scalar = matches!(expected, "a string" | "true or false" | "a number")
        || expected.starts_with("a whole number");
    Some(match value {
        Value::Number(_) | Value::Bool(_) if expected == "a string" => "put the value in quotes",
        Value::Null if expected == "a string" => {
            "write a text, in quotes when it is the word `null`, or take the key away"
        }
        Value::Null if scalar => "write the value, or take the key away",
        Value::Null => "nothing is indented below it; check the indentation of the next lines",
        Value::String(text) if expected == "true or false" => match text.to_ascii_lowercase().as_str() {
            "true" | "false" => "take the quotes away",
            "yes" | "on" | "y" => "write `true`",
            "no" | "off" | "n" => "write `false`",
            _ => "write `true` or `false`",
        },
        Value::String(text) if scalar && text.parse::<f64>().is_ok() => "take the quotes away",
        Value::String(_) if expected.starts_with("a list") => "write it as a list, each item after `- `",
        Value::Array(_) if expected.starts_with("a map") || expected == "an object" => {
            "take the `- ` away; each line is `name: value`"
        }
        _ => return None,
    })
}
