//! JSON Schemas of the generated types: they accept the examples of the documents and everything that the types write,
//! and refuse what the documents do not allow.

mod examples;
mod limits;
mod refused;
mod words;

use jsonschema::Validator;
use partner_client::schemars::Schema;
use partner_client::schemars::generate::SchemaSettings;
use partner_spec::Api;
use partner_tests::derived::types;
use serde_json::Value;

use crate::json::{Json, Style};
use crate::schemas::Schemas;
use partner_tests::types::TestedType;

/// The schemas of a type: for deserialization, and for serialization.
pub(crate) fn both(ty: &TestedType) -> [Schema; 2] {
    let settings = SchemaSettings::draft2020_12;
    [settings().for_deserialize(), settings().for_serialize()].map(ty.schema)
}

/// The limits that the documents use.
pub(crate) const LIMITS: [&str; 9] = [
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "minItems",
    "maxItems",
    "minProperties",
];

pub(crate) fn validators(ty: &TestedType) -> Vec<Validator> {
    both(ty).iter().map(|schema| validator(ty, schema.as_value())).collect()
}

/// Validators without limits, for values that were made without regard to limits.
pub(crate) fn unlimited(ty: &TestedType) -> Vec<Validator> {
    let unlimited = |schema: Schema| {
        let mut schema = schema.to_value();
        remove_limits(&mut schema);
        validator(ty, &schema)
    };
    both(ty).into_iter().map(unlimited).collect()
}

fn validator(ty: &TestedType, schema: &Value) -> Validator {
    let options = jsonschema::options().should_validate_formats(true);
    options.build(schema).unwrap_or_else(|error| panic!("{}: {error}", ty.name))
}

fn remove_limits(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            // A property may have the name of a limit, and then its value is a schema.
            object.retain(|key, value| value.is_object() || !LIMITS.contains(&key.as_str()));
            object.values_mut().for_each(remove_limits);
        }
        Value::Array(items) => items.iter_mut().for_each(remove_limits),
        _ => {}
    }
}

pub(crate) fn value(json: &Json) -> Value {
    serde_json::from_str(&json.write(Style::Compact)).unwrap()
}

#[test]
fn what_a_type_writes_fits_its_schema() {
    for api in Api::ALL {
        let schemas = Schemas::read(api);
        let (generator, by_type) = (schemas.generator(), schemas.by_type());
        let mut failures = Vec::new();
        for ty in &types(api) {
            let validators = unlimited(ty);
            for sample in generator.samples(&[by_type[ty.name]]).corners {
                let written = value(&sample.back);
                let errors = validators.iter().filter_map(|validator| validator.validate(&written).err());
                failures.extend(errors.map(|error| format!("{}: {error} in {written}", ty.name)).take(1));
            }
        }
        assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    }
}
