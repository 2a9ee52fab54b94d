//! Models: progenitor's structs with the document's order and words, a constructor and setters for what is sent,
//! and a `Debug` that keeps secrets.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::Parser;
use syn::{Attribute, Field, Ident, ItemStruct, Type};

use super::types::{name_of, optional, take};
use super::{docs, json_schema};
use crate::ident::ident;
use partner_model::{Definition, Field as Property, Model, Object};

/// A field, with what the document says about it.
struct Member<'a> {
    field: Field,
    name: Ident,
    of: Type,
    /// The property, except for the field that takes what has no property.
    property: Option<&'a Property>,
    position: usize,
    /// The tag that has one value: never seen by a caller.
    constant: Option<TokenStream>,
}

pub(super) fn emit(
    item: &ItemStruct,
    definition: &Definition,
    object: &Object,
    model: &Model,
) -> TokenStream {
    let name = &item.ident;
    let members = members(item, object, model);
    let docs = docs::of_schema(&definition.about, &format!("`{name}`."));
    let sensitive = members.iter().any(is_sensitive);
    let open = members.iter().any(is_extra);
    let derives = derives(item, sensitive, open);
    let limited = json_schema::has_limits(definition);
    let fields = members.iter().map(|member| {
        let Member { name, of, .. } = member;
        let serde = member.field.attrs.iter().filter(|a| a.path().is_ident("serde")).map(shortened);
        let visibility = if member.constant.is_some() {
            quote! { pub(crate) }
        } else {
            quote! { pub }
        };
        let docs = match member.property {
            Some(property) => docs::of_schema(&property.schema.about, &fallback(property, member, model)),
            None => docs::comment(["What there is beyond the fields above."]),
        };
        let schema = schema_of(member, limited);
        let form = form(member);
        quote! { #docs #( #serde )* #form #schema #visibility #name: #of }
    });
    // What is only ever answered is read, not made.
    let made = match definition.sent {
        true => {
            let constructor = constructor(&members, model);
            let setters = members.iter().filter_map(|member| setter(member, &members, model));
            quote! {
                impl #name {
                    #constructor
                    #( #setters )*
                }
            }
        }
        false => quote! {},
    };
    let debug = if sensitive {
        debug(name, &members)
    } else {
        quote! {}
    };
    let read = if open {
        read(name, &members)
    } else {
        quote! {}
    };
    let limits = if limited { json_schema::of_object(definition, object) } else { Vec::new() };
    let schema = json_schema::of_model(&limits);
    quote! {
        #docs
        #[derive(#derives)]
        #schema
        #[non_exhaustive]
        pub struct #name { #( #fields, )* }

        #made

        #debug

        #read
    }
}

/// What the type of a field does not say to its JSON Schema.
fn schema_of(member: &Member<'_>, limited: bool) -> TokenStream {
    let nullable = member.property.is_some_and(|property| property.schema.nullable);
    let limits = member
        .property
        .filter(|_| limited)
        .map(|property| json_schema::limits(&property.schema))
        .unwrap_or_default();
    let with = has_numbers(member).then(|| json_schema::with_numbers(&member.of));
    json_schema::of_field(nullable, is_required(member), limits, with)
}

/// Whether the document has numbers for the decimals of a field, which are written as strings otherwise.
fn has_numbers(member: &Member<'_>) -> bool {
    member.property.is_some_and(|property| property.schema.has_numbers())
}

