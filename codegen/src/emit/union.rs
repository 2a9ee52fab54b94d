//! Emits the enums that are generated for unions (`oneOf` and `anyOf`). The variant of a JSON object is recognized by
//! the keys of the object, or by the values of properties such as `type`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{constructor, docs};
use crate::ident::create_ident;
use partner_model::{Model, TypeDefinition, Union, UnionVariant};

pub(super) fn emit_union(
    name: &str,
    definition: &TypeDefinition,
    union: &Union,
    model: &Model,
) -> TokenStream {
    let details = &definition.schema_details;
    let docs = docs::emit_enum_or_union_docs(details, &format!("`{name}`: one of several."));
    let type_name = create_ident(name);
    let variants: Vec<_> = union.variants.iter().map(|v| create_ident(&v.name)).collect();
    let types: Vec<_> = union.variants.iter().map(|v| create_ident(&v.type_name)).collect();
    let described = union.variants.iter().map(|v| {
        docs::emit_doc_comment([format!("[`{}`]{}.", v.type_name, describe_variant_recognition(v))])
    });
    let (unrecognized, write_unrecognized, otherwise, exhaustive) = if union.is_open {
        (
            quote! {
                /// An object that matches none of the variants above, kept unchanged.
                Unrecognized(partner_runtime::Json),
            },
            quote! { Self::Unrecognized(value) => value.write(writer), },
            quote! { value.into_unrecognized_json(reader).map(Self::Unrecognized) },
            quote! { #[non_exhaustive] },
        )
    } else {
        (quote! {}, quote! {}, quote! { Err(value.report_no_match(#name, reader)) }, quote! {})
    };
    // The variant with the most conditions (required keys and distinguishing values) is tried first, because an object
    // that meets these conditions may also meet the fewer conditions of another variant.
    let mut variants_most_specific_first: Vec<&UnionVariant> = union.variants.iter().collect();
    variants_most_specific_first
        .sort_by_key(|v| std::cmp::Reverse(v.required_keys.len() + v.distinguishing_properties.len()));
    let asked = variants_most_specific_first.iter().map(|variant| {
        let (name, keys) = (create_ident(&variant.name), &variant.required_keys);
        let values = variant
            .distinguishing_properties
            .iter()
            .map(|(key, values)| quote! { (#key, &[ #( #values ),* ]) });
        quote! {
            if value.has_keys_and_values(&[ #( #keys ),* ], &[ #( #values ),* ]) {
                return value.deserialize_as(reader).map(Self::#name);
            }
        }
    });
    let from_wrapped = emit_conversions_into_union(name, definition, union, model);
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
            ) -> Result<Self, partner_runtime::plumbing::ReadFailure> {
                let value = partner_runtime::plumbing::UnresolvedUnionValue::from_reader(reader)?;
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

        partner_runtime::plumbing::impl_serde_for_value!(#type_name);
    }
}

/// Emits conversions (`From`) into a union, which create the object in a variant from the only value that this object
/// requires. For example, a `Card` is converted into the variant whose object requires only a `Card`. If the objects in
/// two variants require only a `Card`, no conversion is emitted, because either variant could be meant.
fn emit_conversions_into_union(
    name: &str,
    definition: &TypeDefinition,
    union: &Union,
    model: &Model,
) -> Vec<TokenStream> {
    if !definition.is_sent_by_client {
        return Vec::new();
    }
    let wrapped = union.variants.iter().flat_map(|variant| {
        let sources = model
            .types
            .get(&variant.type_name)
            .map(|inner| constructor::find_convertible_type_names(inner, model));
        sources.unwrap_or_default().into_iter().map(move |source| (source, variant))
    });
    let wrapped: Vec<(&str, &UnionVariant)> = wrapped.collect();
    let leads_to_one = |(source, _): &&(&str, &UnionVariant)| {
        wrapped.iter().filter(|(other, _)| other == source).count() == 1
            && union.variants.iter().all(|variant| variant.type_name != *source)
    };
    let from = |(source, variant): &(&str, &UnionVariant)| {
        let (union, source, variant) =
            (create_ident(name), create_ident(source), create_ident(&variant.name));
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

/// Returns the part of a variant's doc comment that says how an object of the variant is recognized: by the value of a
/// property, or by the keys that the object has.
fn describe_variant_recognition(variant: &UnionVariant) -> String {
    match variant.distinguishing_properties.first() {
        Some((key, values)) => {
            let values: Vec<String> = values.iter().map(|v| docs::to_code_span_or_text(v)).collect();
            format!(", where {} is {}", docs::to_code_span_or_text(key), values.join(" or "))
        }
        None => {
            let keys: Vec<String> =
                variant.required_keys.iter().map(|k| docs::to_code_span_or_text(k)).collect();
            if keys.is_empty() { String::new() } else { format!(", which has {}", keys.join(", ")) }
        }
    }
}
