//! What is tested of the webhooks of each API: their models against the examples of their schemas.

use std::fmt::Debug;

use partner_spec::Api;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::case::written;
use crate::contract::Contract;
use crate::marks::mark;
use crate::nulls::without_optional_nulls;

/// Reads a model from JSON. Returns the JSON that it writes, and what `Debug` shows of it.
pub type Model = fn(Value) -> (Value, String);

/// The `Model` of a type. It reads text, as a receiver does.
pub fn model<T: DeserializeOwned + Serialize + Debug>(json: Value) -> (Value, String) {
    let model: T = serde_json::from_str(&json.to_string()).expect("the payload fits its model");
    (written(&model), format!("{model:?} {model:#?}"))
}

/// Asserts that these are the models of all schemas that are public without an operation that uses them.
pub fn assert_complete(api: Api, models: &[(&str, Model)]) {
    let contract = Contract::of(api);
    let mut documented = contract.public_schemas();
    let mut names: Vec<&str> = models.iter().map(|(name, _)| *name).collect();
    documented.sort_unstable();
    names.sort_unstable();
    assert_eq!(names, documented);
}

/// Asserts that every example is read and written again as it was. Returns how many there are.
pub fn assert_round_trips(api: Api, models: &[(&str, Model)]) -> usize {
    let contract = Contract::of(api);
    let mut read = 0;
    for (name, model) in models {
        let Some(example) = contract.schema_example(name) else { continue };
        let expected = without_optional_nulls(&contract, example.schema, &example.value);
        let (again, _) = model(example.value);
        assert_eq!(without_optional_nulls(&contract, example.schema, &again), expected, "{name}");
        read += 1;
    }
    read
}

/// Asserts that no `Debug` output shows a sensitive value of an example. Returns how many of these values there are.
pub fn assert_sensitive_values_hidden(api: Api, models: &[(&str, Model)]) -> usize {
    let contract = Contract::of(api);
    let mut marks = 0;
    for (name, model) in models {
        let Some(mut example) = contract.schema_example(name) else { continue };
        let marked = mark(&contract, example.schema, &mut example.value);
        let (again, shown) = model(example.value);
        for mark in &marked.marks {
            assert!(!shown.contains(mark), "{name} shows {mark}: {shown}");
            assert!(again.to_string().contains(mark), "{name}: the value is there");
        }
        marks += marked.marks.len();
    }
    marks
}
