//! Tests the results of the calls of all operations of a document: how the client handles responses.

use httpmock::MockServer;
use partner_client::{Error, ErrorKind};
use partner_spec::Node;
use serde_json::Value;

use crate::case::{CallResponse, Case};
use crate::contract::{Contract, DocumentedResponse, Example};
use crate::nulls::without_optional_nulls;
use crate::schema;
use crate::suite::{Failure, Suite};

/// A response that a test server sends.
#[derive(Clone, Debug)]
pub struct StubResponse {
    /// The status of the response.
    pub status: u16,
    /// The content type; `None` if the response has none.
    pub content_type: Option<String>,
    /// The body of the response.
    pub body: Vec<u8>,
}

impl StubResponse {
    /// Creates a response with a body of this content type.
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> StubResponse {
        StubResponse { status, content_type: Some(content_type.to_owned()), body: body.into() }
    }

    /// Creates a response with a JSON body.
    pub fn json(status: u16, body: &Value) -> StubResponse {
        StubResponse::new(status, "application/json", body.to_string())
    }

    /// Creates a response without a body.
    pub fn empty(status: u16) -> StubResponse {
        StubResponse { status, content_type: None, body: Vec::new() }
    }
}

impl<C> Suite<C> {
    /// Calls a method once, responds to the request, and returns the result of the call. Creating a client takes longer
    /// than a call, so many calls share a client.
    pub async fn respond(
        &self,
        client: &C,
        server: &MockServer,
        case: &Case<C>,
        response: &StubResponse,
    ) -> Result<CallResponse, Error> {
        let operation = self.contract.operation(case.operation);
        let mock = server
            .mock_async(|when, then| {
                let _ = when.method(operation.method);
                let then = then.status(response.status).body(&response.body);
                if let Some(content_type) = &response.content_type {
                    let _ = then.header("content-type", content_type);
                }
            })
            .await;
        let result = (case.call)(client, &self.required_arguments(case)).send.await;
        assert_eq!(mock.calls_async().await, 1, "{}: requests", case.method);
        mock.delete_async().await;
        result
    }

    /// Responds with every documented success, and checks that the typed value has everything that the example has.
    pub async fn successes_are_deserialized(&self) {
        let server = MockServer::start_async().await;
        let client = (self.client)(&server.base_url());
        let mut successes = 0;
        for (case, response) in self.documented_responses(|response| response.is_success()) {
            let examples = response
                .content
                .iter()
                .flat_map(|(kind, list)| list.iter().map(move |example| (kind, example)));
            for (kind, example) in examples {
                for status in response.statuses() {
                    let at = format!("{} {status} {}", case.method, example.name);
                    let response =
                        self.respond(&client, &server, case, &example_response(status, kind, example)).await;
                    let response = response.unwrap_or_else(|error| panic!("{at}: {error}"));
                    assert_eq!(response.status.as_u16(), status, "{at}");
                    let expected = self.without_nulls(example, &self.example_data(example));
                    assert_eq!(self.without_nulls(example, &response.json), expected, "{at}");
                    successes += 1;
                }
            }
        }
        assert!(successes > 0, "there are examples of successes");
    }

    /// Responds with every documented failure that has an example.
    pub async fn failures_are_understood(&self) {
        let server = MockServer::start_async().await;
        let client = (self.client)(&server.base_url());
        let mut failures = 0;
        for (case, response) in self.documented_responses(|response| !response.is_success()) {
            for example in response.content.iter().flat_map(|(_, examples)| examples) {
                for status in response.statuses() {
                    let at = format!("{} {status} {}", case.method, example.name);
                    let stub = StubResponse::json(status, &example.value);
                    let error = self.respond(&client, &server, case, &stub).await.expect_err(&at);
                    self.check_failure(case, &error, &stub);
                    let expected = (self.expected_failure)(&example.value);
                    let found = Failure {
                        code: error.code().map(str::to_owned),
                        message: error.message().map(str::to_owned),
                        details: error.details().map(|details| details.to_value_lossy().unwrap()),
                    };
                    assert_eq!(found, expected, "{at}");
                    let known = expected.code.filter(|code| !is_invented_code(code));
                    assert_eq!((self.known_code)(&error), known, "{at}: the typed code");
                    failures += 1;
                }
            }
        }
        assert!(failures > 0, "there are examples of failures");
    }

    /// Responds with every documented failure, without a body.
    pub async fn failures_need_no_body(&self) {
        let server = MockServer::start_async().await;
        let client = (self.client)(&server.base_url());
        for (case, response) in self.documented_responses(|response| !response.is_success()) {
            for status in response.statuses() {
                let stub = StubResponse::empty(status);
                let error = self.respond(&client, &server, case, &stub).await.expect_err(case.method);
                self.check_failure(case, &error, &stub);
                assert_eq!(
                    (error.code(), error.message(), error.details()),
                    (None, None, None),
                    "{}",
                    case.method
                );
                assert_eq!((self.known_code)(&error), None, "{}", case.method);
            }
        }
    }

