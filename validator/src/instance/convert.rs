//! Converts schemas of OpenAPI to JSON Schema (draft 4), which has no `nullable`, `readOnly` and `writeOnly`.
//! References (`$ref`) are replaced by our own keyword `x-reference`.
//!
//! The conversion keeps only keywords that constrain a value. A keyword of the wrong type is dropped, because another
//! rule has reported it.

use std::collections::HashSet;

use partner_spec::{Node, Value};
use serde_json::{Map, Value as Json, json};

use super::decimal::Decimal;
use super::formats::find_integer_format_bounds;
use super::number::{self, ABOVE_ZERO_KEYWORD, EXACT_ENUM_KEYWORD};
use super::pattern::OWN_PATTERN_KEYWORD;
use super::reference::REFERENCE_KEYWORD;
use super::tree::to_canonical_text;

/// The direction in which a value is sent. A request may lack `readOnly` properties, and a response may lack
/// `writeOnly` properties, even if they are required. The extension `x-above-zero`, which demands that an amount is
/// more than zero, applies only to requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Direction {
    /// The value is part of a request.
    Request,
    /// The value is part of a response.
    Response,
    /// The value may be part of a request or a response, like the example of a schema.
    RequestOrResponse,
}

impl Direction {
    /// Whether an object may lack `property`, even if the property is required. `self` says whether the object is sent
    /// in a request or in a response.
    fn allows_absence_of(self, property: &Node) -> bool {
        let (read_only, write_only) =
            (property.value_is_true("readOnly"), property.value_is_true("writeOnly"));
        match self {
            Direction::Request => read_only,
            Direction::Response => write_only,
            Direction::RequestOrResponse => read_only || write_only,
        }
    }
}

/// Resolves the references (`$ref`) in the schemas that a [`Converter`] converts.
pub(super) trait ReferenceResolver {
    /// Returns the index of the compiled component to which a `$ref` with the text `target` leads; `None` if the
    /// reference cannot be resolved.
    fn resolve_component_index(&mut self, target: &str) -> Option<usize>;
    /// Returns the target of the node's `$ref`, or the node if it has no `$ref`; `None` if the reference cannot be
    /// resolved.
    fn resolve_reference<'n>(&'n self, node: &'n Node) -> Option<&'n Node>;
}

pub(super) struct Converter<'r, R> {
    pub(super) references: &'r mut R,
    pub(super) direction: Direction,
    /// Whether the document uses a keyword that affects only requests or only responses, like `readOnly`.
    pub(super) has_directional_keywords: bool,
}

/// The maximum number of `allOf` members of one schema that are searched for `readOnly` and `writeOnly` properties.
const MAX_SEARCHED_ALL_OF_MEMBERS: usize = 200;

/// The keywords that limit the number of characters, items or properties of a value.
const SIZE_LIMIT_KEYWORDS: [&str; 6] =
    ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];

