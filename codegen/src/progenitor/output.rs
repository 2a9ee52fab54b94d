//! Splits progenitor's output into types and methods, and parses these one by one to save memory: the tokens of a type
//! or method are freed once it has been parsed.

use std::collections::{BTreeMap, HashMap};

use partner_model::{Model, Operation, Schema, TypeShape};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::visit_mut::VisitMut;
use syn::{Fields, ImplItemFn, Item, ItemStruct};

use super::input;
use super::object::{self, GeneratedField};
use super::request::GeneratedRequestCode;
use super::tidy::PathAndTypeSimplifier;
use super::value::ValueType;

/// The requests and types that progenitor and typify have generated. The public API of the generated client is built on
/// them.
#[derive(Default)]
pub(crate) struct GeneratedRequestsAndTypes {
    /// The fields of each generated struct. The key is the name of the struct.
    fields_by_struct_name: BTreeMap<String, Vec<GeneratedField>>,
    /// The request of each operation, by the name of the Rust method that calls it.
    requests_by_client_method_name: BTreeMap<String, GeneratedRequestCode>,
    /// The Rust types of all parameters, bodies, form parts and success responses. Each key is the JSON text of a
    /// schema, as it is in the document that progenitor gets.
    value_types_by_schema_json: BTreeMap<String, ValueType>,
}

impl GeneratedRequestsAndTypes {
    /// Returns the fields of the object type `name` in the order of the document. The field `extra`, which holds all
    /// other keys, comes last.
    pub(crate) fn find_object_fields(&self, name: &str) -> Option<&[GeneratedField]> {
        self.fields_by_struct_name.get(name).map(Vec::as_slice)
    }

    /// Returns the generated code that builds the request of an operation; `None` if progenitor cannot generate it.
    pub(crate) fn find_request_code(&self, operation: &Operation) -> Option<&GeneratedRequestCode> {
        self.requests_by_client_method_name.get(&operation.client_method_name)
    }

    /// Returns the Rust type for the schema of a parameter, a body, a part of a form, or a success response. For any
    /// other schema, returns a placeholder, which is a call of `compile_error!`.
    pub(crate) fn find_value_type_or_placeholder(&self, schema: &Schema) -> ValueType {
        self.value_types_by_schema_json
            .get(&input::to_used_schema_key(schema))
            .cloned()
            .unwrap_or_else(ValueType::make_missing_type_placeholder)
    }

    fn take_types(
        &mut self,
        tokens: TokenStream,
        model: &Model,
        faults: &mut Vec<String>,
    ) -> syn::Result<()> {
        // Only structs and enums are read. typify also generates conversions, and the modules `error` and `defaults`,
        // but these are not needed.
        for tokens in select_items_with_any_keyword(tokens, &["struct", "enum"]) {
            let mut item: Item = syn::parse2(tokens)?;
            let mut tidy = PathAndTypeSimplifier::default();
            tidy.visit_item_mut(&mut item);
            let fault = match item {
                Item::Struct(item) if tidy.code_may_lose_digits => {
                    format!("the type `{}` loses digits", item.ident)
                }
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
        if name == input::USED_SCHEMAS_TYPE_NAME {
            let types =
                item.fields.into_iter().filter_map(|field| Some((field.ident?.to_string(), field.ty)));
            let mut types: HashMap<String, syn::Type> = types.collect();
            for (index, text) in input::collect_used_schemas(model).into_keys().enumerate() {
                let ty = types.remove(&input::to_used_schema_property_name(index));
                self.value_types_by_schema_json.extend(ty.map(|ty| (text, ValueType::from_type(ty))));
            }
            return Ok(());
        }
        let object = model
            .find_object(&name)
            .ok_or_else(|| format!("typify generated a type `{name}` that nothing asks for"))?;
        self.fields_by_struct_name.insert(name, object::read_fields(item, object)?);
        Ok(())
    }

    fn take_methods(
        &mut self,
        tokens: TokenStream,
        model: &Model,
        faults: &mut Vec<String>,
    ) -> syn::Result<()> {
        let operations: HashMap<&str, &Operation> = model
            .operations
            .iter()
            .map(|operation| (operation.client_method_name.as_str(), operation))
            .collect();
        for tokens in select_items_with_any_keyword(tokens, &["async"]) {
            let mut method: ImplItemFn = syn::parse2(tokens)?;
            let mut tidy = PathAndTypeSimplifier::default();
            tidy.visit_impl_item_fn_mut(&mut method);
            let name = method.sig.ident.to_string();
            let Some(operation) = operations.get(name.as_str()) else { continue };
            match GeneratedRequestCode::from_method(method, operation).filter(|_| !tidy.code_may_lose_digits)
            {
                Some(request) => drop(self.requests_by_client_method_name.insert(name, request)),
                None => {
                    faults.push(format!(
                        "progenitor generated a request for `{name}` that differs from the known ones"
                    ));
                }
            }
        }
        Ok(())
    }

    /// Adds the fields of open records (objects without known properties), because typify generates no types for these
    /// records. Adds a message to `faults` for each other object, each request and each value type that is missing in
    /// progenitor's output.
    fn add_open_records_and_report_missing_items(&mut self, model: &Model, faults: &mut Vec<String>) {
        let mut missing: Vec<&str> = Vec::new();
        for (name, definition) in &model.types {
            if definition.is_open_object() {
                self.fields_by_struct_name.insert(name.clone(), object::create_open_record_fields());
            } else if matches!(definition.shape, TypeShape::Object(_))
                && !self.fields_by_struct_name.contains_key(name)
            {
                missing.push(name);
            }
        }
        let expressible =
            model.operations.iter().filter(|operation| input::is_supported_by_progenitor(operation));
        let requests = expressible.map(|operation| operation.client_method_name.as_str());
        missing.extend(requests.filter(|name| !self.requests_by_client_method_name.contains_key(*name)));
        let values = input::collect_used_schemas(model);
        missing.extend(
            values
                .keys()
                .map(String::as_str)
                .filter(|text| !self.value_types_by_schema_json.contains_key(*text)),
        );
        // Items that were not generated are reported only if there are no other faults. Other faults are probably the
        // reason why these items are missing.
        if faults.is_empty() {
            faults.extend(missing.into_iter().map(|what| format!("nothing was generated for `{what}`")));
        }
    }
}

/// Reads the whole output of progenitor. Returns the requests and types, and a list of faults. A fault is a difference
/// from the code that progenitor and typify are known to write.
pub(super) fn read_progenitor_output(
    tokens: TokenStream,
    model: &Model,
) -> syn::Result<(GeneratedRequestsAndTypes, Vec<String>)> {
    let (mut core, mut faults) = (GeneratedRequestsAndTypes::default(), Vec::new());
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
    core.add_open_records_and_report_missing_items(model, &mut faults);
    Ok((core, faults))
}

/// Splits a stream of tokens into items, each of which ends with braces or a semicolon. Returns the items that contain
/// one of `keywords`, such as `struct`. Keywords within parentheses, brackets or braces do not count.
fn select_items_with_any_keyword(
    tokens: TokenStream,
    keywords: &[&str],
) -> impl Iterator<Item = TokenStream> {
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
        piece.iter().any(
            |token| matches!(token, TokenTree::Ident(ident) if keywords.iter().any(|word| ident == word)),
        )
    })
    .map(|piece| piece.into_iter().collect())
}
