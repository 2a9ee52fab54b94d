//! Multipart bodies: each part is an argument or a setter of the call.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use super::types;
use crate::core::{Core, Value};
use crate::ident::ident;
use partner_model::names::snake_name;
use partner_model::{Field, Form, Media, Schema, Type};

/// What a part holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    File,
    Files,
    Text,
    Texts,
    Json,
}

/// One part of a multipart body.
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
    holds: Holds,
}

/// The parts, in the order of the document, which is the order on the wire.
pub(super) fn parts<'a>(media: &'a Media, core: &Core) -> Vec<Part<'a>> {
    let part = |part| {
        let Field { name, required, schema, .. }: &Field = part;
        let holds = holds(schema);
        let value = match holds {
            Holds::File => Value::read(syn::parse_quote! { partner_runtime::Upload }),
            Holds::Files => Value::read(syn::parse_quote! { Vec<partner_runtime::Upload> }),
            _ => core.value(schema).required(),
        };
        Part { wire: name, name: ident(&snake_name(name)), value, required: *required, schema, holds }
    };
    media.parts().iter().map(part).collect()
}

fn holds(schema: &Schema) -> Holds {
    match &schema.ty {
        Type::Bytes => Holds::File,
        Type::List(items) => match &items.ty {
            Type::Bytes => Holds::Files,
            Type::Named(_)
            | Type::String
            | Type::Uuid
            | Type::Date
            | Type::DateTime
            | Type::Decimal(Form::String) => Holds::Texts,
            _ => Holds::Json,
        },
        Type::Map(_) | Type::Object => Holds::Json,
        _ => Holds::Text,
    }
}

/// The expression that puts the part into a form, given the value in a variable of the part's name.
pub(super) fn add(part: &Part<'_>) -> TokenStream {
    let (wire, name) = (&part.wire, &part.name);
    match part.holds {
        Holds::File => quote! { form.file(#wire, #name) },
        Holds::Files => quote! { form.files(#wire, #name) },
        Holds::Text => quote! { form.text(#wire, #name.to_string()) },
        Holds::Texts => quote! { form.texts(#wire, #name.iter().map(ToString::to_string)) },
        Holds::Json => {
            let value = types::as_json(quote! { &#name }, part.schema);
            quote! { form.json(#wire, #value)? }
        }
    }
}
