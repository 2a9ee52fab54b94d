//! The entries of `unread.yaml`: what the docs name and nobody could read.

use partner_spec::{Node, Value};

use super::folder::{Folder, UNREAD};
use super::{Error, Imported};
use crate::webhooks::page_number;

/// An entry of the list.
pub(super) struct Entry {
    /// The list that has the entry: `operations` or `webhooks`.
    pub(super) list: &'static str,
    index: usize,
    pub(super) title: String,
    /// The title of the docs page.
    pub(super) page: String,
}

/// Finds the entry that a vendor's operation or webhook resolves: by the number of its docs page in the name of its file, or
/// else by one of its titles and its method, if only one entry has both. A webhook has no method.
pub(super) fn find(
    folder: &Folder,
    stem: &str,
    titles: [Option<&str>; 2],
    method: Option<&str>,
) -> Option<Entry> {
    let list = folder.tree(UNREAD)?;
    let entries = || {
        let items = |key: &'static str| {
            list.items(key).iter().enumerate().map(move |(index, item)| (key, index, item))
        };
        items("operations").chain(items("webhooks"))
    };
    let number = page_number(stem);
    let by_number =
        entries().find(|(.., item)| number.is_some() && item.str("page").and_then(page_number) == number);
    let has_title = |item: &Node| {
        let title = item.str("title").unwrap_or_default();
        let is_same = |text: Option<&str>| text.is_some_and(|text| text.trim().eq_ignore_ascii_case(title));
        titles.into_iter().any(is_same)
    };
    let mut by_title = entries().filter(|(.., item)| {
        let is_same = |known: &str| method.is_some_and(|method| known.eq_ignore_ascii_case(method));
        item.str("method").is_none_or(is_same) && has_title(item)
    });
    let (list, index, item) = by_number.or_else(|| by_title.next().filter(|_| by_title.next().is_none()))?;
    // The group is `User / Account Management`: for whom it is, and the page.
    let page = item.str("group").unwrap_or_default().rsplit(" / ").next().unwrap_or_default();
    Some(Entry {
        list,
        index,
        title: item.str("title").unwrap_or_default().to_owned(),
        page: page.to_owned(),
    })
}

/// Removes an entry.
pub(super) fn remove(folder: &mut Folder, entry: &Entry, imported: &mut Imported) -> Result<(), Error> {
    folder.edit(UNREAD, |file| match file.tree.items(entry.list) {
        [_] => {
            let empty = Node::new(Value::Array(Vec::new()), &file.tree.location);
            file.replace(&format!("/{}", entry.list), &empty)
        }
        _ => file.remove(&format!("/{}/{}", entry.list, entry.index)),
    })?;
    imported.added.push(format!("{UNREAD}: `{}` is no longer listed", entry.title));
    Ok(())
}
