//! The details of a schema: its annotations and limits. They are everything that a document says about the schema,
//! apart from its type.

use std::sync::Arc;

use partner_spec::{Node, Value};

use crate::docs::{Availability, Confidence, find_level_or_default};

/// The details of a schema: its annotations and limits. They are everything that a document says about the schema,
/// apart from its type.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SchemaDetails {
    /// The schema's `description`.
    pub description: Option<String>,
    /// The schema's `format` as written, even if it does not affect the type.
    pub format: Option<String>,
    /// The key combinations: rules about which keys an object must have together. Most schemas have none.
    pub key_combinations: Vec<KeyCombination>,
    /// The limits that the server checks, in the order of [`LimitKind`].
    pub limits: Vec<Limit>,
    /// The schema's `default`: the value that the server uses if the request has none.
    pub default: Option<Node>,
    /// Whether the value is a secret or personal data (`x-sensitive`).
    pub is_sensitive: bool,
    /// Whether the vendor's docs show the value in every response, but do not say that it is required (`x-expected`).
    pub is_always_shown_in_docs: bool,
    /// Whether the value is an amount that is always more than zero (`x-above-zero`).
    pub is_above_zero: bool,
    /// Whether the value is part of responses only (`readOnly`).
    pub read_only: bool,
    /// Whether the value is part of requests only (`writeOnly`).
    pub write_only: bool,
    /// Whether the schema is marked as `deprecated`.
    pub deprecated: bool,
    /// Who can use the value: everyone, customers for whom the vendor enables it, ... (`x-availability`).
    pub availability: Availability,
    /// How reliable the description of the value is (`confidence` in `x-docs`).
    pub confidence: Confidence,
    /// A note about the vendor's description (`note` in `x-docs`).
    pub note: Option<String>,
}

/// A key combination: a `oneOf` beside the `properties` of an object. The alternatives of the `oneOf` only list
/// required and forbidden keys. So an object must have the keys of exactly one alternative.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyCombination {
    /// The `title` of the `oneOf`: the name of the generated enum, which has a variant for each alternative.
    pub title: Option<String>,
    /// The `description` of the `oneOf`, from which the documentation of the generated enum is made.
    pub description: Option<String>,
    /// The alternatives of the `oneOf`, each with its required keys.
    pub alternatives: Vec<RequiredKeySet>,
}

/// One alternative of a [`KeyCombination`]: a set of keys that an object must have together.
#[derive(Debug, Clone, PartialEq)]
pub struct RequiredKeySet {
    /// The `title` of the alternative, which determines the name of a variant in the generated enum.
    pub title: Option<String>,
    /// The `description` of the alternative (the set of keys).
    pub description: Option<String>,
    /// The keys that an object must have together.
    pub keys: Vec<String>,
}

/// A limit for the values of a schema, like `maxLength: 10`. The server checks it.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// The kind of the limit, which determines its keyword in a schema.
    pub kind: LimitKind,
    /// The value of the keyword that sets the limit, like the 10 in `maxLength: 10`. The value is shared (`Arc`),
    /// because every use of the schema has a copy of the limits, and a `pattern` may be long.
    pub value: Arc<Node>,
}

/// The kind of a limit, named after its keyword in a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LimitKind {
    /// `minLength`.
    MinLength,
    /// `maxLength`.
    MaxLength,
    /// The keyword `multipleOf`.
    MultipleOf,
    /// `minItems`.
    MinItems,
    /// `maxItems`.
    MaxItems,
    /// The keyword `minProperties`.
    MinProperties,
    /// The keyword `maxProperties`.
    MaxProperties,
    /// `minimum`.
    Minimum,
    /// The keyword `minimum` together with `exclusiveMinimum: true`.
    ExclusiveMinimum,
    /// `maximum`.
    Maximum,
    /// The keyword `maximum` together with `exclusiveMaximum: true`.
    ExclusiveMaximum,
    /// `pattern`.
    Pattern,
    /// The keyword `uniqueItems`, if it is `true`.
    UniqueItems,
}

/// The keywords that set a limit in a schema, each with the kind of the limit, in the order of [`LimitKind`].
const LIMIT_KEYWORDS: [(&str, LimitKind); 11] = [
    ("minLength", LimitKind::MinLength),
    ("maxLength", LimitKind::MaxLength),
    ("multipleOf", LimitKind::MultipleOf),
    ("minItems", LimitKind::MinItems),
    ("maxItems", LimitKind::MaxItems),
    ("minProperties", LimitKind::MinProperties),
    ("maxProperties", LimitKind::MaxProperties),
    ("minimum", LimitKind::Minimum),
    ("maximum", LimitKind::Maximum),
    ("pattern", LimitKind::Pattern),
    ("uniqueItems", LimitKind::UniqueItems),
];

