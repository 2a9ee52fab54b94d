//! Everything that exists because of progenitor and typify: writing their input, calling them, reading their output as
//! syntax trees, and checking what they are known to get wrong.
//!
//! The rest of the generator prints from the model. What it needs besides is here in words of its own: the request of an
//! operation as a function, the fields of an object, and the Rust type of a schema. Every type is typify's: a second
//! mapping beside it would have to agree with it in the type of each argument, body and field.
//!
//! - `cost`: what they would take, before they are asked
//! - `input`: the document that they get
//! - `run`: calling them
//! - `output`: what they wrote, in pieces
//! - `object`, `request`, `value`: those pieces in words of ours
//! - `tidy`: paths and types as a person would write them

mod cost;
mod input;
mod object;
mod output;
mod request;
mod run;
mod tidy;
mod value;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use partner_model::{Model, Operation, Schema};
use partner_spec::Diagnostics;

use crate::rules::generator;

pub(crate) use input::{is_required, written_by_runtime};
pub(crate) use object::{Field, Object, Presence};
pub(crate) use request::{Request, client};
pub(crate) use value::{Value, first_argument, name_of};

/// The Rust type of decimals, whether the wire has a string or a number.
pub(crate) const DECIMAL: &str = "Decimal";

/// The Rust types of JSON of any shape: any value, any object.
pub(crate) const JSON: &str = "Json";
pub(crate) const JSON_OBJECT: &str = "JsonObject";

/// What the public surface stands on.
#[derive(Default)]
pub(crate) struct Core {
    objects: BTreeMap<String, Object>,
    /// The requests, by the name of the operation's method.
    requests: BTreeMap<String, Request>,
    /// The types of schemas that have no name, by the schema as it was written.
    values: BTreeMap<String, Value>,
    /// What was generated in another way than it is known to be.
    faults: Vec<String>,
}

impl Core {
    /// The type of an object schema.
    pub(crate) fn object(&self, name: &str) -> Option<&Object> {
        self.objects.get(name)
    }

    /// The request of an operation.
    pub(crate) fn request(&self, operation: &Operation) -> Option<&Request> {
        self.requests.get(&operation.name)
    }

    /// The type of a parameter, a body, a part or a success.
    pub(crate) fn value(&self, schema: &Schema) -> Value {
        self.values.get(&input::text(schema)).cloned().unwrap_or_else(Value::missing)
    }

    /// What was generated in another way than it is known to be. Nothing that has any of this may be used.
    pub(crate) fn faults(&self) -> &[String] {
        &self.faults
    }
}

/// Has everything generated that the public surface stands on.
pub(crate) fn generate(model: &Model) -> Result<Core, Diagnostics> {
    if let Some(too_much) = cost::check(model) {
        return Err(too_much.into());
    }
    let core = run::tokens(model).and_then(|tokens| output::read(tokens, model).map_err(|e| e.to_string()));
    core.map_err(|what| generator::refused(&model.location, &what).into())
}
