//! Converts the errors of the JSON Schema library to messages with a location.

use std::cell::Cell;

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{JsonType, ValidationError, Validator};
use partner_spec::{Location, Node, Value, advise_on_unknown_name};
use serde_json::Value as Json;

use super::number::{self, EXACT_ENUM_KEYWORD};
use super::pattern::OWN_PATTERN_KEYWORD;
use super::reference::{CompiledComponents, REFERENCE_KEYWORD};
use super::tree::NodeJsonAdapter;

/// The maximum depth of nested references that the explanation of a mismatch follows.
const MAX_REFERENCE_DEPTH: usize = 40;

/// The maximum number of references that the explanation of one value follows in total. The limit is needed because
/// each alternative of a nested `anyOf` may contain the same references.
const MAX_FOLLOWED_REFERENCES_PER_VALUE: usize = 500;

/// The maximum number of suggestions in the explanation of one value. A suggestion is the value of an `enum` that is
/// most similar to a wrong value. More suggestions are not needed, because only the first few mismatches are shown.
const MAX_ENUM_SUGGESTIONS_PER_VALUE: usize = 50;

/// The maximum number of characters that a message quotes from a document.
const MAX_QUOTED_CHARS: usize = 60;

/// A part of a value that does not match its schema.
#[derive(Clone, Debug)]
pub(crate) struct Mismatch {
    /// The JSON pointer to the part that does not match the schema, relative to the whole value that was checked.
    pub(crate) pointer: String,
    /// The location of the part of the value that does not match the schema.
    pub(crate) location: Location,
    /// The message without its subject, like `is a string; an integer was expected`.
    pub(crate) message_without_subject: String,
    /// Advice on how to correct the mismatching part; `None` if we have no advice.
    pub(crate) advice: Option<String>,
    /// The indication that the value was meant for another alternative of a `oneOf` or `anyOf`; `None` if this mismatch
    /// does not indicate that. If there is an indication, the explanation prefers the mismatches of the other
    /// alternatives.
    wrong_alternative_indication: Option<WrongAlternativeIndication>,
}

/// An indication that a value was meant for another alternative of a `oneOf` or `anyOf`. Each variant is a kind of
/// mismatch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WrongAlternativeIndication {
    /// The value has a JSON type that this alternative does not accept.
    TypeMismatch,
    /// The value is not in the `enum` of the alternative. For example, it is the value that the property `kind` has in
    /// another alternative.
    EnumMismatch,
}

/// Returns all mismatches of a value that does not match its schema.
pub(super) fn collect_mismatches(
    shared: &CompiledComponents,
    validator: &Validator<NodeJsonAdapter>,
    value: &Node,
) -> Vec<Mismatch> {
    let explainer = Explainer {
        shared,
        remaining_reference_count: Cell::new(MAX_FOLLOWED_REFERENCES_PER_VALUE),
        remaining_enum_suggestion_count: Cell::new(MAX_ENUM_SUGGESTIONS_PER_VALUE),
    };
    explainer.explain_all(validator, ValuePart { node: value, pointer: "" }, 0)
}

struct Explainer<'s> {
    shared: &'s CompiledComponents,
    /// The number of references that this explanation may still follow.
    remaining_reference_count: Cell<usize>,
    /// How many more suggestions of correct `enum` values this explanation may make.
    remaining_enum_suggestion_count: Cell<usize>,
}

/// A part of the checked value, with its JSON pointer.
#[derive(Clone, Copy)]
struct ValuePart<'v> {
    node: &'v Node,
    pointer: &'v str,
}

impl Explainer<'_> {
    fn explain_all(
        &self,
        validator: &Validator<NodeJsonAdapter>,
        part: ValuePart<'_>,
        depth: usize,
    ) -> Vec<Mismatch> {
        validator.iter_errors(part.node).flat_map(|error| self.explain_error(&error, part, depth)).collect()
    }

    fn explain_error(&self, error: &ValidationError<'_>, part: ValuePart<'_>, depth: usize) -> Vec<Mismatch> {
        let path = error.instance_path().as_str();
        let node = part.node.pointer(path).unwrap_or(part.node);
        let pointer = format!("{}{path}", part.pointer);
        match error.kind() {
            Kind::Custom { keyword, message } if keyword == REFERENCE_KEYWORD => {
                let validator = message.parse().ok().and_then(|number| self.shared.get(number));
                let inner = match validator {
                    Some(validator)
                        if depth < MAX_REFERENCE_DEPTH && self.remaining_reference_count.get() > 0 =>
                    {
                        self.remaining_reference_count.set(self.remaining_reference_count.get() - 1);
                        self.explain_all(&validator, ValuePart { node, pointer: &pointer }, depth + 1)
                    }
                    _ => Vec::new(),
                };
                if inner.is_empty() {
                    return vec![new_mismatch(node, &pointer, String::from("does not fit its schema"), None)];
                }
                inner
            }
            Kind::AnyOf { context } => {
                let alternatives = context.iter().filter(|errors| !are_errors_from_null_alternative(errors));
                let alternatives: Vec<Vec<Mismatch>> = alternatives
                    .map(|errors| {
                        errors.iter().flat_map(|e| self.explain_error(e, part, depth + 1)).collect()
                    })
                    .collect();
                pick_likely_mismatches(node, &pointer, alternatives)
            }
            Kind::AdditionalProperties { unexpected } => {
                unexpected.iter().map(|key| new_unexpected_key_mismatch(node, &pointer, key)).collect()
            }
            kind => {
                let (predicate, mut advice) = describe_error(kind, node);
                if let (Kind::Enum { options }, Some(left)) =
                    (kind, self.remaining_enum_suggestion_count.get().checked_sub(1))
                {
                    self.remaining_enum_suggestion_count.set(left);
                    advice = advise_on_enum_value(options, node);
                }
                let mut found = new_mismatch(node, &pointer, predicate, advice);
                found.wrong_alternative_indication = match kind {
                    Kind::Type { .. } => Some(WrongAlternativeIndication::TypeMismatch),
                    Kind::Enum { .. } => Some(WrongAlternativeIndication::EnumMismatch),
                    Kind::Custom { keyword, .. } if keyword == EXACT_ENUM_KEYWORD => {
                        Some(WrongAlternativeIndication::EnumMismatch)
                    }
                    _ => None,
                };
                vec![found]
            }
        }
    }
}

