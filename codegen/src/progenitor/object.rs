//! The fields of an object, from the struct that typify wrote.

use std::collections::HashMap;

use proc_macro2::Ident;
use syn::{Attribute, ItemStruct, LitStr};

use super::Value;
use crate::ident::ident;

/// The type of an object schema.
pub(crate) struct Object {
    /// The fields, in the order of the document.
    pub(crate) fields: Vec<Field>,
    /// Whether it implements `Default`.
    pub(crate) has_default: bool,
}

/// A field of an object.
pub(crate) struct Field {
    pub(crate) name: Ident,
    /// Its name on the wire.
    pub(crate) key: String,
    pub(crate) value: Value,
    pub(crate) presence: Presence,
}

/// Whether a field has to be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    Required,
    /// Required, and null where it has no value.
    Nullable,
    Optional,
    /// The field that takes the keys that no other has.
    Rest,
}

impl Object {
    /// The field with that name on the wire.
    pub(crate) fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.presence != Presence::Rest && field.key == key)
    }

    /// The object of which nothing is known.
    pub(super) fn open() -> Object {
        let value = Value::plain(syn::parse_quote! { partner_runtime::JsonObject });
        let rest =
            Field { name: ident("extra"), key: String::from("extra"), value, presence: Presence::Rest };
        Object { fields: vec![rest], has_default: true }
    }

    /// The object of a struct, given what the document calls its fields.
    pub(super) fn read(item: ItemStruct, properties: &[partner_model::Field]) -> Result<Object, String> {
        let name = item.ident.to_string();
        let has_default = derives_default(&item.attrs);
        let fields = item.fields.into_iter().map(Field::read).collect::<Result<Vec<_>, _>>();
        let mut fields = fields.map_err(|what| format!("typify generated {what} in the type `{name}`"))?;
        let order: HashMap<&str, usize> =
            properties.iter().enumerate().map(|(position, field)| (field.name.as_str(), position)).collect();
        fields.sort_by_key(|field| order.get(field.key.as_str()).copied().unwrap_or(usize::MAX));
        let declared = fields.iter().filter(|field| field.presence != Presence::Rest).count();
        if declared != properties.len() {
            return Err(format!("typify generated {declared} fields for the properties of `{name}`"));
        }
        Ok(Object { fields, has_default })
    }
}

impl Field {
    fn read(field: syn::Field) -> Result<Field, String> {
        let name = field.ident.ok_or("a field without a name")?;
        let mut read =
            Field { key: name.to_string(), name, value: Value::read(field.ty), presence: Presence::Required };
        for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("serde")) {
            attribute
                .parse_nested_meta(|meta| {
                    let text = match meta.value() {
                        Ok(value) => Some(value.parse::<LitStr>()?.value()),
                        Err(_) => None,
                    };
                    match (meta.path.get_ident().map(Ident::to_string).as_deref(), text.as_deref()) {
                        (Some("rename"), Some(key)) => read.key = key.to_owned(),
                        (Some("flatten"), None) => read.presence = Presence::Rest,
                        (Some("skip_serializing_if"), Some("::std::option::Option::is_none")) => {
                            read.presence = Presence::Optional;
                        }
                        (Some("deserialize_with"), Some("::std::option::Option::deserialize")) => {
                            read.presence = Presence::Nullable;
                        }
                        // Among them is `default`, which makes one of what is absent and what is empty.
                        _ => return Err(meta.error("it means something else to serde than is known")),
                    }
                    Ok(())
                })
                .map_err(|error| {
                    format!("a field `{}` of which serde has to know more: {error}", read.name)
                })?;
        }
        Ok(read)
    }
}

fn derives_default(attributes: &[Attribute]) -> bool {
    let mut found = false;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        // What cannot be read as a list of paths is no list of derives, and ends here as it began.
        let _ = attribute.parse_nested_meta(|meta| {
            found |= meta.path.segments.last().is_some_and(|last| last.ident == "Default");
            Ok(())
        });
    }
    found
}
