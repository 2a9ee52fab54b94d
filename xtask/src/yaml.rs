//! Writing a document as YAML.

use partner_spec::{Node, Value};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// The node as YAML text.
pub(crate) fn write(node: &Node) -> Result<String, String> {
    serde_saphyr::to_string(&Yaml(node)).map_err(|error| error.to_string())
}

struct Yaml<'a>(&'a Node);

impl Serialize for Yaml<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(text) => number(text, serializer),
            Value::String(text) => serializer.serialize_str(text),
            Value::Array(items) => serializer.collect_seq(items.iter().map(Yaml)),
            Value::Object(object) => {
                let mut map = serializer.serialize_map(Some(object.len()))?;
                for entry in object.iter() {
                    map.serialize_entry(&entry.key, &Yaml(&entry.node))?;
                }
                map.end()
            }
        }
    }
}

/// The number with its value; YAML has no way to keep more digits than a float has.
fn number<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(whole) = text.parse::<i64>() {
        return serializer.serialize_i64(whole);
    }
    if let Ok(whole) = text.parse::<u64>() {
        return serializer.serialize_u64(whole);
    }
    let float: f64 = text.parse().map_err(serde::ser::Error::custom)?;
    serializer.serialize_f64(float)
}
