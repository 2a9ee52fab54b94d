//! Emits the models: for each object, a struct with the fields in the order of the document, and the table by which the
//! runtime reads, writes and prints the struct. Models that occur in requests also get a constructor and setters.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::constructor::{self, EmittedConstructor};
use super::model_field::{ModelField, emit_field_docs, find_value_schema, is_required};
use super::types::choose_argument_conversion;
use super::{docs, field_group_enum};
use crate::core::{self, find_last_path_segment};
use crate::field_group_enum::{FieldGroupEnumOwnerNames, find_field_group_enums};
use crate::ident::create_ident;
use partner_model::{Model, Object, Schema, Type, TypeDefinition, WrappedType};

pub(super) fn emit_model(
    name: &str,
    fields: &[core::GeneratedField],
    definition: &TypeDefinition,
    object: &Object,
    model: &Model,
    owners: &FieldGroupEnumOwnerNames<'_>,
) -> TokenStream {
    let (type_name, name) = (name, &create_ident(name));
    let choices = find_field_group_enums(definition, object);
    let properties = object.fields.iter().map(Some).chain([None]);
    let member = |(field, property): (_, Option<_>)| {
        let rest = object.additional_properties.as_ref().filter(|_| property.is_none());
        ModelField { field, property, extra_value_schema: rest, tag_value_expr: emit_tag_value(field, model) }
    };
    let members: Vec<ModelField<'_>> = fields.iter().zip(properties).map(member).collect();
    let docs = docs::emit_schema_docs(&definition.schema_details, &format!("`{name}`."));
    let default =
        (can_implement_default(definition, &members) && choices.is_empty()).then(|| quote! { , Default });
    let fields = members.iter().map(|member| {
        let (name, of) = (&member.field.name, &member.field.value);
        let is_chosen = choices.iter().any(|choice| choice.contains_key(&member.field.wire_name));
        let visibility = if is_chosen || member.tag_value_expr.is_some() {
            quote! { pub(crate) }
        } else {
            quote! { pub }
        };
        let docs = emit_field_docs(member, model);
        quote! { #docs #visibility #name: #of }
    });
    // A model that only occurs in responses has no constructor, because callers do not create responses.
    let constructor_items = match definition.is_sent_by_client {
        true => {
            let EmittedConstructor { constructor: function, accompanying_items } =
                constructor::emit_constructor(type_name, &members, &choices, definition, model);
            let free = members
                .iter()
                .filter(|member| !choices.iter().any(|c| c.contains_key(&member.field.wire_name)));
            let setters = free.filter_map(|member| emit_setter(member, &members, model));
            let owned = choices.iter().filter(|choice| owners.get(&choice.enum_name) == Some(&type_name));
            let enums = owned.map(|choice| field_group_enum::emit_field_group_enum(choice, &members, model));
            quote! {
                impl #name {
                    #function
                    #( #setters )*
                }
                #accompanying_items
                #( #enums )*
            }
        }
        false => quote! {},
    };
    let accessors: Vec<TokenStream> = match definition.is_sent_by_client {
        true => Vec::new(),
        false => members.iter().filter_map(|member| emit_accessor_if_always_shown(name, member)).collect(),
    };
    let has_origin = !accessors.is_empty();
    let origin = has_origin.then(|| quote! { pub(crate) __origin: partner_runtime::plumbing::Origin, });
    let accessors = has_origin.then(|| quote! { impl #name { #( #accessors )* } });
    let table = emit_property_table(name, &members, has_origin);
    quote! {
        #docs
        #[derive(Clone, PartialEq #default)]
        #[non_exhaustive]
        pub struct #name { #( #fields, )* #origin }

        #constructor_items

        #accessors

        #table
    }
}

/// Whether the decimals in a field are written as JSON numbers (rather than as strings).
fn writes_decimals_as_numbers(member: &ModelField<'_>) -> bool {
    find_value_schema(member).is_some_and(Schema::is_sent_as_number)
}

/// Whether the decimals in a field have to be above zero.
fn requires_decimals_above_zero(member: &ModelField<'_>) -> bool {
    find_value_schema(member).is_some_and(|schema| schema.innermost_schema().must_be_above_zero())
}

/// Emits the only possible value of a tag. A tag is a required field that always has the same value. Returns `None` for
/// other fields.
fn emit_tag_value(field: &core::GeneratedField, model: &Model) -> Option<TokenStream> {
    let name = find_last_path_segment(&field.value.ty)
        .filter(|name| model.hidden_enum_names.contains(name) && !field.value.optional)?;
    let variant = create_ident(&model.find_enum(&name)?.values.first()?.variant_name);
    let name = create_ident(&name);
    Some(quote! { #name::#variant })
}

/// Emits the property table of a struct, by which the runtime reads, writes and prints the struct.
fn emit_property_table(name: &Ident, members: &[ModelField<'_>], has_origin: bool) -> TokenStream {
    let properties = members.iter().filter(|member| !is_extra_field(member)).map(|member| {
        let core::GeneratedField { name, wire_name: key, value } = member.field;
        let flags = [
            ("optional", !is_required(member)),
            ("nullable", is_required(member) && value.optional),
            ("number", writes_decimals_as_numbers(member)),
            ("above_zero", requires_decimals_above_zero(member)),
            ("sensitive", member.is_sensitive()),
            ("hidden", member.tag_value_expr.is_some()),
        ];
        let flags = flags.into_iter().filter(|(_, is_set)| *is_set).map(|(flag, _)| create_ident(flag));
        quote! { #name: #key #( #flags )* }
    });
    let rest = members.iter().filter(|member| is_extra_field(member)).map(|member| {
        let name = &member.field.name;
        let flags = [
            ("number", writes_decimals_as_numbers(member)),
            ("above_zero", requires_decimals_above_zero(member)),
            ("sensitive", member.is_sensitive()),
        ];
        let flags = flags.into_iter().filter(|(_, is_set)| *is_set).map(|(flag, _)| create_ident(flag));
        quote! { ; ..#name #( #flags )* }
    });
    let origin = has_origin.then(|| quote! { ; from __origin });
    quote! { partner_runtime::plumbing::object!(#name { #( #properties ),* #( #rest )* #origin }); }
}

/// Emits an accessor method for a field that the schema does not require, but that every response has according to the
/// vendor's docs. The method returns an error if a response lacks the field. Returns `None` for other fields.
fn emit_accessor_if_always_shown(object: &Ident, member: &ModelField<'_>) -> Option<TokenStream> {
    let property = member.property.filter(|property| property.schema.details.is_always_shown_in_docs)?;
    let core::GeneratedField { name, wire_name: key, value } = member.field;
    let ty = &value.ty;
    let object = object.to_string();
    let docs = docs::emit_doc_comment([
        format!("Returns {}, which every response is expected to have.", docs::to_code_span_or_text(key)),
        String::from("# Errors"),
        String::from("If the response lacked the field, or its value could not be read."),
    ]);
    let found = quote! { self.__origin.expect_field(&self.#name, #object, #key) };
    let (returned, found) = match accessor_returns_copy(&property.schema) {
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

/// Whether the accessor of a field with this schema returns a copy of the value, rather than a reference.
fn accessor_returns_copy(schema: &Schema) -> bool {
    use Type::{Boolean, Date, DateTime, Decimal, Integer, Uuid};
    if let Some(newtype) = &schema.newtype {
        return matches!(newtype.wrapped_type, WrappedType::Uuid | WrappedType::Integer);
    }
    matches!(schema.ty, Uuid | Date | DateTime | Decimal(_) | Integer(_) | Boolean)
}

/// Whether the generated struct can implement `Default`. A struct can implement it if all its fields are optional, and
/// if it has no field `extra` for unlisted keys. The struct of a schema with `x-public` and without properties can
/// always implement it.
fn can_implement_default(definition: &TypeDefinition, members: &[ModelField<'_>]) -> bool {
    definition.is_open_object()
        || members.iter().all(|member| member.property.is_some_and(|property| !property.required))
}

fn is_extra_field(member: &ModelField<'_>) -> bool {
    member.property.is_none()
}

fn emit_setter(member: &ModelField<'_>, members: &[ModelField<'_>], model: &Model) -> Option<TokenStream> {
    let name = &member.field.name;
    if is_extra_field(member) {
        let of = &member.field.value.ty;
        let (taken, read) = match find_last_path_segment(of).as_deref() {
            Some(core::JSON_OBJECT_TYPE_NAME) => {
                (quote! { partner_runtime::Json }, quote! { value.deserialize_as() })
            }
            _ => {
                let of = core::find_last_type_argument(of);
                (quote! { #of }, quote! { partner_runtime::plumbing::convert_via_json(&value) })
            }
        };
        let known = members
            .iter()
            .filter(|known| !is_extra_field(known) && known.tag_value_expr.is_none())
            .map(|known| {
                let (wire, field) = (&known.field.wire_name, &known.field.name);
                quote! {
                    #wire => {
                        if let Ok(value) = #read {
                            self.#field = value;
                        }
                    }
                }
            });
        return Some(quote! {
            /// Sets the value of a key that has no field. If the key has a field, sets this field instead, but ignores
            /// a value that does not fit its type.
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
    let taken = choose_argument_conversion(name, &member.field.value.clone().without_option(), model);
    let (argument, value) = (taken.argument_type, taken.conversion_expr);
    let docs =
        docs::emit_doc_comment([format!("Sets {}.", docs::to_code_span_or_text(&member.field.wire_name))]);
    Some(quote! {
        #docs
        #[must_use]
        pub fn #name(mut self, #name: #argument) -> Self {
            self.#name = Some(#value);
            self
        }
    })
}
