//! The fields of an object, from the struct that typify wrote.

use std::collections::HashMap;

use partner_model::{Object, Type};
use proc_macro2::Ident;
use syn::{ItemStruct, LitStr};

use super::value::Value;
use crate::ident::ident;

/// A field of an object. The name is that of the model, because typify's depends on the other fields.
pub(crate) struct Field {
    pub(crate) name: Ident,
    /// Its name on the wire.
    pub(crate) key: String,
    pub(crate) value: Value,
}

/// The field of an object of which nothing is known.
pub(super) fn open_record() -> Vec<Field> {
    let value = Value::read(syn::parse_quote! { partner_runtime::JsonObject });
    vec![Field { name: ident("extra"), key: String::from("extra"), value }]
}

/// The fields of a struct in the order of the document, and after them the one that takes all other keys, if there is one.
pub(super) fn fields(item: ItemStruct, object: &Object) -> Result<Vec<Field>, String> {
    let name = item.ident.to_string();
    let mut written: HashMap<String, Field> =
        item.fields.into_iter().filter_map(field).map(|field| (field.key.clone(), field)).collect();
    let mut fields = Vec::with_capacity(written.len());
    for property in &object.fields {
        let Some(field) = written.remove(&property.name) else {
            return Err(format!("typify generated no field for `{}` of `{name}`", property.name));
        };
        // typify is known to read an absent list or map as an empty one. JSON of any shape has a null of its own.
        let is_nullable = property.schema.nullable && !matches!(property.schema.ty, Type::Json);
        if field.value.optional != (is_nullable || !property.required) {
            return Err(format!("typify does not tell whether `{}` of `{name}` is absent", property.name));
        }
        fields.push(Field { name: ident(&property.rust_name), ..field });
    }
    fields.extend(written.into_values());
    let expected = object.fields.len() + usize::from(object.rest.is_some());
    match fields.len() == expected {
        true => Ok(fields),
        false => Err(format!("typify generated {} fields for the {expected} of `{name}`", fields.len())),
    }
}

fn field(field: syn::Field) -> Option<Field> {
    let name = field.ident?;
    let mut key = name.to_string();
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        attribute
            .parse_nested_meta(|meta| {
                if let Ok(value) = meta.value() {
                    let text = value.parse::<LitStr>()?.value();
                    if meta.path.is_ident("rename") {
                        key = text;
                    }
                }
                Ok(())
            })
            .ok()?;
    }
    Some(Field { name, key, value: Value::read(field.ty) })
}
