//! Emits the type sizes with which the runtime estimates how much memory a response takes: the size of the response
//! type, and of each type that may occur repeatedly in a response, such as the type of a list's items.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::ident::create_ident;
use partner_model::graph::{NameGraph, find_names_in_cycles};
use partner_model::{Model, Operation, Schema, SuccessBodies, SuccessBody, Type, TypeShape};

/// Emits a `size_of` expression for each type whose size the runtime needs to know for an operation. The expressions
/// become part of the operation's entry in the operation table.
pub(super) fn emit_type_sizes(operation: &Operation, model: &Model) -> Vec<TokenStream> {
    find_types_to_measure(operation, model)
        .into_iter()
        .map(|(name, storage)| emit_size(name, storage))
        .collect()
}

/// Returns the number of types whose sizes [`emit_type_sizes`] emits for an operation.
pub(crate) fn count_types_to_measure(operation: &Operation, model: &Model) -> usize {
    find_types_to_measure(operation, model).len()
}

/// Finds the types whose sizes the runtime needs: the response type, and each type of which a response may have many
/// values, such as the type of a list's items. A type that occurs only as the type of a field is left out, because the
/// size of the struct with this field includes it.
fn find_types_to_measure<'a>(operation: &'a Operation, model: &'a Model) -> BTreeMap<&'a str, ValueStorage> {
    let bodies: Vec<&SuccessBody> = match &operation.success_bodies {
        SuccessBodies::SameForAllStatuses(body) => vec![body],
        SuccessBodies::ByStatus { variants, .. } => variants.iter().map(|variant| &variant.body).collect(),
    };
    let mut found = TypeSizeCollector {
        model,
        storage_by_type_name: BTreeMap::new(),
        pending_type_names: Vec::new(),
        references_by_visited_type: NameGraph::new(),
    };
    for body in bodies {
        if let SuccessBody::Json(schema) = body {
            found.add_type_storage(schema.ty.name(), ValueStorage::Standalone);
            found.collect_types_in_schema(schema);
        }
    }
    found.visit_pending_types();
    // Types that can contain themselves, directly or through other types, are measured as well. Values of such a type
    // are boxed, so the size of a struct with such a value does not include the boxed value.
    for name in find_names_in_cycles(&found.references_by_visited_type) {
        found.add_type_storage(Some(name), ValueStorage::Standalone);
    }
    found.storage_by_type_name
}

/// How a response stores the values of a type: one by one, or in the entries of a map.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum ValueStorage {
    /// Each value is stored by itself, for example as an item of a `Vec`, or in a `Box`.
    Standalone,
    /// Each value is stored in an entry of a map. A map allocates room for eleven entries at a time, and part of this
    /// room stays unused. So the size of an entry is multiplied by three, as an estimate.
    MapEntry,
}

struct TypeSizeCollector<'a> {
    model: &'a Model,
    storage_by_type_name: BTreeMap<&'a str, ValueStorage>,
    /// The names of the types that have been found, but have not been visited yet.
    pending_type_names: Vec<&'a str>,
    /// A map from the name of each visited type to the names of the types that it refers to.
    references_by_visited_type: NameGraph<'a>,
}

impl<'a> TypeSizeCollector<'a> {
    fn visit_pending_types(&mut self) {
        while let Some(name) = self.pending_type_names.pop() {
            let Some(definition) = self.model.types.get(name) else { continue };
            if self.references_by_visited_type.contains_key(name) {
                continue;
            }
            self.references_by_visited_type
                .insert(name, definition.directly_referenced_type_names().collect());
            match &definition.shape {
                TypeShape::Object(object) => {
                    object.fields.iter().for_each(|field| self.collect_types_in_schema(&field.schema));
                    if let Some(rest) = &object.additional_properties {
                        self.add_type_storage(rest.innermost_type_name(), ValueStorage::MapEntry);
                        self.collect_types_in_schema(rest);
                    }
                }
                TypeShape::Union(union) => {
                    self.pending_type_names.extend(union.variants.iter().map(|v| v.type_name.as_str()))
                }
                TypeShape::Enum(_) | TypeShape::Newtype(_) => {}
            }
        }
    }

    /// Records in `storage_by_type_name` how the list items and map values in a schema are stored, by the names of
    /// their types. Adds all named types in the schema to `pending_type_names`, so that they are visited later.
    fn collect_types_in_schema(&mut self, schema: &'a Schema) {
        match &schema.ty {
            Type::Named(name) => self.pending_type_names.push(name),
            Type::List(items) => {
                self.add_type_storage(items.innermost_type_name(), ValueStorage::Standalone);
                self.collect_types_in_schema(items);
            }
            Type::Map(values) => {
                self.add_type_storage(values.innermost_type_name(), ValueStorage::MapEntry);
                self.collect_types_in_schema(values);
            }
            _ => {}
        }
    }

    /// Adds the type `name` to `storage_by_type_name`, unless it is an enum or newtype: these take no more memory than
    /// a string. `storage` says whether a response stores a value of the type by itself or as an entry of a map. If
    /// `storage_by_type_name` already contains the type, the storage that takes more memory is kept. Does nothing if
    /// `name` is `None`.
    fn add_type_storage(&mut self, name: Option<&'a str>, storage: ValueStorage) {
        let is_plain = |name: &&str| {
            let definition = self.model.types.get(*name);
            definition.is_some_and(|found| matches!(found.shape, TypeShape::Enum(_) | TypeShape::Newtype(_)))
        };
        if let Some(name) = name.filter(|name| !is_plain(name)) {
            let before = self.storage_by_type_name.entry(name).or_insert(storage);
            *before = storage.max(*before);
        }
    }
}

fn emit_size(name: &str, storage: ValueStorage) -> TokenStream {
    let name = create_ident(name);
    match storage {
        ValueStorage::Standalone => quote! { size_of::<super::#name>() },
        ValueStorage::MapEntry => quote! { 3 * size_of::<(String, super::#name)>() },
    }
}
