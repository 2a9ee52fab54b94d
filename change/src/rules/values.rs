//! Finds changes of the values that a schema allows: changes of the type, the format, the limits, the default, and
//! `nullable`.

use partner_model::{DecimalRepresentation, IntegerType, Schema, Type};
use partner_spec::{Location, Node};

use super::{docs, limits};
use crate::compare::Comparison;
use crate::number::are_json_values_equal;
use crate::rule::{Effect::*, Rule};
use crate::rust::{ValuePosition, argument_accepts_former_type};
use crate::site::ChangeSite;

declare_rules! {
    TYPE_CHANGED = Rule::new(
        "type-changed",
        "A value is of another type",
        "The old values are refused in requests, and programs cannot read the new ones in responses.",
    ).with_effects_in_both_directions(Breaking, Breaking).with_migration_advice("Use the new type.");
    VALUE_FREED = Rule::new(
        "value-freed",
        "A value can be any JSON",
        "Requests go on working; responses can hold what programs cannot read.",
    ).with_request_effects(Compatible, Breaking).with_response_effects(Breaking, Breaking)
    .with_migration_advice("Send or expect any JSON.");
    VALUE_KNOWN = Rule::new(
        "value-known",
        "A value that could be any JSON is known to be of a type",
        "Requests with other values are refused; responses hold what they did, but the Rust type is another one.",
    ).with_request_effects(Breaking, Breaking).with_response_effects(Compatible, Breaking)
    .with_migration_advice("Use the new type instead of any JSON.");
    FORMAT_TYPED = Rule::new(
        "format-typed",
        "A string is known to be a UUID, a date, a time or a decimal",
        "Requests with other strings are refused; responses hold what strings are, but the Rust type is another one.",
    ).with_request_effects(Breaking, Breaking).with_response_effects(Compatible, Breaking)
    .with_migration_advice("Use the type of the format instead of a string.");
    FORMAT_UNTYPED = Rule::new(
        "format-untyped",
        "A string is no longer known to be a UUID, a date, a time or a decimal",
        "Requests go on working; responses can hold strings that programs cannot read as that.",
    ).with_request_effects(Compatible, Breaking).with_response_effects(Breaking, Breaking).with_migration_advice("Use a string.");
    ENUM_FROM_STRING = Rule::new(
        "string-enumerated",
        "A string is known to be one of several values",
        "Requests with other strings are refused; responses hold strings as before, but the Rust type is an enum.",
    ).with_request_effects(Breaking, Breaking).with_response_effects(Compatible, Breaking)
    .with_migration_advice("Use the enum instead of a string.");
    STRING_FROM_ENUM = Rule::new(
        "enum-freed",
        "An enum is any string",
        "Requests go on working; responses can hold values that programs do not know. The Rust type is a string.",
    ).with_request_effects(Compatible, Breaking).with_response_effects(Breaking, Breaking)
    .with_migration_advice("Use a string instead of the enum.");
    INTEGER_WIDENED = Rule::new(
        "integer-widened",
        "A whole number can be larger",
        "Requests go on working; responses can hold numbers that do not fit into 32 bits.",
    ).with_request_effects(Compatible, Breaking).with_response_effects(Breaking, Breaking).with_migration_advice("Use `i64`.");
    INTEGER_NARROWED = Rule::new(
        "integer-narrowed",
        "A whole number has to fit into 32 bits",
        "Requests with larger numbers are refused.",
    ).with_request_effects(Breaking, Breaking).with_response_effects(Compatible, Breaking).with_migration_advice("Use `i32`.");
    INTEGER_TO_NUMBER = Rule::new(
        "integer-to-number",
        "A whole number can have decimals",
        "Requests go on working; programs cannot read decimals as whole numbers.",
    ).with_request_effects(Compatible, Breaking).with_response_effects(Breaking, Breaking).with_migration_advice("Use `Decimal`.");
    NUMBER_TO_INTEGER = Rule::new(
        "number-to-integer",
        "A number has to be whole",
        "Requests with decimals are refused.",
    ).with_request_effects(Breaking, Breaking).with_response_effects(Compatible, Breaking).with_migration_advice("Use a whole number.");
    DECIMAL_FORM_CHANGED = Rule::new(
        "decimal-form-changed",
        "A decimal is a string instead of a number, or the other way round",
        "The server refuses the old form, and programs cannot read the new one; the Rust type is `Decimal` for both.",
    ).with_effects_in_both_directions(Breaking, Compatible)
    .with_migration_advice("Build with the new version; the old one writes the old form.");
    NULLABLE_ADDED = Rule::new(
        "nullable-added",
        "A value may be null",
        "Requests go on working; programs have to expect null in responses. What is optional is an `Option` in Rust already.",
    ).with_request_effects(Compatible, Breaking).with_response_effects(Breaking, Breaking).with_migration_advice("Expect an `Option`.");
    NULLABLE_REMOVED = Rule::new(
        "nullable-removed",
        "A value may not be null any more",
        "Requests with null are refused; responses just never hold it. What is optional stays an `Option` in Rust.",
    ).with_request_effects(Breaking, Breaking).with_response_effects(Compatible, Breaking)
    .with_migration_advice("Expect a value instead of an `Option`.");
    RUST_TYPE_CHANGED = Rule::new(
        "rust-type-changed",
        "A value is of another type in Rust",
        "On the wire it may be the same.",
    ).with_effects_in_both_directions(Unaffected, Breaking).with_migration_advice("Use the new type.");
    FORMAT_ADDED = Rule::new(
        "format-added",
        "A string has to be of a format, which is a string in Rust, too",
        "Requests with other strings are refused.",
    ).with_request_effects(Breaking, Compatible).with_response_effects(Compatible, Compatible)
    .with_migration_advice("Send only strings of the new format.");
    FORMAT_REMOVED = Rule::new(
        "format-removed",
        "A string does not have to be of a format any more, which was a string in Rust, too",
        "Requests go on working; responses can hold strings that programs do not expect.",
    ).with_request_effects(Compatible, Compatible).with_response_effects(Breaking, Compatible).with_migration_advice("Expect any string.");
    FORMAT_CHANGED = Rule::new(
        "format-changed",
        "A string has to be of another format, and both are strings in Rust",
        "The old strings are refused in requests, and programs do not expect the new ones in responses.",
    ).with_effects_in_both_directions(Breaking, Compatible).with_migration_advice("Send and expect strings of the new format.");
    DEFAULT_ADDED = Rule::new(
        "default-added",
        "It is documented what an absent value means",
        "Nobody relied on it.",
    ).with_request_effects(Compatible, Compatible).with_response_effects(DocumentationOnly, DocumentationOnly);
    DEFAULT_REMOVED = Rule::new(
        "default-removed",
        "It is no longer documented what an absent value means",
        "Programs that leave it out do not know what they get.",
    ).with_request_effects(Breaking, Compatible).with_response_effects(DocumentationOnly, DocumentationOnly)
    .with_migration_advice("Set the value, where it matters.");
    DEFAULT_CHANGED = Rule::new(
        "default-changed",
        "An absent value means something else",
        "Programs that leave it out get something else.",
    ).with_request_effects(Breaking, Compatible).with_response_effects(DocumentationOnly, DocumentationOnly)
    .with_migration_advice("Set the value, where it matters.");
    ABOVE_ZERO_ADDED = Rule::new(
        "above-zero-added",
        "An amount has to be more than zero",
        "A call with zero or less fails in the client, before anything is sent.",
    ).with_request_effects(Breaking, Compatible).with_migration_advice("Send only amounts above zero.");
    ABOVE_ZERO_REMOVED = Rule::new(
        "above-zero-removed",
        "An amount may be zero or less",
        "Requests go on working; the client sends every amount.",
    ).with_request_effects(Compatible, Compatible);
    VALUE_EXCLUDED = Rule::new(
        "value-excluded",
        "A string may not be one of some values",
        "Requests with them are refused.",
    ).with_request_effects(Breaking, Compatible).with_response_effects(Compatible, Compatible)
    .with_migration_advice("Do not send the values that are excluded.");
    VALUE_INCLUDED = Rule::new(
        "value-included",
        "A string may be a value that was excluded",
        "Requests go on working; responses can hold a value that programs do not expect.",
    ).with_request_effects(Compatible, Compatible).with_response_effects(Breaking, Compatible)
    .with_migration_advice("Expect the values that were excluded.");
}

