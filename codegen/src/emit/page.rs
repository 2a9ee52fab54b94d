//! Emits one docs page: its types, its calls, its part of the operation table, and the generated request functions.

use std::collections::{BTreeMap, BTreeSet};

use quote::{ToTokens, quote};

use super::print::{EnclosingItem, FilePrinter, GroupPrinter};
use super::{PagesByModule, call, docs, json_schema, model, newtype, open_enum, outcome, table, union};
use crate::choice::ChoiceOwners;
use crate::core::GeneratedCore;
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

/// Assigns operations and types to files. An operation goes to the file of its docs page. A type that exactly one page
/// uses goes to the file of that page. Any other type, and any type that is marked as public, goes to the file that is
/// named after the document's file with the type's schema.
pub(super) fn assign_items_to_files(model: &Model) -> PagesByModule {
    let mut pages = PagesByModule::new();
    let mut pages_by_type: BTreeMap<&str, PagesUsingType<'_>> = BTreeMap::new();
    for (index, operation) in model.operations.iter().enumerate() {
        pages.entry(operation.module.clone()).or_default().operations.push(index);
        for schema in operation.request_schemas().chain(operation.success_response_schemas()) {
            record_page_use(schema.innermost_type_name(), model, &operation.module, &mut pages_by_type);
        }
    }
    for (name, definition) in &model.types {
        let module = match pages_by_type.get(name.as_str()) {
            // A type goes to the file of the only page that uses it, unless its schema is marked as public.
            Some(PagesUsingType::One(module)) if !definition.is_public => Some((*module).to_owned()),
            _ => None,
        };
        let module = module.unwrap_or_else(|| partner_model::names::to_module_name(&definition.location));
        pages.entry(module).or_default().types.insert(name.clone());
    }
    pages
}

/// The docs pages whose operations use a type: one page, given by the name of its module, or several pages.
#[derive(PartialEq)]
enum PagesUsingType<'a> {
    One(&'a str),
    Several,
}

/// Records that a page uses the type `name`, and all types to which that type refers, directly or through other types.
/// The search stops at a type that is recorded for this page or for several pages already, because the types to which
/// it refers have been recorded as well. So no type is visited more than twice.
fn record_page_use<'a>(
    name: Option<&'a str>,
    model: &'a Model,
    module: &'a str,
    pages_by_type: &mut BTreeMap<&'a str, PagesUsingType<'a>>,
) {
    let mut pending_names: Vec<&str> = name.into_iter().collect();
    while let Some(name) = pending_names.pop() {
        let known = match pages_by_type.get(name) {
            None => PagesUsingType::One(module),
            Some(PagesUsingType::One(other)) if *other != module => PagesUsingType::Several,
            Some(_) => continue,
        };
        pages_by_type.insert(name, known);
        pending_names.extend(
            model.types.get(name).into_iter().flat_map(|definition| definition.referenced_type_names()),
        );
    }
}

/// Emits the file of a docs page, item by item.
pub(super) fn emit_page(
    page: &Page,
    model: &Model,
    core: &GeneratedCore,
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
                .object_fields(name)
                .map(|fields| model::emit_model(name, fields, definition, object, model, owners)),
        };
        // The attribute `alias` applies to the next item, which is the type: `item` begins with it.
        item.into_iter().for_each(|item| printed.print_items(&quote! { #alias #item }));
    }
    for operation in page.operations(model) {
        if let SuccessBodies::ByStatus { enum_name: name, variants } = &operation.success_bodies {
            printed.print_items(&outcome::emit_response_enum(operation, name, variants, core));
        }
    }
    printed.add_text_without_signature(&json_schema::render_json_schemas(types(), model));
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
    opening_line_count: 1,
    signature_opening_line_count: 1,
    closing_line_count: 1,
};

static CALLS: EnclosingItem = EnclosingItem {
    wrap_item: |call| quote! { pub mod calls { use super::*; #call } },
    opening_line_count: 2,
    signature_opening_line_count: 1,
    closing_line_count: 1,
};

static OPERATIONS: EnclosingItem = EnclosingItem {
    wrap_item: |entry| quote! { pub(crate) mod operations { use partner_runtime::operation::*; #entry } },
    opening_line_count: 2,
    signature_opening_line_count: 1,
    closing_line_count: 1,
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
    opening_line_count: 4,
    signature_opening_line_count: 1,
    closing_line_count: 2,
};

/// Emits the name of a page's module.
pub(super) fn emit_module_name(module: &str) -> proc_macro2::TokenStream {
    let name = ident(module);
    quote! { #name }
}
