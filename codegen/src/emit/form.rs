//! Emits the code that sends multipart and URL-encoded forms. Callers pass each part of a form as an argument of the
//! client method, or through a setter.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use super::{request, types};
use crate::core::{GeneratedRequestsAndTypes, ValueType};
use crate::ident::create_ident;
use partner_model::media::is_json_media_type;
use partner_model::{BodyContent, Field, MediaType, Model, PartEncoding, Schema, SerializationStyle, Type};

/// The kind of value that a part of a form contains.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PartValueKind {
    File,
    Text,
    /// A date-time. It is formatted by `format_rfc_3339`, because the `Display` of its Rust type does not follow RFC
    /// 3339.
    DateTime,
    Json,
}

/// One part of a form.
pub(super) struct FormPart<'a> {
    /// The name of the part in the HTTP body.
    pub(super) wire_name: &'a str,
    /// The Rust name of the argument or setter with which callers pass the part.
    pub(super) rust_name: Ident,
    /// The Rust type of the value that is sent as the form part.
    pub(super) value_type: ValueType,
    /// Whether the part is required.
    pub(super) is_required: bool,
    /// The schema of the value that the part contains.
    pub(super) schema: &'a Schema,
    /// The encoding (media type and style) that the document sets for the part.
    encoding: Option<&'a PartEncoding>,
    part_kind: PartValueKind,
    /// Whether the value is a list. In a multipart form, each item of the list is sent as a separate part.
    is_list: bool,
}

/// Returns the parts of a form, in the order of the document, which is also the order in which they are sent.
pub(super) fn list_form_parts<'a>(
    media: &'a MediaType,
    model: &Model,
    core: &GeneratedRequestsAndTypes,
) -> Vec<FormPart<'a>> {
    let part = |part| {
        let Field { name, rust_name, required, schema, .. }: &Field = part;
        let encoding = media.part_encodings.get(name);
        let items = match &schema.ty {
            Type::List(items) => Some(&**items),
            _ => None,
        };
        let content_type = encoding.and_then(|encoding| encoding.content_type.as_deref());
        let part_kind = match choose_part_value_kind(items.unwrap_or(schema), model) {
            PartValueKind::Text | PartValueKind::DateTime if content_type.is_some_and(is_json_media_type) => {
                PartValueKind::Json
            }
            part_kind => part_kind,
        };
        let value_type = match (part_kind, items) {
            (PartValueKind::File, None) => {
                ValueType::from_type(syn::parse_quote! { partner_runtime::Upload })
            }
            (PartValueKind::File, Some(_)) => {
                ValueType::from_type(syn::parse_quote! { Vec<partner_runtime::Upload> })
            }
            _ => core.find_value_type_or_placeholder(schema).without_option(),
        };
        let (name, required) = (create_ident(rust_name), *required);
        FormPart {
            wire_name: &part.name,
            rust_name: name,
            value_type,
            is_required: required,
            schema,
            encoding,
            part_kind,
            is_list: items.is_some(),
        }
    };
    media.form_fields().iter().map(part).collect()
}

fn choose_part_value_kind(schema: &Schema, model: &Model) -> PartValueKind {
    match &schema.ty {
        Type::FileContent => PartValueKind::File,
        Type::DateTime => PartValueKind::DateTime,
        // Among the named types, only enums are sent as text. Values of other named types are sent as JSON.
        Type::Named(name) if model.find_enum(name).is_none() => PartValueKind::Json,
        Type::List(_) | Type::Map(_) | Type::AnyObject | Type::Json => PartValueKind::Json,
        _ => PartValueKind::Text,
    }
}

