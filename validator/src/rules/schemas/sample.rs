//! Makes sample values of a schema: its example, and values that are generated from its keywords.

use std::collections::HashSet;

use partner_spec::{Node, Value};

use super::shape;
use crate::model::Model;

/// The most levels of objects and lists inside each other in a generated value.
const MAX_SAMPLE_DEPTH: usize = 6;

/// The most objects, lists and plain values in one generated value.
const MAX_SAMPLE_NODES: usize = 200;

/// Returns up to three values: the schema's example, a generated value with all properties, and a generated value with
/// only the required properties. The caller must check them against the schema, because generation ignores some
/// keywords, like `pattern`.
pub(super) fn make_sample_values<'a>(model: &Model<'a>, schema: &'a Node) -> Vec<Node> {
    let made = [true, false].map(|includes_optional_properties| {
        SampleGenerator { model, includes_optional_properties, nodes_left: MAX_SAMPLE_NODES }.value(schema, 0)
    });
    schema.get("example").cloned().into_iter().chain(made.into_iter().flatten()).collect()
}

/// The generator of one sample value.
struct SampleGenerator<'m, 'a> {
    model: &'m Model<'a>,
    /// Whether optional properties are generated as well.
    includes_optional_properties: bool,
    /// The number of nodes (objects, lists and plain values) that the generated value may still get.
    nodes_left: usize,
}

impl<'a> SampleGenerator<'_, 'a> {
    fn value(&mut self, schema: &'a Node, depth: usize) -> Option<Node> {
        self.nodes_left = self.nodes_left.checked_sub(1)?;
        if depth > MAX_SAMPLE_DEPTH {
            return None;
        }
        let schema = self.model.resolve(schema)?;
        let members = shape::collect_all_of_members(self.model, schema);
        let of = |key: &str| members.iter().find_map(|member| member.get(key));
        let known = of("enum").and_then(Node::as_array).and_then(<[Node]>::first);
        let example = if depth == 0 { None } else { of("example") };
        if let Some(value) = known.or(example).or(of("default")) {
            return Some(value.clone());
        }
        let alternative = members
            .iter()
            .find_map(|member| shape::UNION_KEYWORDS.iter().find_map(|key| member.items(key).first()));
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
            members.iter().flat_map(|m| m.items("required")).filter_map(Node::as_str).collect();
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
        // Only lists with one item are generated. If the schema demands more items, there is no sample.
        (least <= 1.0).then(|| Value::Array(vec![item]))
    }
}

fn read_number(schema: &Node, keyword: &str) -> Option<f64> {
    match &schema.get(keyword)?.value {
        Value::Number(text) => text.parse().ok(),
        _ => None,
    }
}

/// Generates a number that is within the limits of these schemas in simple cases, like a single `minimum`. Some
/// keywords, like `multipleOf`, are ignored, so the number may not match the schemas.
fn generate_number(members: &[&Node]) -> f64 {
    let limit = |key: &str| members.iter().filter_map(|member| read_number(member, key)).next();
    match (limit("minimum"), limit("maximum")) {
        (Some(least), _) if members.iter().any(|m| m.has_true("exclusiveMinimum")) => least + 1.0,
        (Some(least), _) => least,
        (None, Some(most)) if most < 1.0 => most - 1.0,
        (None, _) => 1.0,
    }
}

/// Generates a string: a fixed text in the format if the format is known, otherwise a text whose length is within
/// `minLength` and `maxLength`.
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
            // The string has at most 1000 characters, even if the schema demands more.
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