impl<R: ReferenceResolver> Converter<'_, R> {
    /// Converts an OpenAPI schema to JSON Schema.
    pub(super) fn convert_schema(&mut self, node: &Node) -> Json {
        self.convert_schema_with_waived_properties(node, &HashSet::new())
    }

    /// Converts a schema. `waived` has the names of properties that a value may lack even if this schema requires them.
    /// These properties are declared as `readOnly` or `writeOnly` by an outer schema, which contains this schema in its
    /// `allOf`, `oneOf` or `anyOf`.
    fn convert_schema_with_waived_properties(&mut self, node: &Node, waived: &HashSet<String>) -> Json {
        if let Some(target) = node.ref_text() {
            return match self.references.resolve_component_index(target) {
                Some(number) => json!({ (REFERENCE_KEYWORD): number }),
                None => json!({}),
            };
        }
        let mut out = Map::new();
        let waived = self.collect_waived_property_names(node, waived);
        self.convert_scalar_keywords(node, &mut out);
        self.convert_required_names(node, &waived, &mut out);
        self.convert_subschemas(node, &waived, &mut out);
        if node.value_is_true("nullable") { make_schema_accept_null(out) } else { Json::Object(out) }
    }

    fn convert_scalar_keywords(&mut self, node: &Node, out: &mut Map<String, Json>) {
        let schema_type = node.get_str("type").filter(|name| TYPES.contains(name));
        if let Some(name) = schema_type {
            out.insert(String::from("type"), json!(name));
        }
        for key in SIZE_LIMIT_KEYWORDS {
            if let Some(count) = parse_count(node, key) {
                out.insert(String::from(key), json!(count));
            }
        }
        for (keyword, meant) in number::NUMBER_LIMIT_KEYWORDS {
            if let Some(limit) = find_number_limit_text(node, meant, schema_type, self.direction) {
                out.insert(String::from(keyword), json!(limit));
            }
        }
        if node.value_is_true("uniqueItems") {
            out.insert(String::from("uniqueItems"), Json::Bool(true));
        }
        if let Some(pattern) = node.get_str("pattern") {
            out.insert(String::from(OWN_PATTERN_KEYWORD), json!(pattern));
        }
        if let Some(format) =
            node.get_str("format").filter(|format| !is_range_limiting_format(format, schema_type))
        {
            out.insert(String::from("format"), json!(format));
        }
        let mut seen = HashSet::new();
        let values = node.get_items("enum").iter().filter(|value| seen.insert(to_canonical_text(value)));
        let values: Vec<&Node> = values.collect();
        if values.iter().any(|value| is_or_contains_number(value)) {
            out.insert(String::from(EXACT_ENUM_KEYWORD), values.into_iter().map(to_canonical_text).collect());
        } else if !values.is_empty() {
            out.insert(String::from("enum"), values.into_iter().map(convert_value_without_numbers).collect());
        }
    }

    fn convert_required_names(&mut self, node: &Node, waived: &HashSet<String>, out: &mut Map<String, Json>) {
        let mut seen = HashSet::new();
        // A name in `required` that is not a key of `properties` is left out of the converted schema, because another
        // rule reports this mistake. If the name were kept, each example without this property would be reported, too.
        let is_declared =
            |name: &&str| node.get("properties").is_none_or(|properties| properties.get(name).is_some());
        let names = node.get_items("required").iter().filter_map(Node::as_str).filter(is_declared);
        let names: Vec<&str> = names.filter(|name| !waived.contains(*name) && seen.insert(*name)).collect();
        if !names.is_empty() {
            out.insert(String::from("required"), json!(names));
        }
    }

    /// Returns the names of the properties that a value may lack, even if the schema requires them. If the value may be
    /// in a request, these are the `readOnly` properties; if the value may be in a response, the `writeOnly`
    /// properties. These properties are declared in the schema `node` itself or in a member of its `allOf`. The names
    /// in `outer`, which come from the schema that contains `node`, are added.
    fn collect_waived_property_names(&self, node: &Node, outer: &HashSet<String>) -> HashSet<String> {
        let mut names = outer.clone();
        if self.has_directional_keywords {
            let mut left = MAX_SEARCHED_ALL_OF_MEMBERS;
            self.add_waived_properties(node, &mut names, &mut left, 0);
        }
        names
    }

    fn add_waived_properties(
        &self,
        node: &Node,
        names: &mut HashSet<String>,
        left: &mut usize,
        depth: usize,
    ) {
        for property in node.get_entries("properties") {
            let target = self.references.resolve_reference(&property.node);
            let wrapped =
                property.node.get_items("allOf").iter().filter_map(|n| self.references.resolve_reference(n));
            let mut declared = target.into_iter().chain(wrapped);
            if self.direction.allows_absence_of(&property.node)
                || declared.any(|node| self.direction.allows_absence_of(node))
            {
                names.insert(property.key.clone());
            }
        }
        // The search for `readOnly` and `writeOnly` properties follows nested `allOf`s only two levels deep, because
        // real documents rarely nest them deeper.
        if depth >= 2 {
            return;
        }
        for member in
            node.get_items("allOf").iter().filter_map(|member| self.references.resolve_reference(member))
        {
            if *left > 0 {
                *left -= 1;
                self.add_waived_properties(member, names, left, depth + 1);
            }
        }
    }

    fn convert_subschemas(&mut self, node: &Node, waived: &HashSet<String>, out: &mut Map<String, Json>) {
        let none = HashSet::new();
        let properties: Map<String, Json> = node
            .get_entries("properties")
            .map(|e| (e.key.clone(), self.convert_schema_with_waived_properties(&e.node, &none)))
            .collect();
        if !properties.is_empty() {
            out.insert(String::from("properties"), Json::Object(properties));
        }
        match node.get("additionalProperties").map(|node| (node, &node.value)) {
            Some((_, Value::Bool(false))) => {
                out.insert(String::from("additionalProperties"), Json::Bool(false));
            }
            Some((schema, Value::Object(_))) => {
                let schema = self.convert_schema_with_waived_properties(schema, &none);
                out.insert(String::from("additionalProperties"), schema);
            }
            _ => {}
        }
        for key in ["items", "not"] {
            if let Some(schema) = node.get(key).filter(|node| node.as_object().is_some()) {
                let schema = self.convert_schema_with_waived_properties(schema, &none);
                out.insert(String::from(key), schema);
            }
        }
        // A `oneOf` becomes an `anyOf`, so that a value may match several alternatives. The rule `one-of-ambiguous`
        // already reports alternatives that overlap.
        let mut alternatives = Vec::new();
        for key in ["allOf", "anyOf", "oneOf"] {
            let members: Vec<Json> = node
                .get_items(key)
                .iter()
                .map(|m| self.convert_schema_with_waived_properties(m, waived))
                .collect();
            match key {
                _ if members.is_empty() => {}
                "allOf" => {
                    out.insert(String::from("allOf"), Json::Array(members));
                }
                _ => alternatives.push(members),
            }
        }
        for members in alternatives {
            match out.contains_key("anyOf") {
                false => drop(out.insert(String::from("anyOf"), Json::Array(members))),
                true => add_member(out, json!({ "anyOf": members })),
            }
        }
    }
}

