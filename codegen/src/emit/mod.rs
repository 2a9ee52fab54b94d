//! Emits the public API of a client: one file for each page of the vendor's docs, and the root file of the module. This
//! code calls the core, which consists of the generated request functions and types.

mod access;
mod amounts;
mod call;
mod callable;
mod constructor;
mod credentials;
mod docs;
mod enums;
mod field_group_enum;
mod form;
mod json_schema;
mod limits;
mod macros;
mod markdown;
mod members;
mod model;
mod model_field;
mod newtype;
mod operation_docs;
mod page;
mod pagination;
mod print;
mod request;
mod response_enum;
mod root;
mod sensitive;
mod servers;
mod signatures;
mod table;
mod type_sizes;
mod types;
mod union;
mod waiter;

use std::collections::BTreeMap;

use crate::core::GeneratedRequestsAndTypes;
use crate::field_group_enum::find_field_group_enum_owners;
use crate::{ClientMethod, GeneratedFile, GeneratedSource};
use partner_model::{Model, Operation, SuccessBodies};

pub(crate) use callable::{list_call_methods, list_reserved_argument_names};
pub(crate) use constructor::to_required_values_struct_name;
pub(crate) use type_sizes::count_types_to_measure;

/// Emits all files of a client's module.
///
/// # Errors
///
/// Returns a description of each method that could not be emitted.
pub(crate) fn emit_module_files(
    model: &Model,
    core: &GeneratedRequestsAndTypes,
) -> Result<GeneratedSource, Vec<String>> {
    let pages = page::assign_items_to_files(model);
    let owners = find_field_group_enum_owners(model);
    let mut missing = Vec::new();
    let mut root = print::FilePrinter::default();
    root.print_items(&root::emit_root(model, &pages));
    let (source, signatures) = root.into_source_and_signatures();
    let mut files =
        vec![GeneratedFile { module_name: String::from("mod"), source, public_signatures: signatures }];
    for (module, page) in &pages {
        let (source, signatures) =
            page::emit_file(page, model, core, &owners, &mut missing).into_source_and_signatures();
        files.push(GeneratedFile { module_name: module.clone(), source, public_signatures: signatures });
    }
    let outcomes = model
        .operations
        .iter()
        .filter(|o| matches!(o.success_bodies, SuccessBodies::ByStatus { .. }))
        .count();
    if !missing.is_empty() {
        return Err(missing);
    }
    Ok(GeneratedSource {
        files,
        operation_count: model.operations.len(),
        public_type_count: model.types.len() - model.hidden_enum_names.len() + outcomes,
        methods: model.operations.iter().flat_map(list_client_methods).collect(),
    })
}

/// Lists the client methods that call an operation.
fn list_client_methods(operation: &Operation) -> impl Iterator<Item = ClientMethod> {
    list_call_methods(operation).into_iter().map(|call_method| ClientMethod {
        name: call_method.client_method_name,
        operation_id: operation.id.clone(),
        body_media_type: call_method.body_media_type.map(|media| media.media_type.clone()),
    })
}

/// The operations and types in each generated file. The keys are the names of the modules.
type FileContentsByModuleName = BTreeMap<String, page::FileContents>;

/// Inserts a blank line between the items of a source text, and between the methods of an `impl`.
fn insert_blank_lines_between_items(source: &str) -> String {
    let mut out = String::with_capacity(source.len() + source.len() / 20);
    let mut lines = source.lines().peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let indent = line.len() - line.trim_start().len();
        let text = line.trim_start();
        let ends_item = indent <= 8
            && (matches!(text, "}" | "};" | "});")
                || (indent <= 4 && text.starts_with("partner_runtime::plumbing::") && text.ends_with(";")));
        let goes_on = lines.peek().is_some_and(|next| !next.trim_start().starts_with(['}', ')', '.']));
        if ends_item && goes_on {
            out.push('\n');
        }
    }
    out
}