/// The schema of a value, with the value's position in the Rust client (a field, an argument …).
type PositionedSchema<'a> = (&'a Schema, ValuePosition);

/// Reports the changes between the old and the new schema of a value. Then compares the old and the new Rust type of
/// the value, to correct the reported effects of these changes on Rust callers.
pub(super) fn report_changes(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: PositionedSchema<'_>,
    after: PositionedSchema<'_>,
) {
    let since = c.change_count();
    report_changes_with_uncorrected_effects(c, site, before, after);
    let (old, new) = c.format_rust_types(before, after);
    // A type is formatted differently for a required and for an optional value. So the old type is formatted here as if
    // it were in the position of the new one (required or optional). Then the two texts differ only if the type itself
    // has changed. Another rule reports that a value has become required or optional.
    let (old_type_in_new_position, _) = c.format_rust_types((before.0, after.1), after);
    let is_accepted = after.1 == ValuePosition::Argument && argument_accepts_former_type(&old, &new);
    c.correct_rust_effects(
        since,
        site,
        old == new || is_accepted,
        (old_type_in_new_position, &before.0.location),
        (new, &after.0.location),
    );
}

/// Reports the changes between the old and the new schema of a value. Each change gets the effects that its rule
/// states, for example that it breaks Rust callers. The effect on Rust callers can be wrong until
/// [`Comparison::correct_rust_effects`] has corrected it.
pub(super) fn report_changes_with_uncorrected_effects(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: PositionedSchema<'_>,
    after: PositionedSchema<'_>,
) {
    let (b, a) = (before.0, after.0);
    let places = (Some(&b.location), Some(&a.location));
    types(c, site, b, a);
    if b.nullable != a.nullable {
        let (rule, text) = match a.nullable {
            true => (&NULLABLE_ADDED, "may be null"),
            false => (&NULLABLE_REMOVED, "may not be null any more"),
        };
        c.report_change(rule, site, format!("{} {text}", site.quoted_name), places);
    }
    compare_formats(c, site, b, a);
    if site.directions.sent && b.must_be_above_zero() != a.must_be_above_zero() {
        let (rule, text) = match a.must_be_above_zero() {
            true => (&ABOVE_ZERO_ADDED, "has to be more than zero"),
            false => (&ABOVE_ZERO_REMOVED, "may be zero or less"),
        };
        c.report_change(rule, site, format!("{} {text}", site.quoted_name), places);
    }
    compare_forbidden_strings(c, site, b, a);
    limits::report_changes(c, site, (&b.details, &b.location), (&a.details, &a.location));
    compare_default_values(
        c,
        site,
        (b.details.default.as_ref(), &b.location),
        (a.details.default.as_ref(), &a.location),
    );
    docs::compare_annotations(c, site, (&b.details, &b.location), (&a.details, &a.location));
}