/// Emits the statements that build the form and attach it to the request. They read the value of each part from a
/// variable with the name [`FormPart::rust_name`].
pub(super) fn emit_form_statements(
    media: &MediaType,
    model: &Model,
    core: &GeneratedRequestsAndTypes,
) -> TokenStream {
    let is_url_encoded = matches!(media.content, BodyContent::UrlEncoded(_));
    let (form, attach) = match is_url_encoded {
        true => (quote! { UrlEncodedForm }, quote! { call.set_url_encoded_body(form)?; }),
        false => (quote! { Form }, quote! { call.set_multipart_body(form); }),
    };
    let parts = list_form_parts(media, model, core);
    let added = parts.iter().map(|part| {
        let (name, required) = (&part.rust_name, part.is_required);
        match is_url_encoded {
            true if required => emit_url_encoded_part(part, quote! { &#name }),
            true => {
                let add = emit_url_encoded_part(part, quote! { #name });
                quote! { if let Some(#name) = &#name { #add } }
            }
            false => {
                let add = emit_multipart_part(part);
                match required {
                    true => quote! { form = #add; },
                    false => quote! { if let Some(#name) = #name { form = #add; } },
                }
            }
        }
    });
    quote! {
        let mut form = partner_runtime::plumbing::#form::new();
        #( #added )*
        #attach
    }
}

/// Emits the statement that adds a part with the value `value` to a URL-encoded form.
fn emit_url_encoded_part(part: &FormPart<'_>, value: TokenStream) -> TokenStream {
    let (style, explode) = match part.encoding {
        Some(PartEncoding { content_type: Some(content_type), .. }) if is_json_media_type(content_type) => {
            (SerializationStyle::Json, false)
        }
        Some(encoding) => (encoding.style, encoding.explode),
        None => (SerializationStyle::Form, true),
    };
    let (wire, style) = (part.wire_name, request::emit_parameter_style(style, explode));
    let value = types::wrap_decimals_sent_as_numbers(value, part.schema);
    quote! { form.add_field(#wire, #style, #value); }
}

/// Emits the expression that adds a part to a multipart form. It reads the value of the part from a variable with the
/// name [`FormPart::rust_name`].
fn emit_multipart_part(part: &FormPart<'_>) -> TokenStream {
    let (wire, name) = (part.wire_name, &part.rust_name);
    let content_type = part.encoding.and_then(|encoding| encoding.content_type.as_deref());
    let text = match part.part_kind {
        PartValueKind::DateTime => quote! { partner_runtime::plumbing::format_rfc_3339 },
        _ => quote! { ToString::to_string },
    };
    match (part.part_kind, part.is_list, content_type) {
        (PartValueKind::File, false, None) => quote! { form.file(#wire, #name) },
        (PartValueKind::File, true, None) => quote! { form.files(#wire, #name) },
        (PartValueKind::File, false, Some(of)) => quote! { form.file(#wire, #name.with_content_type(#of)) },
        (PartValueKind::File, true, Some(of)) => {
            quote! { form.files(#wire, #name.into_iter().map(|file| file.with_content_type(#of)).collect()) }
        }
        (PartValueKind::Text, false, None) => quote! { form.text(#wire, #name.to_string()) },
        (PartValueKind::DateTime, false, None) => quote! { form.text(#wire, #text(&#name)) },
        (PartValueKind::Text | PartValueKind::DateTime, true, None) => {
            quote! { form.texts(#wire, #name.iter().map(#text)) }
        }
        (PartValueKind::Text | PartValueKind::DateTime, false, Some(of)) => {
            quote! { form.text_with_content_type(#wire, #of, #text(&#name)) }
        }
        (PartValueKind::Text | PartValueKind::DateTime, true, Some(of)) => {
            quote! { #name.iter().fold(form, |form, item| form.text_with_content_type(#wire, #of, #text(item))) }
        }
        (PartValueKind::Json, is_list, of) => {
            let of = of.unwrap_or("application/json");
            let item = if is_list {
                quote! { item }
            } else {
                quote! { &#name }
            };
            let value = types::wrap_decimals_sent_as_numbers(item, part.schema);
            let add = match of {
                "application/json" => quote! { form.json(#wire, #value) },
                _ => quote! { form.json_with_content_type(#wire, #of, #value) },
            };
            match is_list {
                true => quote! { #name.iter().try_fold(form, |form, item| #add)? },
                false => quote! { #add? },
            }
        }
    }
}
