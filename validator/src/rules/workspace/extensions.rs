//! Lists the extensions (`x-` keys) that this workspace defines. The list states for each extension in which objects it
//! may be used, and which format its value must have.

use partner_spec::{Entry, Node, Object, ObjectKind, advise_on_unknown_name};

use super::webhook::is_component;
use crate::model::{Model, Place};

/// An `x-` key that this workspace defines.
pub(super) struct Extension {
    pub(super) key: &'static str,
    /// How messages call the objects on which the extension has an effect, like `string enums`.
    pub(super) affected_objects_label: &'static str,
    /// A function that tells whether the extension changes anything if it is written in an object.
    pub(super) has_effect_on: fn(&Model<'_>, &Place<'_>) -> bool,
    pub(super) shape: ExtensionValueFormat,
}

/// The format that the value of an extension must have.
#[derive(Clone, Copy)]
pub(super) enum ExtensionValueFormat {
    /// This rule accepts any format, because another rule checks the value.
    CheckedByOtherRule,
    /// The boolean `true`. `false` is not allowed, because the key can be omitted instead.
    OnlyTrue,
    /// One of these strings.
    OneOfStrings(&'static [&'static str]),
    /// A string that can become a Rust identifier.
    RustIdentifier,
    /// A map from strings to strings.
    StringMap,
    /// An object that may have only these keys.
    Object(&'static [ExtensionValueKey]),
    /// An object with these keys, or a list of such objects.
    ObjectOrList(&'static [ExtensionValueKey]),
    /// An object whose key `style` decides which other keys are allowed. Each style is listed with its keys.
    ObjectWithKeysByStyle(&'static [(&'static str, &'static [ExtensionValueKey])]),
}

/// A key of the object that is the value of an extension.
pub(super) struct ExtensionValueKey {
    pub(super) name: &'static str,
    pub(super) required: bool,
    pub(super) form: NestedValueFormat,
}

/// The format that a nested value (the value of an [`ExtensionValueKey`]) must have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NestedValueFormat {
    Text,
    /// A JSON pointer to a value in the body of the response.
    JsonPointer,
    /// A non-empty list of strings.
    NonEmptyStringList,
    /// The path of a URL, like `/v1/users`.
    UrlPath,
}

const fn key(name: &'static str, required: bool, form: NestedValueFormat) -> ExtensionValueKey {
    ExtensionValueKey { name, required, form }
}

const WAITER: &[ExtensionValueKey] = &[
    key("name", true, NestedValueFormat::Text),
    key("description", false, NestedValueFormat::Text),
    key("field", true, NestedValueFormat::JsonPointer),
    key("success", true, NestedValueFormat::NonEmptyStringList),
    key("failure", false, NestedValueFormat::NonEmptyStringList),
    key("reached_then_failed", false, NestedValueFormat::NonEmptyStringList),
    key("pending", false, NestedValueFormat::NonEmptyStringList),
];

const PAGINATION: &[(&str, &[ExtensionValueKey])] = &[
    (
        "page",
        &[
            key("style", true, NestedValueFormat::Text),
            key("items", true, NestedValueFormat::JsonPointer),
            key("id", false, NestedValueFormat::JsonPointer),
            key("page", true, NestedValueFormat::Text),
            key("limit", false, NestedValueFormat::Text),
            key("total", false, NestedValueFormat::JsonPointer),
            key("total_pages", false, NestedValueFormat::JsonPointer),
        ],
    ),
    (
        "offset",
        &[
            key("style", true, NestedValueFormat::Text),
            key("items", true, NestedValueFormat::JsonPointer),
            key("id", false, NestedValueFormat::JsonPointer),
            key("offset", true, NestedValueFormat::Text),
            key("limit", false, NestedValueFormat::Text),
            key("total", false, NestedValueFormat::JsonPointer),
        ],
    ),
    (
        "has-more",
        &[
            key("style", true, NestedValueFormat::Text),
            key("items", true, NestedValueFormat::JsonPointer),
            key("id", false, NestedValueFormat::JsonPointer),
            key("page", true, NestedValueFormat::Text),
            key("limit", false, NestedValueFormat::Text),
            key("has_more", true, NestedValueFormat::JsonPointer),
        ],
    ),
];

/// All extensions of this workspace.
pub(super) const WORKSPACE_EXTENSIONS: [Extension; 19] = [
    Extension {
        key: "x-docs",
        affected_objects_label: "operations and schemas",
        has_effect_on: |_, place| matches!(place.kind, ObjectKind::Operation | ObjectKind::Schema),
        shape: ExtensionValueFormat::CheckedByOtherRule,
    },
    Extension {
        key: "x-lint-allow",
        affected_objects_label: "every object",
        has_effect_on: |_, _| true,
        shape: ExtensionValueFormat::CheckedByOtherRule,
    },
    Extension {
        key: "x-availability",
        affected_objects_label: "operations and schemas",
        has_effect_on: |_, place| matches!(place.kind, ObjectKind::Operation | ObjectKind::Schema),
        shape: ExtensionValueFormat::OneOfStrings(&["general", "on-request", "preview", "suspended"]),
    },
    Extension {
        key: "x-idempotent",
        affected_objects_label: "operations that HTTP does not call idempotent: POST and PATCH",
        has_effect_on: |_, place| {
            matches!((place.kind, place.key_in_parent), (ObjectKind::Operation, "post" | "patch"))
        },
        shape: ExtensionValueFormat::OnlyTrue,
    },
    Extension {
        key: "x-sensitive",
        affected_objects_label: "properties and newtypes",
        has_effect_on: |_, place| {
            place.kind == ObjectKind::Schema
                && (place.key_in_parent == "properties" || place.node.value_is_true("x-newtype"))
        },
        shape: ExtensionValueFormat::OnlyTrue,
    },
    Extension {
        key: "x-expected",
        affected_objects_label: "properties",
        has_effect_on: |_, place| place.kind == ObjectKind::Schema && place.key_in_parent == "properties",
        shape: ExtensionValueFormat::OnlyTrue,
    },
    Extension {
        key: "x-above-zero",
        affected_objects_label: "decimals",
        has_effect_on: |_, place| place.kind == ObjectKind::Schema,
        shape: ExtensionValueFormat::OnlyTrue,
    },
    Extension {
        key: "x-closed-enum",
        affected_objects_label: "string enums",
        has_effect_on: is_string_enum,
        shape: ExtensionValueFormat::OnlyTrue,
    },
    Extension {
        key: "x-enum-descriptions",
        affected_objects_label: "string enums",
        has_effect_on: is_string_enum,
        shape: ExtensionValueFormat::StringMap,
    },
    Extension {
        key: "x-enum-names",
        affected_objects_label: "string enums",
        has_effect_on: is_string_enum,
        shape: ExtensionValueFormat::StringMap,
    },
    Extension {
        key: "x-envelope",
        affected_objects_label: "the document",
        has_effect_on: |_, place| place.kind == ObjectKind::OpenApi,
        shape: ExtensionValueFormat::Object(&[
            key("success", true, NestedValueFormat::Text),
            key("data", true, NestedValueFormat::Text),
        ]),
    },
    Extension {
        key: "x-environment",
        affected_objects_label: "the servers of the document",
        has_effect_on: |model, place| {
            place.kind == ObjectKind::Server
                && model.find_parent_place(place).is_some_and(|parent| parent.kind == ObjectKind::OpenApi)
        },
        shape: ExtensionValueFormat::RustIdentifier,
    },
    Extension {
        key: "x-method-name",
        affected_objects_label: "the media types of a request body",
        has_effect_on: |model, place| {
            place.kind == ObjectKind::MediaType
                && model.find_parent_place(place).is_some_and(|parent| parent.kind == ObjectKind::RequestBody)
        },
        shape: ExtensionValueFormat::RustIdentifier,
    },
    Extension {
        key: "x-newtype",
        affected_objects_label: "named schemas",
        has_effect_on: is_component_schema,
        shape: ExtensionValueFormat::OnlyTrue,
    },
    Extension {
        key: "x-name",
        affected_objects_label: "properties and parameters",
        has_effect_on: |_, place| {
            place.kind == ObjectKind::Parameter
                || (place.kind == ObjectKind::Schema && place.key_in_parent == "properties")
        },
        shape: ExtensionValueFormat::RustIdentifier,
    },
    Extension {
        key: "x-public",
        affected_objects_label: "named schemas",
        has_effect_on: is_component_schema,
        shape: ExtensionValueFormat::OnlyTrue,
    },
    Extension {
        key: "x-webhook",
        affected_objects_label: "named schemas",
        has_effect_on: is_component_schema,
        shape: ExtensionValueFormat::Object(&[
            key("title", true, NestedValueFormat::Text),
            key("path", false, NestedValueFormat::UrlPath),
            key("page", false, NestedValueFormat::Text),
        ]),
    },
    Extension {
        key: "x-pagination",
        affected_objects_label: "operations that read: GET",
        has_effect_on: is_get_operation,
        shape: ExtensionValueFormat::ObjectWithKeysByStyle(PAGINATION),
    },
    Extension {
        key: "x-waiter",
        affected_objects_label: "operations that read: GET",
        has_effect_on: is_get_operation,
        shape: ExtensionValueFormat::ObjectOrList(WAITER),
    },
];

/// Returns the extension with this key; `None` if this workspace defines no such extension.
pub(super) fn find_extension(key: &str) -> Option<&'static Extension> {
    WORKSPACE_EXTENSIONS.iter().find(|extension| extension.key == key)
}

