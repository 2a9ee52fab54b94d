//! Finds the texts in an OpenAPI document that are written for people: descriptions, notes, and meanings of enum
//! values.

use partner_spec::{Node, ObjectKind};

use super::webhook::is_component;
use crate::model::{Model, Place};

/// A text in the document that is written for people: a description or a note.
pub(super) struct ProseText<'a> {
    pub(super) node: &'a Node,
    pub(super) text: &'a str,
    /// The word that messages use for the text: `description` or `note`.
    pub(super) name_in_messages: &'static str,
}

/// Returns the label of an object in messages, e.g. `property`, if the object needs a description. Returns `None` for
/// an object that needs none.
pub(super) fn find_label_if_description_needed(model: &Model<'_>, place: &Place<'_>) -> Option<&'static str> {
    match place.kind {
        ObjectKind::Operation => Some("operation"),
        ObjectKind::Parameter => Some("parameter"),
        ObjectKind::Tag => Some("tag"),
        ObjectKind::Header => Some("header"),
        ObjectKind::SecurityScheme => Some("security scheme"),
        ObjectKind::Schema if place.key_in_parent == "properties" => Some("property"),
        ObjectKind::Schema if is_component(model, place) => Some("schema"),
        _ => None,
    }
}

/// Iterates over all non-empty descriptions and notes, in the order of the document.
pub(super) fn non_empty_prose_texts<'m, 'a>(
    model: &'m Model<'a>,
) -> impl Iterator<Item = ProseText<'a>> + use<'m, 'a> {
    let objects = model.places().iter().filter(|place| !place.is_reference());
    objects.flat_map(|place| {
        // The iterator leaves out the description in the document's `info` object, because that description may be
        // longer than others and have a different style.
        let description = (place.kind != ObjectKind::Info).then(|| place.node.get("description")).flatten();
        let note = place.node.get("x-docs").and_then(|docs| docs.get("note"));
        let values = place.node.get_entries("x-enum-descriptions").map(|entry| &entry.node);
        let one = |node: Option<&'a Node>, what| node.map(|node| (node, what));
        let texts = one(description, "description").into_iter().chain(one(note, "note"));
        texts.chain(values.map(|node| (node, "description"))).filter_map(|(node, what)| {
            let text = node.as_str()?.trim();
            (!text.is_empty()).then_some(ProseText { node, text, name_in_messages: what })
        })
    })
}
