//! What progenitor wrote, in pieces: types and methods, one by one. The rest is never parsed, and the tokens of what was
//! parsed are gone.

use std::collections::HashMap;

use partner_model::{Model, Operation, Shape};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::visit::Visit;
use syn::visit_mut::VisitMut;
use syn::{ImplItemFn, Item, ItemStruct};

use super::tidy::{Lossy, Tidy};
use super::{Core, Object, Request, input};

/// Sorts all of it.
pub(super) fn read(tokens: TokenStream, model: &Model) -> syn::Result<Core> {
    let mut core = Core::default();
    let mut before: [Option<String>; 2] = [None, None];
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                match before.each_ref().map(Option::as_deref) {
                    [Some("mod"), Some("types")] => read_types(group.stream(), model, &mut core)?,
                    [Some("impl"), Some("Client")] => read_methods(group.stream(), model, &mut core)?,
                    _ => {}
                }
            }
            TokenTree::Ident(ident) => {
                before.rotate_left(1);
                before[1] = Some(ident.to_string());
            }
            _ => {}
        }
    }
    add_missing(model, &mut core);
    Ok(core)
}

fn read_types(tokens: TokenStream, model: &Model, core: &mut Core) -> syn::Result<()> {
    // Conversions of types, and typify's `error` and `defaults` modules, are nothing that we need.
    let values = input::values_name(model);
    for tokens in pieces(tokens, &["struct", "enum"]) {
        match syn::parse2(tokens)? {
            Item::Struct(mut item) if matches!(item.fields, syn::Fields::Named(_)) => {
                Tidy.visit_item_struct_mut(&mut item);
                match item.ident == values {
                    true => read_values(item, model, core),
                    false => read_object(item, model, core),
                }
            }
            Item::Struct(syn::ItemStruct { ident, .. }) | Item::Enum(syn::ItemEnum { ident, .. }) => {
                core.faults.push(format!("typify generated a type `{ident}` that nothing asks for"));
            }
            _ => {}
        }
    }
    Ok(())
}

fn read_object(item: ItemStruct, model: &Model, core: &mut Core) {
    let name = item.ident.to_string();
    if Lossy::is_in(|lossy| lossy.visit_item_struct(&item)) {
        core.faults.push(format!("the type `{name}` has a type that loses digits"));
    }
    let properties = model.object(&name).map_or(&[][..], |object| &object.fields);
    match Object::read(item, properties) {
        Ok(object) => drop(core.objects.insert(name, object)),
        Err(fault) => core.faults.push(fault),
    }
}

/// Takes the types of schemas that have no name.
fn read_values(item: ItemStruct, model: &Model, core: &mut Core) {
    if Lossy::is_in(|lossy| lossy.visit_item_struct(&item)) {
        core.faults.push(String::from("the type of a schema without a name loses digits"));
    }
    let mut types: HashMap<String, super::Value> = HashMap::new();
    for field in item.fields {
        let mut value = super::Value::read(field.ty);
        // The shorter of its two paths.
        if value.ty == syn::parse_quote! { chrono::naive::NaiveDate } {
            value.ty = syn::parse_quote! { chrono::NaiveDate };
        }
        types.extend(field.ident.map(|name| (name.to_string(), value)));
    }
    for (index, text) in input::values(model).into_keys().enumerate() {
        core.values.extend(types.remove(&input::value_name(index)).map(|value| (text, value)));
    }
}

fn read_methods(tokens: TokenStream, model: &Model, core: &mut Core) -> syn::Result<()> {
    let operations: HashMap<&str, &Operation> =
        model.operations.iter().map(|operation| (operation.name.as_str(), operation)).collect();
    for tokens in pieces(tokens, &["async"]) {
        let mut method: ImplItemFn = syn::parse2(tokens)?;
        Tidy.visit_impl_item_fn_mut(&mut method);
        let name = method.sig.ident.to_string();
        if Lossy::is_in(|lossy| lossy.visit_signature(&method.sig)) {
            core.faults.push(format!("the request of `{name}` has a type that loses digits"));
        }
        let Some(operation) = operations.get(name.as_str()) else { continue };
        match Request::read(method, operation) {
            Some(request) => drop(core.requests.insert(name, request)),
            None => {
                core.faults.push(format!("progenitor generated another request for `{name}` than it did"))
            }
        }
    }
    Ok(())
}

/// The items of a stream, each up to its braces or semicolon, that have one of these keywords outside of any brackets.
fn pieces(tokens: TokenStream, words: &[&str]) -> impl Iterator<Item = TokenStream> {
    let mut tokens = tokens.into_iter();
    std::iter::from_fn(move || {
        let mut piece = Vec::new();
        for token in tokens.by_ref() {
            let is_end = match &token {
                TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                TokenTree::Punct(punct) => punct.as_char() == ';',
                _ => false,
            };
            piece.push(token);
            if is_end {
                break;
            }
        }
        (!piece.is_empty()).then_some(piece)
    })
    .filter(|piece| {
        piece
            .iter()
            .any(|token| matches!(token, TokenTree::Ident(ident) if words.iter().any(|word| ident == word)))
    })
    .map(|piece| piece.into_iter().collect())
}

/// Adds what was not left to typify, and says what should be there and is not.
fn add_missing(model: &Model, core: &mut Core) {
    for (name, definition) in &model.types {
        if definition.is_open_record() {
            core.objects.insert(name.clone(), Object::open());
        } else if matches!(definition.shape, Shape::Object(_)) && !core.objects.contains_key(name) {
            core.faults.push(format!("typify generated no type for the schema `{name}`"));
        }
    }
    for Operation { name, id, .. } in &model.operations {
        if !core.requests.contains_key(name) {
            core.faults.push(format!("progenitor generated no `{name}` for `{id}`"));
        }
    }
    for text in input::values(model).into_keys().filter(|text| !core.values.contains_key(text)) {
        core.faults.push(format!("typify generated no type for the schema {text}"));
    }
}
