//! Finds the operations that use a type, and the docs page on which changes of the type are listed.

use std::collections::{BTreeMap, BTreeSet};

use partner_model::{Model, Operation, TypeDefinition};

/// The title of a report's section about types that are used by operations of several docs pages.
pub(crate) const SHARED_TYPES_SECTION_TITLE: &str = "Shared types";

/// The operations that use each type, by the name of the type.
pub(crate) struct OperationsByType<'m> {
    model: &'m Model,
    by_type: BTreeMap<&'m str, Vec<&'m Operation>>,
}

impl<'m> OperationsByType<'m> {
    pub(crate) fn new(model: &'m Model) -> OperationsByType<'m> {
        let mut by_type: BTreeMap<&str, Vec<&Operation>> = BTreeMap::new();
        for operation in &model.operations {
            let mut seen: BTreeSet<&str> = BTreeSet::new();
            let schemas = operation.request_schemas().chain(operation.success_response_schemas());
            let mut pending: Vec<&str> = schemas.filter_map(|schema| schema.innermost_type_name()).collect();
            while let Some((name, definition)) =
                pending.pop().and_then(|name| model.types.get_key_value(name))
            {
                if seen.insert(name) {
                    by_type.entry(name).or_default().push(operation);
                    pending.extend(definition.directly_referenced_type_names());
                }
            }
        }
        OperationsByType { model, by_type }
    }

    /// Returns the names of the client methods of the operations that use a type.
    pub(crate) fn find_client_method_names_for_type(&self, name: &str) -> Vec<String> {
        let operations = self.by_type.get(name).into_iter().flatten();
        operations.map(|operation| operation.client_method_name.clone()).collect()
    }

    /// Returns the title under which a report lists the changes of a type. This is the title of the docs page of the
    /// operations that use the type, or [`SHARED_TYPES_SECTION_TITLE`] if these operations are on several pages. If no
    /// operation uses the type, the title consists of the words in the name of the file that defines the type.
    pub(crate) fn find_section_title_for_type(&self, name: &str) -> String {
        let operations = self.by_type.get(name).into_iter().flatten();
        let pages: BTreeSet<&str> =
            operations.map(|operation| page_title_or_module_name(operation)).collect();
        match (pages.len(), pages.first(), self.model.types.get(name)) {
            (1, Some(page), _) => (*page).to_owned(),
            (0, _, Some(definition)) => derive_section_title_from_file_name(definition),
            _ => SHARED_TYPES_SECTION_TITLE.to_owned(),
        }
    }
}

/// Returns the title of the docs page of an operation. If the document names no page for the operation, returns the
/// name of its module.
pub(crate) fn page_title_or_module_name(operation: &Operation) -> &str {
    if operation.description_source.page_title.is_empty() {
        &operation.module_name
    } else {
        &operation.description_source.page_title
    }
}

/// Makes a section title for a type that no operation uses, from the words in the name of the file that defines the
/// type.
fn derive_section_title_from_file_name(definition: &TypeDefinition) -> String {
    let module = partner_model::names::to_module_name(&definition.location);
    let mut letters = module.replace('_', " ").chars().collect::<Vec<_>>();
    if let Some(first) = letters.first_mut() {
        *first = first.to_ascii_uppercase();
    }
    letters.into_iter().collect()
}
