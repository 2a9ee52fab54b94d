//! What goes over the wire, for all operations of a document.

use crate::capture::{Capture, Received};
use crate::case::{Case, UUID, With};
use crate::contract::Operation;
use crate::escape;
use crate::suite::{KEY, Suite};

impl<C> Suite<C> {
    /// Sends every request example of every operation, and what has no body once.
    pub async fn requests_are_as_documented(&self) {
        let mut sent = 0;
        for case in &self.cases {
            let operation = self.contract.operation(case.operation);
            if case.sends != Some("application/json") {
                self.request(case, &operation, &self.usual(case)).await;
                sent += 1;
                continue;
            }
            for example in operation.request_examples("application/json") {
                let with = With { json: example.value.clone(), ..self.usual(case) };
                let request = self.request(case, &operation, &with).await;
                assert_eq!(request.json(), example.value, "{} {}", case.method, example.name);
                sent += 1;
            }
        }
        assert!(sent >= self.cases.len(), "every case was sent");
    }

    /// Sends texts in the path that mean something else when they are not escaped.
    pub async fn texts_in_the_path_stay_what_they_are(&self, value: &str) {
        let mut sent = 0;
        for case in &self.cases {
            let operation = self.contract.operation(case.operation);
            if !operation.texts().is_empty() {
                self.request(case, &operation, &With { text: value.to_owned(), ..self.usual(case) }).await;
                sent += 1;
            }
        }
        assert!(sent > 0, "there are operations with texts in their paths");
    }

    /// Sends texts in the query that mean something else when they are not escaped.
    pub async fn texts_in_the_query_stay_what_they_are(&self, value: &str) {
        let mut sent = 0;
        for case in &self.cases {
            let operation = self.contract.operation(case.operation);
            let texts = operation.query_texts();
            if !texts.is_empty() {
                let mut with = self.usual(case);
                for (name, text) in with.queries.iter_mut().filter(|(name, _)| texts.contains(name)) {
                    *text = format!("{value}{name}");
                }
                self.request(case, &operation, &with).await;
                sent += 1;
            }
        }
        assert!(sent > 0, "there are operations with texts in their queries");
    }

    /// Sends everything that is no plain read, and looks for its length: servers refuse a POST that does not say it.
    pub async fn writes_say_how_long_they_are(&self) {
        for case in &self.cases {
            let operation = self.contract.operation(case.operation);
            if matches!(operation.method, "POST" | "PUT" | "PATCH") {
                let request = self.request(case, &operation, &self.usual(case)).await;
                let length = request.body.len().to_string();
                assert_eq!(request.header("content-length"), Some(length.as_str()), "{}", case.method);
            }
        }
    }

    async fn request(&self, case: &Case<C>, operation: &Operation<'_>, with: &With) -> Received {
        // What is answered does not matter here.
        let server = Capture::answering(503, "text/plain", "").await;
        let error = (case.call)(&(self.client)(server.base_url()), with).send.await.expect_err(case.method);
        assert_eq!(error.attempts(), 1, "{}: {error}", case.method);
        let request = server.one();

        assert_eq!(request.method, operation.method, "{}", case.method);
        let uuids = operation.uuids();
        for (name, value) in escape::parameters(operation.path, request.path()) {
            let expected = if uuids.contains(&name) { UUID.to_owned() } else { with.path(name) };
            assert_eq!(value, expected, "{} {name}: {}", case.method, request.target);
        }
        let url = format!("http://server{}", request.target).parse::<reqwest::Url>().expect("an address");
        let mut queries: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        // Their order means nothing.
        let mut required = with.queries.clone();
        queries.sort_unstable();
        required.sort_unstable();
        assert_eq!(queries, required, "{}: {}: what is required", case.method, request.target);
        assert_eq!(request.query().is_none(), queries.is_empty(), "{}: no empty query", case.method);
        assert!(request.target.is_ascii() && !request.target.contains('#'), "{}", request.target);
        self.headers(case, operation, &request, server.base_url());
        request
    }

    fn headers(&self, case: &Case<C>, operation: &Operation<'_>, request: &Received, base_url: &str) {
        let key = operation.takes_key().then_some(KEY);
        assert_eq!(request.header(self.key_header), key, "{}: the key", case.method);
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
        assert!(documented.iter().all(accepts), "{}: {accept} is to accept {documented:?}", case.method);

        let content_type = request.header("content-type");
        match case.sends {
            Some("multipart/form-data") => {
                let is_form =
                    content_type.is_some_and(|kind| kind.starts_with("multipart/form-data; boundary="));
                assert!(is_form, "{}: {content_type:?}", case.method);
            }
            kind => assert_eq!(content_type, kind, "{}", case.method),
        }
        if case.sends.is_none() {
            assert!(request.body.is_empty(), "{} has no body", case.method);
            assert_eq!(request.header("transfer-encoding"), None, "{}", case.method);
        }
    }
}
