//! The generated types, each as functions from JSON to JSON. The build script writes the list of them.

use std::fmt::Debug;

use partner_client::schemars::generate::SchemaSettings;
use partner_client::schemars::{JsonSchema, Schema};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::case;

/// A generated type.
pub struct TestedType {
    /// Its name in Rust.
    pub name: &'static str,
    /// The name of its schema in the document.
    pub key: &'static str,
    /// Whether it is there although no operation has it (`x-public`), like the payload of a webhook.
    pub public: bool,
    /// Reads JSON as a value of the type, and writes the value again.
    pub round_trip: fn(&str) -> Result<String, String>,
    /// Reads a payload, and returns the JSON that the vendor would write and what `Debug` shows.
    pub show: fn(&Value) -> (Value, String),
    /// Its JSON Schema.
    pub schema: fn(SchemaSettings) -> Schema,
}

impl TestedType {
    /// Describes a type.
    pub fn new<T: DeserializeOwned + Serialize + PartialEq + Debug + JsonSchema>(
        name: &'static str,
        key: &'static str,
        public: bool,
    ) -> TestedType {
        TestedType {
            name,
            key,
            public,
            round_trip: round_trip::<T>,
            show: show::<T>,
            schema: |settings| settings.into_generator().into_root_schema_for::<T>(),
        }
    }
}

/// Reads and writes JSON, and makes sure that what was written is the same value.
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

/// Reads a payload from text, as a receiver does, and shows it.
pub fn show<T: DeserializeOwned + Serialize + Debug>(payload: &Value) -> (Value, String) {
    let model: T = serde_json::from_str(&payload.to_string()).expect("the payload fits its model");
    (case::json(&model), format!("{model:?} {model:#?}"))
}
