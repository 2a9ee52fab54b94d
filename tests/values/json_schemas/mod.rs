//! JSON Schemas of the generated types: they take what the documents show and what the types write, and refuse what the
//! documents do not allow.

mod examples;
mod refused;
mod words;

use jsonschema::Validator;
use partner_client::schemars::Schema;
use partner_client::schemars::generate::SchemaSettings;
use partner_spec::Api;
use serde_json::Value;

use crate::json::{Json, Style};
use crate::models::Model;
use crate::schemas::Schemas;

/// The schemas of a type: of what is read, and of what is written.
pub(crate) fn both(model: &Model) -> [Schema; 2] {
    let settings = SchemaSettings::draft2020_12;
    [settings().for_deserialize(), settings().for_serialize()].map(model.schema)
}

pub(crate) fn validators(model: &Model) -> Vec<Validator> {
    let validator = |schema: Schema| {
        let options = jsonschema::options().should_validate_formats(true);
        options.build(schema.as_value()).unwrap_or_else(|error| panic!("{}: {error}", model.name))
    };
    both(model).into_iter().map(validator).collect()
}

pub(crate) fn value(json: &Json) -> Value {
    serde_json::from_str(&json.write(Style::Compact)).unwrap()
}

#[test]
fn what_a_type_writes_fits_its_schema() {
    for api in Api::ALL {
        let schemas = Schemas::of(api);
        let (generator, by_type) = (schemas.generator(), schemas.by_type());
        let mut failures = Vec::new();
        for model in crate::models(api) {
            let validators = validators(model);
            for sample in generator.samples(&[by_type[model.name]]).corners {
                let written = value(&sample.back);
                let errors = validators.iter().filter_map(|validator| validator.validate(&written).err());
                failures.extend(errors.map(|error| format!("{}: {error} in {written}", model.name)).take(1));
            }
        }
        assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    }
}
