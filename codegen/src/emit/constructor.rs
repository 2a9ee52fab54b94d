//! Emits constructors. A constructor takes all required values of a model: a single value as an argument, several
//! values as a struct with named fields. So a missing value is a compile error, and callers cannot swap two values of
//! the same type.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs;
use super::model_field::{ModelField, emit_field_docs};
use super::types::choose_argument_conversion;
use crate::core::ValueType;
use crate::field_group_enum::{FieldGroupEnum, find_field_group_enums};
use crate::ident::create_ident;
use partner_model::names::to_snake_case_name;
use partner_model::{Model, Object, Type, TypeDefinition, TypeShape};

/// Returns the name of the struct that holds the required values of a model.
pub(crate) fn to_required_values_struct_name(model: &str) -> String {
    format!("{model}Required")
}

/// The generated code of a model's constructor.
pub(super) struct EmittedConstructor {
    /// The generated function `new`.
    pub(super) constructor: TokenStream,
    /// The items that are emitted next to the model (the generated struct): the `From` conversions and, for a model
    /// with several required values, another struct that holds these values.
    pub(super) accompanying_items: TokenStream,
}

pub(super) fn emit_constructor(
    name: &str,
    members: &[ModelField<'_>],
    choices: &[FieldGroupEnum<'_>],
    definition: &TypeDefinition,
    model: &Model,
) -> EmittedConstructor {
    let required: Vec<&ModelField<'_>> =
        members.iter().filter(|member| member.is_constructor_argument()).collect();
    let build = |emit_required: &dyn Fn(&ModelField<'_>) -> TokenStream| {
        emit_constructor_body(members, choices, emit_required)
    };
    match (required.as_slice(), choices) {
        ([], []) => EmittedConstructor {
            constructor: emit_new_function(&["With nothing set."], quote! {}, build(&|_| quote! {})),
            accompanying_items: quote! {},
        },
        ([member], []) => emit_single_value_constructor(name, member, members, definition, model),
        ([], [choice]) => {
            let (argument, ty) = (choice.constructor_argument_name(), create_ident(&choice.enum_name));
            let docs = ["With the value that is required."];
            EmittedConstructor {
                constructor: emit_new_function(&docs, quote! { #argument: #ty }, build(&|_| quote! {})),
                accompanying_items: quote! {},
            }
        }
        _ => {
            let boxed =
                |member: &ModelField<'_>| emit_field_initializer(&member.field.name, &member.field.value);
            let (fields, names) = emit_fields_of_required_values_struct(&required, choices, model);
            let body = build(&boxed);
            let ty = create_ident(&to_required_values_struct_name(name));
            let docs = docs::emit_doc_comment([format!(
                "What {} requires.",
                docs::to_code_span_or_text(&format!("{name}::new"))
            )]);
            let from = quote! { let #ty { #( #names ),* } = required; #body };
            EmittedConstructor {
                constructor: emit_new_function(
                    &["With everything that is required."],
                    quote! { required: #ty },
                    from,
                ),
                accompanying_items: quote! { #docs pub struct #ty { #( #fields, )* } },
            }
        }
    }
}

fn emit_new_function(docs: &[&str], argument: TokenStream, body: TokenStream) -> TokenStream {
    let docs = docs::emit_doc_comment(docs);
    quote! {
        #docs
        pub fn new(#argument) -> Self { #body }
    }
}

/// Emits the constructor of a model that requires a single value, the value of the field `member`. If this value is
/// another object, also emits `From` conversions into the model: one from each type that
/// [`find_convertible_type_names`] returns.
fn emit_single_value_constructor(
    name: &str,
    member: &ModelField<'_>,
    members: &[ModelField<'_>],
    definition: &TypeDefinition,
    model: &Model,
) -> EmittedConstructor {
    let field = &member.field.name;
    let sources = find_convertible_type_names(definition, model);
    let (argument, value) = match sources.as_slice() {
        [inner, _, ..] => {
            let inner = create_ident(inner);
            (quote! { impl Into<#inner> }, quote! { #field.into() })
        }
        _ => {
            let taken = choose_argument_conversion(field, &member.field.value, model);
            (taken.argument_type, taken.conversion_expr)
        }
    };
    let assigned = if *field == value.to_string() {
        quote! { #field }
    } else {
        quote! { #field: #value }
    };
    let name = create_ident(name);
    let sources = sources.iter().map(|source| create_ident(source));
    EmittedConstructor {
        constructor: emit_new_function(
            &["With the value that is required."],
            quote! { #field: #argument },
            emit_constructor_body(members, &[], &|_| assigned.clone()),
        ),
        accompanying_items: quote! {
            #(
                impl From<#sources> for #name {
                    fn from(value: #sources) -> Self {
                        Self::new(value)
                    }
                }
            )*
        },
    }
}

/// Emits the fields of a `…Required` struct, which holds the required values of an object. Returns the declarations of
/// the fields, and their names.
fn emit_fields_of_required_values_struct(
    required: &[&ModelField<'_>],
    choices: &[FieldGroupEnum<'_>],
    model: &Model,
) -> (Vec<TokenStream>, Vec<Ident>) {
    let field = |member: &&ModelField<'_>| {
        let (name, docs) = (member.field.name.clone(), emit_field_docs(member, model));
        let ValueType { ty, optional, .. } = &member.field.value;
        let ty = if *optional {
            quote! { Option<#ty> }
        } else {
            quote! { #ty }
        };
        (quote! { #docs pub #name: #ty }, name)
    };
    let choice = |choice: &FieldGroupEnum<'_>| {
        let (name, ty) = (choice.constructor_argument_name(), create_ident(&choice.enum_name));
        let fallback = docs::to_code_span_or_text(&choice.enum_name);
        let docs = docs::emit_doc_comment([choice
            .combination
            .description
            .as_deref()
            .map_or(fallback, docs::to_rustdoc_markdown)]);
        (quote! { #docs pub #name: #ty }, name)
    };
    required.iter().map(field).chain(choices.iter().map(choice)).unzip()
}

/// Emits the initializer of a field in a struct literal. The initializer reads the value from a variable with the
/// field's name.
fn emit_field_initializer(name: &Ident, value: &ValueType) -> TokenStream {
    match (value.boxed, value.optional) {
        (false, _) => quote! { #name },
        (true, false) => quote! { #name: Box::new(#name) },
        (true, true) => quote! { #name: #name.map(Box::new) },
    }
}

/// Emits the body of a constructor: a struct literal, followed by a `match` for each argument that is a field group
/// enum (`choices`). The `match` sets the fields that belong to the chosen variant. `emit_required` emits the value of
/// a required field in the struct literal.
fn emit_constructor_body(
    members: &[ModelField<'_>],
    choices: &[FieldGroupEnum<'_>],
    emit_required: &dyn Fn(&ModelField<'_>) -> TokenStream,
) -> TokenStream {
    let values = members.iter().map(|member| {
        let name = &member.field.name;
        match &member.tag_value_expr {
            Some(constant) => quote! { #name: #constant },
            None if member.is_constructor_argument() => emit_required(member),
            None => quote! { #name: Default::default() },
        }
    });
    let literal = quote! { Self { #( #values, )* } };
    if choices.is_empty() {
        return literal;
    }
    let choices = choices.iter().map(|choice| {
        let (argument, ty) = (choice.constructor_argument_name(), create_ident(&choice.enum_name));
        let arms = choice.combination.alternatives.iter().map(|alternative| {
            let variant = create_ident(&super::field_group_enum::to_field_group_variant_name(alternative));
            let chosen: Vec<&ModelField<'_>> =
                members.iter().filter(|member| alternative.keys.contains(&member.field.wire_name)).collect();
            let names: Vec<Ident> = chosen
                .iter()
                .map(|member| create_ident(&to_snake_case_name(&member.field.wire_name)))
                .collect();
            let pattern = match names.as_slice() {
                [name] => quote! { #ty::#variant(#name) },
                _ => quote! { #ty::#variant { #( #names ),* } },
            };
            let sets = chosen.iter().map(|member| {
                let name = &member.field.name;
                match member.field.value.boxed {
                    true => quote! { made.#name = Some(Box::new(#name)); },
                    false => quote! { made.#name = Some(#name); },
                }
            });
            quote! { #pattern => { #( #sets )* } }
        });
        quote! { match #argument { #( #arms )* } }
    });
    quote! {
        let mut made = #literal;
        #( #choices )*
        made
    }
}

/// The maximum number of types that can be converted into a model with `From`. Without this limit, a long chain of
/// models that wrap each other would get a conversion for every pair of models in the chain.
const MAX_CONVERTIBLE_TYPES_PER_MODEL: usize = 4;

/// Returns the names of the object types whose values can be converted into a model (a generated struct). The first is
/// the type that the model wraps: the type of the only required field. The second is the type that the first type
/// wraps, and so on.
pub(super) fn find_convertible_type_names<'m>(
    definition: &'m TypeDefinition,
    model: &'m Model,
) -> Vec<&'m str> {
    let mut sources: Vec<&str> = Vec::new();
    let mut wrapped = find_type_name_of_only_required_field(definition, model);
    while let Some(name) =
        wrapped.filter(|name| !sources.contains(name) && sources.len() < MAX_CONVERTIBLE_TYPES_PER_MODEL)
    {
        sources.push(name);
        wrapped = model
            .types
            .get(name)
            .and_then(|definition| find_type_name_of_only_required_field(definition, model));
    }
    sources
}

/// Returns the name of the type of the only required field of `definition`. Returns `None` if there is not exactly one
/// required field, or if the type of the field is not an object.
fn find_type_name_of_only_required_field<'m>(
    definition: &'m TypeDefinition,
    model: &'m Model,
) -> Option<&'m str> {
    let TypeShape::Object(object) = &definition.shape else { return None };
    let mut required =
        object.fields.iter().filter(|field| field.required && !is_tag_type(&field.schema.ty, model));
    let (Some(field), None) = (required.next(), required.next()) else { return None };
    let is_plain = !field.schema.nullable && !has_field_group_enums(definition, object);
    field.schema.ty.name().filter(|name| is_plain && model.find_object(name).is_some())
}

fn has_field_group_enums(definition: &TypeDefinition, object: &Object) -> bool {
    !find_field_group_enums(definition, object).is_empty()
}

fn is_tag_type(ty: &Type, model: &Model) -> bool {
    ty.name().is_some_and(|name| model.hidden_enum_names.contains(name))
}