/// Returns a mismatch whose message says only that the whole value does not fit its schema. It is used if listing all
/// mismatches would take too long.
pub(super) fn make_unexplained_mismatch(value: &Node) -> Mismatch {
    new_mismatch(value, "", String::from("does not fit its schema"), None)
}

fn new_mismatch(node: &Node, pointer: &str, predicate: String, advice: Option<String>) -> Mismatch {
    let whole = matches!(node.value, Value::Object(_) | Value::Array(_));
    let location = if whole { node.location.collapse_to_start() } else { node.location.clone() };
    Mismatch {
        pointer: pointer.to_owned(),
        location,
        message_without_subject: predicate,
        advice,
        wrong_alternative_indication: None,
    }
}

/// Whether the errors come from the alternative `enum: [null]`. Messages do not mention this alternative, because it is
/// not in the document: the conversion adds it for `nullable`.
fn are_errors_from_null_alternative(errors: &[ValidationError<'_>]) -> bool {
    matches!(errors, [only] if matches!(only.kind(), Kind::Enum { options } if **options == Json::Array(vec![Json::Null])))
}

/// Returns the mismatches between a value and the alternative that the author of the value probably meant. If it is
/// unclear which one was meant, returns a single mismatch, which says that the value fits no alternative.
/// `alternatives` has a list for each alternative: the mismatches between the value and this alternative.
fn pick_likely_mismatches(node: &Node, pointer: &str, mut alternatives: Vec<Vec<Mismatch>>) -> Vec<Mismatch> {
    let number = alternatives.len();
    let meant: Vec<usize> = (0..number)
        .filter(|i| {
            !alternatives[*i].iter().any(|m| m.wrong_alternative_indication.is_some() && m.pointer == pointer)
        })
        .collect();
    // A tag is a direct property of the value, like `kind`, that has a different `enum` in each alternative. If the
    // `enum` of an alternative does not list the tag of the value, that alternative was not meant.
    let has_fitting_tag = |i: &usize| {
        let below = |m: &Mismatch| m.pointer.matches('/').count() == pointer.matches('/').count() + 1;
        !alternatives[*i].iter().any(|m| {
            m.wrong_alternative_indication == Some(WrongAlternativeIndication::EnumMismatch) && below(m)
        })
    };
    let same_tag: Vec<usize> = meant.iter().copied().filter(has_fitting_tag).collect();
    let only = match (number, meant.as_slice(), same_tag.as_slice()) {
        (1, ..) => Some(0),
        (_, [only], _) | (_, _, [only]) => Some(*only),
        _ => None,
    };
    if let Some(only) = only {
        return alternatives.swap_remove(only);
    }
    let nearest = meant.iter().min_by_key(|i| alternatives[**i].len());
    let nearest = nearest.and_then(|i| Some((i, alternatives[*i].first()?)));
    let advice = nearest.map(|(index, first)| {
        let place = if first.pointer.is_empty() { "it" } else { first.pointer.as_str() };
        format!(
            "the nearest is number {}, which `{place}` does not fit: it {}",
            index + 1,
            first.message_without_subject
        )
    });
    vec![new_mismatch(node, pointer, format!("fits none of the {number} alternatives"), advice)]
}

fn new_unexpected_key_mismatch(node: &Node, pointer: &str, key: &str) -> Mismatch {
    let message_without_subject =
        format!("has a key `{}`, which its schema does not allow", shorten_quoted_text(key));
    let mut found = new_mismatch(node, pointer, message_without_subject, None);
    if let Some(entry) = node.as_object().and_then(|object| object.entry(key)) {
        found.location = entry.key_location.clone();
    }
    found
}

fn describe_error(kind: &Kind, node: &Node) -> (String, Option<String>) {
    match kind {
        Kind::Type { kind } => describe_wrong_type(kind, node),
        Kind::Enum { .. } => (describe_value_not_in_enum(node), None),
        Kind::Required { property } => (
            format!(
                "has no `{}`, which is required",
                shorten_quoted_text(property.as_str().unwrap_or_default())
            ),
            None,
        ),
        Kind::Format { format } => (format!("is no `{format}`"), advise_on_format(format)),
        Kind::Custom { keyword, .. } if keyword == EXACT_ENUM_KEYWORD => {
            (describe_value_not_in_enum(node), None)
        }
        Kind::Custom { keyword, message }
            if number::NUMBER_LIMIT_KEYWORDS.iter().any(|(known, _)| known == keyword) =>
        {
            (message.clone(), None)
        }
        Kind::Custom { keyword, message } if keyword == OWN_PATTERN_KEYWORD => {
            (format!("does not match the pattern `{}`", shorten_quoted_text(message)), None)
        }
        Kind::MinLength { limit } => (format!("is shorter than {limit} characters"), None),
        Kind::MaxLength { limit } => (format!("is longer than {limit} characters"), None),
        Kind::MinItems { limit } => (format!("has fewer than {limit} items"), None),
        Kind::MaxItems { limit } => (format!("has more than {limit} items"), None),
        Kind::MinProperties { limit } => (format!("has fewer than {limit} keys"), None),
        Kind::MaxProperties { limit } => (format!("has more than {limit} keys"), None),
        Kind::UniqueItems => (String::from("has an item twice, where items are unique"), None),
        Kind::Not { .. } => (String::from("is what `not` excludes"), None),
        _ => (String::from("does not fit its schema"), None),
    }
}

fn describe_wrong_type(kind: &TypeKind, node: &Node) -> (String, Option<String>) {
    let expected: Vec<JsonType> = match kind {
        TypeKind::Single(kind) => vec![*kind],
        TypeKind::Multiple(kinds) => kinds.iter().collect(),
    };
    let expects = |kind: JsonType| expected.contains(&kind);
    let advice = match &node.value {
        Value::String(text) if expects(JsonType::Object) || expects(JsonType::Array) => {
            let quoted = serde_json::from_str::<Json>(text).is_ok_and(|v| v.is_object() || v.is_array());
            quoted.then_some("it is JSON in quotes; write the value itself")
        }
        Value::String(text) if expects(JsonType::Integer) || expects(JsonType::Number) => {
            text.parse::<f64>().is_ok().then_some("take the quotes away")
        }
        Value::String(text) if expects(JsonType::Boolean) => {
            matches!(text.as_str(), "true" | "false").then_some("take the quotes away")
        }
        Value::Number(_) | Value::Bool(_) if expects(JsonType::String) => Some("put it in quotes"),
        Value::Null => Some("say `nullable: true` beside `type` where null is a value"),
        _ => None,
    };
    let mut words: Vec<&str> = expected.iter().map(|kind| name_type(*kind)).collect();
    words.sort_by_key(|word| *word == "null");
    let found = match &node.value {
        Value::Number(_) if expects(JsonType::Integer) => "a number with a fraction or exponent",
        value => value.describe_type(),
    };
    (format!("is {found}; {} was expected", words.join(" or ")), advice.map(str::to_owned))
}

fn name_type(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Array => "a list",
        JsonType::Boolean => "a boolean",
        JsonType::Integer => "an integer",
        JsonType::Null => "null",
        JsonType::Number => "a number",
        JsonType::Object => "an object",
        JsonType::String => "a string",
    }
}

