//! What must never be shown, for all operations of a document.

use std::sync::{Arc, Mutex};

use httpmock::MockServer;
use partner_client::{Error, ErrorKind};
use serde_json::{Value, json};

use crate::answers::Answer;
use crate::case::{UUID, With};
use crate::contract::Documented;
use crate::marks::mark;
use crate::script::Script;
use crate::suite::{KEY_START, Suite};
use crate::watch::{self, Seen};

/// What can be shown of an error.
pub fn shown(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?} {:?}", error.message());
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        text += &format!(" {error} {error:?}");
        source = error.source();
    }
    text
}

fn keeps(at: &str, shown: &str, secrets: &[String]) {
    for secret in secrets {
        assert!(!shown.contains(secret), "{at} shows {secret}: {shown}");
    }
}

impl<C> Suite<C> {
    /// Puts marks into everything sensitive that is sent, and looks for them in models and calls.
    pub fn requests_keep_secrets(&self) {
        let client = (self.client)("http://127.0.0.1:9");
        let mut marks = 0;
        for case in &self.cases {
            let operation = self.contract.operation(case.operation);
            let mut examples = operation.request_examples("application/json");
            if case.sends != Some("application/json") {
                examples.clear();
            }
            for example in examples {
                let at = format!("{} {}", case.method, example.name);
                let mut json = example.value.clone();
                let marked = mark(&self.contract, example.schema, &mut json);
                marks += marked.marks.len();
                let show = case.show.expect("a method with a body shows it");
                keeps(&at, &show(json.clone()), &marked.marks);
                let call = (case.call)(&client, &With { json, ..self.usual(case) });
                keeps(&at, &call.shown, &marked.marks);
                keeps(&at, &call.shown, &[String::from(KEY_START)]);
            }
            let with = With { text: String::from("id-of-a-customer-"), ..self.usual(case) };
            let call = (case.call)(&client, &with);
            keeps(case.method, &call.shown, &[String::from(KEY_START), String::from("id-of-a-customer-")]);
            let queries: Vec<String> = with.queries.iter().map(|(_, text)| text.clone()).collect();
            keeps(case.method, &call.shown, &queries);
        }
        assert!(marks > 0, "there is something sensitive in the examples");
    }

    /// Sends requests with marks in everything sensitive to a server that refuses them and sends them back, and looks
    /// for the marks in the errors.
    pub async fn refusals_keep_secrets(&self) {
        let server = Script::new(|_, request| (400, request.json())).await;
        let client = (self.client)(server.base_url());
        let mut sent = 0;
        for case in self.cases.iter().filter(|case| case.sends == Some("application/json")) {
            for example in self.contract.operation(case.operation).request_examples("application/json") {
                let mut json = example.value.clone();
                let marked = mark(&self.contract, example.schema, &mut json);
                let with = With { json: json.clone(), ..self.usual(case) };
                let error = (case.call)(&client, &with).send.await.expect_err(case.method);
                assert_eq!(error.kind(), ErrorKind::Api, "{}: {error}", case.method);
                keeps(case.method, &shown(&error), &marked.marks);
                let received = server.received().pop().expect("a request");
                assert_eq!(received.json(), json, "{}: the values are there", case.method);
                sent += marked.marks.len();
            }
        }
        assert!(sent > 0, "there is something sensitive in the examples");
    }