fn is_get_operation(_: &Model<'_>, place: &Place<'_>) -> bool {
    (place.kind, place.key_in_parent) == (ObjectKind::Operation, "get")
}

fn is_component_schema(model: &Model<'_>, place: &Place<'_>) -> bool {
    place.kind == ObjectKind::Schema && is_component(model, place)
}

fn is_string_enum(_: &Model<'_>, place: &Place<'_>) -> bool {
    place.kind == ObjectKind::Schema
        && place.node.get_items("enum").iter().any(|value| value.as_str().is_some())
}

/// Whether an object has an unknown `x-` key that resembles `key`, and so is probably a misspelling of `key`.
pub(super) fn has_misspelling_of(key: &str, node: &Node) -> bool {
    let keys = node.as_object().into_iter().flat_map(Object::iter).map(|entry| entry.key.as_str());
    let close =
        |name: &str| advise_on_unknown_name(name, [key]).is_some_and(|help| help.starts_with("did you mean"));
    keys.filter(|name| name.starts_with("x-") && find_extension(name).is_none()).any(close)
}

/// Iterates over all `x-` keys of the document, each with the object that has the key.
pub(super) fn extension_entries<'m, 'a>(
    model: &'m Model<'a>,
) -> impl Iterator<Item = (&'m Place<'a>, &'a Entry)> + use<'m, 'a> {
    let objects = model.places().iter().filter(|place| !place.is_reference());
    objects.flat_map(|place| {
        let entries = place.node.as_object().into_iter().flat_map(Object::iter);
        entries.filter(|entry| entry.key.starts_with("x-")).map(move |entry| (place, entry))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::WORKSPACE_EXTENSIONS;

    #[test]
    fn the_table_for_authors_of_documents_has_every_extension() {
        let page = std::fs::read_to_string(partner_spec::base_folder().join("CONTRIBUTING.md")).unwrap();
        let cells = page.lines().filter_map(|line| line.strip_prefix("| `x-")?.split(" |").next());
        let listed: BTreeSet<String> = cells
            .flat_map(|cell| cell.split(", `x-"))
            .map(|key| format!("x-{}", key.trim_end_matches('`')))
            .collect();
        let known: BTreeSet<String> = WORKSPACE_EXTENSIONS.iter().map(|known| known.key.to_owned()).collect();
        assert_eq!(listed, known);
    }
}
