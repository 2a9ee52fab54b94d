//! Emits choices. A choice is an enum in place of several groups of fields, of which exactly one group has to be set.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::model_field::{ModelField, emit_field_docs};
use crate::choice::Choice;
use crate::ident::ident;
use partner_model::names::to_type_name;
use partner_model::{AllowedKeySet, Model};

/// Returns the name of the enum variant that stands for an alternative, and holds the values of its fields.
pub(super) fn to_choice_variant_name(alternative: &AllowedKeySet) -> String {
    to_type_name(&alternative.title.clone().unwrap_or_else(|| alternative.keys.join("_and_")))
}

pub(super) fn emit_choice(choice: &Choice<'_>, members: &[ModelField<'_>], model: &Model) -> TokenStream {
    let name = ident(&choice.enum_name);
    let combination = choice.combination;
    let fallback = format!("{}: one of several.", docs::to_code_span(&choice.enum_name));
    let docs =
        docs::emit_doc_comment([combination.description.as_deref().map_or(fallback, docs::to_markdown)]);
    let is_sensitive =
        members.iter().any(|member| choice.contains_key(&member.field.wire_name) && member.is_sensitive());
    // If a field of the choice is sensitive, the enum gets no `Debug`, so that the value cannot be printed.
    let debug_derive = (!is_sensitive).then(|| quote! { Debug, });
    let variants = combination.alternatives.iter().map(|alternative| {
        let variant = ident(&to_choice_variant_name(alternative));
        let fields: Vec<_> =
            members.iter().filter(|m| alternative.keys.contains(&m.field.wire_name)).collect();
        let own =
            alternative.description.as_deref().map(|text| docs::emit_doc_comment([docs::to_markdown(text)]));
        match fields.as_slice() {
            [member] => {
                let docs = own.unwrap_or_else(|| emit_field_docs(member, model));
                let ty = &member.field.value.ty;
                quote! { #docs #variant(#ty) }
            }
            _ => {
                let docs = own.unwrap_or_else(|| {
                    docs::emit_doc_comment([format!("{}.", docs::to_code_span(&variant.to_string()))])
                });
                let fields = fields.iter().map(|member| {
                    let (docs, name, ty) =
                        (emit_field_docs(member, model), &member.field.name, &member.field.value.ty);
                    quote! { #docs #name: #ty }
                });
                quote! { #docs #variant { #( #fields, )* } }
            }
        }
    });
    quote! {
        #docs
        #[derive(Clone, #debug_derive PartialEq)]
        #[non_exhaustive]
        pub enum #name { #( #variants, )* }
    }
}
