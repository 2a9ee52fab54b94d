//! The generated types, each with functions that deserialize and serialize it. The build script writes the list of the
//! types.

use std::fmt::Debug;

use partner_client::schemars::generate::SchemaSettings;
use partner_client::schemars::{JsonSchema, Schema};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::case;

/// A generated type with the functions that tests need.
pub struct TestedType {
    /// The name of the type in Rust.
    pub name: &'static str,
    /// The name of the type's schema in the document.
    pub schema_name: &'static str,
    /// Whether the type exists although no operation needs it (`x-public`), like the payload of a webhook.
    pub is_public: bool,
    /// The function that deserializes JSON as the type, and serializes the value again.
    pub round_trip: fn(&str) -> Result<String, String>,
    /// The function that deserializes a payload. It returns the value as JSON in the form of the vendor, and its
    /// `Debug` output.
    pub write_and_debug: fn(&Value) -> (Value, String),
    /// The function that returns the JSON Schema of the type.
    pub schema: fn(SchemaSettings) -> Schema,
}

impl TestedType {
    /// Creates the entry of the type `T`.
    pub fn new<T: DeserializeOwned + Serialize + PartialEq + Debug + JsonSchema>(
        name: &'static str,
        schema_name: &'static str,
        is_public: bool,
    ) -> TestedType {
        TestedType {
            name,
            schema_name,
            is_public,
            round_trip: round_trip::<T>,
            write_and_debug: write_and_debug::<T>,
            schema: |settings| settings.into_generator().into_root_schema_for::<T>(),
        }
    }
}

/// Deserializes JSON as `T` and serializes the value. Fails if the result does not deserialize to the same value.
fn round_trip<T: DeserializeOwned + Serialize + PartialEq + Debug>(json: &str) -> Result<String, String> {
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

/// Deserializes a payload from text, as a receiver does. Returns it as JSON in the form of the vendor, and its `Debug`
/// output.
pub fn write_and_debug<T: DeserializeOwned + Serialize + Debug>(payload: &Value) -> (Value, String) {
    let model: T = serde_json::from_str(&payload.to_string()).expect("the payload fits its model");
    (case::to_vendor_json(&model), format!("{model:?} {model:#?}"))
}
