//! One docs page: its types, its calls, its part of the operation table and of the core.

use std::collections::{BTreeMap, BTreeSet};

use quote::{ToTokens, quote};

use super::print::{Around, Group, Printed};
use super::{Pages, call, docs, json_schema, model, newtype, open_enum, outcome, table, union};
use crate::choice::Owners;
use crate::core::Core;
use crate::ident::ident;
use partner_model::{Model, Operation, Shape, Success};

/// What belongs to one docs page.
#[derive(Default)]
pub(super) struct Page {
    operations: Vec<usize>,
    types: BTreeSet<String>,
}

impl Page {
    /// The names of the operation table's entries.
    pub(super) fn operations<'a>(&'a self, model: &'a Model) -> impl Iterator<Item = &'a Operation> + 'a {
        self.operations.iter().filter_map(|index| model.operations.get(*index))
    }
}

/// Decides what goes where: an operation to the file that describes it, a type to the page that uses it, or, when
/// several do or none does, to the file of its schema.
pub(super) fn assign(model: &Model) -> Pages {
    let mut pages = Pages::new();
    let mut users: BTreeMap<&str, Users<'_>> = BTreeMap::new();
    for (index, operation) in model.operations.iter().enumerate() {
        pages.entry(operation.module.clone()).or_default().operations.push(index);
        for schema in operation.request_schemas().chain(operation.response_schemas()) {
            reach(schema.reference(), model, &operation.module, &mut users);
        }
    }
    for (name, definition) in &model.types {
        let module = match users.get(name.as_str()) {
            // What is public by itself stays where it is written, whoever uses it as well.
            Some(Users::One(module)) if !definition.is_public => Some((*module).to_owned()),
            _ => None,
        };
        let module = module.unwrap_or_else(|| partner_model::names::module(&definition.location));
        pages.entry(module).or_default().types.insert(name.clone());
    }
    pages
}

/// The pages that use a type.
#[derive(PartialEq)]
enum Users<'a> {
    One(&'a str),
    Several,
}

/// Adds a page to the users of all types that a schema leads to. What a type with several users leads to has them, too,
/// so nothing is looked at more than twice.
fn reach<'a>(
    name: Option<&'a str>,
    model: &'a Model,
    module: &'a str,
    users: &mut BTreeMap<&'a str, Users<'a>>,
) {
    let mut open: Vec<&str> = name.into_iter().collect();
    while let Some(name) = open.pop() {
        let known = match users.get(name) {
            None => Users::One(module),
            Some(Users::One(other)) if *other != module => Users::Several,
            Some(_) => continue,
        };
        users.insert(name, known);
        open.extend(model.types.get(name).into_iter().flat_map(|definition| definition.references()));
    }
}

/// Emits the page, part by part.
pub(super) fn emit(
    page: &Page,
    model: &Model,
    core: &Core,
    owners: &Owners<'_>,
    missing: &mut Vec<String>,
) -> Printed {
    let mut printed = Printed::default();
    printed.items(&quote! { use super::*; });
    let types = || page.types.iter().filter_map(|name| model.types.get_key_value(name));
    for (name, definition) in types() {
        let about = &definition.about;
        let alias = docs::alias(&definition.key, name);
        let item = match &definition.shape {
            Shape::Enum(values) => Some(open_enum::emit(name, about, values, model)),
            Shape::Newtype(wraps) => Some(newtype::emit(name, about, *wraps)),
            Shape::Union(union) => Some(union::emit(name, definition, union, model)),
            Shape::Object(object) => {
                core.fields(name).map(|fields| model::emit(name, fields, definition, object, model, owners))
            }
        };
        // The item begins with the docs of its type.
        item.into_iter().for_each(|item| printed.items(&quote! { #alias #item }));
    }
    for operation in page.operations(model) {
        if let Success::ByStatus { name, variants } = &operation.success {
            printed.items(&outcome::emit(operation, name, variants, core));
        }
    }
    printed.text(&json_schema::emit(types(), model));
    if page.operations.is_empty() {
        return printed;
    }
    let (mut client, mut calls) = (Group::new(&CLIENT), Group::new(&CALLS));
    for emitted in page.operations(model).flat_map(|operation| call::emit(operation, model, core, missing)) {
        client.part(&emitted.method);
        calls.part(&emitted.call);
    }
    let requests = page.operations(model).filter_map(|operation| core.request(operation));
    printed.add(client);
    printed.add(calls);
    let entries = page.operations(model).map(|operation| table::entry(operation, model));
    printed.add(Group::of(&OPERATIONS, entries));
    printed.add(Group::of(&REQUESTS, requests.map(|request| request.function.to_token_stream())));
    printed
}

static CLIENT: Around =
    Around { tokens: |method| quote! { impl Client { #method } }, before: 1, before_signatures: 1, after: 1 };

static CALLS: Around = Around {
    tokens: |call| quote! { pub mod calls { use super::*; #call } },
    before: 2,
    before_signatures: 1,
    after: 1,
};

static OPERATIONS: Around = Around {
    tokens: |entry| quote! { pub(crate) mod operations { use partner_runtime::operation::*; #entry } },
    before: 2,
    before_signatures: 1,
    after: 1,
};

static REQUESTS: Around = Around {
    tokens: |request| {
        quote! {
            mod requests {
                use super::super::*;
                use super::super::core::prelude::*;

                impl core::Client<'_> { #request }
            }
        }
    },
    before: 4,
    before_signatures: 1,
    after: 2,
};

/// The module's identifier.
pub(super) fn module_ident(module: &str) -> proc_macro2::TokenStream {
    let name = ident(module);
    quote! { #name }
}
