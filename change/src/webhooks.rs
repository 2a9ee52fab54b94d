//! Finds the webhooks of a document: the schemas in `components` that have `x-webhook`. A vendor's document describes
//! webhooks in another way, and is converted when it is read.

use partner_spec::{Node, Object};

use crate::tree::SchemaFields;

/// A webhook in an OpenAPI document of this project or of a vendor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Webhook {
    /// The key of the payload's schema in the document's `components`.
    pub(crate) payload_schema_key: String,
    /// The title of the webhook: the name of its event, or the webhook's title in the vendor's docs.
    pub(crate) title: String,
    /// The path on the receiver's server to which the vendor sends the webhook; `None` if the document states no path.
    pub(crate) path: Option<String>,
    /// The number in the address of the webhook's docs page; `None` if the document states no docs page, or if the
    /// address contains no number.
    pub(crate) docs_page_number: Option<String>,
}

/// Lists the schemas in the `components` of a document, each with its key.
pub(crate) fn list_component_schemas(root: &Node) -> impl Iterator<Item = (&str, &Node)> {
    let schemas = root.get("components").into_iter().flat_map(|components| components.get_entries("schemas"));
    schemas.map(|entry| (entry.key.as_str(), &entry.node))
}

/// Returns the `schemas` in the `components` of a document as an object that can be modified; `None` if there is no
/// such object.
pub(crate) fn find_component_schemas_mut(root: &mut Node) -> Option<&mut Object> {
    root.get_mut("components")?.get_mut("schemas")?.as_object_mut()
}

/// Lists the webhooks of a document.
pub(crate) fn list_webhooks(root: &Node) -> Vec<Webhook> {
    list_component_schemas(root)
        .filter_map(|(key, schema)| Webhook::from_payload_schema(key, schema))
        .collect()
}

impl Webhook {
    /// Reads the webhook of a payload schema; `None` if the schema is not the payload of a webhook.
    pub(crate) fn from_payload_schema(key: &str, schema: &Node) -> Option<Webhook> {
        let mark = schema.get("x-webhook")?;
        let number = mark.get_str("page").and_then(find_docs_page_number);
        Some(Webhook {
            payload_schema_key: key.to_owned(),
            title: mark.get_str("title")?.to_owned(),
            path: mark.get_str("path").map(str::to_owned),
            docs_page_number: number.map(str::to_owned),
        })
    }

    /// Finds the webhook of another document that is the same as this webhook: the one with the same docs page number,
    /// else with the same title, else with the same path. `others` are all webhooks of that document. The path decides
    /// only if exactly one webhook in `others` has it. Webhooks with another docs page number are not counted.
    pub(crate) fn find_counterpart<'w>(&self, others: &[&'w Webhook]) -> Option<&'w Webhook> {
        let by_page = others.iter().find(|other| {
            other.docs_page_number.is_some() && other.docs_page_number == self.docs_page_number
        });
        let by_title =
            || others.iter().find(|other| normalize_title(&other.title) == normalize_title(&self.title));
        let by_path = || {
            let is_same = |other: &Webhook| other.path.is_some() && other.path == self.path;
            let has_other_page =
                |other: &Webhook| other.docs_page_number.is_some() && self.docs_page_number.is_some();
            let mut same = others.iter().filter(|other| is_same(other) && !has_other_page(other));
            same.next().filter(|_| same.next().is_none())
        };
        by_page.or_else(by_title).or_else(by_path).copied()
    }
}

/// Finds the part of the vendor's payload schema `theirs` that corresponds to the payload schema in our document. If
/// `theirs` has a field `data` and our schema has none, our schema describes only the contents of `data`. Then the
/// schema of the field `data` is returned; otherwise, `theirs` as a whole.
pub(crate) fn find_corresponding_payload_schema<'n>(
    root: &'n Node,
    theirs: &'n Node,
    ours_has_data_field: bool,
) -> Option<&'n Node> {
    let theirs = theirs.resolve_reference(root)?;
    let data = SchemaFields::read(root, theirs).field_schema("data").filter(|_| !ours_has_data_field);
    data.and_then(|data| data.resolve_reference(root)).or(Some(theirs))
}

/// Returns the letters and digits of a title in lower case, so that `order.status.changed` equals `orderStatusChanged`.
fn normalize_title(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Finds the number of a docs page in its address or in the name of its file: `28597687` in `get-order-28597687e0.md`.
/// A number of fewer than six digits counts as part of the title.
pub(crate) fn find_docs_page_number(page: &str) -> Option<&str> {
    page.split(|c: char| !c.is_ascii_digit()).rfind(|number| number.len() >= 6)
}