fn describe_value_not_in_enum(node: &Node) -> String {
    let shown = match &node.value {
        Value::String(text) => format!("is `{}`, which", shorten_quoted_text(text)),
        Value::Number(text) => format!("is {}, which", shorten_quoted_text(text)),
        value => format!("is {}, which", value.describe_type()),
    };
    format!("{shown} is none of the values of the `enum`")
}

/// Returns advice on a string that is not in its `enum`: the most similar `enum` value, or a list of all values if none
/// is similar. `None` if the list would be too long, or if the node is not a string.
fn advise_on_enum_value(options: &Json, node: &Node) -> Option<String> {
    let words = options.as_array().into_iter().flatten().filter_map(Json::as_str);
    node.as_str().and_then(|text| advise_on_unknown_name(text, words))
}

fn advise_on_format(format: &str) -> Option<String> {
    let example = match format {
        "date" => "2026-01-31",
        "date-time" => "2026-01-31T12:00:00Z",
        "time" => "12:00:00Z",
        "uuid" => "0191d1d6-7a3c-7e0a-9d5e-2f1b6c0a8f11",
        "uri" => "https://example.com/wallets",
        "email" => "user@example.com",
        "decimal" => "12.50",
        "byte" => return Some(String::from("`byte` is base64")),
        _ => return None,
    };
    Some(format!("a `{format}` looks like `{example}`"))
}

/// Shortens a quoted text to [`MAX_QUOTED_CHARS`] characters, and marks the cut with `…`.
pub(crate) fn shorten_quoted_text(text: &str) -> String {
    match text.char_indices().nth(MAX_QUOTED_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
