//! The JSON Schemas of the values that generated models contain, like decimals.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::{Decimal, Json, JsonObject, Unrecognized};

macro_rules! json_schema_of {
    ($($name:ident: $schema:tt)*) => {$(
        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn schema_id() -> Cow<'static, str> {
                concat!("partner_runtime::", stringify!($name)).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )*};
}

json_schema_of! {
    Decimal: { "type": "string", "format": "decimal" }
    Unrecognized: { "type": "string" }
    Json: true
    JsonObject: { "type": "object", "additionalProperties": true }
}
