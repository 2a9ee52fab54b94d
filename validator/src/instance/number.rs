//! Our own schema keywords for numbers and enums. They compare numbers exactly, while the keywords of the JSON Schema
//! library compare them as floats.

use std::collections::HashSet;

use jsonschema::{Keyword, ValidationError};
use partner_spec::{Node, Value};

use super::decimal::Decimal;
use super::formats::find_integer_format_bounds;
use super::tree::{NodeJsonAdapter, spend_steps, to_canonical_text};

/// Our own keywords for limits of numbers, each with the OpenAPI keyword that it replaces.
pub(super) const NUMBER_LIMIT_KEYWORDS: [(&str, &str); 7] = [
    ("x-minimum", "minimum"),
    ("x-maximum", "maximum"),
    ("x-exclusive-minimum", "exclusiveMinimum"),
    ("x-exclusive-maximum", "exclusiveMaximum"),
    ("x-multiple-of", "multipleOf"),
    ("x-number-format", "format"),
    ("x-more-than-zero", ABOVE_ZERO_KEYWORD),
];

/// The OpenAPI extension that demands that an amount is more than zero. Unlike the other limits, it also applies to
/// decimals that are written as strings.
pub(super) const ABOVE_ZERO_KEYWORD: &str = "x-above-zero";

/// Our own keyword that replaces an `enum` if any of its values is or contains a number. It lists the canonical texts
/// of the values. A canonical text is the same for all spellings of a value.
pub(super) const EXACT_ENUM_KEYWORD: &str = "x-enum";

/// The implementation of one of the [`NUMBER_LIMIT_KEYWORDS`].
pub(super) struct NumberLimitKeyword {
    kind: Kind,
    /// Whether the limit also applies to numbers that are written as strings.
    applies_to_numeric_strings: bool,
    /// The message about a number that violates the limit.
    message: String,
}

enum Kind {
    AtLeast(Decimal),
    AtMost(Decimal),
    MoreThan(Decimal),
    LessThan(Decimal),
    MultipleOf(Decimal),
    Between(Decimal, Decimal),
}

impl NumberLimitKeyword {
    /// Makes the keyword that checks a limit. `keyword` is the OpenAPI keyword that sets the limit, and `text` is its
    /// value. Returns `None` if the text is not a valid limit.
    pub(super) fn parse(keyword: &str, text: &str) -> Option<NumberLimitKeyword> {
        if keyword == "format" {
            let (least, most) = find_integer_format_bounds(text)?;
            let message = format!("is outside of what its format holds, {least} to {most}");
            let [least, most] = [least, most].map(|limit| Decimal::parse(&limit.to_string()));
            let kind = Kind::Between(least?, most?);
            return Some(NumberLimitKeyword { kind, applies_to_numeric_strings: false, message });
        }
        let limit = Decimal::parse(text)?;
        let (kind, what) = match keyword {
            "minimum" => (Kind::AtLeast(limit), "less than"),
            "maximum" => (Kind::AtMost(limit), "more than"),
            "exclusiveMinimum" | ABOVE_ZERO_KEYWORD => (Kind::MoreThan(limit), "not more than"),
            "exclusiveMaximum" => (Kind::LessThan(limit), "not less than"),
            _ => (Kind::MultipleOf(limit), "no multiple of"),
        };
        let applies_to_numeric_strings = keyword == ABOVE_ZERO_KEYWORD;
        Some(NumberLimitKeyword { kind, applies_to_numeric_strings, message: format!("is {what} {text}") })
    }

    fn allows(&self, number: &Decimal) -> bool {
        match &self.kind {
            Kind::AtLeast(limit) => number >= limit,
            Kind::AtMost(limit) => number <= limit,
            Kind::MoreThan(limit) => number > limit,
            Kind::LessThan(limit) => number < limit,
            Kind::MultipleOf(factor) => number.is_multiple_of(factor),
            Kind::Between(least, most) => (least..=most).contains(&number),
        }
    }
}

impl<'i> Keyword<'i, NodeJsonAdapter> for NumberLimitKeyword {
    fn validate(&self, instance: &'i Node) -> Result<(), ValidationError<'i>> {
        if self.is_valid(instance) { Ok(()) } else { Err(ValidationError::custom(self.message.clone())) }
    }

    fn is_valid(&self, instance: &'i Node) -> bool {
        let text = match &instance.value {
            Value::Number(text) => text,
            Value::String(text) if self.applies_to_numeric_strings => text,
            _ => return true,
        };
        !spend_steps(1 + text.len() / 32) || Decimal::parse(text).is_none_or(|number| self.allows(&number))
    }
}

/// The implementation of the keyword [`EXACT_ENUM_KEYWORD`]. It compares values by their canonical texts, which are the
/// same for equal values.
pub(super) struct ExactEnumKeyword(pub(super) HashSet<String>);

impl<'i> Keyword<'i, NodeJsonAdapter> for ExactEnumKeyword {
    fn validate(&self, instance: &'i Node) -> Result<(), ValidationError<'i>> {
        if self.is_valid(instance) { Ok(()) } else { Err(ValidationError::custom("")) }
    }

    fn is_valid(&self, instance: &'i Node) -> bool {
        !spend_steps(10 * instance.count_values()) || self.0.contains(&to_canonical_text(instance))
    }
}
