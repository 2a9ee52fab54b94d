//! Emits enums. Unless the document marks an enum as closed, the enum is open: it can hold unknown values.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use crate::ident::create_ident;
use partner_model::{Enum, EnumValue, Model, SchemaDetails};

pub(super) fn emit_enum(
    name: &str,
    details: &SchemaDetails,
    enumeration: &Enum,
    model: &Model,
) -> TokenStream {
    let docs = docs::emit_enum_or_union_docs(details, &format!("`{name}`."));
    let type_name = create_ident(name);
    let variants: Vec<_> = enumeration.values.iter().map(|value| create_ident(&value.variant_name)).collect();
    let wires: Vec<&str> = enumeration.values.iter().map(|value| value.wire_value.as_str()).collect();
    let described = enumeration.values.iter().map(|value| {
        let docs = docs::emit_doc_comment([match &value.description {
            Some(text) => {
                format!(
                    "{}: {}",
                    docs::to_code_span_or_text(&value.wire_value),
                    docs::to_rustdoc_markdown_line(text)
                )
            }
            None => docs::to_code_span_or_text(&value.wire_value),
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
                /// All values that this version of the client knows, in the order of the vendor's docs.
                pub const KNOWN: &'static [Self] = &[ #( Self::#variants, )* ];
            },
        ),
    };
    // The name of the runtime function that creates `Unrecognized` from the text of a value that the document does not
    // list. If all listed values are numbers or booleans, the text is parsed as a number or boolean.
    let unlisted_value_function_name =
        create_ident(match enumeration.values.iter().all(|value| value.is_number_or_boolean) {
            true => "unrecognized_from_literal",
            false => "unrecognized_from_str",
        });
    let (unrecognized, unrecognized_text, from_wire, exhaustive, kind) = if enumeration.is_closed {
        (quote! {}, quote! {}, quote! { _ => return None, }, quote! {}, quote! { closed })
    } else {
        (
            quote! {
                /// A value that this version of the client does not know, as it was received.
                Unrecognized(partner_runtime::Unrecognized),
            },
            quote! { Self::Unrecognized(value) => value.as_str(), },
            quote! { _ => Self::Unrecognized(partner_runtime::plumbing::#unlisted_value_function_name(value)), },
            quote! { #[non_exhaustive] },
            quote! { open },
        )
    };
    let literal = enumeration.has_number_or_boolean_value().then(|| quote! { literal });
    let to_json = enumeration.has_number_or_boolean_value().then(|| emit_to_json_method(enumeration));
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

/// Emits the method `to_json` of an enum whose values are not all strings.
fn emit_to_json_method(enumeration: &Enum) -> TokenStream {
    let values = enumeration.values.iter().map(
        |EnumValue { wire_value: wire, variant_name, is_number_or_boolean, .. }| {
            let variant = create_ident(variant_name);
            match is_number_or_boolean {
                true => quote! { Self::#variant => partner_runtime::plumbing::literal_to_json(#wire), },
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
