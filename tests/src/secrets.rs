//! Tests that secrets are never shown, for all operations of a document.

use std::sync::{Arc, Mutex};

use httpmock::MockServer;
use partner_client::{Error, ErrorKind};
use serde_json::{Value, json};

use crate::case::Arguments;
use crate::contract::{DocumentedResponse, ParameterLocation};
use crate::marks::mark;
use crate::responses::StubResponse;
use crate::script::Script;
use crate::suite::{KEY_PREFIX, Suite};

/// Returns all texts that an error and its sources show, by `Display`, `Debug` and `message`.
pub fn error_texts(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?} {:?}", error.message());
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        text += &format!(" {error} {error:?}");
        source = error.source();
    }
    text
}

/// Panics if a shown text contains a secret.
fn assert_lacks(at: &str, shown: &str, secrets: &[String]) {
    for secret in secrets {
        assert!(!shown.contains(secret), "{at} shows {secret}: {shown}");
    }
}

impl<C> Suite<C> {
    /// Replaces all sensitive values of requests by marks, and checks that the `Debug` output of models and calls
    /// contains no mark.
    pub fn requests_keep_secrets(&self) {
        let client = (self.client)("http://127.0.0.1:9");
        let mut marks = 0;
        for case in &self.cases {
            let operation = self.contract.operation(case.operation);
            let mut examples = operation.request_examples("application/json");
            if case.body_media_type != Some("application/json") {
                examples.clear();
            }
            for example in examples {
                let at = format!("{} {}", case.method, example.name);
                let mut json = example.value.clone();
                let marked = mark(&self.contract, example.schema, &mut json);
                marks += marked.marks.len();
                let show = case.debug_body.expect("a method with a body shows it");
                assert_lacks(&at, &show(json.clone()), &marked.marks);
                let call = (case.call)(&client, &Arguments { json, ..self.required_arguments(case) });
                assert_lacks(&at, &call.shown, &marked.marks);
                assert_lacks(&at, &call.shown, &[String::from(KEY_PREFIX)]);
            }
            let mut arguments = self.required_arguments(case);
            let mut secret = vec![String::from(KEY_PREFIX), String::from("id-of-a-customer-")];
            for parameter in operation.parameters().iter().filter(|parameter| parameter.required) {
                let text = format!("id-of-a-customer-{}", parameter.name);
                match parameter.location {
                    ParameterLocation::Path if parameter.is_text => {
                        drop(arguments.values.insert(parameter.name.clone(), Value::from(text)));
                    }
                    ParameterLocation::Path => {}
                    _ => secret.extend(parameter.value.as_str().map(str::to_owned)),
                }
            }
            let call = (case.call)(&client, &arguments);
            assert_lacks(case.method, &call.shown, &secret);
        }
        self.assert_tested(marks, "sensitive values in the examples");
    }

    /// Sends requests with marks to a server that refuses them and echoes their bodies, and checks that the errors
    /// contain no mark.
    pub async fn refusals_keep_secrets(&self) {
        let server = Script::new(|_, request| (400, request.json())).await;
        let client = (self.client)(server.base_url());
        let mut sent = 0;
        for case in self.cases.iter().filter(|case| case.body_media_type == Some("application/json")) {
            for example in self.contract.operation(case.operation).request_examples("application/json") {
                let mut json = example.value.clone();
                let marked = mark(&self.contract, example.schema, &mut json);
                let arguments = Arguments { json: json.clone(), ..self.required_arguments(case) };
                let error = (case.call)(&client, &arguments).send.await.expect_err(case.method);
                assert_eq!(error.kind(), ErrorKind::Api, "{}: {error}", case.method);
                assert_lacks(case.method, &error_texts(&error), &marked.marks);
                let received = server.received().pop().expect("a request");
                assert_eq!(received.json(), json, "{}: the values are there", case.method);
                sent += marked.marks.len();
            }
        }
        self.assert_tested(sent, "sensitive values in the examples");
    }

    /// Sends requests with marks to a server that refuses them and repeats some marks and the API key in its message,
    /// and checks that the errors contain neither the marks nor the key.
    pub async fn messages_keep_secrets(&self) {
        let echo = Arc::new(Mutex::new(String::new()));
        let echoed = Arc::clone(&echo);
        let server = Script::new(move |_, request| {
            let key =
                request.headers.iter().find(|(name, _)| name == "x-api-key").map(|(_, key)| key.as_str());
            let text = format!("{}\n{}", echoed.lock().expect("no other test"), key.unwrap_or_default());
            let error = json!({"code": "BAD", "message": text});
            (400, json!({"success": false, "error": error, "errorCode": "P403", "errorMessage": text}))
        });
        let server = server.await;
        let client = (self.client)(server.base_url());
        let mut repeated = 0;
        for case in self.cases.iter().filter(|case| case.body_media_type == Some("application/json")) {
            for example in self.contract.operation(case.operation).request_examples("application/json") {
                let mut json = example.value.clone();
                let marked = mark(&self.contract, example.schema, &mut json);
                let value = |pointer: &String| json.pointer(pointer)?.as_str().map(str::to_owned);
                let values: Vec<String> = marked.pointers.iter().filter_map(value).collect();
                for values in values.chunks(3) {
                    *echo.lock().expect("no other test") = values.join(", ");
                    let arguments = Arguments { json: json.clone(), ..self.required_arguments(case) };
                    let error = (case.call)(&client, &arguments).send.await.expect_err(case.method);
                    let message = error.message().expect("the server's message");
                    assert!(message.chars().count() <= 200 && !message.contains('\n'), "{message}");
                    assert!(
                        message.matches("[redacted]").count() >= values.len(),
                        "{}: {message}",
                        case.method
                    );
                    assert_lacks(case.method, &error_texts(&error), values);
                    assert_lacks(case.method, &error_texts(&error), &marked.marks);
                    assert_lacks(case.method, &error_texts(&error), &[String::from(KEY_PREFIX)]);
                    repeated += values.len();
                }
            }
        }
        self.assert_tested(repeated, "sensitive values to repeat and to redact");
    }

