//! Forms: each part is an argument or a setter of the call.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use super::{request, types};
use crate::core::{Core, Value};
use crate::ident::ident;
use partner_model::media::is_json;
use partner_model::{Content, Encoding, Field, Media, Model, Schema, Style, Type};

/// What a part holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    File,
    Text,
    /// A date-time, whose `Display` is not that of RFC 3339.
    Moment,
    Json,
}

/// One part of a form.
pub(super) struct Part<'a> {
    /// The name on the wire.
    pub(super) wire: &'a str,
    /// The name of the argument.
    pub(super) name: Ident,
    /// The type of its value.
    pub(super) value: Value,
    /// Whether it must be there.
    pub(super) required: bool,
    /// The schema, for its description.
    pub(super) schema: &'a Schema,
    /// How the document says that it is written.
    encoding: Option<&'a Encoding>,
    holds: Holds,
    /// Whether each item of the value is a part.
    is_list: bool,
}

/// The parts, in the order of the document, which is the order on the wire.
pub(super) fn parts<'a>(media: &'a Media, model: &Model, core: &Core) -> Vec<Part<'a>> {
    let part = |part| {
        let Field { name, rust_name, required, schema, .. }: &Field = part;
        let encoding = media.encodings.get(name);
        let items = match &schema.ty {
            Type::List(items) => Some(&**items),
            _ => None,
        };
        let content_type = encoding.and_then(|encoding| encoding.content_type.as_deref());
        let holds = match holds(items.unwrap_or(schema), model) {
            Holds::Text | Holds::Moment if content_type.is_some_and(is_json) => Holds::Json,
            holds => holds,
        };
        let value = match (holds, items) {
            (Holds::File, None) => Value::read(syn::parse_quote! { partner_runtime::Upload }),
            (Holds::File, Some(_)) => Value::read(syn::parse_quote! { Vec<partner_runtime::Upload> }),
            _ => core.value(schema).required(),
        };
        let (name, required) = (ident(rust_name), *required);
        Part { wire: &part.name, name, value, required, schema, encoding, holds, is_list: items.is_some() }
    };
    media.parts().iter().map(part).collect()
}

fn holds(schema: &Schema, model: &Model) -> Holds {
    match &schema.ty {
        Type::Bytes => Holds::File,
        Type::DateTime => Holds::Moment,
        // Of the types that have names, enums are text.
        Type::Named(name) if model.string_enum(name).is_none() => Holds::Json,
        Type::List(_) | Type::Map(_) | Type::Object | Type::Json => Holds::Json,
        _ => Holds::Text,
    }
}

/// The statements that attach the form, given variables that have the names of its parts.
pub(super) fn attach(media: &Media, model: &Model, core: &Core) -> TokenStream {
    let is_url_encoded = matches!(media.content, Content::UrlEncoded(_));
    let (form, attach) = match is_url_encoded {
        true => (quote! { UrlForm }, quote! { call.url_encoded(form)?; }),
        false => (quote! { Form }, quote! { call.multipart(form); }),
    };
    let parts = parts(media, model, core);
    let added = parts.iter().map(|part| {
        let (name, required) = (&part.name, part.required);
        match is_url_encoded {
            true if required => field(part, quote! { &#name }),
            true => {
                let add = field(part, quote! { #name });
                quote! { if let Some(#name) = &#name { #add } }
            }
            false => {
                let add = add(part);
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

/// The statement that puts a value into an URL-encoded form.
fn field(part: &Part<'_>, value: TokenStream) -> TokenStream {
    let (style, explode) = match part.encoding {
        Some(Encoding { content_type: Some(content_type), .. }) if is_json(content_type) => {
            (Style::Json, false)
        }
        Some(encoding) => (encoding.style, encoding.explode),
        None => (Style::Form, true),
    };
    let (wire, style) = (part.wire, request::style(style, explode));
    let value = types::as_json(value, part.schema);
    quote! { form.field(#wire, #style, #value); }
}

/// The expression that puts the part into a multipart form, given the value in a variable of the part's name.
fn add(part: &Part<'_>) -> TokenStream {
    let (wire, name) = (part.wire, &part.name);
    let content_type = part.encoding.and_then(|encoding| encoding.content_type.as_deref());
    let text = match part.holds {
        Holds::Moment => quote! { partner_runtime::plumbing::rfc_3339 },
        _ => quote! { ToString::to_string },
    };
    match (part.holds, part.is_list, content_type) {
        (Holds::File, false, None) => quote! { form.file(#wire, #name) },
        (Holds::File, true, None) => quote! { form.files(#wire, #name) },
        (Holds::File, false, Some(of)) => quote! { form.file(#wire, #name.with_content_type(#of)) },
        (Holds::File, true, Some(of)) => {
            quote! { form.files(#wire, #name.into_iter().map(|file| file.with_content_type(#of)).collect()) }
        }
        (Holds::Text, false, None) => quote! { form.text(#wire, #name.to_string()) },
        (Holds::Moment, false, None) => quote! { form.text(#wire, #text(&#name)) },
        (Holds::Text | Holds::Moment, true, None) => quote! { form.texts(#wire, #name.iter().map(#text)) },
        (Holds::Text | Holds::Moment, false, Some(of)) => quote! { form.text_as(#wire, #of, #text(&#name)) },
        (Holds::Text | Holds::Moment, true, Some(of)) => {
            quote! { #name.iter().fold(form, |form, item| form.text_as(#wire, #of, #text(item))) }
        }
        (Holds::Json, is_list, of) => {
            let of = of.unwrap_or("application/json");
            let item = if is_list {
                quote! { item }
            } else {
                quote! { &#name }
            };
            let value = types::as_json(item, part.schema);
            let add = match of {
                "application/json" => quote! { form.json(#wire, #value) },
                _ => quote! { form.json_as(#wire, #of, #value) },
            };
            match is_list {
                true => quote! { #name.iter().try_fold(form, |form, item| #add)? },
                false => quote! { #add? },
            }
        }
    }
}
