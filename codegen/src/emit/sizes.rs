//! How much memory the values of a success take: the sizes of the types that may be there any number of times.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::ident::ident;
use partner_model::graph::{Graph, names_in_cycles};
use partner_model::{Model, Operation, Schema, Shape, Success, SuccessBody, Type};

/// The sizes for the entry of an operation, as expressions.
pub(super) fn emit(operation: &Operation, model: &Model) -> Vec<TokenStream> {
    repeated_types(operation, model).into_iter().map(|(name, many)| size(name, many)).collect()
}

/// Returns the number of sizes in the entry of an operation.
pub(crate) fn count_sizes(operation: &Operation, model: &Model) -> usize {
    repeated_types(operation, model).len()
}

/// Returns the types of which a success may contain any number of values, by name. A type that is a field of another
/// one is part of its size.
fn repeated_types<'a>(operation: &'a Operation, model: &'a Model) -> BTreeMap<&'a str, Many> {
    let bodies: Vec<&SuccessBody> = match &operation.success {
        Success::Same(body) => vec![body],
        Success::ByStatus { variants, .. } => variants.iter().map(|variant| &variant.body).collect(),
    };
    let mut found = Found { model, sizes: BTreeMap::new(), open: Vec::new(), graph: Graph::new() };
    for body in bodies {
        if let SuccessBody::Json(schema) = body {
            found.add(schema.ty.name(), Many::One);
            found.enter(schema);
        }
    }
    found.walk();
    // A value that may hold one of its own type holds it in a box.
    for name in names_in_cycles(&found.graph) {
        found.add(Some(name), Many::One);
    }
    found.sizes
}

/// In what a value is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Many {
    One,
    /// The entry of a map. A map has room for eleven entries, which are counted like one that takes three times as much.
    Entry,
}

struct Found<'a> {
    model: &'a Model,
    sizes: BTreeMap<&'a str, Many>,
    /// The names of the types that have been found and not looked into.
    open: Vec<&'a str>,
    /// The types that have been looked into.
    graph: Graph<'a>,
}

impl<'a> Found<'a> {
    fn walk(&mut self) {
        while let Some(name) = self.open.pop() {
            let Some(definition) = self.model.types.get(name) else { continue };
            if self.graph.contains_key(name) {
                continue;
            }
            self.graph.insert(name, definition.references().collect());
            match &definition.shape {
                Shape::Object(object) => {
                    object.fields.iter().for_each(|field| self.enter(&field.schema));
                    if let Some(rest) = &object.rest {
                        self.add(rest.reference(), Many::Entry);
                        self.enter(rest);
                    }
                }
                Shape::Union(union) => self.open.extend(union.variants.iter().map(|v| v.type_name.as_str())),
                Shape::Enum(_) | Shape::Newtype(_) => {}
            }
        }
    }

    /// Looks into a schema.
    fn enter(&mut self, schema: &'a Schema) {
        match &schema.ty {
            Type::Named(name) => self.open.push(name),
            Type::List(items) => {
                self.add(items.reference(), Many::One);
                self.enter(items);
            }
            Type::Map(values) => {
                self.add(values.reference(), Many::Entry);
                self.enter(values);
            }
            _ => {}
        }
    }

    /// Adds a type. An enum and a newtype take no more memory than any other value.
    fn add(&mut self, name: Option<&'a str>, many: Many) {
        let is_plain = |name: &&str| {
            let definition = self.model.types.get(*name);
            definition.is_some_and(|found| matches!(found.shape, Shape::Enum(_) | Shape::Newtype(_)))
        };
        if let Some(name) = name.filter(|name| !is_plain(name)) {
            let before = self.sizes.entry(name).or_insert(many);
            *before = many.max(*before);
        }
    }
}

fn size(name: &str, many: Many) -> TokenStream {
    let name = ident(name);
    match many {
        Many::One => quote! { size_of::<super::#name>() },
        Many::Entry => quote! { 3 * size_of::<(String, super::#name)>() },
    }
}