fn types(c: &mut Comparison<'_>, site: &ChangeSite, b: &Schema, a: &Schema) {
    let rule = match (&b.ty, &a.ty) {
        // Nothing is reported if both types have the same name or are of the same kind (both objects, enums or unions),
        // because the rules about types report how such types differ.
        (Type::Named(x), Type::Named(y)) if x == y || c.are_named_types_of_same_kind(x, y) => return,
        (Type::List(x), Type::List(y)) => {
            let inner =
                site.with_quoted_name(format!("An item of {}", lowercase_first_letter(&site.quoted_name)));
            return report_changes_with_uncorrected_effects(
                c,
                &inner,
                (x, ValuePosition::ResponseOrElement),
                (y, ValuePosition::ResponseOrElement),
            );
        }
        (Type::Map(x), Type::Map(y)) => {
            let inner =
                site.with_quoted_name(format!("A value of {}", lowercase_first_letter(&site.quoted_name)));
            return report_changes_with_uncorrected_effects(
                c,
                &inner,
                (x, ValuePosition::ResponseOrElement),
                (y, ValuePosition::ResponseOrElement),
            );
        }
        (x, y) if describe_type(x) == describe_type(y) && x.name().is_none() => return,
        (_, Type::Json) => &VALUE_FREED,
        (Type::Json, _) => &VALUE_KNOWN,
        (Type::String, Type::Named(name)) if c.after.find_enum(name).is_some() => &ENUM_FROM_STRING,
        (Type::Named(name), Type::String) if c.before.find_enum(name).is_some() => &STRING_FROM_ENUM,
        (Type::String, y) if is_string_on_wire_but_not_in_rust(y) => &FORMAT_TYPED,
        (x, Type::String) if is_string_on_wire_but_not_in_rust(x) => &FORMAT_UNTYPED,
        (Type::Integer(IntegerType::I32), Type::Integer(IntegerType::I64)) => &INTEGER_WIDENED,
        (Type::Integer(IntegerType::I64), Type::Integer(IntegerType::I32)) => &INTEGER_NARROWED,
        (Type::Integer(_), Type::Decimal(DecimalRepresentation::Number)) => &INTEGER_TO_NUMBER,
        (Type::Decimal(DecimalRepresentation::Number), Type::Integer(_)) => &NUMBER_TO_INTEGER,
        (Type::Decimal(_), Type::Decimal(_)) => &DECIMAL_FORM_CHANGED,
        _ => &TYPE_CHANGED,
    };
    let text = format!("{} is {}, and was {}", site.quoted_name, describe_type(&a.ty), describe_type(&b.ty));
    c.report_change(rule, site, text, (Some(&b.location), Some(&a.location)));
}

