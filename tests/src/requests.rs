//! Tests the requests of all operations of a document: what the client sends over the wire.

use serde_json::Value;

use crate::capture::{Capture, Received};
use crate::case::{self, Arguments, Case, FILE_NUMBERS};
use crate::contract::{Operation, ParameterLocation, PartContent};
use crate::multipart;
use crate::suite::{KEY, Suite};
use crate::url_path;

impl<C> Suite<C> {
    /// Sends every request example of every operation, once with only the required parameters and once with all
    /// parameters.
    pub async fn requests_are_as_documented(&self) {
        let mut sent = 0;
        for case in &self.cases {
            let operation = self.contract.operation(case.operation);
            for arguments in [self.required_arguments(case), self.all_arguments(case)] {
                if case.body_media_type != Some("application/json") {
                    self.check_request(case, &operation, &arguments).await;
                    sent += 1;
                    continue;
                }
                for example in operation.request_examples("application/json") {
                    let arguments = Arguments { json: example.value.clone(), ..arguments.clone() };
                    let request = self.check_request(case, &operation, &arguments).await;
                    assert_eq!(request.json(), example.value, "{} {}", case.method, example.name);
                    sent += 1;
                }
            }
        }
        assert!(sent >= 2 * self.cases.len(), "every case was sent");
    }

    /// Sends a text in the path or in the query that would have another meaning in the URL if it was not escaped.
    pub async fn texts_stay_what_they_are(&self, location: ParameterLocation, value: &str) {
        let mut sent = 0;
        for case in &self.cases {
            let operation = self.contract.operation(case.operation);
            let texts = operation.free_text_parameters(location);
            if !texts.is_empty() {
                let mut arguments = self.all_arguments(case);
                arguments.values.extend(texts.into_iter().map(|name| {
                    let text = format!("{value}{name}");
                    (name, Value::from(text))
                }));
                self.check_request(case, &operation, &arguments).await;
                sent += 1;
            }
        }
        self.assert_tested(sent, "operations with such texts");
    }

    /// Sends every request that can have a body, and checks its `content-length`, because servers refuse a POST without
    /// this header.
    pub async fn writes_have_their_length(&self) {
        for case in &self.cases {
            let operation = self.contract.operation(case.operation);
            if matches!(operation.method, "POST" | "PUT" | "PATCH") {
                let request = self.check_request(case, &operation, &self.required_arguments(case)).await;
                let length = request.body.len().to_string();
                assert_eq!(request.header("content-length"), Some(length.as_str()), "{}", case.method);
            }
        }
    }

