//! The generated types by name, each as a function from JSON to JSON, with its JSON Schema.

use std::fmt::Debug;

use partner_client::schemars::generate::SchemaSettings;
use partner_client::schemars::{JsonSchema, Schema};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A generated type.
pub(crate) struct Model {
    /// Its name.
    pub(crate) name: &'static str,
    /// Reads JSON as a value of the type, and writes the value.
    pub(crate) back: fn(&str) -> Result<String, String>,
    /// Its JSON Schema.
    pub(crate) schema: fn(SchemaSettings) -> Schema,
}

/// Reads and writes, and sees to it that what was written is the same value.
pub(crate) fn back<T: DeserializeOwned + Serialize + PartialEq + Debug>(
    json: &str,
) -> Result<String, String> {
    let value: T =
        serde_json::from_slice(json.as_bytes()).map_err(|error| format!("is not read: {error}"))?;
    let written = serde_json::to_string(&value).map_err(|error| format!("is not written: {error}"))?;
    let again: T =
        serde_json::from_str(&written).map_err(|error| format!("{written} is not read: {error}"))?;
    match again == value {
        true => Ok(written),
        false => Err(format!("{written} is another value when it is read again")),
    }
}

/// The JSON Schema of a type.
pub(crate) fn schema<T: JsonSchema>(settings: SchemaSettings) -> Schema {
    settings.into_generator().into_root_schema_for::<T>()
}

/// A list of all types of an API.
macro_rules! models {
    ($api:ident: $($name:ident)*) => {
        pub(crate) const MODELS: &[crate::models::Model] = &[$(
            crate::models::Model {
                name: stringify!($name),
                back: crate::models::back::<partner_client::$api::$name>,
                schema: crate::models::schema::<partner_client::$api::$name>,
            },
        )*];
    };
}
pub(crate) use models;
