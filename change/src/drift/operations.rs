//! Matches the operations of the vendor's documents with those of our document.

use std::collections::{BTreeSet, HashMap};

use partner_model::names::{RESERVED_METHODS, is_nameable, snake_name};
use partner_spec::{METHODS, Node, Object};

use crate::pairs::without_names;

/// An operation of our document.
pub(super) struct Ours {
    method: String,
    path: String,
    /// `operationId`.
    pub(super) id: String,
    /// The docs page: `page` of `x-docs`.
    page: String,
    /// The address of the docs page: `url` of `x-docs`.
    url: String,
}

/// Finds the operations of our document. Their ids and docs pages are all that is kept of their `x-` keys.
pub(super) fn find(root: &Node) -> Vec<Ours> {
    let mut found = Vec::new();
    for path in root.entries("paths") {
        for method in METHODS {
            let Some(operation) = path.node.get(method) else { continue };
            let docs = |key: &str| operation.get("x-docs").and_then(|docs| docs.str(key)).unwrap_or_default();
            found.push(Ours {
                method: method.to_owned(),
                path: path.key.clone(),
                id: operation.str("operationId").unwrap_or_default().to_owned(),
                page: docs("page").to_owned(),
                url: docs("url").to_owned(),
            });
        }
    }
    found
}

/// Writes the docs page into every operation of our document.
pub(super) fn set_pages(root: &mut Node, ours: &[Ours]) {
    for_each(root, |method, path, operation| {
        let found = ours.iter().find(|known| known.method == method && known.path == path);
        set_page(operation, found.map_or("", |known| &known.page));
    });
}

/// Gives the operations of a vendor's document the ids and docs pages of ours. `page` is the title of the Markdown page
/// that holds the document, and `file` its file. Returns the ids of our operations that were found.
pub(super) fn identify(root: &mut Node, ours: &[Ours], page: Option<&str>, file: &str) -> BTreeSet<String> {
    let mut known: Vec<(String, String, Option<usize>)> = Vec::new();
    for_each(root, |method, path, _| known.push((method.to_owned(), path.to_owned(), None)));
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let keys: [fn(&str) -> String; 2] = [str::to_owned, without_names];
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
    // A page about one operation is that of ours with this address, whatever its method and path are now.
    if let [(.., None)] = &known[..] {
        known[0].2 = page.and_then(|_| find_by_page(ours, file));
    }
    let mut ids: BTreeSet<String> = ours.iter().map(|ours| ours.id.clone()).collect();
    let mut found = known.iter().map(|(.., index)| index.and_then(|index| ours.get(index)));
    for_each(root, |_, _, operation| {
        let tag = operation.items("tags").first().and_then(Node::as_str).map(str::to_owned);
        match found.next().flatten() {
            Some(ours) => {
                let id = Node::string(ours.id.clone(), &operation.location);
                operation.set("operationId", id);
                set_page(operation, &ours.page);
            }
            None => {
                let is_usable = |id: &&str| {
                    is_nameable(id)
                        && !RESERVED_METHODS.contains(&snake_name(id).as_str())
                        && !ids.contains(*id)
                };
                match operation.str("operationId").filter(is_usable).map(str::to_owned) {
                    Some(id) => drop(ids.insert(id)),
                    None => drop(operation.remove("operationId")),
                }
                set_page(operation, page.or(tag.as_deref()).unwrap_or("Pages that we do not have"));
            }
        }
    });
    known.iter().filter_map(|(.., index)| Some(ours.get((*index)?)?.id.clone())).collect()
}

/// The only operation of ours whose docs page has the name of the file: `get-order-details-28597687e0.md`.
fn find_by_page(ours: &[Ours], file: &str) -> Option<usize> {
    let name = file.rsplit('/').next()?.strip_suffix(".md")?;
    let mut found = ours.iter().enumerate().filter(|(_, ours)| ours.url.rsplit('/').next() == Some(name));
    let (index, _) = found.next()?;
    found.next().is_none().then_some(index)
}

fn set_page(operation: &mut Node, page: &str) {
    let location = operation.location.clone();
    operation.set("x-docs", Node::object([("page", Node::string(page, &location))], &location));
}

/// Calls `visit` with the method, the path and the object of every operation.
fn for_each(root: &mut Node, mut visit: impl FnMut(&str, &str, &mut Node)) {
    let paths = root.get_mut("paths").and_then(Node::as_object_mut);
    for path in paths.into_iter().flat_map(Object::iter_mut) {
        for method in METHODS {
            if let Some(operation) =
                path.node.get_mut(method).filter(|operation| operation.as_object().is_some())
            {
                visit(method, &path.key, operation);
            }
        }
    }
}
