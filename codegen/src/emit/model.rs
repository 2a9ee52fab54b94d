//! Models: structs in the document's order and words, a constructor and setters for what is sent, and the table by which
//! they are read, written and printed.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::constructor::{self, Constructor};
use super::types::take;
use super::{choice, docs};
use crate::choice::{Owners, choices};
use crate::core::{self, name_of};
use crate::ident::ident;
use partner_model::{Definition, Field as Property, Model, Object, Schema, Type, WrappedType};

/// A field, with what the document says about it.
pub(super) struct Member<'a> {
    pub(super) field: &'a core::Field,
    /// The property, except for the field that takes what has no property.
    property: Option<&'a Property>,
    /// The schema of the values that have no property, for the field that takes these.
    rest: Option<&'a Schema>,
    /// The tag that has one value: never seen by a caller.
    pub(super) constant: Option<TokenStream>,
}

impl Member<'_> {
    /// Whether callers have to give its value.
    pub(super) fn is_argument(&self) -> bool {
        is_required(self) && self.constant.is_none()
    }

    pub(super) fn is_sensitive(&self) -> bool {
        schema(self).is_some_and(|schema| schema.about.sensitive)
    }
}

pub(super) fn emit(
    name: &str,
    fields: &[core::Field],
    definition: &Definition,
    object: &Object,
    model: &Model,
    owners: &Owners<'_>,
) -> TokenStream {
    let (type_name, name) = (name, &ident(name));
    let choices = choices(definition, object);
    let properties = object.fields.iter().map(Some).chain([None]);
    let member = |(field, property): (_, Option<_>)| {
        let rest = object.rest.as_ref().filter(|_| property.is_none());
        Member { field, property, rest, constant: constant(field, model) }
    };
    let members: Vec<Member<'_>> = fields.iter().zip(properties).map(member).collect();
    let docs = docs::of_schema(&definition.about, &format!("`{name}`."));
    let default = (has_default(definition, &members) && choices.is_empty()).then(|| quote! { , Default });
    let fields = members.iter().map(|member| {
        let (name, of) = (&member.field.name, &member.field.value);
        let is_chosen = choices.iter().any(|choice| choice.contains(&member.field.key));
        let visibility = if is_chosen || member.constant.is_some() {
            quote! { pub(crate) }
        } else {
            quote! { pub }
        };
        let docs = described(member, model);
        quote! { #docs #visibility #name: #of }
    });
    // Callers only read a model that occurs in responses alone, so it gets no constructor.
    let made = match definition.sent {
        true => {
            let Constructor { function, items } =
                constructor::emit(type_name, &members, &choices, definition, model);
            let free = members.iter().filter(|member| !choices.iter().any(|c| c.contains(&member.field.key)));
            let setters = free.filter_map(|member| setter(member, &members, model));
            let owned = choices.iter().filter(|choice| owners.get(&choice.name) == Some(&type_name));
            let enums = owned.map(|choice| choice::emit(choice, &members, model));
            quote! {
                impl #name {
                    #function
                    #( #setters )*
                }
                #items
                #( #enums )*
            }
        }
        false => quote! {},
    };
    let accessors: Vec<TokenStream> = match definition.sent {
        true => Vec::new(),
        false => members.iter().filter_map(|member| accessor(name, member)).collect(),
    };
    let has_origin = !accessors.is_empty();
    let origin = has_origin.then(|| quote! { pub(crate) __origin: partner_runtime::plumbing::Origin, });
    let accessors = has_origin.then(|| quote! { impl #name { #( #accessors )* } });
    let table = table(name, &members, has_origin);
    quote! {
        #docs
        #[derive(Clone, PartialEq #default)]
        #[non_exhaustive]
        pub struct #name { #( #fields, )* #origin }

        #made

        #accessors

        #table
    }
}

/// The schema of the values of a field.
fn schema<'a>(member: &Member<'a>) -> Option<&'a Schema> {
    member.property.map(|property| &property.schema).or(member.rest)
}

/// Whether the document has numbers for the decimals of a field, which are written as strings otherwise.
fn has_numbers(member: &Member<'_>) -> bool {
    schema(member).is_some_and(Schema::has_numbers)
}

/// Whether the decimals of a field are amounts that are always more than zero.
fn has_amounts(member: &Member<'_>) -> bool {
    schema(member).is_some_and(|schema| schema.innermost().is_above_zero())
}

