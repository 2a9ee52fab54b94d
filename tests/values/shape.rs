//! The shape of the values of a schema, with references followed and `allOf` merged.
//!
//! This reads the document as it is written, not as the generator lowers it, so that a mistake of the generator is not
//! repeated here. Limits (`minimum`, `maxLength`, `pattern`, keys that exclude each other, ...) are left out on
//! purpose: the generated types do not have them, so that what holds for all values holds for the allowed ones.

use std::collections::{BTreeMap, BTreeSet};

use partner_spec::{Document, Node};

/// The keywords that are supported here. One that is in neither list fails the test, so that none is overlooked.
const KNOWN: [&str; 12] = [
    "$ref",
    "additionalProperties",
    "allOf",
    "enum",
    "format",
    "items",
    "not",
    "nullable",
    "oneOf",
    "properties",
    "required",
    "type",
];

/// Documentation, and limits that no type checks.
const IGNORED: [&str; 15] = [
    "title",
    "description",
    "example",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "minProperties",
    "pattern",
];

/// The shape of a value.
#[derive(Debug)]
pub(crate) enum Shape<'a> {
    /// One of several objects; each is given by all schemas that hold for it.
    Union(Vec<Vec<&'a Node>>),
    Object(Object<'a>),
    /// An object with any keys, and the schema of their values when there is one.
    Map(Option<&'a Node>),
    Array(&'a Node),
    Enum(Values),
    Text(Text),
    Decimal {
        number: bool,
    },
    Integer {
        min: i64,
        max: i64,
    },
    Bool,
    /// Any value.
    Any,
}

/// The format of a text.
#[derive(Debug)]
pub(crate) enum Text {
    Free,
    Uuid,
    Date,
    Instant,
}

/// An object with properties.
#[derive(Debug)]
pub(crate) struct Object<'a> {
    /// The properties, each with all schemas that hold for it.
    pub(crate) properties: BTreeMap<&'a str, Vec<&'a Node>>,
    /// The required properties.
    pub(crate) required: BTreeSet<&'a str>,
    /// Whether properties that are not listed are kept.
    pub(crate) open: bool,
}

/// The values of an enum.
#[derive(Debug)]
pub(crate) struct Values {
    pub(crate) known: Vec<String>,
    /// The values that it must not have.
    pub(crate) excluded: Vec<String>,
    /// Whether there may be others.
    pub(crate) open: bool,
}

/// The shape of a value for which all these schemas hold.
pub(crate) fn shape<'a>(document: &'a Document, schemas: &[&'a Node]) -> Shape<'a> {
    let parts = parts(document, schemas);
    let said = |key: &str| parts.iter().find_map(|part| part.get(key));
    if let Some(one_of) = parts.iter().find(|part| is_choice(part)) {
        let rest =
            || schemas.iter().copied().filter(|schema| resolve(document, schema).location != one_of.location);
        return Shape::Union(
            one_of.get_items("oneOf").iter().map(|one| rest().chain([one]).collect()).collect(),
        );
    }
    let of = said("type").and_then(Node::as_str);
    let format = parts.iter().find_map(|part| part.get_str("format"));
    match (of, format) {
        (Some("string") | None, _) if said("enum").is_some() || said("not").is_some() => {
            Shape::Enum(values(&parts))
        }
        (Some("object") | None, _) if said("properties").is_some() => Shape::Object(object(&parts)),
        (Some("object"), _) => {
            Shape::Map(said("additionalProperties").filter(|node| node.as_object().is_some()))
        }
        (Some("array"), _) => Shape::Array(said("items").expect("a list says what is in it")),
        (Some("string"), Some("uuid")) => Shape::Text(Text::Uuid),
        (Some("string"), Some("date")) => Shape::Text(Text::Date),
        (Some("string"), Some("date-time")) => Shape::Text(Text::Instant),
        (Some("string" | "number"), Some("decimal")) => Shape::Decimal { number: of == Some("number") },
        (Some("string"), None | Some("uri" | "email")) => Shape::Text(Text::Free),
        (Some("integer"), Some("int32")) => Shape::Integer { min: i32::MIN.into(), max: i32::MAX.into() },
        (Some("integer"), None | Some("int64")) => Shape::Integer { min: i64::MIN, max: i64::MAX },
        (Some("boolean"), None) => Shape::Bool,
        (None, None) => Shape::Any,
        other => panic!("no values are made for {other:?}: {:?}", parts[0].location),
    }
}

/// Whether a value for which all these schemas hold may be null.
pub(crate) fn is_nullable(document: &Document, schemas: &[&Node]) -> bool {
    parts(document, schemas).iter().any(|part| part.value_is_true("nullable"))
}

/// The schema itself, or what it refers to.
pub(crate) fn resolve<'a>(document: &'a Document, schema: &'a Node) -> &'a Node {
    schema.resolve_reference(&document.root).expect("references have a target")
}

/// The schemas, and all parts of their `allOf`.
pub(crate) fn parts<'a>(document: &'a Document, schemas: &[&'a Node]) -> Vec<&'a Node> {
    let mut parts = Vec::new();
    for schema in schemas {
        let schema = resolve(document, schema);
        for entry in schema.as_object().expect("a schema is an object").iter() {
            let key = entry.key.as_str();
            let understood = KNOWN.contains(&key) || IGNORED.contains(&key) || key.starts_with("x-");
            assert!(understood, "no values are made for `{key}`: {:?}", entry.key_location);
        }
        parts.push(schema);
        parts.extend(self::parts(document, &schema.get_items("allOf").iter().collect::<Vec<_>>()));
    }
    parts
}

/// Whether it is one of several types, and not only a rule about properties that exclude each other.
fn is_choice(part: &Node) -> bool {
    let is_annotation = |key: &str| matches!(key, "title" | "description");
    let only_keys = |node: &Node| {
        let keys = node.as_object().into_iter().flat_map(|object| object.iter());
        keys.map(|entry| entry.key.as_str()).filter(|key| !is_annotation(key)).eq(["required"])
    };
    part.get_items("oneOf").iter().any(|alternative| !only_keys(alternative))
}

fn object<'a>(parts: &[&'a Node]) -> Object<'a> {
    let mut properties: BTreeMap<&str, Vec<&Node>> = BTreeMap::new();
    for entry in parts.iter().flat_map(|part| part.get_entries("properties")) {
        properties.entry(&entry.key).or_default().push(&entry.node);
    }
    let required =
        parts.iter().flat_map(|part| part.get_items("required")).filter_map(Node::as_str).collect();
    Object { properties, required, open: parts.iter().any(|part| part.value_is_true("additionalProperties")) }
}

fn values(parts: &[&Node]) -> Values {
    let texts =
        |node: &Node| node.get_items("enum").iter().filter_map(Node::as_str).map(str::to_owned).collect();
    let lists: Vec<Vec<String>> =
        parts.iter().filter(|part| part.get("enum").is_some()).map(|part| texts(part)).collect();
    let known = lists.first().cloned().unwrap_or_default();
    Values {
        known: known.into_iter().filter(|value| lists.iter().all(|list| list.contains(value))).collect(),
        excluded: parts.iter().filter_map(|part| part.get("not")).flat_map(texts).collect(),
        open: !parts.iter().any(|part| part.value_is_true("x-closed-enum")),
    }
}
