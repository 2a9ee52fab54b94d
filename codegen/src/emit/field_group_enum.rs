//! Emits an enum for a choice between groups of fields: callers have to set the fields of exactly one group. The enum
//! has a variant for each group.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::model_field::{ModelField, emit_field_docs};
use crate::field_group_enum::FieldGroupEnum;
use crate::ident::create_ident;
use partner_model::names::to_type_name;
use partner_model::{Model, RequiredKeySet};

/// Returns the name of the enum variant that holds the values of one group of fields. The fields of a group have to be
/// set together.
pub(super) fn to_field_group_variant_name(alternative: &RequiredKeySet) -> String {
    to_type_name(&alternative.title.clone().unwrap_or_else(|| alternative.keys.join("_and_")))
}

pub(super) fn emit_field_group_enum(
    choice: &FieldGroupEnum<'_>,
    members: &[ModelField<'_>],
    model: &Model,
) -> TokenStream {
    let name = create_ident(&choice.enum_name);
    let combination = choice.combination;
    let fallback = format!("{}: one of several.", docs::to_code_span_or_text(&choice.enum_name));
    let docs = docs::emit_doc_comment([combination
        .description
        .as_deref()
        .map_or(fallback, docs::to_rustdoc_markdown)]);
    let is_sensitive =
        members.iter().any(|member| choice.contains_key(&member.field.wire_name) && member.is_sensitive());
    // If one of the fields is sensitive, the enum does not implement `Debug`, so that the value cannot be printed.
    let debug_derive = (!is_sensitive).then(|| quote! { Debug, });
    let variants = combination.alternatives.iter().map(|alternative| {
        let variant = create_ident(&to_field_group_variant_name(alternative));
        let fields: Vec<_> =
            members.iter().filter(|m| alternative.keys.contains(&m.field.wire_name)).collect();
        let own = alternative
            .description
            .as_deref()
            .map(|text| docs::emit_doc_comment([docs::to_rustdoc_markdown(text)]));
        match fields.as_slice() {
            [member] => {
                let docs = own.unwrap_or_else(|| emit_field_docs(member, model));
                let ty = &member.field.value.ty;
                quote! { #docs #variant(#ty) }
            }
            _ => {
                let docs = own.unwrap_or_else(|| {
                    docs::emit_doc_comment([format!("{}.", docs::to_code_span_or_text(&variant.to_string()))])
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