    /// Responds with failures whose bodies do not conform to the document.
    pub async fn failures_may_have_any_body(&self) {
        let server = MockServer::start_async().await;
        let client = (self.client)(&server.base_url());
        for case in &self.cases {
            for (kind, body, message) in [
                ("text/plain", "upstream connect error", Some("upstream connect error")),
                ("text/plain; charset=utf-8", "  busy \n", Some("busy")),
                ("text/html", "<html><h1>502 Bad Gateway</h1></html>", None),
                ("application/json", "{\"success\": tr", None),
                ("application/json", "[1, 2]", None),
                ("application/json", "42", None),
                ("application/json", "null", None),
                ("application/octet-stream", "\u{1}\u{2}", None),
            ] {
                let stub = StubResponse::new(502, kind, body);
                let error = self.respond(&client, &server, case, &stub).await.expect_err(case.method);
                self.check_failure(case, &error, &stub);
                assert_eq!((error.code(), error.message()), (None, message), "{} {body:?}", case.method);
                assert!(error.is_retryable(), "{}", case.method);
            }
        }
    }

    /// Responds with a success whose body is not valid JSON of the documented type.
    pub async fn successes_have_to_be_readable(&self) {
        let server = MockServer::start_async().await;
        let client = (self.client)(&server.base_url());
        for case in &self.cases {
            if !self.is_typed(case) {
                continue;
            }
            let is_read = self.contract.operation(case.operation).is_read();
            for (kind, body) in [
                ("text/plain", "fine"),
                ("text/html", "<html>Please wait</html>"),
                ("application/json", "{\"success\": true, \"data\": {"),
                ("application/json", "\"text\""),
            ] {
                let stub = StubResponse::new(200, kind, body);
                let error = self.respond(&client, &server, case, &stub).await.expect_err(case.method);
                assert_eq!(error.kind(), ErrorKind::Decode, "{} {body:?}: {error}", case.method);
                assert_eq!(error.status().map(|status| status.as_u16()), Some(200), "{}", case.method);
                assert_eq!(error.body().as_ref(), body.as_bytes(), "{}", case.method);
                assert!(error.may_have_executed() != is_read && !error.is_retryable(), "{}", case.method);
            }
        }
    }

    /// Responds with a documented success, but with success statuses that are not documented.
    pub async fn any_success_status_is_accepted(&self) {
        let server = MockServer::start_async().await;
        let client = (self.client)(&server.base_url());
        for (case, response) in self.documented_responses(|response| response.is_success()) {
            let others: Vec<u16> = self.others(case);
            for (kind, example) in
                response.content.iter().filter_map(|(kind, list)| Some((kind, list.first()?)))
            {
                // A state with an error code is a success only with its documented status, which other tests check.
                if example.value.get("errorCode").is_some() {
                    continue;
                }
                for status in &others {
                    let stub = example_response(*status, kind, example);
                    let response = self.respond(&client, &server, case, &stub).await;
                    let response =
                        response.unwrap_or_else(|error| panic!("{} {status}: {error}", case.method));
                    assert_eq!(response.status.as_u16(), *status, "{}: the status as it came", case.method);
                    assert_eq!(
                        self.without_nulls(example, &response.json),
                        self.without_nulls(example, &self.example_data(example))
                    );
                }
            }
        }
    }

    /// Adds properties that are not documented to every object of every success.
    pub async fn unknown_properties_are_ignored(&self) {
        let server = MockServer::start_async().await;
        let client = (self.client)(&server.base_url());
        for (case, response) in self.documented_responses(|response| response.is_success()) {
            for example in response.content.iter().flat_map(|(_, examples)| examples) {
                let mut value = example.value.clone();
                if !value.is_object() {
                    continue;
                }
                add_unknown_properties(&self.contract, &[example.schema], &mut value);
                let stub = StubResponse::json(response.statuses()[0], &value);
                let response = self.respond(&client, &server, case, &stub).await;
                let mut response = response.unwrap_or_else(|error| panic!("{}: {error}", case.method));
                // Some types keep unknown properties, so the unknown properties are removed before the comparison.
                remove_unknown_properties(&mut response.json);
                assert_eq!(
                    self.without_nulls(example, &response.json),
                    self.without_nulls(example, &self.example_data(example)),
                    "{} {}",
                    case.method,
                    example.name
                );
            }
        }
    }

