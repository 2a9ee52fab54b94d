//! The extensions of this workspace (`x-` keys): the objects on which each extension has an effect, and the form of its
//! value.

use partner_spec::{Entry, Kind, Node, Object, did_you_mean};

use super::webhook::is_component;
use crate::model::{Model, Place};

/// An `x-` key that this workspace defines.
pub(super) struct Extension {
    pub(super) key: &'static str,
    /// The objects on which the extension has an effect, as messages name them.
    pub(super) home: &'static str,
    /// Whether the extension has an effect on an object.
    pub(super) is_read: fn(&Model<'_>, &Place<'_>) -> bool,
    pub(super) shape: Shape,
}

/// The form that the value of an extension has to have.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    /// A value that another rule checks.
    Elsewhere,
    /// The boolean `true`. The key is omitted instead of `false`.
    Flag,
    /// One of these strings.
    Word(&'static [&'static str]),
    /// A string that can become a Rust identifier.
    Name,
    /// A map from strings to strings.
    StringMap,
    /// An object with these keys.
    Keys(&'static [Key]),
    /// An object with these keys, or a list of such objects.
    KeysOrList(&'static [Key]),
    /// An object whose keys depend on its `style`.
    Styles(&'static [(&'static str, &'static [Key])]),
}

/// A key of an extension whose value is an object.
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) required: bool,
    pub(super) form: KeyForm,
}

/// The form that the value of a key has to have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyForm {
    Text,
    /// A JSON pointer into the response.
    Pointer,
    /// A non-empty list of strings.
    StringList,
    /// The path of a URL, like `/v1/users`.
    Path,
}

const fn key(name: &'static str, required: bool, form: KeyForm) -> Key {
    Key { name, required, form }
}

const WAITER: &[Key] = &[
    key("name", true, KeyForm::Text),
    key("description", false, KeyForm::Text),
    key("field", true, KeyForm::Pointer),
    key("success", true, KeyForm::StringList),
    key("failure", false, KeyForm::StringList),
    key("reached_then_failed", false, KeyForm::StringList),
    key("pending", false, KeyForm::StringList),
];

const PAGINATION: &[(&str, &[Key])] = &[
    (
        "page",
        &[
            key("style", true, KeyForm::Text),
            key("items", true, KeyForm::Pointer),
            key("id", false, KeyForm::Pointer),
            key("page", true, KeyForm::Text),
            key("limit", false, KeyForm::Text),
            key("total", false, KeyForm::Pointer),
            key("total_pages", false, KeyForm::Pointer),
        ],
    ),
    (
        "offset",
        &[
            key("style", true, KeyForm::Text),
            key("items", true, KeyForm::Pointer),
            key("id", false, KeyForm::Pointer),
            key("offset", true, KeyForm::Text),
            key("limit", false, KeyForm::Text),
            key("total", false, KeyForm::Pointer),
        ],
    ),
    (
        "has-more",
        &[
            key("style", true, KeyForm::Text),
            key("items", true, KeyForm::Pointer),
            key("id", false, KeyForm::Pointer),
            key("page", true, KeyForm::Text),
            key("limit", false, KeyForm::Text),
            key("has_more", true, KeyForm::Pointer),
        ],
    ),
];

