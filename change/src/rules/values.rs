//! The values that a schema allows: type, null, format, limits; and the default.

use partner_model::{Form, IntegerWidth, Schema, Type};
use partner_spec::{Location, Node};

use super::{docs, limits};
use crate::compare::Comparison;
use crate::number::equal;
use crate::rule::{Effect::*, Rule};
use crate::rust::{Slot, takes};
use crate::site::Site;

rules! {
    TYPE_CHANGED = Rule::new(
        "type-changed",
        "A value is of another type",
        "The old values are refused in requests, and programs cannot read the new ones in responses.",
    ).both(Breaking, Breaking).migration("Use the new type.");
    VALUE_FREED = Rule::new(
        "value-freed",
        "A value can be any JSON",
        "Requests go on working; responses can hold what programs cannot read.",
    ).sent(Compatible, Breaking).received(Breaking, Breaking).migration("Send or expect any JSON.");
    VALUE_KNOWN = Rule::new(
        "value-known",
        "A value that could be any JSON is known to be of a type",
        "Requests with other values are refused; responses hold what they did, but the Rust type is another one.",
    ).sent(Breaking, Breaking).received(Compatible, Breaking).migration("Use the new type instead of any JSON.");
    FORMAT_TYPED = Rule::new(
        "format-typed",
        "A string is known to be a UUID, a date, a time or a decimal",
        "Requests with other strings are refused; responses hold what strings are, but the Rust type is another one.",
    ).sent(Breaking, Breaking).received(Compatible, Breaking).migration("Use the type of the format instead of a string.");
    FORMAT_UNTYPED = Rule::new(
        "format-untyped",
        "A string is no longer known to be a UUID, a date, a time or a decimal",
        "Requests go on working; responses can hold strings that programs cannot read as that.",
    ).sent(Compatible, Breaking).received(Breaking, Breaking).migration("Use a string.");
    ENUM_FROM_STRING = Rule::new(
        "string-enumerated",
        "A string is known to be one of several values",
        "Requests with other strings are refused; responses hold strings as before, but the Rust type is an enum.",
    ).sent(Breaking, Breaking).received(Compatible, Breaking).migration("Use the enum instead of a string.");
    STRING_FROM_ENUM = Rule::new(
        "enum-freed",
        "An enum is any string",
        "Requests go on working; responses can hold values that programs do not know. The Rust type is a string.",
    ).sent(Compatible, Breaking).received(Breaking, Breaking).migration("Use a string instead of the enum.");
    INTEGER_WIDENED = Rule::new(
        "integer-widened",
        "A whole number can be larger",
        "Requests go on working; responses can hold numbers that do not fit into 32 bits.",
    ).sent(Compatible, Breaking).received(Breaking, Breaking).migration("Use `i64`.");
    INTEGER_NARROWED = Rule::new(
        "integer-narrowed",
        "A whole number has to fit into 32 bits",
        "Requests with larger numbers are refused.",
    ).sent(Breaking, Breaking).received(Compatible, Breaking).migration("Use `i32`.");
    INTEGER_TO_NUMBER = Rule::new(
        "integer-to-number",
        "A whole number can have decimals",
        "Requests go on working; programs cannot read decimals as whole numbers.",
    ).sent(Compatible, Breaking).received(Breaking, Breaking).migration("Use `Decimal`.");
    NUMBER_TO_INTEGER = Rule::new(
        "number-to-integer",
        "A number has to be whole",
        "Requests with decimals are refused.",
    ).sent(Breaking, Breaking).received(Compatible, Breaking).migration("Use a whole number.");
    DECIMAL_FORM_CHANGED = Rule::new(
        "decimal-form-changed",
        "A decimal is a string instead of a number, or the other way round",
        "The server refuses the old form, and programs cannot read the new one; the Rust type is `Decimal` for both.",
    ).both(Breaking, Compatible).migration("Build with the new version; the old one writes the old form.");
    NULLABLE_ADDED = Rule::new(
        "nullable-added",
        "A value may be null",
        "Requests go on working; programs have to expect null in responses. What is optional is an `Option` in Rust already.",
    ).sent(Compatible, Breaking).received(Breaking, Breaking).migration("Expect an `Option`.");
    NULLABLE_REMOVED = Rule::new(
        "nullable-removed",
        "A value may not be null any more",
        "Requests with null are refused; responses just never hold it. What is optional stays an `Option` in Rust.",
    ).sent(Breaking, Breaking).received(Compatible, Breaking).migration("Expect a value instead of an `Option`.");
    RUST_TYPE_CHANGED = Rule::new(
        "rust-type-changed",
        "A value is of another type in Rust",
        "On the wire it may be the same.",
    ).both(None, Breaking).migration("Use the new type.");
    FORMAT_ADDED = Rule::new(
        "format-added",
        "A string has to be of a format, which is a string in Rust, too",
        "Requests with other strings are refused.",
    ).sent(Breaking, Compatible).received(Compatible, Compatible).migration("Send only strings of the new format.");
    FORMAT_REMOVED = Rule::new(
        "format-removed",
        "A string does not have to be of a format any more, which was a string in Rust, too",
        "Requests go on working; responses can hold strings that programs do not expect.",
    ).sent(Compatible, Compatible).received(Breaking, Compatible).migration("Expect any string.");
    FORMAT_CHANGED = Rule::new(
        "format-changed",
        "A string has to be of another format, and both are strings in Rust",
        "The old strings are refused in requests, and programs do not expect the new ones in responses.",
    ).both(Breaking, Compatible).migration("Send and expect strings of the new format.");
    DEFAULT_ADDED = Rule::new(
        "default-added",
        "It is documented what an absent value means",
        "Nobody relied on it.",
    ).sent(Compatible, Compatible).received(Documentation, Documentation);
    DEFAULT_REMOVED = Rule::new(
        "default-removed",
        "It is no longer documented what an absent value means",
        "Programs that leave it out do not know what they get.",
    ).sent(Breaking, Compatible).received(Documentation, Documentation).migration("Set the value, where it matters.");
    DEFAULT_CHANGED = Rule::new(
        "default-changed",
        "An absent value means something else",
        "Programs that leave it out get something else.",
    ).sent(Breaking, Compatible).received(Documentation, Documentation).migration("Set the value, where it matters.");
    ABOVE_ZERO_ADDED = Rule::new(
        "above-zero-added",
        "An amount has to be more than zero",
        "A call with zero or less fails in the client, before anything is sent.",
    ).sent(Breaking, Compatible).migration("Send only amounts above zero.");
    ABOVE_ZERO_REMOVED = Rule::new(
        "above-zero-removed",
        "An amount may be zero or less",
        "Requests go on working; the client sends every amount.",
    ).sent(Compatible, Compatible);
    VALUE_EXCLUDED = Rule::new(
        "value-excluded",
        "A string may not be one of some values",
        "Requests with them are refused.",
    ).sent(Breaking, Compatible).received(Compatible, Compatible).migration("Do not send the values that are excluded.");
    VALUE_INCLUDED = Rule::new(
        "value-included",
        "A string may be a value that was excluded",
        "Requests go on working; responses can hold a value that programs do not expect.",
    ).sent(Compatible, Compatible).received(Breaking, Compatible).migration("Expect the values that were excluded.");
}

