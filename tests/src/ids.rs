//! Tests ids and codes (`x-newtype`) in every place of every request and response: the client sends the text of an id
//! unchanged, and reads the text that the server has sent.

use std::collections::BTreeSet;

use httpmock::MockServer;
use partner_spec::Node;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::Value;

use crate::contract::{Contract, Example};
use crate::responses::example_response;
use crate::schema;
use crate::suite::Suite;

/// The number of ids with which each place is tested, unless `PROPTEST_CASES` sets another number.
const ROUNDS: u32 = 4;

/// The newtypes that occur in webhooks alone, which are neither sent nor received by a call.
const ONLY_IN_WEBHOOKS: [&str; 1] = ["DepositId"];

/// Generates ids of any form, and records the newtypes for which an id was generated.
struct IdGenerator {
    runner: TestRunner,
    /// The names of the newtypes for which an id was generated.
    tested_newtypes: BTreeSet<String>,
}

impl IdGenerator {
    fn new() -> IdGenerator {
        IdGenerator { runner: TestRunner::default(), tested_newtypes: BTreeSet::new() }
    }

    fn pick<T: std::fmt::Debug>(&mut self, strategy: impl Strategy<Value = T>) -> T {
        strategy.new_tree(&mut self.runner).expect("the strategy has values").current()
    }

    /// Generates an id of this newtype.
    fn generate_id(&mut self, newtype: &Node) -> Value {
        match (newtype.get_str("type"), newtype.get_str("format")) {
            (Some("integer"), _) => Value::from(self.pick(any::<i64>())),
            (_, Some("uuid")) => {
                let id = uuid::Uuid::from_u128(self.pick(any::<u128>()));
                Value::from(id.to_string())
            }
            _ => {
                // An id of digits must stay a string in JSON. The other ids have characters with a meaning in URLs or
                // in JSON.
                let plain = prop_oneof!["[0-9]{1,20}", "[/?#%&+;=. \\\\\"{}]{1,8}x", "\\PC{1,12}x"];
                Value::from(self.pick(plain))
            }
        }
    }

    /// Replaces every value that has a newtype by a generated id.
    fn insert_ids(&mut self, contract: &Contract, schema: &Node, value: &mut Value) {
        let parts = schema::composed_parts(contract, schema);
        if let Some(newtype) = parts.iter().find(|part| part.value_is_true("x-newtype")) {
            if !value.is_null() {
                self.tested_newtypes.extend(newtype.get_str("title").map(str::to_owned));
                *value = self.generate_id(newtype);
            }
            return;
        }
        match value {
            Value::Array(list) => {
                for item in list {
                    if let Some(items) = schema::item_schema(contract, schema) {
                        self.insert_ids(contract, items, item);
                    }
                }
            }
            Value::Object(object) => {
                for (key, value) in object {
                    let mut schemas = schema::property_schemas(contract, schema, key);
                    if schemas.is_empty() {
                        schemas.extend(schema::map_value_schema(contract, schema));
                    }
                    // The value of an enum selects the alternative of a union, so it cannot be any text.
                    let has_enum = |schema: &&Node| {
                        schema::composed_parts(contract, schema).iter().any(|part| part.get("enum").is_some())
                    };
                    if schemas.iter().any(has_enum) {
                        continue;
                    }
                    for schema in schemas {
                        self.insert_ids(contract, schema, value);
                    }
                }
            }
            _ => {}
        }
    }
}

fn rounds() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(ROUNDS)
}

impl<C> Suite<C> {
    /// Sends and receives generated ids of any form, in every place that has an id.
    pub async fn ids_stay_what_they_are(&self) {
        let mut ids = IdGenerator::new();
        for _ in 0..rounds() {
            self.ids_are_sent(&mut ids).await;
            self.ids_are_read(&mut ids).await;
        }
        let is_expected = |title: &String| !ONLY_IN_WEBHOOKS.contains(&title.as_str());
        let newtypes = self.contract.newtypes().into_iter().filter(is_expected);
        let untried: Vec<String> = newtypes.filter(|title| !ids.tested_newtypes.contains(title)).collect();
        assert!(untried.is_empty(), "in no request and no response: {untried:?}");
    }

    async fn ids_are_sent(&self, ids: &mut IdGenerator) {
        for case in &self.cases {
            let operation = self.contract.operation(case.operation);
            let mut arguments = self.all_arguments(case);
            for (name, schema) in operation.parameter_schemas() {
                if let Some(value) = arguments.values.get_mut(name) {
                    ids.insert_ids(&self.contract, schema, value);
                }
            }
            let examples = operation.request_examples("application/json");
            if let Some(example) = examples.first().filter(|_| !arguments.json.is_null()) {
                ids.insert_ids(&self.contract, example.schema, &mut arguments.json);
            }
            let request = self.check_request(case, &operation, &arguments).await;
            if !arguments.json.is_null() {
                assert_eq!(request.json(), arguments.json, "{}", case.method);
            }
        }
    }

    async fn ids_are_read(&self, ids: &mut IdGenerator) {
        let server = MockServer::start_async().await;
        let client = (self.client)(&server.base_url());
        for (case, response) in self.documented_responses(|response| response.is_success()) {
            for (kind, examples) in &response.content {
                for example in examples {
                    let mut value = example.value.clone();
                    ids.insert_ids(&self.contract, example.schema, &mut value);
                    let example = Example { name: example.name, value, schema: example.schema };
                    let stub = example_response(response.statuses()[0], kind, &example);
                    let read = self.respond(&client, &server, case, &stub).await;
                    let read = read.unwrap_or_else(|error| panic!("{}: {error}", case.method));
                    let expected = self.without_nulls(&example, &self.example_data(&example));
                    assert_eq!(self.without_nulls(&example, &read.json), expected, "{}", case.method);
                }
            }
        }
    }
}
