//! Models: structs in the document's order and words, a constructor and setters for what is sent, and the table by which
//! they are read, written and printed.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::types::take;
use super::{docs, json_schema};
use crate::core::{self, name_of};
use crate::ident::ident;
use partner_model::{Definition, Field as Property, Model, Object};

/// A field, with what the document says about it.
struct Member<'a> {
    field: &'a core::Field,
    /// The property, except for the field that takes what has no property.
    property: Option<&'a Property>,
    /// The tag that has one value: never seen by a caller.
    constant: Option<TokenStream>,
}

pub(super) fn emit(
    name: &str,
    fields: &[core::Field],
    definition: &Definition,
    object: &Object,
    model: &Model,
) -> TokenStream {
    let name = &ident(name);
    let properties = object.fields.iter().map(Some).chain([None]);
    let member = |(field, property)| Member { field, property, constant: constant(field, model) };
    let members: Vec<Member<'_>> = fields.iter().zip(properties).map(member).collect();
    let docs = docs::of_schema(&definition.about, &format!("`{name}`."));
    let default = has_default(definition, &members).then(|| quote! { , Default });
    let limited = json_schema::has_limits(definition);
    let fields = members.iter().map(|member| {
        let (name, of) = (&member.field.name, &member.field.value);
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
        quote! { #docs #schema #visibility #name: #of }
    });
    // Callers only read a model that occurs in responses alone, so it gets no constructor.
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
    let table = table(name, &members);
    let limits = if limited { json_schema::of_object(definition, object) } else { Vec::new() };
    let schema = json_schema::of_model(&limits);
    quote! {
        #docs
        #[derive(Clone, PartialEq #default)]
        #schema
        #[non_exhaustive]
        pub struct #name { #( #fields, )* }

        #made

        #table
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
    let numbers = member.property.filter(|property| property.schema.has_numbers());
    let with = numbers.map(|property| json_schema::with_numbers(&member.field.value, &property.schema));
    json_schema::of_field(is_extra(member), nullable, is_required(member), limits, with)
}

/// Whether the document has numbers for the values of a field, which are written as strings otherwise.
fn has_numbers(member: &Member<'_>) -> bool {
    member.property.is_some_and(|property| property.schema.has_numbers())
}

/// What a field is about when the document only says of which type it is: what that type is about.
fn fallback(property: &Property, member: &Member<'_>, model: &Model) -> String {
    let named = property.schema.name().and_then(|name| model.types.get(name));
    let described = named.and_then(|definition| docs::text(&definition.about));
    let first = described.as_deref().and_then(|text| text.trim().split("\n\n").next());
    let first = first.filter(|text| !text.is_empty());
    first.map_or_else(|| format!("{}.", docs::code(&member.field.key)), docs::prose)
}

/// The only value of a hidden tag.
fn constant(field: &core::Field, model: &Model) -> Option<TokenStream> {
    let name =
        name_of(&field.value.ty).filter(|name| model.hidden.contains(name) && !field.value.optional)?;
    let variant = ident(&model.string_enum(&name)?.values.first()?.variant);
    let name = ident(&name);
    Some(quote! { #name::#variant })
}

/// The table by which the struct is read, written and printed.
fn table(name: &Ident, members: &[Member<'_>]) -> TokenStream {
    let properties = members.iter().filter(|member| !is_extra(member)).map(|member| {
        let core::Field { name, key, value } = member.field;
        let flags = [
            ("optional", !is_required(member)),
            ("nullable", is_required(member) && value.optional),
            ("number", has_numbers(member)),
            ("sensitive", is_sensitive(member)),
            ("hidden", member.constant.is_some()),
        ];
        let flags = flags.into_iter().filter(|(_, is_set)| *is_set).map(|(flag, _)| ident(flag));
        quote! { #name: #key #( #flags )* }
    });
    let rest = members.iter().filter(|member| is_extra(member)).map(|member| {
        let name = &member.field.name;
        quote! { ; ..#name }
    });
    quote! { partner_runtime::plumbing::object!(#name { #( #properties ),* #( #rest )* }); }
}

/// Whether the generated type implements `Default`, because no member is required.
fn has_default(definition: &Definition, members: &[Member<'_>]) -> bool {
    definition.is_open_record()
        || members.iter().all(|member| member.property.is_some_and(|property| !property.required))
}

fn is_required(member: &Member<'_>) -> bool {
    member.property.is_some_and(|property| property.required)
}

fn is_extra(member: &Member<'_>) -> bool {
    member.property.is_none()
}

fn constructor(members: &[Member<'_>], model: &Model) -> TokenStream {
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    for member in members {
        let name = &member.field.name;
        if let Some(constant) = &member.constant {
            values.push(quote! { #name: #constant });
        } else if is_extra(member) || !is_required(member) {
            values.push(quote! { #name: Default::default() });
        } else {
            let taken = take(name, &member.field.value, model);
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
    let name = &member.field.name;
    if is_extra(member) {
        let known =
            members.iter().filter(|known| !is_extra(known) && known.constant.is_none()).map(|known| {
                let (wire, field) = (&known.field.key, &known.field.name);
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
    let taken = take(name, &member.field.value.clone().required(), model);
    let (argument, value) = (taken.argument, taken.value);
    let docs = docs::comment([format!("Sets {}.", docs::code(&member.field.key))]);
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
