//! Rust types.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{GenericArgument, PathArguments, Type};

/// The Rust type of decimals, whether the wire has a string or a number.
pub(crate) const DECIMAL: &str = "Decimal";

/// The Rust types of JSON of any shape: any value, any object.
pub(crate) const JSON: &str = "Json";
pub(crate) const JSON_OBJECT: &str = "JsonObject";

/// The type of a value: `T`, `Box<T>`, `Option<T>` or `Option<Box<T>>`.
#[derive(Clone)]
pub(crate) struct Value {
    /// `T`.
    pub(crate) ty: Type,
    pub(crate) boxed: bool,
    pub(crate) optional: bool,
}

impl Value {
    /// The type that is written like this.
    pub(crate) fn read(ty: Type) -> Value {
        let (ty, optional) = without("Option", ty);
        let (ty, boxed) = without("Box", ty);
        Value { ty, boxed, optional }
    }

    /// What stands for a type that was not generated, so that its absence is a compile error.
    pub(super) fn missing() -> Value {
        Value::read(syn::parse_quote! { compile_error!("a type is missing") })
    }

    /// The type without its `Option`.
    pub(crate) fn required(self) -> Value {
        Value { optional: false, ..self }
    }
}

impl ToTokens for Value {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let ty = &self.ty;
        tokens.extend(match (self.optional, self.boxed) {
            (false, false) => quote! { #ty },
            (false, true) => quote! { Box<#ty> },
            (true, false) => quote! { Option<#ty> },
            (true, true) => quote! { Option<Box<#ty>> },
        });
    }
}

fn without(name: &str, ty: Type) -> (Type, bool) {
    let inner = if name_of(&ty).is_some_and(|found| found == name) { first_argument(&ty) } else { None };
    match inner {
        Some(inner) => (inner, true),
        None => (ty, false),
    }
}

/// The last segment of a type's path.
pub(crate) fn name_of(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|s| s.ident.to_string()),
        _ => None,
    }
}

/// `T` of `X<T, ...>`.
pub(crate) fn first_argument(ty: &Type) -> Option<Type> {
    arguments(ty).next()
}

/// `T` of `X<..., T>`.
pub(crate) fn last_argument(ty: &Type) -> Option<Type> {
    arguments(ty).last()
}

fn arguments(ty: &Type) -> impl Iterator<Item = Type> {
    let last = match ty {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    };
    let arguments = match last.map(|segment| &segment.arguments) {
        Some(PathArguments::AngleBracketed(arguments)) => Some(arguments.args.iter()),
        _ => None,
    };
    arguments.into_iter().flatten().filter_map(|argument| match argument {
        GenericArgument::Type(inner) => Some(inner.clone()),
        _ => None,
    })
}