fn compare_formats(c: &mut Comparison<'_>, site: &ChangeSite, b: &Schema, a: &Schema) {
    let is_compared = match (&b.ty, &a.ty) {
        (Type::String, Type::String) => true,
        // In Rust, a JSON number is a `Decimal`, both with the format `float` and with the format `double`. So a change
        // from one format to the other is reported as a change of the format, not of the type.
        (Type::Decimal(DecimalRepresentation::Number), Type::Decimal(DecimalRepresentation::Number)) => {
            let is_float =
                |schema: &Schema| schema.details.format.as_ref().is_some_and(|name| name != "decimal");
            is_float(b) && is_float(a)
        }
        _ => false,
    };
    if !is_compared {
        return;
    }
    let (rule, text) = match (&b.details.format, &a.details.format) {
        (None, Some(new)) => (&FORMAT_ADDED, format!("has the format `{new}`")),
        (Some(old), None) => (&FORMAT_REMOVED, format!("no longer has the format `{old}`")),
        (Some(old), Some(new)) if old != new => {
            (&FORMAT_CHANGED, format!("has the format `{new}`, and had `{old}`"))
        }
        _ => return,
    };
    c.report_change(
        rule,
        site,
        format!("{} {text}", site.quoted_name),
        (Some(&b.location), Some(&a.location)),
    );
}

fn compare_forbidden_strings(c: &mut Comparison<'_>, site: &ChangeSite, b: &Schema, a: &Schema) {
    let missing = |from: &Schema, to: &Schema| -> Vec<String> {
        from.forbidden_strings
            .iter()
            .filter(|value| !to.forbidden_strings.contains(value))
            .map(|value| format!("`{value}`"))
            .collect()
    };
    let places = (Some(&b.location), Some(&a.location));
    for (rule, word, values) in [
        (&VALUE_EXCLUDED, "may no longer be", missing(a, b)),
        (&VALUE_INCLUDED, "may also be", missing(b, a)),
    ] {
        if !values.is_empty() {
            c.report_change(rule, site, format!("{} {word} {}", site.quoted_name, values.join(", ")), places);
        }
    }
}

/// Compares the default values of two schemas.
pub(super) fn compare_default_values(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: (Option<&Node>, &Location),
    after: (Option<&Node>, &Location),
) {
    let places = (Some(before.1), Some(after.1));
    let (rule, text) = match (before.0, after.0) {
        (None, Some(new)) => (&DEFAULT_ADDED, format!("is {} when it is absent", new.to_json())),
        (Some(old), None) => {
            (&DEFAULT_REMOVED, format!("is no longer said to be {} when it is absent", old.to_json()))
        }
        (Some(old), Some(new)) if !are_json_values_equal(old, new) => {
            (&DEFAULT_CHANGED, format!("is {} when it is absent, and was {}", new.to_json(), old.to_json()))
        }
        _ => return,
    };
    c.report_change(rule, site, format!("{} {text}", site.quoted_name), places);
}

/// Whether values of the type are strings on the wire, but have another type than `String` in Rust.
fn is_string_on_wire_but_not_in_rust(ty: &Type) -> bool {
    matches!(ty, Type::Uuid | Type::Date | Type::DateTime | Type::Decimal(DecimalRepresentation::String))
}

fn describe_type(ty: &Type) -> String {
    let text = match ty {
        Type::Named(name) => return format!("`{name}`"),
        Type::List(_) => "a list",
        Type::Map(_) => "a map",
        Type::String => "a string",
        Type::Uuid => "a UUID",
        Type::Date => "a date",
        Type::DateTime => "a moment",
        Type::Decimal(DecimalRepresentation::Number) => "a number",
        Type::Decimal(DecimalRepresentation::String) => "a decimal in a string",
        Type::Integer(IntegerType::I32) => "a whole number of 32 bits",
        Type::Integer(IntegerType::I64) => "a whole number of 64 bits",
        Type::Integer(IntegerType::U64) => "a whole number of 64 bits without a sign",
        Type::Boolean => "a boolean",
        Type::AnyObject => "an object of any keys",
        Type::Json => "any JSON",
        Type::FileContent => "a file",
    };
    text.to_owned()
}

/// Changes the first letter of a name to lower case, so that the name can stand in the middle of a sentence.
fn lowercase_first_letter(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