    /// Calls a method, and checks everything in the request except the JSON body. Returns the request.
    pub(crate) async fn check_request(
        &self,
        case: &Case<C>,
        operation: &Operation<'_>,
        arguments: &Arguments,
    ) -> Received {
        // The response does not matter, because only the request is checked.
        let server = Capture::responding(503, "text/plain", "").await;
        let client = (self.client)(server.base_url());
        let error = (case.call)(&client, arguments).send.await.expect_err(case.method);
        assert_eq!(error.attempt_count(), 1, "{}: {error}", case.method);
        let request = server.single_request();

        assert_eq!(request.method, operation.method, "{}", case.method);
        for (name, found) in url_path::read_parameters(operation.path, request.path()) {
            let expected = arguments.values.get(name).map(wire_text);
            assert_eq!(Some(found), expected, "{} {name}: {}", case.method, request.target);
        }
        let url = format!("http://server{}", request.target).parse::<reqwest::Url>().expect("an address");
        let mut found: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        let mut expected = expected_values(operation, ParameterLocation::Query, arguments);
        // The pairs are sorted, because their order in the query has no meaning.
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "{}: the query of {}", case.method, request.target);
        assert_eq!(request.query().is_none(), found.is_empty(), "{}: no empty query", case.method);
        assert!(request.target.is_ascii() && !request.target.contains('#'), "{}", request.target);
        for (name, expected) in expected_values(operation, ParameterLocation::Header, arguments) {
            assert_eq!(
                request.header(&name.to_ascii_lowercase()),
                Some(&*expected),
                "{} {name}",
                case.method
            );
        }
        if case.body_media_type == Some("multipart/form-data") {
            check_parts(operation, &request, arguments).await;
        }
        self.headers(case, operation, &request, server.base_url());
        request
    }

    fn headers(&self, case: &Case<C>, operation: &Operation<'_>, request: &Received, base_url: &str) {
        let key = operation.takes_key().then_some(KEY);
        assert_eq!(request.header(&self.contract.key_header()), key, "{}: the key", case.method);
        let keys = request.headers.iter().filter(|(_, value)| value.contains(KEY)).count();
        assert_eq!(keys, usize::from(operation.takes_key()), "{}: the key is nowhere else", case.method);
        assert_eq!(request.header("host"), base_url.strip_prefix("http://"), "{}", case.method);
        assert_eq!(request.header("api-version"), None, "{}: the vendors know no such header", case.method);
        assert_eq!(request.header("authorization"), None, "{}", case.method);
        let agent = request.header("user-agent").expect("a user agent");
        assert!(agent.starts_with("partner-client/"), "{}: {agent}", case.method);

        let documented = operation.responses();
        let documented = documented.iter().filter(|response| response.is_success());
        let documented: Vec<&str> =
            documented.flat_map(|response| &response.content).map(|(kind, _)| *kind).collect();
        let accept = request.header("accept").expect("an accept header");
        let accepts = |kind: &&str| accept == "*/*" || accept.split(", ").any(|accepted| accepted == *kind);
        assert!(documented.iter().all(accepts), "{}: {accept} does not accept {documented:?}", case.method);

        let content_type = request.header("content-type");
        match case.body_media_type {
            Some("multipart/form-data") => {
                let is_form =
                    content_type.is_some_and(|kind| kind.starts_with("multipart/form-data; boundary="));
                assert!(is_form, "{}: {content_type:?}", case.method);
            }
            kind => assert_eq!(content_type, kind, "{}", case.method),
        }
        if case.body_media_type.is_none() {
            assert!(request.body.is_empty(), "{} has no body", case.method);
            assert_eq!(request.header("transfer-encoding"), None, "{}", case.method);
        }
    }
}

/// Returns the names and values of the parameters that have to be sent in this location.
fn expected_values(
    operation: &Operation<'_>,
    location: ParameterLocation,
    arguments: &Arguments,
) -> Vec<(String, String)> {
    let mut sent = Vec::new();
    for parameter in operation.parameters().into_iter().filter(|parameter| parameter.location == location) {
        match arguments.values.get(&parameter.name) {
            Some(Value::Array(items)) => {
                sent.extend(items.iter().map(|item| (parameter.name.clone(), wire_text(item))));
            }
            Some(value) => sent.push((parameter.name, wire_text(value))),
            None => {}
        }
    }
    sent
}

fn wire_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Checks that a multipart request has a value or files for every property of the documented body.
async fn check_parts(operation: &Operation<'_>, request: &Received, arguments: &Arguments) {
    let mut expected = Vec::new();
    for part in operation.parts() {
        match part.content {
            PartContent::Value(_) => {
                let value = wire_text(&arguments.values[&part.name]);
                expected.push((part.name, None, value.into_bytes()));
            }
            PartContent::File => {
                let (file_name, contents) = (case::file_name(&part.name), case::file_contents(&part.name));
                expected.push((part.name, Some(file_name), contents));
            }
            PartContent::Files => {
                for number in FILE_NUMBERS {
                    let file = format!("{}-{number}", part.name);
                    let (file_name, contents) = (case::file_name(&file), case::file_contents(&file));
                    expected.push((part.name.clone(), Some(file_name), contents));
                }
            }
        }
    }
    let parts = multipart::parts(request).await.into_iter();
    let mut found: Vec<_> = parts.map(|part| (part.name, part.file_name, part.contents)).collect();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected, "the parts of {}", operation.id());
}
