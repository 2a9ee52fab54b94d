//! Finds the operations that use a type, and the docs page on which changes of the type are listed.

use std::collections::{BTreeMap, BTreeSet};

use partner_model::{Model, Operation, TypeDefinition};

/// The name of the section for types that are used by operations of several docs pages.
pub(crate) const SHARED_TYPES_SECTION: &str = "Shared types";

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
                    pending.extend(definition.referenced_type_names());
                }
            }
        }
        OperationsByType { model, by_type }
    }

    /// The names of the operations that use a type.
    pub(crate) fn operation_names(&self, name: &str) -> Vec<String> {
        let operations = self.by_type.get(name).into_iter().flatten();
        operations.map(|operation| operation.method_name.clone()).collect()
    }

    /// The title of the docs page of a type: the page of the operations that use the type, or [`SHARED_TYPES_SECTION`]
    /// if these operations are on several pages. If no operation uses the type, the name of the file that defines the
    /// type, as words.
    pub(crate) fn type_page_title(&self, name: &str) -> String {
        let operations = self.by_type.get(name).into_iter().flatten();
        let pages: BTreeSet<&str> = operations.map(|operation| operation_page_title(operation)).collect();
        match (pages.len(), pages.first(), self.model.types.get(name)) {
            (1, Some(page), _) => (*page).to_owned(),
            (0, _, Some(definition)) => derive_page_title_from_file(definition),
            _ => SHARED_TYPES_SECTION.to_owned(),
        }
    }
}

/// The title of the docs page of an operation; if the document names no page, the name of the operation's module.
pub(crate) fn operation_page_title(operation: &Operation) -> &str {
    if operation.docs_source.page_title.is_empty() {
        &operation.module
    } else {
        &operation.docs_source.page_title
    }
}

/// Makes a title of the docs page for a type that no operation uses: the name of the file that defines the type, as
/// words.
fn derive_page_title_from_file(definition: &TypeDefinition) -> String {
    let module = partner_model::names::to_module_name(&definition.location);
    let mut letters = module.replace('_', " ").chars().collect::<Vec<_>>();
    if let Some(first) = letters.first_mut() {
        *first = first.to_ascii_uppercase();
    }
    letters.into_iter().collect()
}
