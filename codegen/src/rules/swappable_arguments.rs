use partner_model::{BodyContent, MediaType, Model, Operation, Schema, Type, Union};
use partner_spec::{Finding, Findings, Location, Profile, Rule};

use crate::core::is_required_argument;
use crate::emit::list_call_methods;

pub(super) static RULE: Rule =
    Rule::error("swappable-arguments", Profile::Workspace, include_str!("swappable_arguments.md"));

/// An argument of a method. Only required values are arguments; an optional value has a setter.
struct Argument<'a> {
    name: &'a str,
    schema: &'a Schema,
    location: &'a Location,
}

/// Reports two arguments of a method that accept the same values, because a caller could swap them unnoticed.
pub(super) fn check_model(model: &Model, found: &mut Findings) {
    for operation in &model.operations {
        for call_method in list_call_methods(operation) {
            let arguments = list_arguments(operation, call_method.body_media_type);
            for (index, argument) in arguments.iter().enumerate() {
                let other = arguments
                    .iter()
                    .take(index)
                    .find(|other| can_accept_same_value(other.schema, argument.schema, model));
                if let Some(other) = other {
                    found.push(new_finding(&call_method.client_method_name, other, argument));
                }
            }
        }
    }
}

fn list_arguments<'a>(operation: &'a Operation, media: Option<&'a MediaType>) -> Vec<Argument<'a>> {
    let parameters =
        operation.parameters.iter().filter(|parameter| is_required_argument(parameter)).map(|parameter| {
            Argument { name: &parameter.name, schema: &parameter.schema, location: &parameter.location }
        });
    let parts = media.map(MediaType::form_fields).unwrap_or_default().iter().filter(|part| part.required);
    let parts =
        parts.map(|part| Argument { name: &part.name, schema: &part.schema, location: &part.key_location });
    let is_given = operation.body.as_ref().is_some_and(|body| body.required);
    let body = media.filter(|_| is_given).and_then(|media| match &media.content {
        BodyContent::Json(schema) => Some(Argument { name: "body", schema, location: &schema.location }),
        _ => None,
    });
    parameters.chain(parts).chain(body).collect()
}

/// Whether a value exists that both arguments accept. Many arguments have a type `impl Into<T>`, so even arguments of
/// different types may accept the same value.
fn can_accept_same_value(a: &Schema, b: &Schema, model: &Model) -> bool {
    // An argument of a named type accepts only values of that type. If the type is a union, the argument also accepts
    // values of the union's alternatives.
    if let (Some(a), Some(b)) = (a.type_name(), b.type_name()) {
        let is_alternative = |union: Option<&Union>, name: &str| {
            union.is_some_and(|union| union.variants.iter().any(|v| v.type_name == name))
        };
        return a == b || is_alternative(model.find_union(a), b) || is_alternative(model.find_union(b), a);
    }
    if a.type_name().is_some() || b.type_name().is_some() {
        return false;
    }
    match (&a.ty, &b.ty) {
        (Type::List(a), Type::List(b)) | (Type::Map(a), Type::Map(b)) => can_accept_same_value(a, b, model),
        // An integer argument and a decimal argument both accept a literal like `7`, because Rust infers any integer
        // type for a literal, and integers convert into decimals.
        (Type::Integer(_) | Type::Decimal(_), Type::Integer(_) | Type::Decimal(_)) => true,
        (Type::Json, other) | (other, Type::Json) => converts_into_json(other),
        (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}

fn converts_into_json(ty: &Type) -> bool {
    !matches!(ty, Type::FileContent | Type::Uuid | Type::Date | Type::DateTime)
}

fn new_finding(method: &str, first: &Argument<'_>, second: &Argument<'_>) -> Finding {
    let message = format!(
        "`{method}` takes `{}` and `{}`, which accept the same values: a caller could swap them unnoticed",
        first.name, second.name
    );
    Finding::new(&RULE, second.location, message)
        .with_related_location(first.location, format!("`{}`", first.name))
        .with_help("make each a component with `x-newtype`, so that each has a type of its own, or put them into one object")
}
