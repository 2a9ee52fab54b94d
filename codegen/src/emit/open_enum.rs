//! String enums, open unless the document closes them.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use crate::ident::ident;
use partner_model::{About, Enum, Model};

pub(super) fn emit(name: &str, about: &About, of: &Enum, model: &Model) -> TokenStream {
    let docs = docs::of_choice(about, &format!("`{name}`."));
    let type_name = ident(name);
    let variants: Vec<_> = of.values.iter().map(|value| ident(&value.variant)).collect();
    let wires: Vec<&str> = of.values.iter().map(|value| value.wire.as_str()).collect();
    let described = of.values.iter().map(|value| {
        let docs = docs::comment([match &value.description {
            Some(text) => format!("{}: {}", docs::code(&value.wire), docs::phrase(text)),
            None => docs::code(&value.wire),
        }]);
        let alias = docs::alias(&value.wire, &value.variant);
        quote! { #docs #alias }
    });
    let hidden = model.hidden.contains(name);
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
    let (unrecognized, unrecognized_text, from_wire, exhaustive, kind) = if of.closed {
        (quote! {}, quote! {}, quote! { _ => return None, }, quote! {}, quote! { closed })
    } else {
        (
            quote! {
                /// A value that this version does not know, kept as it came.
                Unrecognized(partner_runtime::Unrecognized),
            },
            quote! { Self::Unrecognized(value) => value.as_str(), },
            quote! { _ => Self::Unrecognized(partner_runtime::plumbing::unrecognized(value)), },
            quote! { #[non_exhaustive] },
            quote! { open },
        )
    };
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
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

            fn from_wire(value: &str) -> Option<Self> {
                Some(match value {
                    #( #wires => Self::#variants, )*
                    #from_wire
                })
            }
        }

        partner_runtime::plumbing::string_enum!(#kind #type_name);
    }
}
