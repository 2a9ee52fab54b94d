//! What progenitor wrote, in pieces: types and methods, one by one. The rest is never parsed, and the tokens of what was
//! parsed are gone.

use std::collections::{BTreeMap, HashMap};

use partner_model::{Model, Operation, Schema, Shape};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::visit_mut::VisitMut;
use syn::{Fields, ImplItemFn, Item, ItemStruct};

use super::input;
use super::object::{self, Field};
use super::request::Request;
use super::tidy::Tidy;
use super::value::Value;

/// What the public surface stands on.
#[derive(Default)]
pub(crate) struct Core {
    /// The fields of objects, by the name of the type.
    objects: BTreeMap<String, Vec<Field>>,
    /// The requests, by the name of the operation's method.
    requests: BTreeMap<String, Request>,
    /// The types of schemas, by the schema as it was written.
    values: BTreeMap<String, Value>,
}

impl Core {
    /// The fields of an object in the order of the document, and after them the one that takes all other keys, if there
    /// is one.
    pub(crate) fn fields(&self, name: &str) -> Option<&[Field]> {
        self.objects.get(name).map(Vec::as_slice)
    }

    /// The request of an operation.
    pub(crate) fn request(&self, operation: &Operation) -> Option<&Request> {
        self.requests.get(&operation.name)
    }

    /// The type of a parameter, a body, a part or a success.
    pub(crate) fn value(&self, schema: &Schema) -> Value {
        self.values.get(&input::text(schema)).cloned().unwrap_or_else(Value::missing)
    }

    fn take_types(
        &mut self,
        tokens: TokenStream,
        model: &Model,
        faults: &mut Vec<String>,
    ) -> syn::Result<()> {
        // Conversions of types, and typify's `error` and `defaults` modules, are nothing that we need.
        for tokens in pieces(tokens, &["struct", "enum"]) {
            let mut item: Item = syn::parse2(tokens)?;
            let mut tidy = Tidy::default();
            tidy.visit_item_mut(&mut item);
            let fault = match item {
                Item::Struct(item) if tidy.is_lossy => format!("the type `{}` loses digits", item.ident),
                Item::Struct(item) if matches!(item.fields, Fields::Named(_)) => match self.take(item, model)
                {
                    Ok(()) => continue,
                    Err(fault) => fault,
                },
                Item::Struct(ItemStruct { ident, .. }) | Item::Enum(syn::ItemEnum { ident, .. }) => {
                    format!("typify generated a type `{ident}` that nothing asks for")
                }
                _ => continue,
            };
            faults.push(fault);
        }
        Ok(())
    }

    fn take(&mut self, item: ItemStruct, model: &Model) -> Result<(), String> {
        let name = item.ident.to_string();
        if name == input::VALUES {
            let types =
                item.fields.into_iter().filter_map(|field| Some((field.ident?.to_string(), field.ty)));
            let mut types: HashMap<String, syn::Type> = types.collect();
            for (index, text) in input::values(model).into_keys().enumerate() {
                let ty = types.remove(&input::value_name(index));
                self.values.extend(ty.map(|ty| (text, Value::read(ty))));
            }
            return Ok(());
        }
        let object = model
            .object(&name)
            .ok_or_else(|| format!("typify generated a type `{name}` that nothing asks for"))?;
        self.objects.insert(name, object::fields(item, object)?);
        Ok(())
    }

    fn take_methods(
        &mut self,
        tokens: TokenStream,
        model: &Model,
        faults: &mut Vec<String>,
    ) -> syn::Result<()> {
        let operations: HashMap<&str, &Operation> =
            model.operations.iter().map(|operation| (operation.name.as_str(), operation)).collect();
        for tokens in pieces(tokens, &["async"]) {
            let mut method: ImplItemFn = syn::parse2(tokens)?;
            let mut tidy = Tidy::default();
            tidy.visit_impl_item_fn_mut(&mut method);
            let name = method.sig.ident.to_string();
            let Some(operation) = operations.get(name.as_str()) else { continue };
            match Request::read(method, operation).filter(|_| !tidy.is_lossy) {
                Some(request) => drop(self.requests.insert(name, request)),
                None => {
                    faults.push(format!(
                        "progenitor generated a request for `{name}` that differs from the known ones"
                    ));
                }
            }
        }
        Ok(())
    }

    /// Adds the objects that were not left to typify, and lists what is missing.
    fn complete(&mut self, model: &Model, faults: &mut Vec<String>) {
        let mut missing: Vec<&str> = Vec::new();
        for (name, definition) in &model.types {
            if definition.is_open_record() {
                self.objects.insert(name.clone(), object::open_record());
            } else if matches!(definition.shape, Shape::Object(_)) && !self.objects.contains_key(name) {
                missing.push(name);
            }
        }
        let requests = model.operations.iter().map(|operation| operation.name.as_str());
        missing.extend(requests.filter(|name| !self.requests.contains_key(*name)));
        let values = input::values(model);
        missing.extend(values.keys().map(String::as_str).filter(|text| !self.values.contains_key(*text)));
        // What was refused for another reason is missing, too.
        if faults.is_empty() {
            faults.extend(missing.into_iter().map(|what| format!("nothing was generated for `{what}`")));
        }
    }
}

/// Reads all of it, and lists what differs from the code that progenitor and typify are known to write.
pub(super) fn read(tokens: TokenStream, model: &Model) -> syn::Result<(Core, Vec<String>)> {
    let (mut core, mut faults) = (Core::default(), Vec::new());
    let mut before: [Option<String>; 2] = [None, None];
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                match before.each_ref().map(Option::as_deref) {
                    [Some("mod"), Some("types")] => core.take_types(group.stream(), model, &mut faults)?,
                    [Some("impl"), Some("Client")] => {
                        core.take_methods(group.stream(), model, &mut faults)?
                    }
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
    core.complete(model, &mut faults);
    Ok((core, faults))
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
