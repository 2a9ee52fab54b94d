//! Reads the fields of an object from the struct that the library typify generated for the object.

use std::collections::HashMap;

use partner_model::{Object, Type};
use proc_macro2::Ident;
use syn::{ItemStruct, LitStr};

use super::value::ValueType;
use crate::ident::create_ident;

/// A field of a generated struct. Its Rust name is taken from the model. It is not taken from typify, because a name
/// that typify chooses depends on the other fields of the struct.
pub(crate) struct GeneratedField {
    pub(crate) name: Ident,
    /// The name of the field in JSON.
    pub(crate) wire_name: String,
    pub(crate) value: ValueType,
}

/// Returns the fields of an open record (an object without known properties). Its only field is the map `extra`.
pub(super) fn create_open_record_fields() -> Vec<GeneratedField> {
    let value = ValueType::from_type(syn::parse_quote! { partner_runtime::JsonObject });
    vec![GeneratedField { name: create_ident("extra"), wire_name: String::from("extra"), value }]
}

/// Reads the fields of a struct. Returns the fields in the order of the document, followed by the field `extra` if the
/// object allows keys that the document does not list.
pub(super) fn read_fields(item: ItemStruct, object: &Object) -> Result<Vec<GeneratedField>, String> {
    let name = item.ident.to_string();
    let mut written: HashMap<String, GeneratedField> = item
        .fields
        .into_iter()
        .filter_map(read_field)
        .map(|field| (field.wire_name.clone(), field))
        .collect();
    let mut fields = Vec::with_capacity(written.len());
    for property in &object.fields {
        let Some(field) = written.remove(&property.name) else {
            return Err(format!("typify generated no field for `{}` of `{name}`", property.name));
        };
        // typify generates an `Option` for each optional value. It also generates one for each nullable value except a
        // `Json`, which can itself be null. A field with a missing or needless `Option` is an error. For example, if a
        // list has no `Option`, an absent list would be read as an empty list.
        let needs_option_for_null = property.schema.nullable && !matches!(property.schema.ty, Type::Json);
        if field.value.optional != (needs_option_for_null || !property.required) {
            return Err(format!("typify does not tell whether `{}` of `{name}` is absent", property.name));
        }
        fields.push(GeneratedField { name: create_ident(&property.rust_name), ..field });
    }
    fields.extend(written.into_values());
    let expected = object.fields.len() + usize::from(object.additional_properties.is_some());
    match fields.len() == expected {
        true => Ok(fields),
        false => Err(format!("typify generated {} fields for the {expected} of `{name}`", fields.len())),
    }
}

fn read_field(field: syn::Field) -> Option<GeneratedField> {
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
    Some(GeneratedField { name, wire_name: key, value: ValueType::from_type(field.ty) })
}