/// What makes serde write the decimals of a field in the form that the document has.
fn form(member: &Member<'_>) -> TokenStream {
    match has_numbers(member) {
        true => quote! { #[serde(serialize_with = "partner_runtime::plumbing::as_number")] },
        false => quote! {},
    }
}

/// What a field is about when the document only says of which type it is: what that type is about.
fn fallback(property: &Property, member: &Member<'_>, model: &Model) -> String {
    let named = property.schema.ty.name().and_then(|name| model.types.get(name));
    let described = named.and_then(|definition| docs::text(&definition.about));
    let first = described.as_deref().and_then(|text| text.trim().split("\n\n").next());
    let first = first.filter(|text| !text.is_empty());
    first.map_or_else(|| format!("{}.", docs::code(&wire_name(&member.field))), docs::prose)
}

/// The fields in the order of the document.
fn members<'a>(item: &ItemStruct, object: &'a Object, model: &Model) -> Vec<Member<'a>> {
    let fields: HashMap<&str, (usize, &Property)> =
        object.fields.iter().enumerate().map(|at| (at.1.name.as_str(), at)).collect();
    let mut members: Vec<Member<'a>> = item
        .fields
        .iter()
        .filter_map(|field| {
            let name = field.ident.clone()?;
            let wire = wire_name(field);
            let property = fields.get(wire.as_str());
            Some(Member {
                of: field.ty.clone(),
                constant: constant(&field.ty, model),
                position: property.map_or(usize::MAX, |(position, _)| *position),
                field: field.clone(),
                property: property.map(|(_, property)| *property),
                name,
            })
        })
        .collect();
    members.sort_by_key(|member| member.position);
    members
}

/// The only value of a hidden tag.
fn constant(of: &Type, model: &Model) -> Option<TokenStream> {
    let name = name_of(of)?;
    if !model.hidden.contains(&name) {
        return None;
    }
    let variant = ident(&model.string_enum(&name)?.values.first()?.variant);
    let name = ident(&name);
    Some(quote! { #name::#variant })
}

/// The name of a field on the wire: serde's `rename`, or its own.
pub(super) fn wire_name(field: &Field) -> String {
    match serde_word(field, "rename").flatten() {
        Some(syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(name), .. })) => name.value(),
        _ => field.ident.as_ref().map(Ident::to_string).unwrap_or_default(),
    }
}

/// What a field has for serde under this word, if it has the word: its value, if it has one. Other words are texts that
/// may hold anything.
fn serde_word(field: &Field, word: &str) -> Option<Option<syn::Expr>> {
    let mut found = None;
    for attribute in field.attrs.iter().filter(|a| a.path().is_ident("serde")) {
        // typify writes attributes that serde understands, so a parse error cannot hide a word.
        let _ = attribute.parse_nested_meta(|meta| {
            let value = match meta.value() {
                Ok(value) => Some(value.parse()?),
                Err(_) => None,
            };
            if meta.path.is_ident(word) {
                found = Some(value);
            }
            Ok(())
        });
    }
    found
}

