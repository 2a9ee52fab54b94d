//! What becomes of answers, for all operations of a document.

use httpmock::MockServer;
use partner_client::{Error, ErrorKind};
use partner_spec::Node;
use serde_json::Value;

use crate::case::{Answered, Case};
use crate::contract::{Contract, Documented, Example};
use crate::nulls::without_optional_nulls;
use crate::schema;
use crate::suite::{Failure, Suite};

/// What a server answers.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The content type, when there is one.
    pub content_type: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// An answer of that type.
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Answer {
        Answer { status, content_type: Some(content_type.to_owned()), body: body.into() }
    }

    /// A JSON answer.
    pub fn json(status: u16, body: &Value) -> Answer {
        Answer::new(status, "application/json", body.to_string())
    }

    /// An answer without a body.
    pub fn empty(status: u16) -> Answer {
        Answer { status, content_type: None, body: Vec::new() }
    }
}

impl<C> Suite<C> {
    /// Calls a method once, and answers it. Making a client takes longer than a call, so that many share one.
    pub async fn answer(
        &self,
        client: &C,
        server: &MockServer,
        case: &Case<C>,
        answer: &Answer,
    ) -> Result<Answered, Error> {
        let operation = self.contract.operation(case.operation);
        let mock = server
            .mock_async(|when, then| {
                let _ = when.method(operation.method);
                let then = then.status(answer.status).body(&answer.body);
                if let Some(content_type) = &answer.content_type {
                    let _ = then.header("content-type", content_type);
                }
            })
            .await;
        let result = (case.call)(client, &self.usual(case)).send.await;
        assert_eq!(mock.calls_async().await, 1, "{}: requests", case.method);
        mock.delete_async().await;
        result
    }

    /// Answers with every documented success; the typed value has to hold all of it.
    pub async fn successes_are_decoded(&self) {
        let server = MockServer::start_async().await;
        let client = (self.client)(&server.base_url());
        let mut successes = 0;
        for (case, response) in self.documented(|response| response.is_success()) {
            let examples =
                response.content.iter().flat_map(|(kind, list)| list.iter().map(move |one| (kind, one)));
            for (kind, example) in examples {
                for status in response.statuses() {
                    let at = format!("{} {status} {}", case.method, example.name);
                    let answered = self.answer(&client, &server, case, &written(status, kind, example)).await;
                    let answered = answered.unwrap_or_else(|error| panic!("{at}: {error}"));
                    assert_eq!(answered.status.as_u16(), status, "{at}");
                    let expected = self.kept(example, &self.opened(example));
                    assert_eq!(self.kept(example, &answered.json), expected, "{at}");
                    successes += 1;
                }
            }
        }
        assert!(successes > 0, "there are examples of successes");
    }

    /// Answers with every documented failure that has an example.
    pub async fn failures_are_understood(&self) {
        let server = MockServer::start_async().await;
        let client = (self.client)(&server.base_url());
        let mut failures = 0;
        for (case, response) in self.documented(|response| !response.is_success()) {
            for example in response.content.iter().flat_map(|(_, examples)| examples) {
                for status in response.statuses() {
                    let at = format!("{} {status} {}", case.method, example.name);
                    let answer = Answer::json(status, &example.value);
                    let error = self.answer(&client, &server, case, &answer).await.expect_err(&at);
                    self.is_answer(case, &error, &answer);
                    let expected = (self.failure)(&example.value);
                    let found = Failure {
                        code: error.code().map(str::to_owned),
                        message: error.message().map(str::to_owned),
                        details: error.details().map(|details| details.to_value().unwrap()),
                    };
                    assert_eq!(found, expected, "{at}");
                    let known = expected.code.filter(|code| !stands_in(code));
                    assert_eq!((self.known_code)(&error), known, "{at}: the typed code");
                    failures += 1;
                }
            }
        }
        assert!(failures > 0, "there are examples of failures");
    }

