//! Rust types of schemas and arguments.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{GenericArgument, PathArguments, Type};

use crate::core::{DECIMAL, JSON, JSON_OBJECT, first_argument};
use crate::ident::ident;
use partner_model::{Model, Schema, Type as Value, Width};

/// The type of a schema that is sent by the runtime: what typify would make of it.
pub(super) fn of_schema(schema: &Schema) -> TokenStream {
    match &schema.ty {
        Value::Named(name) => ident(name).into_token_stream(),
        Value::String | Value::Bytes => quote! { String },
        Value::Uuid => quote! { uuid::Uuid },
        Value::Date => quote! { chrono::NaiveDate },
        Value::DateTime => quote! { chrono::DateTime<chrono::Utc> },
        Value::Decimal(_) => ident(DECIMAL).into_token_stream(),
        Value::Integer(Width::I32) => quote! { i32 },
        Value::Integer(Width::I64) => quote! { i64 },
        Value::Boolean => quote! { bool },
        Value::List(items) => {
            let item = of_schema(items);
            quote! { Vec<#item> }
        }
        Value::Map(values) => {
            let value = of_schema(values);
            quote! { std::collections::BTreeMap<String, #value> }
        }
        Value::Object => quote! { partner_runtime::JsonObject },
        Value::Json => quote! { partner_runtime::Json },
    }
}

/// A value as it is written to JSON: decimals that the document has as numbers are written as such.
pub(super) fn as_json(value: TokenStream, schema: &Schema) -> TokenStream {
    match schema.has_numbers() {
        true => quote! { &partner_runtime::plumbing::AsNumber(#value) },
        false => value,
    }
}

/// The last segment of a type's path.
pub(super) fn name_of(of: &Type) -> Option<String> {
    match of {
        Type::Path(path) => path.path.segments.last().map(|s| s.ident.to_string()),
        _ => None,
    }
}

/// `T` of `Option<T>`.
pub(super) fn optional(of: &Type) -> Option<Type> {
    if name_of(of)? == "Option" { first_argument(of) } else { None }
}

/// The type without its `Box`.
pub(super) fn unboxed(of: &Type) -> Type {
    match name_of(of).as_deref() {
        Some("Box") => first_argument(of).unwrap_or_else(|| of.clone()),
        _ => of.clone(),
    }
}

/// How an argument of some type is taken, and what makes the value of it.
pub(super) struct Taken {
    /// The type of the argument.
    pub(super) argument: TokenStream,
    /// The value, made of the argument of that name.
    pub(super) value: TokenStream,
}

/// Takes an argument the way that is easiest for callers: text from anything that is text, lists from arrays, objects
/// from pairs.
pub(super) fn take(name: &syn::Ident, of: &Type, model: &Model) -> Taken {
    let boxed = name_of(of).as_deref() == Some("Box");
    let bare = unboxed(of);
    let into = match name_of(&bare).as_deref() {
        Some("String" | "Vec" | DECIMAL | JSON | JSON_OBJECT) => true,
        Some(other) => model.union(other).is_some(),
        None => false,
    };
    let (argument, value) = if into {
        (quote! { impl Into<#bare> }, quote! { #name.into() })
    } else {
        (quote! { #bare }, quote! { #name })
    };
    Taken {
        argument,
        value: if boxed {
            quote! { Box::new(#value) }
        } else {
            value
        },
    }
}

/// The owned form of a type that the core borrows: `&'a str` is a `String`, `Option<&'a T>` an `Option<T>`.
pub(super) fn owned(of: &Type) -> Type {
    match of {
        Type::Reference(reference) => match name_of(&reference.elem).as_deref() {
            Some("str") => syn::parse_quote! { String },
            _ => (*reference.elem).clone(),
        },
        Type::Path(path) => {
            let mut path = path.clone();
            if let Some(last) = path.path.segments.last_mut()
                && last.ident == "Option"
                && let PathArguments::AngleBracketed(arguments) = &mut last.arguments
            {
                for argument in &mut arguments.args {
                    if let GenericArgument::Type(inner) = argument {
                        *inner = owned(inner);
                    }
                }
            }
            Type::Path(path)
        }
        other => other.clone(),
    }
}
