//! Constructors. What a model requires is given at once, and each of several values under its name, so that the compiler
//! knows which one is missing, and nobody swaps two of one type.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs;
use super::model::{Member, described};
use super::types::take;
use crate::choice::{Choice, choices};
use crate::core::Value;
use crate::ident::ident;
use partner_model::names::snake_name;
use partner_model::{Definition, Model, Object, Shape, Type};

/// The name of the struct with the required values of a model.
pub(crate) fn required_type(model: &str) -> String {
    format!("{model}Required")
}

/// The constructor of a model, and the items beside it.
pub(super) struct Constructor {
    /// The function `new`.
    pub(super) function: TokenStream,
    /// The struct with the required values, if there are several, and conversions of what the model wraps.
    pub(super) items: TokenStream,
}

pub(super) fn emit(
    name: &str,
    members: &[Member<'_>],
    choices: &[Choice<'_>],
    definition: &Definition,
    model: &Model,
) -> Constructor {
    let required: Vec<&Member<'_>> = members.iter().filter(|member| member.is_argument()).collect();
    let build = |assigned: &dyn Fn(&Member<'_>) -> TokenStream| build(members, choices, assigned);
    match (required.as_slice(), choices) {
        ([], []) => Constructor {
            function: function(&["With nothing set."], quote! {}, build(&|_| quote! {})),
            items: quote! {},
        },
        ([member], []) => wrap(name, member, members, definition, model),
        ([], [choice]) => {
            let (argument, ty) = (choice.argument(), ident(&choice.name));
            let docs = ["With the value that is required."];
            Constructor {
                function: function(&docs, quote! { #argument: #ty }, build(&|_| quote! {})),
                items: quote! {},
            }
        }
        _ => {
            let boxed = |member: &Member<'_>| assign(&member.field.name, &member.field.value);
            let (fields, names) = fields(&required, choices, model);
            let body = build(&boxed);
            let ty = ident(&required_type(name));
            let docs = docs::comment([format!("What {} requires.", docs::code(&format!("{name}::new")))]);
            let from = quote! { let #ty { #( #names ),* } = required; #body };
            Constructor {
                function: function(&["With everything that is required."], quote! { required: #ty }, from),
                items: quote! { #docs pub struct #ty { #( #fields, )* } },
            }
        }
    }
}

fn function(docs: &[&str], argument: TokenStream, body: TokenStream) -> TokenStream {
    let docs = docs::comment(docs);
    quote! {
        #docs
        pub fn new(#argument) -> Self { #body }
    }
}

/// The constructor of a model with one required value. One that only wraps another object is made from that object as
/// well, and from what that object wraps.
fn wrap(
    name: &str,
    member: &Member<'_>,
    members: &[Member<'_>],
    definition: &Definition,
    model: &Model,
) -> Constructor {
    let field = &member.field.name;
    let sources = sources(definition, model);
    let (argument, value) = match sources.as_slice() {
        [inner, _, ..] => {
            let inner = ident(inner);
            (quote! { impl Into<#inner> }, quote! { #field.into() })
        }
        _ => {
            let taken = take(field, &member.field.value, model);
            (taken.argument, taken.value)
        }
    };
    let assigned = if *field == value.to_string() {
        quote! { #field }
    } else {
        quote! { #field: #value }
    };
    let name = ident(name);
    let sources = sources.iter().map(|source| ident(source));
    Constructor {
        function: function(
            &["With the value that is required."],
            quote! { #field: #argument },
            build(members, &[], &|_| assigned.clone()),
        ),
        items: quote! {
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

/// The fields of the struct with the required values, and their names.
fn fields(required: &[&Member<'_>], choices: &[Choice<'_>], model: &Model) -> (Vec<TokenStream>, Vec<Ident>) {
    let field = |member: &&Member<'_>| {
        let (name, docs) = (member.field.name.clone(), described(member, model));
        let Value { ty, optional, .. } = &member.field.value;
        let ty = if *optional {
            quote! { Option<#ty> }
        } else {
            quote! { #ty }
        };
        (quote! { #docs pub #name: #ty }, name)
    };
    let choice = |choice: &Choice<'_>| {
        let (name, ty) = (choice.argument(), ident(&choice.name));
        let fallback = docs::code(&choice.name);
        let docs = docs::comment([choice.combination.description.as_deref().map_or(fallback, docs::prose)]);
        (quote! { #docs pub #name: #ty }, name)
    };
    required.iter().map(field).chain(choices.iter().map(choice)).unzip()
}

/// A field of the literal, from a variable of its name.
fn assign(name: &Ident, value: &Value) -> TokenStream {
    match (value.boxed, value.optional) {
        (false, _) => quote! { #name },
        (true, false) => quote! { #name: Box::new(#name) },
        (true, true) => quote! { #name: #name.map(Box::new) },
    }
}

/// The literal of the model, into which the fields of the choices are put.
fn build(
    members: &[Member<'_>],
    choices: &[Choice<'_>],
    assigned: &dyn Fn(&Member<'_>) -> TokenStream,
) -> TokenStream {
    let values = members.iter().map(|member| {
        let name = &member.field.name;
        match &member.constant {
            Some(constant) => quote! { #name: #constant },
            None if member.is_argument() => assigned(member),
            None => quote! { #name: Default::default() },
        }
    });
    let literal = quote! { Self { #( #values, )* } };
    if choices.is_empty() {
        return literal;
    }
    let choices = choices.iter().map(|choice| {
        let (argument, ty) = (choice.argument(), ident(&choice.name));
        let arms = choice.combination.alternatives.iter().map(|alternative| {
            let variant = ident(&super::choice::variant_name(alternative));
            let chosen: Vec<&Member<'_>> =
                members.iter().filter(|member| alternative.keys.contains(&member.field.key)).collect();
            let names: Vec<Ident> =
                chosen.iter().map(|member| ident(&snake_name(&member.field.key))).collect();
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

/// The most levels of wrapped objects from which a model is made. Without a limit, a chain of wrappers would have
/// conversions between all of its models.
const MAX_WRAPPED_LEVELS: usize = 4;

/// Returns the objects from which a model that only wraps an object is made, the wrapped one first.
pub(super) fn sources<'m>(definition: &'m Definition, model: &'m Model) -> Vec<&'m str> {
    let mut sources: Vec<&str> = Vec::new();
    let mut wrapped = wrapped_type(definition, model);
    while let Some(name) =
        wrapped.filter(|name| !sources.contains(name) && sources.len() < MAX_WRAPPED_LEVELS)
    {
        sources.push(name);
        wrapped = model.types.get(name).and_then(|definition| wrapped_type(definition, model));
    }
    sources
}

/// The name of the object that is the only thing a model requires.
fn wrapped_type<'m>(definition: &'m Definition, model: &'m Model) -> Option<&'m str> {
    let Shape::Object(object) = &definition.shape else { return None };
    let mut required =
        object.fields.iter().filter(|field| field.required && !is_constant(&field.schema.ty, model));
    let (Some(field), None) = (required.next(), required.next()) else { return None };
    let is_plain = !field.schema.nullable && !has_choices(definition, object);
    field.schema.ty.name().filter(|name| is_plain && model.object(name).is_some())
}

fn has_choices(definition: &Definition, object: &Object) -> bool {
    !choices(definition, object).is_empty()
}

fn is_constant(ty: &Type, model: &Model) -> bool {
    ty.name().is_some_and(|name| model.hidden_enums.contains(name))
}