    /// Returns the documented responses of all cases for which `filter` is true, each with its case.
    pub fn documented_responses(
        &self,
        filter: impl Fn(&DocumentedResponse<'_>) -> bool,
    ) -> Vec<(&Case<C>, DocumentedResponse<'_>)> {
        let responses = |case: &Case<C>| self.contract.operation(case.operation).responses();
        let pairs = self
            .cases
            .iter()
            .flat_map(|case| responses(case).into_iter().map(move |response| (case, response)));
        pairs.filter(|(_, response)| filter(response)).collect()
    }

    fn others(&self, case: &Case<C>) -> Vec<u16> {
        let responses = self.contract.operation(case.operation).responses();
        let known: Vec<u16> = responses.iter().flat_map(DocumentedResponse::statuses).collect();
        [200, 201, 202, 203].into_iter().filter(|status| !known.contains(status)).collect()
    }

    /// Whether all success responses of the operation are JSON and have examples.
    pub(crate) fn is_typed(&self, case: &Case<C>) -> bool {
        let responses = self.contract.operation(case.operation).responses();
        let mut successes = responses.iter().filter(|response| response.is_success());
        successes.all(|response| {
            // A response without content has no body that could be deserialized.
            !response.content.is_empty()
                && response
                    .content
                    .iter()
                    .all(|(kind, examples)| *kind == "application/json" && !examples.is_empty())
        })
    }

    /// Returns the property of the envelope that has the data of an example; `None` if the example has no envelope,
    /// like some responses of an API with an envelope.
    pub(crate) fn data_property(&self, example: &Example<'_>) -> Option<&'static str> {
        self.contract
            .envelope()
            .filter(|property| !schema::property_schemas(&self.contract, example.schema, property).is_empty())
    }

    /// Returns the data of an example without the envelope.
    pub fn example_data(&self, example: &Example<'_>) -> Value {
        self.take_data(example, &example.value)
    }

    /// Returns the data of `value` without the envelope. `value` has the same envelope as the example.
    pub(crate) fn take_data(&self, example: &Example<'_>, value: &Value) -> Value {
        match self.data_property(example) {
            Some(property) => value[property].clone(),
            None => value.clone(),
        }
    }

    /// Returns the data of a response without the nulls of optional properties.
    pub(crate) fn without_nulls(&self, example: &Example<'_>, data: &Value) -> Value {
        match self.data_property(example) {
            Some(property) => {
                let enveloped = serde_json::json!({ property: data });
                without_optional_nulls(&self.contract, example.schema, &enveloped)[property].clone()
            }
            None => without_optional_nulls(&self.contract, example.schema, data),
        }
    }

    /// Checks the properties of an error that every failure response has to produce.
    fn check_failure(&self, case: &Case<C>, error: &Error, response: &StubResponse) {
        assert_eq!(error.kind(), ErrorKind::Api, "{}: {error}", case.method);
        assert_eq!(error.status().map(|status| status.as_u16()), Some(response.status), "{}", case.method);
        assert_eq!(error.body().as_ref(), response.body, "{}: the raw body", case.method);
        assert_eq!(error.operation().map(|operation| operation.id), Some(self.operation_name(case)));
        assert_eq!(error.attempt_count(), 1, "{}", case.method);
        assert_eq!(error.is_unauthorized(), matches!(response.status, 401 | 403), "{}", case.method);
        assert_eq!(error.is_not_found(), response.status == 404, "{}", case.method);
        assert_eq!(error.is_conflict(), response.status == 409, "{}", case.method);
        let left_open = (self.leaves_open)(response.status, error.code()) || response.status >= 500;
        let is_read = self.contract.operation(case.operation).is_read();
        assert_eq!(error.may_have_executed(), left_open && !is_read, "{}: {error}", case.method);
    }
}

/// Returns the response with which a server sends an example.
pub(crate) fn example_response(status: u16, kind: &str, example: &Example<'_>) -> StubResponse {
    match &example.value {
        Value::String(text) if kind != "application/json" => StubResponse::new(status, kind, text.clone()),
        json => StubResponse::new(status, kind, json.to_string()),
    }
}

/// Whether the code in an example is not a real code of the vendor, but a text for people or an invented code.
fn is_invented_code(code: &str) -> bool {
    code.contains(' ') || code.starts_with("example_")
}

const UNKNOWN_PROPERTY: &str = "keyThatNoDocumentHas";

fn add_unknown_properties(contract: &Contract, schemas: &[&Node], value: &mut Value) {
    match value {
        Value::Object(object) => {
            let values: Vec<&Node> =
                schemas.iter().filter_map(|schema| schema::map_value_schema(contract, schema)).collect();
            for (key, value) in object.iter_mut() {
                let mut inside: Vec<&Node> = schemas
                    .iter()
                    .flat_map(|schema| schema::property_schemas(contract, schema, key))
                    .collect();
                inside.extend(&values);
                add_unknown_properties(contract, &inside, value);
            }
            // An object that is a map gets no unknown property, because every key of a map is data.
            if values.is_empty() {
                object.insert(UNKNOWN_PROPERTY.to_owned(), serde_json::json!({"nested": [1, null, "x"]}));
            }
        }
        Value::Array(list) => {
            let items: Vec<&Node> =
                schemas.iter().filter_map(|schema| schema::item_schema(contract, schema)).collect();
            list.iter_mut().for_each(|value| add_unknown_properties(contract, &items, value));
        }
        _ => {}
    }
}

fn remove_unknown_properties(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.remove(UNKNOWN_PROPERTY);
            object.values_mut().for_each(remove_unknown_properties);
        }
        Value::Array(list) => list.iter_mut().for_each(remove_unknown_properties),
        _ => {}
    }
}
