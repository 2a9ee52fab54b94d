//! Emits the argument types of client methods, the expressions that convert arguments to the values to send, and the
//! expressions that write values to JSON.

use proc_macro2::TokenStream;
use quote::quote;

use crate::core::{
    DECIMAL_TYPE_NAME, JSON_OBJECT_TYPE_NAME, JSON_TYPE_NAME, ValueType, find_last_path_segment,
};
use partner_model::{Model, Schema};

/// Wraps the expression `value` so that its decimals are serialized as JSON numbers, if the schema declares them as
/// numbers. Otherwise returns `value` unchanged, and its decimals are serialized as strings.
pub(super) fn wrap_decimals_sent_as_numbers(value: TokenStream, schema: &Schema) -> TokenStream {
    match schema.is_sent_as_number() {
        true => quote! { &partner_runtime::plumbing::DecimalsAsNumbers(#value) },
        false => value,
    }
}

/// The type of an argument of a client method, and the expression that converts the argument to the value to send.
pub(super) struct ArgumentConversion {
    /// The type of the argument.
    pub(super) argument_type: TokenStream,
    /// The expression that converts the argument to the value to send.
    pub(super) conversion_expr: TokenStream,
}

/// Chooses the type of an argument that takes a value of type `T`, and the expression that converts the argument to
/// this value. The argument has the type `impl Into<T>` if callers may want to pass another type, such as a `&str` for
/// a `String`, or an array for a `Vec`. Otherwise, it has the type `T`.
pub(super) fn choose_argument_conversion(
    name: &syn::Ident,
    value_type: &ValueType,
    model: &Model,
) -> ArgumentConversion {
    if value_type.optional {
        return ArgumentConversion {
            argument_type: quote! { #value_type },
            conversion_expr: quote! { #name },
        };
    }
    let bare = &value_type.ty;
    let into = match find_last_path_segment(bare).as_deref() {
        Some("String" | "Vec" | DECIMAL_TYPE_NAME | JSON_TYPE_NAME | JSON_OBJECT_TYPE_NAME) => true,
        Some(other) => model.find_union(other).is_some(),
        None => false,
    };
    let (argument, value) = if into {
        (quote! { impl Into<#bare> }, quote! { #name.into() })
    } else {
        (quote! { #bare }, quote! { #name })
    };
    ArgumentConversion {
        argument_type: argument,
        conversion_expr: if value_type.boxed {
            quote! { Box::new(#value) }
        } else {
            value
        },
    }
}
