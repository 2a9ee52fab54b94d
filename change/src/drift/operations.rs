//! Matches the operations of the vendor's documents with those of our document.

use std::collections::{BTreeSet, HashMap};

use partner_model::names::{RESERVED_METHOD_NAMES, can_become_identifier, to_snake_case_name};
use partner_spec::{HTTP_METHODS, Node, Object};

use crate::pairs::remove_parameter_names;

/// An operation of our document, with its docs page.
pub(super) struct OurOperation {
    method: String,
    path: String,
    /// The `operationId` of the operation.
    pub(super) id: String,
    /// The title of the docs page: the value of `page` in `x-docs`.
    page_title: String,
    /// The address of the docs page: the value of `url` in `x-docs`.
    page_url: String,
}

/// Lists the operations of our document with their ids and docs pages. Must be called before the `x-` keys are removed,
/// because one of these keys, `x-docs`, contains the docs page.
pub(super) fn list_our_operations(root: &Node) -> Vec<OurOperation> {
    let mut found = Vec::new();
    for path in root.get_entries("paths") {
        for method in HTTP_METHODS {
            let Some(operation) = path.node.get(method) else { continue };
            let docs =
                |key: &str| operation.get("x-docs").and_then(|docs| docs.get_str(key)).unwrap_or_default();
            found.push(OurOperation {
                method: method.to_owned(),
                path: path.key.clone(),
                id: operation.get_str("operationId").unwrap_or_default().to_owned(),
                page_title: docs("page").to_owned(),
                page_url: docs("url").to_owned(),
            });
        }
    }
    found
}

/// Restores the title of the docs page of every operation of our document, by writing an `x-docs` with the title into
/// the operation. To be called after all `x-` keys were removed.
pub(super) fn restore_docs_page_titles(root: &mut Node, ours: &[OurOperation]) {
    for_each_operation(root, |method, path, operation| {
        let found = ours.iter().find(|known| known.method == method && known.path == path);
        set_docs_page(operation, found.map_or("", |known| &known.page_title));
    });
}

/// Matches the operations of a vendor's document with ours, and returns our ids of the matched operations. Changes the
/// operations of the vendor's document:
///
/// - A matched operation gets the id and the docs page of our operation.
/// - Any other operation loses its id if we cannot use the id. The docs page becomes `page`, or else the first tag.
///
/// `page` is the title of the Markdown page that contains the document (`None` if the document is a file of its own).
/// `file` is the name of the document's file.
pub(super) fn match_and_adapt_operations(
    root: &mut Node,
    ours: &[OurOperation],
    page: Option<&str>,
    file: &str,
) -> BTreeSet<String> {
    let mut known: Vec<(String, String, Option<usize>)> = Vec::new();
    for_each_operation(root, |method, path, _| known.push((method.to_owned(), path.to_owned(), None)));
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let keys: [fn(&str) -> String; 2] = [str::to_owned, remove_parameter_names];
    for key in keys {
        let by_key: HashMap<(&str, String), usize> = ours
            .iter()
            .enumerate()
            .map(|(index, ours)| ((ours.method.as_str(), key(&ours.path)), index))
            .collect();
        for (method, path, found) in known.iter_mut().filter(|(.., found)| found.is_none()) {
            *found = by_key.get(&(method.as_str(), key(path))).copied().filter(|index| taken.insert(*index));
        }
    }
    // The single operation of a Markdown page may match none of our operations by method and path. Then it is matched
    // with the operation of our document whose `page_url` ends with the file name of the page.
    if let [(.., None)] = &known[..] {
        known[0].2 = page.and_then(|_| find_operation_index_by_page_file(ours, file));
    }
    let mut ids: BTreeSet<String> = ours.iter().map(|ours| ours.id.clone()).collect();
    let mut found = known.iter().map(|(.., index)| index.and_then(|index| ours.get(index)));
    for_each_operation(root, |_, _, operation| {
        let tag = operation.get_items("tags").first().and_then(Node::as_str).map(str::to_owned);
        match found.next().flatten() {
            Some(ours) => {
                let id = Node::new_string(ours.id.clone(), &operation.location);
                operation.set_value("operationId", id);
                set_docs_page(operation, &ours.page_title);
            }
            None => {
                let is_usable = |id: &&str| {
                    can_become_identifier(id)
                        && !RESERVED_METHOD_NAMES.contains(&to_snake_case_name(id).as_str())
                        && !ids.contains(*id)
                };
                match operation.get_str("operationId").filter(is_usable).map(str::to_owned) {
                    Some(id) => drop(ids.insert(id)),
                    None => drop(operation.remove("operationId")),
                }
                set_docs_page(operation, page.or(tag.as_deref()).unwrap_or("Pages that we do not have"));
            }
        }
    });
    known.iter().filter_map(|(.., index)| Some(ours.get((*index)?)?.id.clone())).collect()
}

/// Returns the index in `ours` of the operation that a file of the vendor describes. The operation is found by its
/// `page_url`, which ends with the name of the file without `.md`, like `get-order-details-28597687e0`. Returns `None`
/// if no operation or more than one is found.
fn find_operation_index_by_page_file(ours: &[OurOperation], file: &str) -> Option<usize> {
    let name = file.rsplit('/').next()?.strip_suffix(".md")?;
    let mut found =
        ours.iter().enumerate().filter(|(_, ours)| ours.page_url.rsplit('/').next() == Some(name));
    let (index, _) = found.next()?;
    found.next().is_none().then_some(index)
}

fn set_docs_page(operation: &mut Node, page: &str) {
    let location = operation.location.clone();
    operation.set_value("x-docs", Node::new_object([("page", Node::new_string(page, &location))], &location));
}

/// Calls `visit` with the method, the path and the node of every operation of a document.
fn for_each_operation(root: &mut Node, mut visit: impl FnMut(&str, &str, &mut Node)) {
    let paths = root.get_mut("paths").and_then(Node::as_object_mut);
    for path in paths.into_iter().flat_map(Object::iter_mut) {
        for method in HTTP_METHODS {
            if let Some(operation) =
                path.node.get_mut(method).filter(|operation| operation.as_object().is_some())
            {
                visit(method, &path.key, operation);
            }
        }
    }
}