/// The docs of a field.
pub(super) fn described(member: &Member<'_>, model: &Model) -> TokenStream {
    match member.property {
        Some(property) => docs::of_schema(&property.schema.about, &fallback(property, member, model)),
        None => docs::comment(["What there is beyond the fields above."]),
    }
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
        name_of(&field.value.ty).filter(|name| model.hidden_enums.contains(name) && !field.value.optional)?;
    let variant = ident(&model.string_enum(&name)?.values.first()?.variant);
    let name = ident(&name);
    Some(quote! { #name::#variant })
}

/// The table by which the struct is read, written and printed.
fn table(name: &Ident, members: &[Member<'_>], has_origin: bool) -> TokenStream {
    let properties = members.iter().filter(|member| !is_extra(member)).map(|member| {
        let core::Field { name, key, value } = member.field;
        let flags = [
            ("optional", !is_required(member)),
            ("nullable", is_required(member) && value.optional),
            ("number", has_numbers(member)),
            ("above_zero", has_amounts(member)),
            ("sensitive", member.is_sensitive()),
            ("hidden", member.constant.is_some()),
        ];
        let flags = flags.into_iter().filter(|(_, is_set)| *is_set).map(|(flag, _)| ident(flag));
        quote! { #name: #key #( #flags )* }
    });
    let rest = members.iter().filter(|member| is_extra(member)).map(|member| {
        let name = &member.field.name;
        let flags = [
            ("number", has_numbers(member)),
            ("above_zero", has_amounts(member)),
            ("sensitive", member.is_sensitive()),
        ];
        let flags = flags.into_iter().filter(|(_, is_set)| *is_set).map(|(flag, _)| ident(flag));
        quote! { ; ..#name #( #flags )* }
    });
    let origin = has_origin.then(|| quote! { ; from __origin });
    quote! { partner_runtime::plumbing::object!(#name { #( #properties ),* #( #rest )* #origin }); }
}

/// The method that returns an optional field which every response is expected to have.
fn accessor(object: &Ident, member: &Member<'_>) -> Option<TokenStream> {
    let property = member.property.filter(|property| property.schema.about.always_shown)?;
    let core::Field { name, key, value } = member.field;
    let ty = &value.ty;
    let object = object.to_string();
    let docs = docs::comment([
        format!("Returns {}, which every response is expected to have.", docs::code(key)),
        String::from("# Errors"),
        String::from("If the response lacked the field, or its value could not be read."),
    ]);
    let found = quote! { self.__origin.expect(&self.#name, #object, #key) };
    let (returned, found) = match is_copy(&property.schema) {
        true => (quote! { #ty }, quote! { #found.copied() }),
        false => (quote! { &#ty }, found),
    };
    Some(quote! {
        #docs
        pub fn #name(&self) -> Result<#returned, partner_runtime::Error> {
            #found
        }
    })
}

/// Whether the values of a type are copied and not borrowed.
fn is_copy(schema: &Schema) -> bool {
    use Type::{Boolean, Date, DateTime, Decimal, Integer, Uuid};
    if let Some(newtype) = &schema.newtype {
        return matches!(newtype.wraps, WrappedType::Uuid | WrappedType::Integer);
    }
    matches!(schema.ty, Uuid | Date | DateTime | Decimal(_) | Integer(_) | Boolean)
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

fn setter(member: &Member<'_>, members: &[Member<'_>], model: &Model) -> Option<TokenStream> {
    let name = &member.field.name;
    if is_extra(member) {
        let of = &member.field.value.ty;
        let (taken, read) = match name_of(of).as_deref() {
            Some(core::JSON_OBJECT) => (quote! { partner_runtime::Json }, quote! { value.read() }),
            _ => {
                let of = core::last_argument(of);
                (quote! { #of }, quote! { partner_runtime::plumbing::convert(&value) })
            }
        };
        let known =
            members.iter().filter(|known| !is_extra(known) && known.constant.is_none()).map(|known| {
                let (wire, field) = (&known.field.key, &known.field.name);
                quote! {
                    #wire => {
                        if let Ok(value) = #read {
                            self.#field = value;
                        }
                    }
                }
            });
        return Some(quote! {
            /// Sets a key that has no field of its own. A key that has one sets that field, if the value fits it.
            #[must_use]
            pub fn #name(mut self, key: impl Into<String>, value: #taken) -> Self {
                let key = key.into();
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