/// The attribute with the paths in its strings as a person would write them.
fn shortened(attribute: &Attribute) -> Attribute {
    let text = quote! { #attribute }.to_string();
    let short = text.replace("::std::option::Option::", "Option::");
    let parsed = Attribute::parse_outer.parse_str(&short).ok().and_then(|mut parsed| parsed.pop());
    parsed.unwrap_or_else(|| attribute.clone())
}

fn derives(item: &ItemStruct, sensitive: bool, open: bool) -> TokenStream {
    let mut derives = vec![quote! { serde::Serialize }, quote! { Clone }];
    if !open {
        derives.insert(0, quote! { serde::Deserialize });
    }
    if !sensitive {
        derives.push(quote! { Debug });
    }
    derives.push(quote! { PartialEq });
    let has_default = item.attrs.iter().any(|attribute| {
        let mut found = false;
        if attribute.path().is_ident("derive") {
            let _ = attribute.parse_nested_meta(|meta| {
                found |= meta.path.is_ident("Default");
                Ok(())
            });
        }
        found
    });
    if has_default {
        derives.push(quote! { Default });
    }
    quote! { #( #derives ),* }
}

fn is_required(member: &Member<'_>) -> bool {
    let nullable = member.property.is_some_and(|p| p.schema.nullable);
    let skipped = serde_word(&member.field, "skip_serializing_if").is_some();
    optional(&member.of).is_none() || (nullable && !skipped)
}

fn is_extra(member: &Member<'_>) -> bool {
    serde_word(&member.field, "flatten").is_some()
}

fn constructor(members: &[Member<'_>], model: &Model) -> TokenStream {
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    for member in members {
        let name = &member.name;
        if let Some(constant) = &member.constant {
            values.push(quote! { #name: #constant });
        } else if is_extra(member) || !is_required(member) {
            values.push(quote! { #name: Default::default() });
        } else {
            let taken = take(name, &member.of, model);
            let (argument, value) = (taken.argument, taken.value);
            arguments.push(quote! { #name: #argument });
            values.push(if *name == value.to_string() {
                quote! { #name }
            } else {
                quote! { #name: #value }
            });
        }
    }
    let docs = docs::comment([match arguments.is_empty() {
        true => "With nothing set.",
        false => "With everything that is required.",
    }]);
    quote! {
        #docs
        pub fn new(#( #arguments ),*) -> Self {
            Self { #( #values, )* }
        }
    }
}

fn setter(member: &Member<'_>, members: &[Member<'_>], model: &Model) -> Option<TokenStream> {
    let name = &member.name;
    if is_extra(member) {
        let known =
            members.iter().filter(|known| !is_extra(known) && known.constant.is_none()).map(|known| {
                let (wire, field) = (wire_name(&known.field), &known.name);
                quote! {
                    #wire => {
                        if let Ok(value) = value.read() {
                            self.#field = value;
                        }
                    }
                }
            });
        return Some(quote! {
            /// Sets a key that has no field of its own. A key that has one sets that field, if the value fits it.
            #[must_use]
            pub fn #name(mut self, key: impl Into<String>, value: impl Into<partner_runtime::Json>) -> Self {
                let (key, value) = (key.into(), value.into());
                match key.as_str() {
                    #( #known )*
                    _ => {
                        self.#name.insert(key, value);
                    }
                }
                self
            }
        });
    }
    if is_required(member) {
        return None;
    }
    let inner = optional(&member.of)?;
    let taken = take(name, &inner, model);
    let (argument, value) = (taken.argument, taken.value);
    let docs = docs::comment([format!("Sets {}.", docs::code(&wire_name(&member.field)))]);
    Some(quote! {
        #docs
        #[must_use]
        pub fn #name(mut self, #name: #argument) -> Self {
            self.#name = Some(#value);
            self
        }
    })
}

fn is_sensitive(member: &Member<'_>) -> bool {
    member.property.is_some_and(|p| p.schema.about.sensitive)
}

/// How a model is read that keeps the keys it does not know. What serde derives for them makes floats of numbers.
fn read(type_name: &Ident, members: &[Member<'_>]) -> TokenStream {
    let fields = members.iter().map(|member| {
        let (name, wire) = (&member.name, wire_name(&member.field));
        match (is_extra(member), is_required(member)) {
            (true, _) => quote! { #name: fields.rest() },
            (false, true) => quote! { #name: fields.required(#wire)? },
            (false, false) => quote! { #name: fields.optional(#wire)? },
        }
    });
    let fields = quote! { #( #fields, )* };
    let binding = match members.len() {
        1 => quote! { let fields },
        _ => quote! { let mut fields },
    };
    quote! {
        impl<'de> serde::Deserialize<'de> for #type_name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #binding = partner_runtime::plumbing::Fields::read(deserializer)?;
                Ok(Self { #fields })
            }
        }
    }
}

fn debug(type_name: &Ident, members: &[Member<'_>]) -> TokenStream {
    let text = type_name.to_string();
    let fields = members.iter().filter(|m| m.constant.is_none()).map(|member| {
        let (name, label) = (&member.name, member.name.to_string());
        let value = match (is_sensitive(member), optional(&member.of).is_some()) {
            (false, _) => quote! { &self.#name },
            (true, true) => quote! { &self.#name.as_ref().map(|_| partner_runtime::plumbing::Redacted) },
            (true, false) => quote! { &partner_runtime::plumbing::Redacted },
        };
        quote! { .field(#label, #value) }
    });
    quote! {
        impl std::fmt::Debug for #type_name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(#text) #( #fields )* .finish()
            }
        }
    }
}