/// The schema of a value, and its position in the Rust client.
type Value<'a> = (&'a Schema, Slot);

/// Reports all changes of the schema of a value, with their effects on Rust callers.
pub(super) fn check(c: &mut Comparison<'_>, site: &Site, before: Value<'_>, after: Value<'_>) {
    let since = c.count();
    check_unsettled(c, site, before, after);
    let (old, new) = c.rust_types(before, after);
    // Whether the value is required is compared by another rule, so it must not count as a change of the type.
    let (in_same_slot, _) = c.rust_types((before.0, after.1), after);
    let is_taken = after.1 == Slot::Argument && takes(&old, &new);
    c.settle_rust(
        since,
        site,
        old == new || is_taken,
        (in_same_slot, &before.0.location),
        (new, &after.0.location),
    );
}

/// Reports all changes of the schema of a value. The caller corrects their effects on Rust callers with
/// [`Comparison::settle_rust`].
pub(super) fn check_unsettled(c: &mut Comparison<'_>, site: &Site, before: Value<'_>, after: Value<'_>) {
    let (b, a) = (before.0, after.0);
    let places = (Some(&b.location), Some(&a.location));
    types(c, site, b, a);
    if b.nullable != a.nullable {
        let (rule, text) = match a.nullable {
            true => (&NULLABLE_ADDED, "may be null"),
            false => (&NULLABLE_REMOVED, "may not be null any more"),
        };
        c.report(rule, site, format!("{} {text}", site.name), places);
    }
    formats(c, site, b, a);
    if site.direction.sent && b.is_above_zero() != a.is_above_zero() {
        let (rule, text) = match a.is_above_zero() {
            true => (&ABOVE_ZERO_ADDED, "has to be more than zero"),
            false => (&ABOVE_ZERO_REMOVED, "may be zero or less"),
        };
        c.report(rule, site, format!("{} {text}", site.name), places);
    }
    excluded(c, site, b, a);
    limits::check(c, site, (&b.about, &b.location), (&a.about, &a.location));
    defaults(c, site, (b.about.default.as_ref(), &b.location), (a.about.default.as_ref(), &a.location));
    docs::about(c, site, (&b.about, &b.location), (&a.about, &a.location));
}