    /// Sends requests with marks in everything sensitive to a server that refuses them and repeats the marks and the key in
    /// its message, a few at a time, and looks for them in the errors.
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
        for case in self.cases.iter().filter(|case| case.sends == Some("application/json")) {
            for example in self.contract.operation(case.operation).request_examples("application/json") {
                let mut json = example.value.clone();
                let marked = mark(&self.contract, example.schema, &mut json);
                let value = |place: &String| json.pointer(place)?.as_str().map(str::to_owned);
                let values: Vec<String> = marked.places.iter().filter_map(value).collect();
                for values in values.chunks(3) {
                    *echo.lock().expect("no other test") = values.join(", ");
                    let with = With { json: json.clone(), ..self.usual(case) };
                    let error = (case.call)(&client, &with).send.await.expect_err(case.method);
                    let message = error.message().expect("the server's message");
                    assert!(message.chars().count() <= 200 && !message.contains('\n'), "{message}");
                    assert!(
                        message.matches("[redacted]").count() >= values.len(),
                        "{}: {message}",
                        case.method
                    );
                    keeps(case.method, &shown(&error), values);
                    keeps(case.method, &shown(&error), &marked.marks);
                    keeps(case.method, &shown(&error), &[String::from(KEY_START)]);
                    repeated += values.len();
                }
            }
        }
        assert!(repeated > 0, "something was repeated and hidden");
    }

    /// Runs all other tests of the binary in a process of its own, and looks for secrets in all that it shows.
    pub fn nothing_shows_secrets(&self, name: &str) {
        let seen = Seen::of_all_tests_but(name);
        for method in self.methods {
            assert!(seen.traces.contains(&format!("partner.operation=\"{}\"", method.id)), "{}", method.id);
        }
        for talk in ["hyper_util", "reqwest", "trying again"] {
            assert!(seen.traces.contains(talk), "{talk} is among it");
        }
        assert!(seen.shown.contains("[redacted]") && seen.shown.contains("Error {"), "it was shown");
        let secrets = watch::secrets(&self.contract);
        assert!(secrets.len() > 10, "{secrets:?}");
        seen.lacks(&secrets);
        // What stands in the paths and queries of requests is nobody's business either.
        seen.traces_lack(&[UUID, "id-of-a-customer-", "user_uuid="]);
    }

    /// Puts marks into everything sensitive that is answered, and looks for them in answers.
    pub async fn answers_keep_secrets(&self) {
        let server = MockServer::start_async().await;
        let client = (self.client)(&server.base_url());
        for (case, status, _, json, marks, _) in self.marked() {
            let answered = self.answer(&client, &server, case, &Answer::json(status, &json)).await;
            let answered = answered.unwrap_or_else(|error| panic!("{}: {error}", case.method));
            keeps(case.method, &answered.shown, &marks);
            keeps(case.method, &answered.shown, &[String::from(KEY_START)]);
            for mark in marks {
                assert!(answered.json.to_string().contains(&mark), "{}: the value is there", case.method);
            }
        }
    }

    /// Breaks every text of every answer, and looks for what was there in the errors.
    pub async fn errors_keep_secrets(&self) {
        let server = MockServer::start_async().await;
        let client = (self.client)(&server.base_url());
        let (mut broken, mut left_out) = (0, 0);
        for (case, status, example, _, _, texts) in self.marked() {
            for place in texts {
                for wrong in [Value::from(4_111_111_111_111_111_u64), Value::from(vec!["4111111111111111"])] {
                    let mut json = example.clone();
                    *json.pointer_mut(&place).expect("a place in the example") = wrong;
                    let answer = Answer::json(status, &json);
                    let at = format!("{} {place}", case.method);
                    let error = match self.answer(&client, &server, case, &answer).await {
                        Err(error) => error,
                        Ok(answered) => {
                            keeps(
                                &at,
                                &answered.unreadable,
                                &[String::from("4111"), String::from(KEY_START)],
                            );
                            left_out += usize::from(answered.unreadable != "[]");
                            continue;
                        }
                    };
                    // A code of another type is still a code, of a failure.
                    assert!(matches!(error.kind(), ErrorKind::Decode | ErrorKind::Api), "{at}: {error}");
                    assert_eq!(error.status().map(|status| status.as_u16()), Some(status), "{at}");
                    keeps(&at, &shown(&error), &[String::from("4111"), String::from(KEY_START)]);
                    broken += 1;
                }
            }
        }
        assert!(broken > 0 && left_out > 0, "there are answers that can be broken");
    }

    /// Answers every failure and looks for the key in its error.
    pub async fn errors_keep_the_key(&self) {
        let server = MockServer::start_async().await;
        let client = (self.client)(&server.base_url());
        for case in &self.cases {
            for answer in
                [Answer::empty(401), Answer::json(500, &Value::Null), Answer::new(200, "text/html", "<p>")]
            {
                if let Err(error) = self.answer(&client, &server, case, &answer).await {
                    keeps(case.method, &shown(&error), &[String::from(KEY_START)]);
                }
            }
        }
    }

    /// The examples of successes: as they are, with marks, the marks, and the places of all texts.
    #[allow(clippy::type_complexity, reason = "read by the tests above only")]
    fn marked(&self) -> Vec<(&crate::case::Case<C>, u16, Value, Value, Vec<String>, Vec<String>)> {
        let mut all = Vec::new();
        for case in &self.cases {
            let responses = self.contract.operation(case.operation).responses();
            for response in responses.into_iter().filter(Documented::is_success) {
                for example in response.content.iter().flat_map(|(_, examples)| examples) {
                    if !example.value.is_object() {
                        continue;
                    }
                    let mut json = example.value.clone();
                    let marked = mark(&self.contract, example.schema, &mut json);
                    let mut texts = Vec::new();
                    places(&example.value, String::new(), &mut texts);
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

fn places(value: &Value, place: String, texts: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            object.iter().for_each(|(key, value)| places(value, format!("{place}/{key}"), texts));
        }
        Value::Array(list) => {
            list.iter()
                .enumerate()
                .for_each(|(index, value)| places(value, format!("{place}/{index}"), texts));
        }
        Value::String(_) => texts.push(place),
        _ => {}
    }
}