impl LimitKind {
    /// Returns the limit's keyword in JSON Schema. OpenAPI 3.0 uses the same keywords, except for exclusive limits,
    /// which it expresses by two keywords, like `minimum` with `exclusiveMinimum: true`.
    pub fn json_schema_keyword(self) -> &'static str {
        match self {
            LimitKind::ExclusiveMinimum => "exclusiveMinimum",
            LimitKind::ExclusiveMaximum => "exclusiveMaximum",
            _ => LIMIT_KEYWORDS.iter().find(|(_, kind)| *kind == self).map_or("", |(key, _)| key),
        }
    }
}

impl SchemaDetails {
    /// Reads the details of a schema: its annotations and limits.
    pub fn from_node(node: &Node) -> SchemaDetails {
        let format = node.get_str("format").map(str::to_owned);
        let mut details = SchemaDetails { limits: read_limits(node), format, ..SchemaDetails::default() };
        details.replace_annotations(node);
        details
    }

    /// Replaces annotations of this schema, such as the description, with those of the schema `node`. Annotations that
    /// `node` does not have stay as they are. The `allOf` of `node` has a single member: this schema, or a reference to
    /// it.
    pub(crate) fn replace_annotations(&mut self, node: &Node) {
        if let Some(text) = node.get_str("description") {
            self.description = Some(text.to_owned());
        }
        if let Some(default) = node.get("default") {
            self.default = Some(default.clone());
        }
        for (key, flag) in [
            ("x-sensitive", &mut self.is_sensitive),
            ("x-expected", &mut self.is_always_shown_in_docs),
            ("x-above-zero", &mut self.is_above_zero),
            ("readOnly", &mut self.read_only),
            ("writeOnly", &mut self.write_only),
            ("deprecated", &mut self.deprecated),
        ] {
            *flag = node.get(key).and_then(Node::as_bool).unwrap_or(*flag);
        }
        if let Some(word) = node.get_str("x-availability") {
            self.availability = find_level_or_default(Some(word), &Availability::ALL_WITH_NAMES);
        }
        if let Some(docs) = node.get("x-docs") {
            self.confidence = find_level_or_default(docs.get_str("confidence"), &Confidence::ALL_WITH_NAMES);
            self.note = docs.get_str("note").map(str::to_owned);
        }
    }

    /// Adds the limits of the schema `node` to those of this schema. The `allOf` of `node` has this schema as its only
    /// member. If both schemas set a limit of the same kind, the limit of `node` is used.
    pub(crate) fn add_or_replace_limits(&mut self, node: &Node) {
        let added = read_limits(node);
        self.limits.retain(|limit| added.iter().all(|other| other.kind != limit.kind));
        self.limits.extend(added);
        self.limits.sort_by_key(|limit| limit.kind);
    }

    /// If the schema of a property or item becomes a named type, the property or item keeps some details beside the
    /// reference to this type. Returns these details: all except the limits, the default and the format.
    pub(crate) fn to_details_beside_reference(&self) -> SchemaDetails {
        SchemaDetails { limits: Vec::new(), default: None, format: None, ..self.clone() }
    }

    /// Returns only the details that belong to the definition of a named type: the description, key combinations,
    /// limits and default.
    pub(crate) fn into_type_details(self) -> SchemaDetails {
        let SchemaDetails { description, key_combinations: combinations, limits, default, .. } = self;
        SchemaDetails {
            description,
            key_combinations: combinations,
            limits,
            default,
            ..SchemaDetails::default()
        }
    }

    /// Returns the value of the schema's limit of this kind, like 10 for `maxLength: 10`; `None` if there is no such
    /// limit.
    pub fn limit_value(&self, kind: LimitKind) -> Option<&Node> {
        self.limits.iter().find(|limit| limit.kind == kind).map(|limit| &*limit.value)
    }
}

fn read_limits(node: &Node) -> Vec<Limit> {
    let limit = |(key, kind): &(&str, LimitKind)| {
        let value = node.get(key)?;
        let kind = match kind {
            LimitKind::Minimum if node.value_is_true("exclusiveMinimum") => LimitKind::ExclusiveMinimum,
            LimitKind::Maximum if node.value_is_true("exclusiveMaximum") => LimitKind::ExclusiveMaximum,
            LimitKind::UniqueItems if value.value != Value::Bool(true) => return None,
            kind => *kind,
        };
        Some(Limit { kind, value: Arc::new(value.clone()) })
    };
    LIMIT_KEYWORDS.iter().filter_map(limit).collect()
}