fn types(c: &mut Comparison<'_>, site: &Site, b: &Schema, a: &Schema) {
    let rule = match (&b.ty, &a.ty) {
        // If the named type itself has another kind now, another rule reports that.
        (Type::Named(x), Type::Named(y)) if x == y || c.is_same_kind(x, y) => return,
        (Type::List(x), Type::List(y)) => {
            let inner = site.called(format!("An item of {}", mid_sentence(&site.name)));
            return check_unsettled(c, &inner, (x, Slot::Value), (y, Slot::Value));
        }
        (Type::Map(x), Type::Map(y)) => {
            let inner = site.called(format!("A value of {}", mid_sentence(&site.name)));
            return check_unsettled(c, &inner, (x, Slot::Value), (y, Slot::Value));
        }
        (x, y) if describe(x) == describe(y) && x.name().is_none() => return,
        (_, Type::Json) => &VALUE_FREED,
        (Type::Json, _) => &VALUE_KNOWN,
        (Type::String, Type::Named(name)) if c.after.string_enum(name).is_some() => &ENUM_FROM_STRING,
        (Type::Named(name), Type::String) if c.before.string_enum(name).is_some() => &STRING_FROM_ENUM,
        (Type::String, y) if is_typed_string(y) => &FORMAT_TYPED,
        (x, Type::String) if is_typed_string(x) => &FORMAT_UNTYPED,
        (Type::Integer(IntegerWidth::I32), Type::Integer(IntegerWidth::I64)) => &INTEGER_WIDENED,
        (Type::Integer(IntegerWidth::I64), Type::Integer(IntegerWidth::I32)) => &INTEGER_NARROWED,
        (Type::Integer(_), Type::Decimal(Form::Number)) => &INTEGER_TO_NUMBER,
        (Type::Decimal(Form::Number), Type::Integer(_)) => &NUMBER_TO_INTEGER,
        (Type::Decimal(_), Type::Decimal(_)) => &DECIMAL_FORM_CHANGED,
        _ => &TYPE_CHANGED,
    };
    let text = format!("{} is {}, and was {}", site.name, describe(&a.ty), describe(&b.ty));
    c.report(rule, site, text, (Some(&b.location), Some(&a.location)));
}

