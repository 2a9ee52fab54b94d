//! Emits unions: enums whose variants are distinguished by a tag or by their keys.

use proc_macro2::TokenStream;
use quote::quote;

use super::{constructor, docs};
use crate::ident::ident;
use partner_model::{Model, TypeDefinition, Union, Variant};

pub(super) fn emit_union(
    name: &str,
    definition: &TypeDefinition,
    union: &Union,
    model: &Model,
) -> TokenStream {
    let details = &definition.details;
    let docs = docs::emit_type_docs_without_limits(details, &format!("`{name}`: one of several."));
    let type_name = ident(name);
    let variants: Vec<_> = union.variants.iter().map(|v| ident(&v.name)).collect();
    let types: Vec<_> = union.variants.iter().map(|v| ident(&v.type_name)).collect();
    let described = union
        .variants
        .iter()
        .map(|v| docs::emit_doc_comment([format!("[`{}`]{}.", v.type_name, describe_distinction(v))]));
    let (unrecognized, write_unrecognized, otherwise, exhaustive) = if union.is_open {
        (
            quote! {
                /// An object that fits none of the above, kept as it came.
                Unrecognized(partner_runtime::Json),
            },
            quote! { Self::Unrecognized(value) => value.write(writer), },
            quote! { value.unrecognized(reader).map(Self::Unrecognized) },
            quote! { #[non_exhaustive] },
        )
    } else {
        (quote! {}, quote! {}, quote! { Err(value.no_match(#name, reader)) }, quote! {})
    };
    // An alternative with more conditions (required keys and distinguishing values) is tried before one with fewer,
    // because a value of the former may also match the latter.
    let mut most_specific_first: Vec<&Variant> = union.variants.iter().collect();
    most_specific_first
        .sort_by_key(|v| std::cmp::Reverse(v.required_keys.len() + v.distinguishing_values.len()));
    let asked = most_specific_first.iter().map(|variant| {
        let (name, keys) = (ident(&variant.name), &variant.required_keys);
        let values =
            variant.distinguishing_values.iter().map(|(key, values)| quote! { (#key, &[ #( #values ),* ]) });
        quote! {
            if value.matches(&[ #( #keys ),* ], &[ #( #values ),* ]) {
                return value.alternative(reader).map(Self::#name);
            }
        }
    });
    let from_wrapped = emit_conversions(name, definition, union, model);
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #exhaustive
        pub enum #type_name {
            #( #described #variants(#types), )*
            #unrecognized
        }

        #(
            impl From<#types> for #type_name {
                fn from(value: #types) -> Self {
                    Self::#variants(value)
                }
            }
        )*

        #( #from_wrapped )*

        impl partner_runtime::plumbing::Value for #type_name {
            fn read(
                reader: &mut dyn partner_runtime::plumbing::ValueReader,
            ) -> Result<Self, partner_runtime::plumbing::Failed> {
                let value = partner_runtime::plumbing::Choice::read(reader)?;
                #( #asked )*
                #otherwise
            }

            fn write(&self, writer: &mut dyn partner_runtime::plumbing::ValueWriter) {
                match self {
                    #( Self::#variants(value) => value.write(writer), )*
                    #write_unrecognized
                }
            }
        }

        partner_runtime::plumbing::serde_by_value!(#type_name);
    }
}

/// Emits `From` conversions to the union, so that callers can pass an object in place of an alternative. An alternative
/// has a conversion from an object if this object is the only value that the alternative requires.
fn emit_conversions(
    name: &str,
    definition: &TypeDefinition,
    union: &Union,
    model: &Model,
) -> Vec<TokenStream> {
    if !definition.is_sent {
        return Vec::new();
    }
    let wrapped = union.variants.iter().flat_map(|variant| {
        let sources = model
            .types
            .get(&variant.type_name)
            .map(|inner| constructor::find_conversion_sources(inner, model));
        sources.unwrap_or_default().into_iter().map(move |source| (source, variant))
    });
    let wrapped: Vec<(&str, &Variant)> = wrapped.collect();
    let leads_to_one = |(source, _): &&(&str, &Variant)| {
        wrapped.iter().filter(|(other, _)| other == source).count() == 1
            && union.variants.iter().all(|variant| variant.type_name != *source)
    };
    let from = |(source, variant): &(&str, &Variant)| {
        let (union, source, variant) = (ident(name), ident(source), ident(&variant.name));
        quote! {
            impl From<#source> for #union {
                fn from(value: #source) -> Self {
                    Self::#variant(value.into())
                }
            }
        }
    };
    wrapped.iter().filter(leads_to_one).map(from).collect()
}

/// Describes, for the docs of a variant, what distinguishes the variant from the others.
fn describe_distinction(variant: &Variant) -> String {
    match variant.distinguishing_values.first() {
        Some((key, values)) => {
            let values: Vec<String> = values.iter().map(|v| docs::to_code_span(v)).collect();
            format!(", where {} is {}", docs::to_code_span(key), values.join(" or "))
        }
        None => {
            let keys: Vec<String> = variant.required_keys.iter().map(|k| docs::to_code_span(k)).collect();
            if keys.is_empty() { String::new() } else { format!(", which has {}", keys.join(", ")) }
        }
    }
}