/// All extensions of this workspace.
pub(super) const ALL: [Extension; 19] = [
    Extension {
        key: "x-docs",
        home: "operations and schemas",
        is_read: |_, place| matches!(place.kind, Kind::Operation | Kind::Schema),
        shape: Shape::Elsewhere,
    },
    Extension { key: "x-lint-allow", home: "every object", is_read: |_, _| true, shape: Shape::Elsewhere },
    Extension {
        key: "x-availability",
        home: "operations and schemas",
        is_read: |_, place| matches!(place.kind, Kind::Operation | Kind::Schema),
        shape: Shape::Word(&["general", "on-request", "preview", "suspended"]),
    },
    Extension {
        key: "x-idempotent",
        home: "operations that HTTP does not call idempotent: POST and PATCH",
        is_read: |_, place| matches!((place.kind, place.field), (Kind::Operation, "post" | "patch")),
        shape: Shape::Flag,
    },
    Extension {
        key: "x-sensitive",
        home: "properties and newtypes",
        is_read: |_, place| {
            place.kind == Kind::Schema && (place.field == "properties" || place.node.flag("x-newtype"))
        },
        shape: Shape::Flag,
    },
    Extension {
        key: "x-expected",
        home: "properties",
        is_read: |_, place| place.kind == Kind::Schema && place.field == "properties",
        shape: Shape::Flag,
    },
    Extension {
        key: "x-above-zero",
        home: "decimals",
        is_read: |_, place| place.kind == Kind::Schema,
        shape: Shape::Flag,
    },
    Extension { key: "x-closed-enum", home: "string enums", is_read: is_enum, shape: Shape::Flag },
    Extension { key: "x-enum-descriptions", home: "string enums", is_read: is_enum, shape: Shape::StringMap },
    Extension { key: "x-enum-names", home: "string enums", is_read: is_enum, shape: Shape::StringMap },
    Extension {
        key: "x-envelope",
        home: "the document",
        is_read: |_, place| place.kind == Kind::OpenApi,
        shape: Shape::Keys(&[key("success", true, KeyForm::Text), key("data", true, KeyForm::Text)]),
    },
    Extension {
        key: "x-environment",
        home: "the servers of the document",
        is_read: |model, place| {
            place.kind == Kind::Server
                && model.parent(place).is_some_and(|parent| parent.kind == Kind::OpenApi)
        },
        shape: Shape::Name,
    },
    Extension {
        key: "x-method-name",
        home: "the media types of a request body",
        is_read: |model, place| {
            place.kind == Kind::MediaType
                && model.parent(place).is_some_and(|parent| parent.kind == Kind::RequestBody)
        },
        shape: Shape::Name,
    },
    Extension { key: "x-newtype", home: "named schemas", is_read: is_named, shape: Shape::Flag },
    Extension {
        key: "x-name",
        home: "properties and parameters",
        is_read: |_, place| {
            place.kind == Kind::Parameter || (place.kind == Kind::Schema && place.field == "properties")
        },
        shape: Shape::Name,
    },
    Extension { key: "x-public", home: "named schemas", is_read: is_named, shape: Shape::Flag },
    Extension {
        key: "x-webhook",
        home: "named schemas",
        is_read: is_named,
        shape: Shape::Keys(&[
            key("title", true, KeyForm::Text),
            key("path", false, KeyForm::Path),
            key("page", false, KeyForm::Text),
        ]),
    },
    Extension {
        key: "x-pagination",
        home: "operations that read: GET",
        is_read: is_get,
        shape: Shape::Styles(PAGINATION),
    },
    Extension {
        key: "x-waiter",
        home: "operations that read: GET",
        is_read: is_get,
        shape: Shape::KeysOrList(WAITER),
    },
];

/// Returns the extension with this key.
pub(super) fn find(key: &str) -> Option<&'static Extension> {
    ALL.iter().find(|extension| extension.key == key)
}

fn is_get(_: &Model<'_>, place: &Place<'_>) -> bool {
    (place.kind, place.field) == (Kind::Operation, "get")
}

fn is_named(model: &Model<'_>, place: &Place<'_>) -> bool {
    place.kind == Kind::Schema && is_component(model, place)
}

fn is_enum(_: &Model<'_>, place: &Place<'_>) -> bool {
    place.kind == Kind::Schema && place.node.items("enum").iter().any(|value| value.as_str().is_some())
}

/// Whether an object has an unknown `x-` key that is similar to this key.
pub(super) fn is_misspelled(key: &str, node: &Node) -> bool {
    let keys = node.as_object().into_iter().flat_map(Object::iter).map(|entry| entry.key.as_str());
    let close = |name: &str| did_you_mean(name, [key]).is_some_and(|help| help.starts_with("did you mean"));
    keys.filter(|name| name.starts_with("x-") && find(name).is_none()).any(close)
}

/// Iterates over all `x-` keys of the document, each with its object.
pub(super) fn each<'m, 'a>(
    model: &'m Model<'a>,
) -> impl Iterator<Item = (&'m Place<'a>, &'a Entry)> + use<'m, 'a> {
    let objects = model.places().iter().filter(|place| !place.is_reference());
    objects.flat_map(|place| {
        let entries = place.node.as_object().into_iter().flat_map(Object::iter);
        entries.filter(|entry| entry.key.starts_with("x-")).map(move |entry| (place, entry))
    })
}
