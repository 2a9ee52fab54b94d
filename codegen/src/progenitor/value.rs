//! Splits the Rust type of a value into `Option`, `Box` and the type inside them.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{GenericArgument, PathArguments, Type};

/// The name of the Rust type of decimals, whether they are strings or numbers in JSON.
pub(crate) const DECIMAL_TYPE_NAME: &str = "Decimal";

/// The name of the Rust type that holds any JSON value.
pub(crate) const JSON_TYPE_NAME: &str = "Json";
/// The name of the Rust type that holds any JSON object.
pub(crate) const JSON_OBJECT_TYPE_NAME: &str = "JsonObject";

/// The Rust type of a value, split into its parts: `T`, `Box<T>`, `Option<T>` or `Option<Box<T>>`.
#[derive(Clone)]
pub(crate) struct ValueType {
    /// `T`.
    pub(crate) ty: Type,
    pub(crate) boxed: bool,
    pub(crate) optional: bool,
}

impl ValueType {
    /// Separates a type from the `Option` and the `Box` around it.
    pub(crate) fn from_type(ty: Type) -> ValueType {
        let (ty, optional) = strip_wrapper("Option", ty);
        let (ty, boxed) = strip_wrapper("Box", ty);
        ValueType { ty, boxed, optional }
    }

    /// Returns a placeholder for a type that should have been generated, but was not. The placeholder is a
    /// `compile_error!`, so generated code that contains the placeholder does not compile.
    pub(super) fn make_missing_type_placeholder() -> ValueType {
        ValueType::from_type(syn::parse_quote! { compile_error!("a type is missing") })
    }

    /// Returns the type without its `Option`: `T` or `Box<T>`.
    pub(crate) fn without_option(self) -> ValueType {
        ValueType { optional: false, ..self }
    }
}

impl ToTokens for ValueType {
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

fn strip_wrapper(name: &str, ty: Type) -> (Type, bool) {
    let inner = if find_last_path_segment(&ty).is_some_and(|found| found == name) {
        find_first_type_argument(&ty)
    } else {
        None
    };
    match inner {
        Some(inner) => (inner, true),
        None => (ty, false),
    }
}

/// Returns the last segment of a type's path, like `Vec` of `std::vec::Vec<T>`; `None` if the type is not a path.
pub(crate) fn find_last_path_segment(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|s| s.ident.to_string()),
        _ => None,
    }
}

/// Returns the first type argument: `T` of `X<T, ...>`.
pub(crate) fn find_first_type_argument(ty: &Type) -> Option<Type> {
    arguments(ty).next()
}

/// Returns the last type argument: `T` of `X<..., T>`.
pub(crate) fn find_last_type_argument(ty: &Type) -> Option<Type> {
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