    /// Responds with marks instead of sensitive values, and checks that the `Debug` output of responses contains no
    /// mark.
    pub async fn responses_keep_secrets(&self) {
        let server = MockServer::start_async().await;
        let client = (self.client)(&server.base_url());
        for (case, status, _, json, marks, _) in self.marked_examples() {
            let response = self.respond(&client, &server, case, &StubResponse::json(status, &json)).await;
            let response = response.unwrap_or_else(|error| panic!("{}: {error}", case.method));
            assert_lacks(case.method, &response.shown, &marks);
            assert_lacks(case.method, &response.shown, &[String::from(KEY_PREFIX)]);
            for mark in marks {
                assert!(response.json.to_string().contains(&mark), "{}: the value is there", case.method);
            }
        }
    }

    /// Replaces every text of every success by a value of another type, and checks that no error contains this value.
    pub async fn errors_keep_secrets(&self) {
        let server = MockServer::start_async().await;
        let client = (self.client)(&server.base_url());
        let (mut broken, mut left_out) = (0, 0);
        for (case, status, example, _, _, pointers) in self.marked_examples() {
            for pointer in pointers {
                for wrong in [Value::from(4_111_111_111_111_111_u64), Value::from(vec!["4111111111111111"])] {
                    let mut json = example.clone();
                    *json.pointer_mut(&pointer).expect("a value of the example") = wrong;
                    let stub = StubResponse::json(status, &json);
                    let at = format!("{} {pointer}", case.method);
                    let error = match self.respond(&client, &server, case, &stub).await {
                        Err(error) => error,
                        Ok(response) => {
                            assert_lacks(
                                &at,
                                &response.unreadable,
                                &[String::from("4111"), String::from(KEY_PREFIX)],
                            );
                            left_out += usize::from(response.unreadable != "[]");
                            continue;
                        }
                    };
                    // If the replaced text is an error code, the response is a failure instead of a malformed success.
                    assert!(matches!(error.kind(), ErrorKind::Decode | ErrorKind::Api), "{at}: {error}");
                    assert_eq!(error.status().map(|status| status.as_u16()), Some(status), "{at}");
                    assert_lacks(
                        &at,
                        &error_texts(&error),
                        &[String::from("4111"), String::from(KEY_PREFIX)],
                    );
                    broken += 1;
                }
            }
        }
        assert!(broken > 0 && left_out > 0, "there are texts in successes");
    }

    /// Responds with failures, and checks that no error contains the API key.
    pub async fn errors_keep_the_key(&self) {
        let server = MockServer::start_async().await;
        let client = (self.client)(&server.base_url());
        for case in &self.cases {
            let stubs = [
                StubResponse::empty(401),
                StubResponse::json(500, &Value::Null),
                StubResponse::new(200, "text/html", "<p>"),
            ];
            for stub in stubs {
                if let Err(error) = self.respond(&client, &server, case, &stub).await {
                    assert_lacks(case.method, &error_texts(&error), &[String::from(KEY_PREFIX)]);
                }
            }
        }
    }

    /// Returns the examples of successes. The values of each tuple are the case, the status, the example, the example
    /// with marks, the marks, and the JSON pointers of all texts.
    #[allow(clippy::type_complexity, reason = "read by the tests above only")]
    fn marked_examples(&self) -> Vec<(&crate::case::Case<C>, u16, Value, Value, Vec<String>, Vec<String>)> {
        let mut all = Vec::new();
        for case in &self.cases {
            let responses = self.contract.operation(case.operation).responses();
            for response in responses.into_iter().filter(DocumentedResponse::is_success) {
                for example in response.content.iter().flat_map(|(_, examples)| examples) {
                    if !example.value.is_object() {
                        continue;
                    }
                    let mut json = example.value.clone();
                    let marked = mark(&self.contract, example.schema, &mut json);
                    let mut texts = Vec::new();
                    text_pointers(&example.value, String::new(), &mut texts);
                    all.push((
                        case,
                        response.statuses()[0],
                        example.value.clone(),
                        json,
                        marked.marks,
                        texts,
                    ));
                }
            }
        }
        all
    }
}

fn text_pointers(value: &Value, pointer: String, texts: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            object.iter().for_each(|(key, value)| text_pointers(value, format!("{pointer}/{key}"), texts));
        }
        Value::Array(list) => {
            list.iter()
                .enumerate()
                .for_each(|(index, value)| text_pointers(value, format!("{pointer}/{index}"), texts));
        }
        Value::String(_) => texts.push(pointer),
        _ => {}
    }
}
