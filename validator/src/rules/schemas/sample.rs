//! Makes sample values of a schema: the example of the schema, and values that are generated from the keywords of the
//! schema.

use std::collections::HashSet;

use partner_spec::{Node, Value};

use super::shape;
use crate::model::Model;

/// The maximum depth to which objects and lists are nested in a generated value.
const MAX_SAMPLE_DEPTH: usize = 6;

/// The maximum number of nodes (objects, lists and plain values) in one generated value.
const MAX_SAMPLE_NODES: usize = 200;

/// Returns up to three sample values: the example of the schema, a value with all properties, and a value with only the
/// required properties. The caller must check them against the schema, because keywords like `pattern` are ignored.
pub(super) fn make_sample_values<'a>(model: &Model<'a>, schema: &'a Node) -> Vec<Node> {
    let made = [true, false].map(|includes_optional_properties| {
        SampleGenerator { model, includes_optional_properties, remaining_node_count: MAX_SAMPLE_NODES }
            .value(schema, 0)
    });
    schema.get("example").cloned().into_iter().chain(made.into_iter().flatten()).collect()
}

/// Generates one sample value of a schema.
struct SampleGenerator<'m, 'a> {
    model: &'m Model<'a>,
    /// Whether optional properties are generated as well.
    includes_optional_properties: bool,
    /// The number of nodes (objects, lists and plain values) that may still be added to the generated value.
    remaining_node_count: usize,
}

impl<'a> SampleGenerator<'_, 'a> {
    fn value(&mut self, schema: &'a Node, depth: usize) -> Option<Node> {
        self.remaining_node_count = self.remaining_node_count.checked_sub(1)?;
        if depth > MAX_SAMPLE_DEPTH {
            return None;
        }
        let schema = self.model.resolve_reference(schema)?;
        let members = shape::collect_self_and_all_of_members(self.model, schema);
        let of = |key: &str| members.iter().find_map(|member| member.get(key));
        let known = of("enum").and_then(Node::as_array).and_then(<[Node]>::first);
        let example = if depth == 0 { None } else { of("example") };
        if let Some(value) = known.or(example).or(of("default")) {
            return Some(value.clone());
        }
        let alternative = members
            .iter()
            .find_map(|member| shape::UNION_KEYWORDS.iter().find_map(|key| member.get_items(key).first()));
        let has_properties = || members.iter().any(|member| member.get("properties").is_some());
        let kind = of("type").and_then(Node::as_str);
        let value = match kind {
            Some("object") => self.object(schema, &members, depth)?,
            None if has_properties() => self.object(schema, &members, depth)?,
            _ if alternative.is_some() => return self.value(alternative?, depth + 1),
            Some("array") => self.array(of("items")?, &members, depth)?,
            Some("boolean") => Value::Bool(true),
            Some("integer") => Value::Number(format!("{:.0}", generate_number(&members).ceil())),
            Some("number") => Value::Number(generate_number(&members).to_string()),
            Some("string") => Value::String(generate_string(of("format").and_then(Node::as_str), &members)),
            _ => return None,
        };
        Some(Node::new(value, &schema.location))
    }

    fn object(&mut self, schema: &'a Node, members: &[&'a Node], depth: usize) -> Option<Value> {
        let required: HashSet<&str> =
            members.iter().flat_map(|m| m.get_items("required")).filter_map(Node::as_str).collect();
        let mut entries = Vec::new();
        for (name, property) in shape::collect_properties(self.model, schema) {
            let is_required = required.contains(name);
            if !is_required && !self.includes_optional_properties {
                continue;
            }
            match self.value(&property.node, depth + 1) {
                Some(value) => entries.push((name, value)),
                None if is_required => return None,
                None => {}
            }
        }
        Some(Node::new_object(entries, &schema.location).value)
    }

    fn array(&mut self, items: &'a Node, members: &[&'a Node], depth: usize) -> Option<Value> {
        let least = members.iter().filter_map(|m| read_number(m, "minItems")).fold(1.0, f64::max);
        let item = self.value(items, depth + 1)?;
        // Only lists with one item are generated, so a list with more required items has no sample value.
        (least <= 1.0).then(|| Value::Array(vec![item]))
    }
}

fn read_number(schema: &Node, keyword: &str) -> Option<f64> {
    match &schema.get(keyword)?.value {
        Value::Number(text) => text.parse().ok(),
        _ => None,
    }
}

/// Generates a number for a value that has to match all schemas in `members`. The number is not below the first
/// `minimum`. If no member has a `minimum`, the number is not above the first `maximum`. Keywords like `multipleOf` are
/// ignored.
fn generate_number(members: &[&Node]) -> f64 {
    let limit = |key: &str| members.iter().filter_map(|member| read_number(member, key)).next();
    match (limit("minimum"), limit("maximum")) {
        (Some(least), _) if members.iter().any(|m| m.value_is_true("exclusiveMinimum")) => least + 1.0,
        (Some(least), _) => least,
        (None, Some(most)) if most < 1.0 => most - 1.0,
        (None, _) => 1.0,
    }
}

/// Generates a string. For a known format, the string is a fixed example. For any other format, the length of the
/// string is within `minLength` and `maxLength`.
fn generate_string(format: Option<&str>, members: &[&Node]) -> String {
    let text = match format {
        Some("date") => "2026-01-31",
        Some("date-time") => "2026-01-31T12:00:00Z",
        Some("time") => "12:00:00Z",
        Some("uuid") => "0191d1d6-7a3c-7e0a-9d5e-2f1b6c0a8f11",
        Some("email") => "user@example.com",
        Some("uri") => "https://example.com",
        Some("hostname") => "example.com",
        Some("ipv4") => "192.0.2.1",
        Some("ipv6") => "2001:db8::1",
        Some("decimal") => "12.50",
        Some("byte") => "dGV4dA==",
        _ => {
            let least = members.iter().filter_map(|m| read_number(m, "minLength")).fold(0.0, f64::max);
            let most = members.iter().filter_map(|m| read_number(m, "maxLength")).fold(1000.0, f64::min);
            let length = "text".len();
            // The sample string has at most 1000 characters, even if `minLength` is greater.
            let char_count = (1..=1000).find(|n| f64::from(*n) >= least).unwrap_or(1);
            let char_count = usize::try_from(char_count).unwrap_or(1).max(length);
            let limit = (1..=1000).rev().find(|n: &i32| f64::from(*n) <= most).unwrap_or(1);
            return "text"
                .chars()
                .cycle()
                .take(char_count.min(usize::try_from(limit).unwrap_or(1)))
                .collect();
        }
    };
    text.to_owned()
}
