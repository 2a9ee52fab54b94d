//! Emits the source file for one page of the vendor's docs. For the operations on this page, the file contains the
//! types, the client methods, the entries of the operation table, and the functions that build requests.

use std::collections::{BTreeMap, BTreeSet};

use quote::{ToTokens, quote};

use super::print::{EnclosingItem, EnclosingItemPrinter, FilePrinter};
use super::{
    FileContentsByModuleName, call, docs, enums, json_schema, model, newtype, response_enum, table, union,
};
use crate::core::GeneratedRequestsAndTypes;
use crate::field_group_enum::FieldGroupEnumOwnerNames;
use crate::ident::create_ident;
use partner_model::{Model, Operation, SuccessBodies, TypeShape};

/// The operations and types that are emitted into one file. The file belongs to a page of the vendor's docs, or it has
/// the name of a document and contains types of this document.
#[derive(Default)]
pub(super) struct FileContents {
    operations: Vec<usize>,
    types: BTreeSet<String>,
}

impl FileContents {
    /// Returns the operations in the file.
    pub(super) fn operations<'a>(&'a self, model: &'a Model) -> impl Iterator<Item = &'a Operation> + 'a {
        self.operations.iter().filter_map(|index| model.operations.get(*index))
    }
}

/// Assigns operations and types to generated files. An operation goes to the file of its docs page. A type goes to the
/// file of a docs page if only operations of this page use the type, and the type is not marked as public. Any other
/// type goes to a file that has the same name as the document with the type's schema.
pub(super) fn assign_items_to_files(model: &Model) -> FileContentsByModuleName {
    let mut pages = FileContentsByModuleName::new();
    let mut pages_by_type: BTreeMap<&str, DocsPagesUsingType<'_>> = BTreeMap::new();
    for (index, operation) in model.operations.iter().enumerate() {
        pages.entry(operation.module_name.clone()).or_default().operations.push(index);
        for schema in operation.request_schemas().chain(operation.success_response_schemas()) {
            record_types_used_by_page(
                schema.innermost_type_name(),
                model,
                &operation.module_name,
                &mut pages_by_type,
            );
        }
    }
    for (name, definition) in &model.types {
        let module = match pages_by_type.get(name.as_str()) {
            // A type that only one docs page uses is written to the file of this page, unless the type is marked as
            // public.
            Some(DocsPagesUsingType::One(module)) if !definition.is_public => Some((*module).to_owned()),
            _ => None,
        };
        let module = module.unwrap_or_else(|| partner_model::names::to_module_name(&definition.location));
        pages.entry(module).or_default().types.insert(name.clone());
    }
    pages
}

/// The docs pages whose operations use a type: one page or several. For one page, the string is the name of the module
/// for this page.
#[derive(PartialEq)]
enum DocsPagesUsingType<'a> {
    One(&'a str),
    Several,
}

/// Records that a docs page uses the type `name`, and all types that this type refers to, directly or through other
/// types. The search stops at a type that is already recorded for this page or for several pages, because the types
/// that it refers to are then recorded as well. So no type is recorded more than twice.
fn record_types_used_by_page<'a>(
    name: Option<&'a str>,
    model: &'a Model,
    module: &'a str,
    pages_by_type: &mut BTreeMap<&'a str, DocsPagesUsingType<'a>>,
) {
    let mut pending_names: Vec<&str> = name.into_iter().collect();
    while let Some(name) = pending_names.pop() {
        let known = match pages_by_type.get(name) {
            None => DocsPagesUsingType::One(module),
            Some(DocsPagesUsingType::One(other)) if *other != module => DocsPagesUsingType::Several,
            Some(_) => continue,
        };
        pages_by_type.insert(name, known);
        pending_names.extend(
            model
                .types
                .get(name)
                .into_iter()
                .flat_map(|definition| definition.directly_referenced_type_names()),
        );
    }
}

/// Emits a source file with these operations and types. The text of each Rust item is printed as soon as its tokens are
/// generated.
pub(super) fn emit_file(
    page: &FileContents,
    model: &Model,
    core: &GeneratedRequestsAndTypes,
    owners: &FieldGroupEnumOwnerNames<'_>,
    missing: &mut Vec<String>,
) -> FilePrinter {
    let mut printed = FilePrinter::default();
    printed.print_items(&quote! { use super::*; });
    let types = || page.types.iter().filter_map(|name| model.types.get_key_value(name));
    for (name, definition) in types() {
        let details = &definition.schema_details;
        let alias = docs::emit_doc_alias(&definition.component_key_or_type_name, name);
        let item = match &definition.shape {
            TypeShape::Enum(values) => Some(enums::emit_enum(name, details, values, model)),
            TypeShape::Newtype(wraps) => Some(newtype::emit_newtype(name, details, *wraps)),
            TypeShape::Union(union) => Some(union::emit_union(name, definition, union, model)),
            TypeShape::Object(object) => core
                .find_object_fields(name)
                .map(|fields| model::emit_model(name, fields, definition, object, model, owners)),
        };
        // The attribute `alias` must stand directly before the definition of the type. So it is placed before `item`,
        // whose tokens begin with this definition.
        item.into_iter().for_each(|item| printed.print_items(&quote! { #alias #item }));
    }
    for operation in page.operations(model) {
        if let SuccessBodies::ByStatus { enum_name: name, variants } = &operation.success_bodies {
            printed.print_items(&response_enum::emit_response_enum(operation, name, variants, core));
        }
    }
    printed.add_text_without_signature(&json_schema::render_json_schemas(types(), model));
    if page.operations.is_empty() {
        return printed;
    }
    let (mut client, mut calls) = (EnclosingItemPrinter::new(&CLIENT), EnclosingItemPrinter::new(&CALLS));
    for emitted in
        page.operations(model).flat_map(|operation| call::emit_call_methods(operation, model, core, missing))
    {
        client.print_inner_item(&emitted.method);
        calls.print_inner_item(&emitted.call);
    }
    let requests = page.operations(model).filter_map(|operation| core.find_request_code(operation));
    printed.add_enclosing_item(client);
    printed.add_enclosing_item(calls);
    let entries = page.operations(model).map(|operation| table::emit_operation_table_entry(operation, model));
    printed.add_enclosing_item(EnclosingItemPrinter::with_printed_items(&OPERATIONS, entries));
    printed.add_enclosing_item(EnclosingItemPrinter::with_printed_items(
        &REQUESTS,
        requests.map(|request| request.request_function.to_token_stream()),
    ));
    printed
}

static CLIENT: EnclosingItem = EnclosingItem {
    item_wrapper: |method| quote! { impl Client { #method } },
    opening_line_count: 1,
    signature_opening_line_count: 1,
    closing_line_count: 1,
};

static CALLS: EnclosingItem = EnclosingItem {
    item_wrapper: |call| quote! { pub mod calls { use super::*; #call } },
    opening_line_count: 2,
    signature_opening_line_count: 1,
    closing_line_count: 1,
};

static OPERATIONS: EnclosingItem = EnclosingItem {
    item_wrapper: |entry| quote! { pub(crate) mod operations { use partner_runtime::operation::*; #entry } },
    opening_line_count: 2,
    signature_opening_line_count: 1,
    closing_line_count: 1,
};

static REQUESTS: EnclosingItem = EnclosingItem {
    item_wrapper: |request| {
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

/// Emits the identifier of the generated module for a docs page. `module` is the name of this module.
pub(super) fn emit_module_identifier(module: &str) -> proc_macro2::TokenStream {
    let name = create_ident(module);
    quote! { #name }
}