    /// Answers with every documented failure, without a body.
    pub async fn failures_need_no_body(&self) {
        let server = MockServer::start_async().await;
        let client = (self.client)(&server.base_url());
        for (case, response) in self.documented(|response| !response.is_success()) {
            for status in response.statuses() {
                let answer = Answer::empty(status);
                let error = self.answer(&client, &server, case, &answer).await.expect_err(case.method);
                self.is_answer(case, &error, &answer);
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

    /// Answers with everything that is no JSON of the document, with a status of success and with one of failure.
    pub async fn bodies_of_any_kind_are_survived(&self) {
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
                let answer = Answer::new(502, kind, body);
                let error = self.answer(&client, &server, case, &answer).await.expect_err(case.method);
                self.is_answer(case, &error, &answer);
                assert_eq!((error.code(), error.message()), (None, message), "{} {body:?}", case.method);
                assert!(error.is_retryable() && error.may_have_executed(), "{}", case.method);
            }
        }
    }

    /// Answers with a success that is no JSON.
    pub async fn successes_have_to_be_readable(&self) {
        let server = MockServer::start_async().await;
        let client = (self.client)(&server.base_url());
        for case in &self.cases {
            if !self.is_typed(case) {
                continue;
            }
            for (kind, body) in [
                ("text/plain", "fine"),
                ("text/html", "<html>Please wait</html>"),
                ("application/json", "{\"success\": true, \"data\": {"),
                ("application/json", "\"text\""),
            ] {
                let answer = Answer::new(200, kind, body);
                let error = self.answer(&client, &server, case, &answer).await.expect_err(case.method);
                assert_eq!(error.kind(), ErrorKind::Decode, "{} {body:?}: {error}", case.method);
                assert_eq!(error.status().map(|status| status.as_u16()), Some(200), "{}", case.method);
                assert_eq!(error.body().as_ref(), body.as_bytes(), "{}", case.method);
                assert!(error.may_have_executed() && !error.is_retryable(), "{}", case.method);
            }
        }
    }

    /// Answers with a success whose status is not the documented one.
    pub async fn any_success_status_will_do(&self) {
        let server = MockServer::start_async().await;
        let client = (self.client)(&server.base_url());
        for (case, response) in self.documented(|response| response.is_success()) {
            let others: Vec<u16> = self.others(case);
            for (kind, example) in
                response.content.iter().filter_map(|(kind, list)| Some((kind, list.first()?)))
            {
                // A state that looks like a failure is a success only with its own status, which other tests look at.
                if example.value.get("errorCode").is_some() {
                    continue;
                }
                for status in &others {
                    let answer = written(*status, kind, example);
                    let answered = self.answer(&client, &server, case, &answer).await;
                    let answered =
                        answered.unwrap_or_else(|error| panic!("{} {status}: {error}", case.method));
                    assert_eq!(answered.status.as_u16(), *status, "{}: the status as it came", case.method);
                    assert_eq!(self.kept(example, &answered.json), self.kept(example, &self.opened(example)));
                }
            }
        }
    }

    /// Puts keys into every object of every success that no document has.
    pub async fn unknown_keys_are_no_failure(&self) {
        let server = MockServer::start_async().await;
        let client = (self.client)(&server.base_url());
        for (case, response) in self.documented(|response| response.is_success()) {
            for example in response.content.iter().flat_map(|(_, examples)| examples) {
                let mut value = example.value.clone();
                if !value.is_object() {
                    continue;
                }
                add_unknown_keys(&self.contract, &[example.schema], &mut value);
                let answer = Answer::json(response.statuses()[0], &value);
                let answered = self.answer(&client, &server, case, &answer).await;
                let mut answered = answered.unwrap_or_else(|error| panic!("{}: {error}", case.method));
                // Some answers keep what they do not know.
                remove_unknown_keys(&mut answered.json);
                assert_eq!(
                    self.kept(example, &answered.json),
                    self.kept(example, &self.opened(example)),
                    "{} {}",
                    case.method,
                    example.name
                );
            }
        }
    }

    /// The documented responses of each case that a filter picks.
    pub fn documented(&self, filter: impl Fn(&Documented<'_>) -> bool) -> Vec<(&Case<C>, Documented<'_>)> {
        let responses = |case: &Case<C>| self.contract.operation(case.operation).responses();
        let pairs = self
            .cases
            .iter()
            .flat_map(|case| responses(case).into_iter().map(move |response| (case, response)));
        pairs.filter(|(_, response)| filter(response)).collect()
    }

    fn others(&self, case: &Case<C>) -> Vec<u16> {
        let responses = self.contract.operation(case.operation).responses();
        let known: Vec<u16> = responses.iter().flat_map(Documented::statuses).collect();
        [200, 201, 202, 203].into_iter().filter(|status| !known.contains(status)).collect()
    }

    /// Whether all answers of the operation have a type of their own.
    pub(crate) fn is_typed(&self, case: &Case<C>) -> bool {
        let responses = self.contract.operation(case.operation).responses();
        let mut successes = responses.iter().filter(|response| response.is_success());
        successes.all(|response| {
            // Without content there is nothing that could be read.
            !response.content.is_empty()
                && response
                    .content
                    .iter()
                    .all(|(kind, examples)| *kind == "application/json" && !examples.is_empty())
        })
    }

    /// The key under which an example holds the answer. Even in an API with an envelope some answers have none.
    pub(crate) fn envelope_of(&self, example: &Example<'_>) -> Option<&'static str> {
        self.envelope.filter(|data| !schema::property(&self.contract, example.schema, data).is_empty())
    }

    /// The answer of an example, out of its envelope.
    pub fn opened(&self, example: &Example<'_>) -> Value {
        self.out_of_envelope(example, &example.value)
    }

    /// What a value like the example holds, out of its envelope.
    pub(crate) fn out_of_envelope(&self, example: &Example<'_>, value: &Value) -> Value {
        match self.envelope_of(example) {
            Some(data) => value[data].clone(),
            None => value.clone(),
        }
    }

    /// An answer without nulls that may be left out.
    pub(crate) fn kept(&self, example: &Example<'_>, opened: &Value) -> Value {
        match self.envelope_of(example) {
            Some(data) => {
                let enveloped = serde_json::json!({ data: opened });
                without_optional_nulls(&self.contract, example.schema, &enveloped)[data].clone()
            }
            None => without_optional_nulls(&self.contract, example.schema, opened),
        }
    }

    /// Checks what every error of an answered call has.
    fn is_answer(&self, case: &Case<C>, error: &Error, answer: &Answer) {
        assert_eq!(error.kind(), ErrorKind::Api, "{}: {error}", case.method);
        assert_eq!(error.status().map(|status| status.as_u16()), Some(answer.status), "{}", case.method);
        assert_eq!(error.body().as_ref(), answer.body, "{}: the raw body", case.method);
        assert_eq!(error.operation().map(|operation| operation.id), Some(self.id(case)));
        assert_eq!(error.attempts(), 1, "{}", case.method);
        assert_eq!(error.is_unauthorized(), matches!(answer.status, 401 | 403), "{}", case.method);
        assert_eq!(error.is_not_found(), answer.status == 404, "{}", case.method);
        assert_eq!(error.is_conflict(), answer.status == 409, "{}", case.method);
        let left_open = (self.leaves_open)(answer.status, error.code()) || answer.status >= 500;
        assert_eq!(error.may_have_executed(), left_open, "{}: {error}", case.method);
    }
}

/// An example as a server writes it.
fn written(status: u16, kind: &str, example: &Example<'_>) -> Answer {
    match &example.value {
        Value::String(text) if kind != "application/json" => Answer::new(status, kind, text.clone()),
        json => Answer::new(status, kind, json.to_string()),
    }
}

/// Whether something stands where a code belongs, but is none: a text for people, or an example that is made up.
fn stands_in(code: &str) -> bool {
    code.contains(' ') || code.starts_with("example_")
}

const UNKNOWN: &str = "keyThatNoDocumentHas";

fn add_unknown_keys(contract: &Contract, schemas: &[&Node], value: &mut Value) {
    match value {
        Value::Object(object) => {
            let values: Vec<&Node> =
                schemas.iter().filter_map(|schema| schema::map_values(contract, schema)).collect();
            for (key, value) in object.iter_mut() {
                let mut inside: Vec<&Node> =
                    schemas.iter().flat_map(|schema| schema::property(contract, schema, key)).collect();
                inside.extend(&values);
                add_unknown_keys(contract, &inside, value);
            }
            // A map knows all keys: another one would be data, and of the wrong type.
            if values.is_empty() {
                object.insert(UNKNOWN.to_owned(), serde_json::json!({"nested": [1, null, "x"]}));
            }
        }
        Value::Array(list) => {
            let items: Vec<&Node> =
                schemas.iter().filter_map(|schema| schema::items(contract, schema)).collect();
            list.iter_mut().for_each(|value| add_unknown_keys(contract, &items, value));
        }
        _ => {}
    }
}

fn remove_unknown_keys(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.remove(UNKNOWN);
            object.values_mut().for_each(remove_unknown_keys);
        }
        Value::Array(list) => list.iter_mut().for_each(remove_unknown_keys),
        _ => {}
    }
}
