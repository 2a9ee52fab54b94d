//! Webhooks of a document: the schemas of `components` with `x-webhook`. The documents of vendors are brought into this
//! form when they are read.

use partner_spec::{Node, Object};

use crate::tree::Fields;

/// A webhook of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Webhook {
    /// The key of the payload's schema in `components`.
    pub(crate) key: String,
    /// The event, or the title in the docs.
    pub(crate) title: String,
    /// The path that the vendor calls at the receiver.
    pub(crate) path: Option<String>,
    /// The number of the docs page.
    pub(crate) page: Option<String>,
}

/// The schemas of a document, by key.
pub(crate) fn schemas(root: &Node) -> impl Iterator<Item = (&str, &Node)> {
    let schemas = root.get("components").into_iter().flat_map(|components| components.entries("schemas"));
    schemas.map(|entry| (entry.key.as_str(), &entry.node))
}

/// The schemas of a document that can be changed.
pub(crate) fn schemas_mut(root: &mut Node) -> Option<&mut Object> {
    root.get_mut("components")?.get_mut("schemas")?.as_object_mut()
}

/// The webhooks of a document.
pub(crate) fn webhooks(root: &Node) -> Vec<Webhook> {
    schemas(root).filter_map(|(key, schema)| Webhook::read(key, schema)).collect()
}

impl Webhook {
    /// Reads the webhook whose payload a schema describes; `None` if the schema is none of a payload.
    pub(crate) fn read(key: &str, schema: &Node) -> Option<Webhook> {
        let mark = schema.get("x-webhook")?;
        let page = mark.str("page").and_then(page_number);
        Some(Webhook {
            key: key.to_owned(),
            title: mark.str("title")?.to_owned(),
            path: mark.str("path").map(str::to_owned),
            page: page.map(str::to_owned),
        })
    }

    /// Finds this webhook among others: by the number of its docs page, or else by its title, or else by a path that only
    /// one of the others has, unless both have pages, which differ then.
    pub(crate) fn find_in<'w>(&self, others: &[&'w Webhook]) -> Option<&'w Webhook> {
        let by_page = others.iter().find(|other| other.page.is_some() && other.page == self.page);
        let by_title = || others.iter().find(|other| words(&other.title) == words(&self.title));
        let by_path = || {
            let is_same = |other: &Webhook| other.path.is_some() && other.path == self.path;
            let has_other_page = |other: &Webhook| other.page.is_some() && self.page.is_some();
            let mut same = others.iter().filter(|other| is_same(other) && !has_other_page(other));
            same.next().filter(|_| same.next().is_none())
        };
        by_page.or_else(by_title).or_else(by_path).copied()
    }
}

/// The schema of a vendor's payload that corresponds to ours. Where ours describes the `data` of an event alone, and the
/// vendor's the whole event, that is the schema of `data`.
pub(crate) fn corresponding<'n>(root: &'n Node, theirs: &'n Node, has_data: bool) -> Option<&'n Node> {
    let theirs = theirs.follow(root)?;
    let data = Fields::read(root, theirs).get("data").filter(|_| !has_data);
    data.and_then(|data| data.follow(root)).or(Some(theirs))
}

/// The letters and digits of a title: `order.status.changed` and `orderStatusChanged` are the same.
fn words(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The number of a docs page in its address or in the name of its file; numbers of fewer than six digits belong to titles.
pub(crate) fn page_number(page: &str) -> Option<&str> {
    page.split(|c: char| !c.is_ascii_digit()).rfind(|number| number.len() >= 6)
}