fn formats(c: &mut Comparison<'_>, site: &Site, b: &Schema, a: &Schema) {
    let is_compared = match (&b.ty, &a.ty) {
        (Type::String, Type::String) => true,
        // Two widths of floats are one decimal in Rust, as is a number without a format.
        (Type::Decimal(Form::Number), Type::Decimal(Form::Number)) => {
            let is_float =
                |schema: &Schema| schema.about.format.as_ref().is_some_and(|name| name != "decimal");
            is_float(b) && is_float(a)
        }
        _ => false,
    };
    if !is_compared {
        return;
    }
    let (rule, text) = match (&b.about.format, &a.about.format) {
        (Option::None, Some(new)) => (&FORMAT_ADDED, format!("has the format `{new}`")),
        (Some(old), Option::None) => (&FORMAT_REMOVED, format!("no longer has the format `{old}`")),
        (Some(old), Some(new)) if old != new => {
            (&FORMAT_CHANGED, format!("has the format `{new}`, and had `{old}`"))
        }
        _ => return,
    };
    c.report(rule, site, format!("{} {text}", site.name), (Some(&b.location), Some(&a.location)));
}

fn excluded(c: &mut Comparison<'_>, site: &Site, b: &Schema, a: &Schema) {
    let missing = |from: &Schema, to: &Schema| -> Vec<String> {
        from.excluded_strings
            .iter()
            .filter(|value| !to.excluded_strings.contains(value))
            .map(|value| format!("`{value}`"))
            .collect()
    };
    let places = (Some(&b.location), Some(&a.location));
    for (rule, word, values) in [
        (&VALUE_EXCLUDED, "may no longer be", missing(a, b)),
        (&VALUE_INCLUDED, "may also be", missing(b, a)),
    ] {
        if !values.is_empty() {
            c.report(rule, site, format!("{} {word} {}", site.name, values.join(", ")), places);
        }
    }
}

/// Compares the defaults of two values.
pub(super) fn defaults(
    c: &mut Comparison<'_>,
    site: &Site,
    before: (Option<&Node>, &Location),
    after: (Option<&Node>, &Location),
) {
    let places = (Some(before.1), Some(after.1));
    let (rule, text) = match (before.0, after.0) {
        (Option::None, Some(new)) => (&DEFAULT_ADDED, format!("is {} when it is absent", new.to_json())),
        (Some(old), Option::None) => {
            (&DEFAULT_REMOVED, format!("is no longer said to be {} when it is absent", old.to_json()))
        }
        (Some(old), Some(new)) if !equal(old, new) => {
            (&DEFAULT_CHANGED, format!("is {} when it is absent, and was {}", new.to_json(), old.to_json()))
        }
        _ => return,
    };
    c.report(rule, site, format!("{} {text}", site.name), places);
}

/// Whether the type is a string on the wire, but another type than `String` in Rust.
fn is_typed_string(ty: &Type) -> bool {
    matches!(ty, Type::Uuid | Type::Date | Type::DateTime | Type::Decimal(Form::String))
}

fn describe(ty: &Type) -> String {
    let text = match ty {
        Type::Named(name) => return format!("`{name}`"),
        Type::List(_) => "a list",
        Type::Map(_) => "a map",
        Type::String => "a string",
        Type::Uuid => "a UUID",
        Type::Date => "a date",
        Type::DateTime => "a moment",
        Type::Decimal(Form::Number) => "a number",
        Type::Decimal(Form::String) => "a decimal in a string",
        Type::Integer(IntegerWidth::I32) => "a whole number of 32 bits",
        Type::Integer(IntegerWidth::I64) => "a whole number of 64 bits",
        Type::Integer(IntegerWidth::U64) => "a whole number of 64 bits without a sign",
        Type::Boolean => "a boolean",
        Type::Object => "an object of any keys",
        Type::Json => "any JSON",
        Type::Bytes => "a file",
    };
    text.to_owned()
}

/// Puts the first letter of a name in lower case, for the middle of a sentence.
fn mid_sentence(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
