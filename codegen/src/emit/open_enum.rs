//! Emits enums. An enum is open (it can hold unknown values), unless the document marks it as closed.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use crate::ident::ident;
use partner_model::{Enum, EnumValue, Model, SchemaDetails};

pub(super) fn emit_enum(
    name: &str,
    details: &SchemaDetails,
    enumeration: &Enum,
    model: &Model,
) -> TokenStream {
    let docs = docs::emit_type_docs_without_limits(details, &format!("`{name}`."));
    let type_name = ident(name);
    let variants: Vec<_> = enumeration.values.iter().map(|value| ident(&value.variant_name)).collect();
    let wires: Vec<&str> = enumeration.values.iter().map(|value| value.wire_value.as_str()).collect();
    let described = enumeration.values.iter().map(|value| {
        let docs = docs::emit_doc_comment([match &value.description {
            Some(text) => {
                format!("{}: {}", docs::to_code_span(&value.wire_value), docs::to_markdown_line(text))
            }
            None => docs::to_code_span(&value.wire_value),
        }]);
        let alias = docs::emit_doc_alias(&value.wire_value, &value.variant_name);
        quote! { #docs #alias }
    });
    let hidden = model.hidden_enum_names.contains(name);
    let (visibility, known) = match hidden {
        true => (quote! { pub(crate) }, quote! {}),
        false => (
            quote! { pub },
            quote! {
                /// The values that this version knows, in the order of the vendor's docs.
                pub const KNOWN: &'static [Self] = &[ #( Self::#variants, )* ];
            },
        ),
    };
    // The name of the runtime's function that stores a value which the document does not list. If all listed values are
    // numbers or booleans, the function reads the text of an unlisted value as a number or boolean; otherwise as a
    // string.
    let unlisted_value_function =
        ident(match enumeration.values.iter().all(|value| value.is_number_or_boolean) {
            true => "unrecognized_literal",
            false => "unrecognized",
        });
    let (unrecognized, unrecognized_text, from_wire, exhaustive, kind) = if enumeration.is_closed {
        (quote! {}, quote! {}, quote! { _ => return None, }, quote! {}, quote! { closed })
    } else {
        (
            quote! {
                /// A value that this version does not know, kept as it came.
                Unrecognized(partner_runtime::Unrecognized),
            },
            quote! { Self::Unrecognized(value) => value.as_str(), },
            quote! { _ => Self::Unrecognized(partner_runtime::plumbing::#unlisted_value_function(value)), },
            quote! { #[non_exhaustive] },
            quote! { open },
        )
    };
    let literal = enumeration.has_numbers_or_booleans().then(|| quote! { literal });
    let to_json = enumeration.has_numbers_or_booleans().then(|| emit_to_json(enumeration));
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Hash)]
        #exhaustive
        #visibility enum #type_name {
            #( #described #variants, )*
            #unrecognized
        }

        impl #type_name {
            #known

            /// The value on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    #( Self::#variants => #wires, )*
                    #unrecognized_text
                }
            }

            #to_json

            fn from_wire(value: &str) -> Option<Self> {
                Some(match value {
                    #( #wires => Self::#variants, )*
                    #from_wire
                })
            }
        }

        partner_runtime::plumbing::string_enum!(#kind #literal #type_name);
    }
}

/// Emits the method `to_json`, for an enum whose values are not all strings.
fn emit_to_json(enumeration: &Enum) -> TokenStream {
    let values = enumeration.values.iter().map(
        |EnumValue { wire_value: wire, variant_name, is_number_or_boolean, .. }| {
            let variant = ident(variant_name);
            match is_number_or_boolean {
                true => quote! { Self::#variant => partner_runtime::plumbing::literal(#wire), },
                false => quote! { Self::#variant => partner_runtime::Json::from(#wire), },
            }
        },
    );
    let unrecognized =
        (!enumeration.is_closed).then(|| quote! { Self::Unrecognized(value) => value.to_json(), });
    quote! {
        /// The value on the wire as JSON.
        pub fn to_json(&self) -> partner_runtime::Json {
            match self {
                #( #values )*
                #unrecognized
            }
        }
    }
}
