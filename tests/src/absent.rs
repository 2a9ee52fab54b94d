//! Tests of responses that lack something: an optional property, the data of an envelope, or the body.

use httpmock::MockServer;
use partner_client::{Error, ErrorKind};
use partner_spec::Node;
use partner_spec::pointer::{escape_token, unescape_token};
use serde_json::{Value, json};

use crate::case::{CallResponse, Case};
use crate::contract::{Contract, Example};
use crate::responses::StubResponse;
use crate::schema;
use crate::suite::Suite;

impl<C> Suite<C> {
    /// Responds with every documented success, once without each of its optional properties.
    pub async fn optional_properties_may_be_absent(&self) {
        let server = MockServer::start_async().await;
        let client = (self.client)(&server.base_url());
        let mut dropped = 0;
        for (case, response) in self.documented_responses(|response| response.is_success()) {
            for example in response.content.iter().flat_map(|(_, examples)| examples) {
                let mut pointers = Vec::new();
                optional_pointers(
                    &self.contract,
                    &[example.schema],
                    &example.value,
                    String::new(),
                    &mut pointers,
                );
                let data = self.data_property(example).map(|data| format!("/{data}"));
                for pointer in pointers {
                    let value = remove_property(&example.value, &pointer);
                    let stub = StubResponse::json(response.statuses()[0], &value);
                    let result = self.respond(&client, &server, case, &stub).await;
                    if data.as_deref() == Some(&*pointer) {
                        self.check_without_data(case, example, &stub, result);
                    } else {
                        let at = format!("{} without {pointer}", case.method);
                        let response = result.unwrap_or_else(|error| panic!("{at}: {error}"));
                        let expected = self.without_nulls(example, &self.take_data(example, &value));
                        assert_eq!(self.without_nulls(example, &response.json), expected, "{at}");
                    }
                    dropped += 1;
                }
            }
        }
        self.assert_tested(dropped, "optional properties");
    }

    /// Responds with an envelope without data: once without the property `data`, and once with null.
    pub async fn data_may_be_absent_where_nothing_is_required(&self) {
        let server = MockServer::start_async().await;
        let client = (self.client)(&server.base_url());
        let mut empty = 0;
        for (case, response) in self.documented_responses(|response| response.is_success()) {
            let Some(example) = response.content.iter().find_map(|(_, examples)| examples.first()) else {
                continue;
            };
            let Some(data) = self.data_property(example) else { continue };
            for body in [json!({"success": true}), json!({"success": true, data: null})] {
                let stub = StubResponse::json(response.statuses()[0], &body);
                let result = self.respond(&client, &server, case, &stub).await;
                empty += usize::from(result.is_ok());
                self.check_without_data(case, example, &stub, result);
            }
        }
        assert!(empty > 0, "there are operations that require nothing");
    }

    /// Responds with a success that has no body at all.
    pub async fn a_body_may_be_absent_where_something_was_done(&self) {
        let server = MockServer::start_async().await;
        let client = (self.client)(&server.base_url());
        for case in self.cases.iter().filter(|case| self.is_typed(case)) {
            let operation = self.contract.operation(case.operation);
            let responses = operation.responses();
            let mut examples = responses.iter().filter(|response| response.is_success());
            let example =
                examples.find_map(|response| response.content.first()?.1.first()).expect("an example");
            for status in [200, 204] {
                let stub = StubResponse::empty(status);
                let result = self.respond(&client, &server, case, &stub).await;
                let enveloped = self.data_property(example).is_some();
                if operation.method == "GET" || !(enveloped || status == 204) {
                    let error = result.expect_err(case.method);
                    assert!(error.to_string().contains("empty"), "{}: {error}", case.method);
                    self.check_decode_error(case, &stub, &error);
                } else {
                    self.check_without_data(case, example, &stub, result);
                }
            }
        }
    }

    /// Checks the result of a call whose response has no data.
    fn check_without_data(
        &self,
        case: &Case<C>,
        example: &Example<'_>,
        stub: &StubResponse,
        result: Result<CallResponse, Error>,
    ) {
        if self.allows_missing_data(case, example) {
            let response = result.unwrap_or_else(|error| panic!("{}: {error}", case.method));
            assert_eq!(self.without_nulls(example, &response.json), json!({}), "{}", case.method);
            assert_eq!(response.status.as_u16(), stub.status, "{}", case.method);
        } else {
            self.check_decode_error(case, stub, &result.expect_err(case.method));
        }
    }

    /// Whether the document allows a response without data: the data is an object without required properties, and the
    /// response is not a page of a list.
    fn allows_missing_data(&self, case: &Case<C>, example: &Example<'_>) -> bool {
        let data = match self.data_property(example) {
            Some(data) if schema::is_required(&self.contract, example.schema, data) => return false,
            Some(data) => schema::property_schemas(&self.contract, example.schema, data),
            None => vec![example.schema],
        };
        let parts: Vec<&Node> =
            data.into_iter().flat_map(|schema| schema::composed_parts(&self.contract, schema)).collect();
        let has = |key: &str| parts.iter().any(|part| part.get(key).is_some());
        has("properties")
            && !has("oneOf")
            && parts.iter().all(|part| part.get_items("required").is_empty())
            && !self.contract.operation(case.operation).is_paged()
    }

    /// Checks the error of a success response that cannot be deserialized as its type.
    fn check_decode_error(&self, case: &Case<C>, stub: &StubResponse, error: &Error) {
        assert_eq!(error.kind(), ErrorKind::Decode, "{}: {error}", case.method);
        assert_eq!(error.status().map(|status| status.as_u16()), Some(stub.status), "{}", case.method);
        assert_eq!(error.body().as_ref(), stub.body, "{}", case.method);
        let is_read = self.contract.operation(case.operation).is_read();
        assert!(error.may_have_executed() != is_read && !error.is_retryable(), "{}", case.method);
    }
}

/// Collects the JSON pointers of all optional properties in a value.
fn optional_pointers(
    contract: &Contract,
    schemas: &[&Node],
    value: &Value,
    pointer: String,
    pointers: &mut Vec<String>,
) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                let pointer = format!("{pointer}/{}", escape_token(key));
                let mut inside: Vec<&Node> = schemas
                    .iter()
                    .flat_map(|schema| schema::property_schemas(contract, schema, key))
                    .collect();
                if !inside.is_empty()
                    && !schemas.iter().any(|schema| schema::is_required(contract, schema, key))
                {
                    pointers.push(pointer.clone());
                }
                inside.extend(schemas.iter().filter_map(|schema| schema::map_value_schema(contract, schema)));
                optional_pointers(contract, &inside, value, pointer, pointers);
            }
        }
        Value::Array(list) => {
            let items: Vec<&Node> =
                schemas.iter().filter_map(|schema| schema::item_schema(contract, schema)).collect();
            for (index, value) in list.iter().enumerate() {
                optional_pointers(contract, &items, value, format!("{pointer}/{index}"), pointers);
            }
        }
        _ => {}
    }
}

/// Returns the value without the property at a JSON pointer.
fn remove_property(value: &Value, pointer: &str) -> Value {
    let mut value = value.clone();
    let (object, key) = pointer.rsplit_once('/').expect("the pointer of a property");
    let object = value.pointer_mut(object).and_then(Value::as_object_mut).expect("an object");
    object.remove(&unescape_token(key)).expect("the property is there");
    value
}
