//! What becomes of responses that lack something: each key that need not be there, the contents, the body.

use httpmock::MockServer;
use partner_client::{Error, ErrorKind};
use partner_spec::Node;
use partner_spec::pointer::{escape, unescape};
use serde_json::{Value, json};

use crate::answers::Answer;
use crate::case::{Answered, Case};
use crate::contract::{Contract, Example};
use crate::schema;
use crate::suite::Suite;

impl<C> Suite<C> {
    /// Responds with every documented success, each time without another of the keys that need not be there.
    pub async fn optional_keys_may_be_absent(&self) {
        let server = MockServer::start_async().await;
        let client = (self.client)(&server.base_url());
        let mut dropped = 0;
        for (case, response) in self.documented(|response| response.is_success()) {
            for example in response.content.iter().flat_map(|(_, examples)| examples) {
                let mut places = Vec::new();
                optional_places(
                    &self.contract,
                    &[example.schema],
                    &example.value,
                    String::new(),
                    &mut places,
                );
                let contents = self.envelope_of(example).map(|data| format!("/{data}"));
                for place in places {
                    let value = without(&example.value, &place);
                    let answer = Answer::json(response.statuses()[0], &value);
                    let result = self.answer(&client, &server, case, &answer).await;
                    if contents.as_deref() == Some(&*place) {
                        self.check_without_contents(case, example, &answer, result);
                    } else {
                        let at = format!("{} without {place}", case.method);
                        let answered = result.unwrap_or_else(|error| panic!("{at}: {error}"));
                        let expected = self.kept(example, &self.out_of_envelope(example, &value));
                        assert_eq!(self.kept(example, &answered.json), expected, "{at}");
                    }
                    dropped += 1;
                }
            }
        }
        assert!(dropped > 100, "{dropped} keys need not be there");
    }

    /// Responds with an envelope that holds nothing: without the key, and with null.
    pub async fn contents_may_be_absent_where_nothing_is_required(&self) {
        let server = MockServer::start_async().await;
        let client = (self.client)(&server.base_url());
        let mut empty = 0;
        for (case, response) in self.documented(|response| response.is_success()) {
            let Some(example) = response.content.iter().find_map(|(_, examples)| examples.first()) else {
                continue;
            };
            let Some(data) = self.envelope_of(example) else { continue };
            for body in [json!({"success": true}), json!({"success": true, data: null})] {
                let answer = Answer::json(response.statuses()[0], &body);
                let result = self.answer(&client, &server, case, &answer).await;
                empty += usize::from(result.is_ok());
                self.check_without_contents(case, example, &answer, result);
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
                let answer = Answer::empty(status);
                let result = self.answer(&client, &server, case, &answer).await;
                let enveloped = self.envelope_of(example).is_some();
                if operation.method == "GET" || !(enveloped || status == 204) {
                    let error = result.expect_err(case.method);
                    assert!(error.to_string().contains("empty"), "{}: {error}", case.method);
                    check_misfit(case, &answer, &error);
                } else {
                    self.check_without_contents(case, example, &answer, result);
                }
            }
        }
    }

    /// Checks what became of a response that holds nothing.
    fn check_without_contents(
        &self,
        case: &Case<C>,
        example: &Example<'_>,
        answer: &Answer,
        result: Result<Answered, Error>,
    ) {
        if self.requires_nothing(case, example) {
            let answered = result.unwrap_or_else(|error| panic!("{}: {error}", case.method));
            assert_eq!(self.kept(example, &answered.json), json!({}), "{}", case.method);
            assert_eq!(answered.status.as_u16(), answer.status, "{}", case.method);
        } else {
            check_misfit(case, answer, &result.expect_err(case.method));
        }
    }

    /// Whether the document allows a response that holds nothing: an object of which nothing is required, and no page of
    /// a list.
    fn requires_nothing(&self, case: &Case<C>, example: &Example<'_>) -> bool {
        let contents = match self.envelope_of(example) {
            Some(data) if schema::is_required(&self.contract, example.schema, data) => return false,
            Some(data) => schema::property(&self.contract, example.schema, data),
            None => vec![example.schema],
        };
        let parts: Vec<&Node> =
            contents.into_iter().flat_map(|contents| schema::parts(&self.contract, contents)).collect();
        let has = |key: &str| parts.iter().any(|part| part.get(key).is_some());
        has("properties")
            && !has("oneOf")
            && parts.iter().all(|part| part.items("required").is_empty())
            && !self.contract.operation(case.operation).is_paged()
    }
}

/// Checks an error of a success that cannot be read.
fn check_misfit<C>(case: &Case<C>, answer: &Answer, error: &Error) {
    assert_eq!(error.kind(), ErrorKind::Decode, "{}: {error}", case.method);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(answer.status), "{}", case.method);
    assert_eq!(error.body().as_ref(), answer.body, "{}", case.method);
    assert!(error.may_have_executed() && !error.is_retryable(), "{}", case.method);
}

/// The JSON pointers of all keys that need not be there.
fn optional_places(
    contract: &Contract,
    schemas: &[&Node],
    value: &Value,
    at: String,
    places: &mut Vec<String>,
) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                let at = format!("{at}/{}", escape(key));
                let mut inside: Vec<&Node> =
                    schemas.iter().flat_map(|schema| schema::property(contract, schema, key)).collect();
                if !inside.is_empty()
                    && !schemas.iter().any(|schema| schema::is_required(contract, schema, key))
                {
                    places.push(at.clone());
                }
                inside.extend(schemas.iter().filter_map(|schema| schema::map_values(contract, schema)));
                optional_places(contract, &inside, value, at, places);
            }
        }
        Value::Array(list) => {
            let items: Vec<&Node> =
                schemas.iter().filter_map(|schema| schema::items(contract, schema)).collect();
            for (index, value) in list.iter().enumerate() {
                optional_places(contract, &items, value, format!("{at}/{index}"), places);
            }
        }
        _ => {}
    }
}

/// The value without the key at a JSON pointer.
fn without(value: &Value, place: &str) -> Value {
    let mut value = value.clone();
    let (object, key) = place.rsplit_once('/').expect("the place of a key");
    let object = value.pointer_mut(object).and_then(Value::as_object_mut).expect("an object");
    object.remove(&unescape(key)).expect("the key is there");
    value
}