const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];

fn add_member(out: &mut Map<String, Json>, member: Json) {
    match out.get_mut("allOf") {
        Some(Json::Array(members)) => members.push(member),
        _ => drop(out.insert(String::from("allOf"), Json::Array(vec![member]))),
    }
}

/// Makes a schema with `nullable: true` accept null. The schema accepts null even if OpenAPI ignores its `nullable`,
/// because other rules report such a schema.
fn make_schema_accept_null(mut schema: Map<String, Json>) -> Json {
    let composed = ["allOf", "anyOf", "not"].iter().any(|key| schema.contains_key(*key));
    if composed || !schema.contains_key("type") {
        return json!({ "anyOf": [{ "enum": [null] }, schema] });
    }
    if let Some(kind) = schema.get_mut("type") {
        *kind = json!([kind, "null"]);
    }
    for (key, null) in [("enum", Json::Null), (EXACT_ENUM_KEYWORD, json!("null"))] {
        if let Some(Json::Array(values)) = schema.get_mut(key)
            && !values.contains(&null)
        {
            values.push(null);
        }
    }
    Json::Object(schema)
}

fn parse_count(node: &Node, key: &str) -> Option<u64> {
    match &node.get(key)?.value {
        Value::Number(text) => text.parse().ok(),
        _ => None,
    }
}

/// Returns the text of the limit that an OpenAPI keyword sets for numbers. Some limits apply only to requests, so
/// `direction` says whether the numbers are sent in requests or in responses. Returns `None` if the schema sets no such
/// limit.
fn find_number_limit_text<'n>(
    node: &'n Node,
    keyword: &str,
    schema_type: Option<&str>,
    direction: Direction,
) -> Option<&'n str> {
    let number = |key: &str| match &node.get(key)?.value {
        Value::Number(text) => Some(text.as_str()),
        _ => None,
    };
    match keyword {
        "minimum" => number(keyword).filter(|_| !node.value_is_true("exclusiveMinimum")),
        "maximum" => number(keyword).filter(|_| !node.value_is_true("exclusiveMaximum")),
        "exclusiveMinimum" => number("minimum").filter(|_| node.value_is_true(keyword)),
        "exclusiveMaximum" => number("maximum").filter(|_| node.value_is_true(keyword)),
        "format" => node.get_str(keyword).filter(|format| is_range_limiting_format(format, schema_type)),
        ABOVE_ZERO_KEYWORD => (direction == Direction::Request && node.value_is_true(keyword)).then_some("0"),
        // A `multipleOf` that is zero or negative is ignored, because the rule `multiple-of` reports it.
        _ => number(keyword).filter(|text| Decimal::parse(text).is_some_and(|factor| factor.is_positive())),
    }
}

/// Whether a format like `int32` limits numbers to a range in a schema of the given type. In a schema of the type
/// `string`, no format limits numbers, because the format is only a hint there.
fn is_range_limiting_format(format: &str, schema_type: Option<&str>) -> bool {
    find_integer_format_bounds(format).is_some() && schema_type != Some("string")
}

/// Whether a value is a number or contains one. Such values need our own comparison, because the JSON Schema library
/// compares numbers as floats.
fn is_or_contains_number(node: &Node) -> bool {
    match &node.value {
        Value::Number(_) => true,
        Value::Array(items) => items.iter().any(is_or_contains_number),
        Value::Object(object) => object.iter().any(|entry| is_or_contains_number(&entry.node)),
        _ => false,
    }
}

/// Converts a value that contains no numbers to the JSON type that the JSON Schema library uses.
fn convert_value_without_numbers(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::String(text) | Value::Number(text) => json!(text),
        Value::Array(items) => items.iter().map(convert_value_without_numbers).collect(),
        Value::Object(object) => Json::Object(
            object.iter().map(|e| (e.key.clone(), convert_value_without_numbers(&e.node))).collect(),
        ),
    }
}
