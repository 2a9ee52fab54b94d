//! Removes the entries of `unread.yaml` for imported operations and webhooks. The file lists operations and webhooks
//! that the vendor's docs mention, but whose descriptions nobody could read yet.

use partner_spec::{Node, Value};

use super::folder::{DocumentFolder, UNREAD_LIST_FILE_NAME};
use super::{ImportError, ImportResult};
use crate::webhooks::find_docs_page_number;

/// An entry of `unread.yaml`: an operation or webhook that the vendor's docs mention, but whose description nobody
/// could read yet.
pub(super) struct UnreadEntry {
    /// The key of the list in `unread.yaml` that contains this entry: `operations` or `webhooks`.
    pub(super) list_key: &'static str,
    index: usize,
    pub(super) title: String,
    /// The title of the docs page to which the operation or webhook belongs.
    pub(super) page_title: String,
}

/// Finds the entry of `unread.yaml` for an imported operation or webhook. `stem` is the name of the vendor's file
/// without its extension. `method` is `None` for a webhook. The result is the entry that meets the first of these two
/// conditions or, if there is none, the entry that meets the second one:
///
/// - The number in the address of the docs page is the number in `stem`.
/// - The title is one of `titles`, the entry has this `method` or none, and no other entry meets this condition.
pub(super) fn find_unread_entry(
    folder: &DocumentFolder,
    stem: &str,
    titles: [Option<&str>; 2],
    method: Option<&str>,
) -> Option<UnreadEntry> {
    let list = folder.file_root(UNREAD_LIST_FILE_NAME)?;
    let entries = || {
        let items = |key: &'static str| {
            list.get_items(key).iter().enumerate().map(move |(index, item)| (key, index, item))
        };
        items("operations").chain(items("webhooks"))
    };
    let number = find_docs_page_number(stem);
    let by_number = entries().find(|(.., item)| {
        number.is_some() && item.get_str("page").and_then(find_docs_page_number) == number
    });
    let has_title = |item: &Node| {
        let title = item.get_str("title").unwrap_or_default();
        let is_same = |text: Option<&str>| text.is_some_and(|text| text.trim().eq_ignore_ascii_case(title));
        titles.into_iter().any(is_same)
    };
    let mut by_title = entries().filter(|(.., item)| {
        let is_same = |known: &str| method.is_some_and(|method| known.eq_ignore_ascii_case(method));
        item.get_str("method").is_none_or(is_same) && has_title(item)
    });
    let (list, index, item) = by_number.or_else(|| by_title.next().filter(|_| by_title.next().is_none()))?;
    // The value of `group`, like `User / Account Management`, begins with the audience of the docs page (`User`), and
    // ends with the title of the page (`Account Management`).
    let page_title = item.get_str("group").unwrap_or_default().rsplit(" / ").next().unwrap_or_default();
    Some(UnreadEntry {
        list_key: list,
        index,
        title: item.get_str("title").unwrap_or_default().to_owned(),
        page_title: page_title.to_owned(),
    })
}

/// Removes the entry of an imported operation or webhook from `unread.yaml`.
pub(super) fn remove_unread_entry(
    folder: &mut DocumentFolder,
    entry: &UnreadEntry,
    imported: &mut ImportResult,
) -> Result<(), ImportError> {
    folder.edit_or_create_file(UNREAD_LIST_FILE_NAME, |file| match file.tree.get_items(entry.list_key) {
        [_] => {
            let empty = Node::new(Value::Array(Vec::new()), &file.tree.location);
            file.replace_value(&format!("/{}", entry.list_key), &empty)
        }
        _ => file.remove_entry_or_item(&format!("/{}/{}", entry.list_key, entry.index)),
    })?;
    imported.change_lines.push(format!("{UNREAD_LIST_FILE_NAME}: `{}` is no longer listed", entry.title));
    Ok(())
}
