//! Rust types of schemas and arguments.

use partner_spec::Node;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{GenericArgument, PathArguments, Type};

use crate::core::{DECIMAL, JSON, JSON_OBJECT, first_argument};
use crate::ident::ident;
use partner_model::api::{Api, has_numbers, ref_name, unwrapped};

/// The type of a schema that is sent by the runtime: what typify would make of it.
pub(super) fn of_schema(node: &Node) -> TokenStream {
    if let Some(name) = ref_name(unwrapped(node)) {
        let name = ident(name);
        return quote! { #name };
    }
    match (node.str("type"), node.str("format")) {
        (Some("string"), Some("uuid")) => quote! { uuid::Uuid },
        (Some("string"), Some("date")) => quote! { chrono::NaiveDate },
        (Some("string"), Some("date-time")) => quote! { chrono::DateTime<chrono::Utc> },
        (Some("string"), Some("decimal")) | (Some("number"), _) => ident(DECIMAL).into_token_stream(),
        (Some("string"), _) => quote! { String },
        (Some("integer"), Some("int32")) => quote! { i32 },
        (Some("integer"), _) => quote! { i64 },
        (Some("boolean"), _) => quote! { bool },
        (Some("array"), _) => {
            let item = node.get("items").map_or_else(|| quote! { partner_runtime::Json }, of_schema);
            quote! { Vec<#item> }
        }
        (Some("object"), _) => match node.get("additionalProperties") {
            Some(value) if value.as_object().is_some_and(|o| !o.is_empty()) => {
                let value = of_schema(value);
                quote! { std::collections::BTreeMap<String, #value> }
            }
            _ => quote! { partner_runtime::JsonObject },
        },
        _ => quote! { partner_runtime::Json },
    }
}

/// A value as it is written to JSON: decimals that the document has as numbers are written as such.
pub(super) fn as_json(value: TokenStream, node: &Node) -> TokenStream {
    match has_numbers(node) {
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
pub(super) fn take(name: &syn::Ident, of: &Type, api: &Api) -> Taken {
    let boxed = name_of(of).as_deref() == Some("Box");
    let bare = unboxed(of);
    let into = match name_of(&bare).as_deref() {
        Some("String" | "Vec" | DECIMAL | JSON | JSON_OBJECT) => true,
        Some(other) => api.unions.contains_key(other),
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
