//! Emits one docs page: its types, its calls, its part of the operation table, and the generated request functions.

use std::collections::{BTreeMap, BTreeSet};

use quote::{ToTokens, quote};

use super::print::{EnclosingItem, FilePrinter, GroupPrinter};
use super::{PagesByModule, call, docs, json_schema, model, newtype, open_enum, outcome, table, union};
use crate::choice::ChoiceOwners;
use crate::core::ProgenitorOutput;
use crate::ident::ident;
use partner_model::{Model, Operation, Shape, SuccessBodies};

/// The operations and types that are emitted into the file of one docs page.
#[derive(Default)]
pub(super) struct Page {
    operations: Vec<usize>,
    types: BTreeSet<String>,
}

impl Page {
    /// Returns the operations of the page.
    pub(super) fn operations<'a>(&'a self, model: &'a Model) -> impl Iterator<Item = &'a Operation> + 'a {
        self.operations.iter().filter_map(|index| model.operations.get(*index))
    }
}

/// Assigns operations and types to files. An operation goes to the file of its docs page. A type goes to the page that
/// uses it, or to the file named after its schema file if no page or several pages use it.
pub(super) fn assign_to_pages(model: &Model) -> PagesByModule {
    let mut pages = PagesByModule::new();
    let mut users: BTreeMap<&str, UsingPages<'_>> = BTreeMap::new();
    for (index, operation) in model.operations.iter().enumerate() {
        pages.entry(operation.module.clone()).or_default().operations.push(index);
        for schema in operation.request_schemas().chain(operation.response_schemas()) {
            record_using_page(schema.innermost_type_name(), model, &operation.module, &mut users);
        }
    }
    for (name, definition) in &model.types {
        let module = match users.get(name.as_str()) {
            // A type that only one page uses goes to the file of that page, but not if its schema is marked as public.
            Some(UsingPages::One(module)) if !definition.is_public => Some((*module).to_owned()),
            _ => None,
        };
        let module = module.unwrap_or_else(|| partner_model::names::to_module_name(&definition.location));
        pages.entry(module).or_default().types.insert(name.clone());
    }
    pages
}

/// The pages whose operations use a type.
#[derive(PartialEq)]
enum UsingPages<'a> {
    One(&'a str),
    Several,
}

/// Records that a page uses a type, and all types that are reachable from the type. The search does not continue below
/// a type that several pages are known to use, because the types below it have been recorded as well. So no type is
/// visited more than twice.
fn record_using_page<'a>(
    name: Option<&'a str>,
    model: &'a Model,
    module: &'a str,
    users: &mut BTreeMap<&'a str, UsingPages<'a>>,
) {
    let mut open: Vec<&str> = name.into_iter().collect();
    while let Some(name) = open.pop() {
        let known = match users.get(name) {
            None => UsingPages::One(module),
            Some(UsingPages::One(other)) if *other != module => UsingPages::Several,
            Some(_) => continue,
        };
        users.insert(name, known);
        open.extend(
            model.types.get(name).into_iter().flat_map(|definition| definition.referenced_type_names()),
        );
    }
}

/// Emits the file of a docs page, item by item.
pub(super) fn emit_page(
    page: &Page,
    model: &Model,
    core: &ProgenitorOutput,
    owners: &ChoiceOwners<'_>,
    missing: &mut Vec<String>,
) -> FilePrinter {
    let mut printed = FilePrinter::default();
    printed.print_items(&quote! { use super::*; });
    let types = || page.types.iter().filter_map(|name| model.types.get_key_value(name));
    for (name, definition) in types() {
        let details = &definition.details;
        let alias = docs::emit_doc_alias(&definition.key, name);
        let item = match &definition.shape {
            Shape::Enum(values) => Some(open_enum::emit_enum(name, details, values, model)),
            Shape::Newtype(wraps) => Some(newtype::emit_newtype(name, details, *wraps)),
            Shape::Union(union) => Some(union::emit_union(name, definition, union, model)),
            Shape::Object(object) => core
                .fields(name)
                .map(|fields| model::emit_model(name, fields, definition, object, model, owners)),
        };
        // The first thing in `item` is the type, so the attribute `alias` in front of `item` applies to the type.
        item.into_iter().for_each(|item| printed.print_items(&quote! { #alias #item }));
    }
    for operation in page.operations(model) {
        if let SuccessBodies::ByStatus { name, variants } = &operation.success_bodies {
            printed.print_items(&outcome::emit_response_enum(operation, name, variants, core));
        }
    }
    printed.add_text(&json_schema::print_json_schemas(types(), model));
    if page.operations.is_empty() {
        return printed;
    }
    let (mut client, mut calls) = (GroupPrinter::new(&CLIENT), GroupPrinter::new(&CALLS));
    for emitted in
        page.operations(model).flat_map(|operation| call::emit_calls(operation, model, core, missing))
    {
        client.add_item(&emitted.method);
        calls.add_item(&emitted.call);
    }
    let requests = page.operations(model).filter_map(|operation| core.request(operation));
    printed.add_group(client);
    printed.add_group(calls);
    let entries = page.operations(model).map(|operation| table::emit_table_entry(operation, model));
    printed.add_group(GroupPrinter::with_items(&OPERATIONS, entries));
    printed.add_group(GroupPrinter::with_items(
        &REQUESTS,
        requests.map(|request| request.function.to_token_stream()),
    ));
    printed
}

static CLIENT: EnclosingItem = EnclosingItem {
    wrap_item: |method| quote! { impl Client { #method } },
    lines_before: 1,
    signature_lines_before: 1,
    lines_after: 1,
};

static CALLS: EnclosingItem = EnclosingItem {
    wrap_item: |call| quote! { pub mod calls { use super::*; #call } },
    lines_before: 2,
    signature_lines_before: 1,
    lines_after: 1,
};

static OPERATIONS: EnclosingItem = EnclosingItem {
    wrap_item: |entry| quote! { pub(crate) mod operations { use partner_runtime::operation::*; #entry } },
    lines_before: 2,
    signature_lines_before: 1,
    lines_after: 1,
};

static REQUESTS: EnclosingItem = EnclosingItem {
    wrap_item: |request| {
        quote! {
            mod requests {
                use super::super::*;
                use super::super::core::prelude::*;

                impl core::Client<'_> { #request }
            }
        }
    },
    lines_before: 4,
    signature_lines_before: 1,
    lines_after: 2,
};

/// Emits the name of a page's module.
pub(super) fn emit_module_name(module: &str) -> proc_macro2::TokenStream {
    let name = ident(module);
    quote! { #name }
}
