//! A suite: the tests that call all operations of an API, with the facts about the API that the tests need.

use std::collections::BTreeSet;

use partner_client::operation::OperationEntry as Method;
use partner_client::{Error, ErrorKind};
use serde_json::Value;

use crate::capture::Capture;
use crate::case::{Arguments, Case};
use crate::contract::{Contract, Parameter, ParameterLocation, PartContent};
use crate::types::TestedType;

/// An API under test, with its document and its client.
pub struct Suite<C: 'static> {
    /// The contract in the API's document.
    pub contract: Contract,
    /// A case for each method of the client.
    pub cases: Vec<Case<C>>,
    /// The generated types of the API.
    pub types: Vec<TestedType>,
    /// The operation table of the client.
    pub methods: &'static [&'static Method],
    /// Whether the document has something of everything that the tests look for, so that a test that finds nothing
    /// to test fails.
    pub has_everything: bool,
    /// The function that creates a client with the API key [`KEY`] for the server at a base URL.
    pub client: fn(&str) -> C,
    /// The function that creates a client without an API key for the server at a base URL.
    pub client_without_key: fn(&str) -> C,
    /// The function that tells whether a failure with this status and code leaves open whether the request was
    /// executed, although the status usually means a refusal.
    pub leaves_open: fn(u16, Option<&str>) -> bool,
    /// The function that returns the data that the client has to read from the body of a failure.
    pub expected_failure: fn(&Value) -> Failure,
    /// The function that returns the typed code of an error as text; `None` if the client does not know the code.
    pub known_code: fn(&Error) -> Option<String>,
}

/// The API key of the tests, which has every kind of character that a key can have.
pub const KEY: &str = "pk_live-!#$%&'()*+,./:;<=>?@[]^`{|}~\"\\09AZaz==";

/// The beginning of [`KEY`]. It has no characters that an output would escape.
pub const KEY_PREFIX: &str = "pk_live";

/// The data of a failure response that an error has to provide.
#[derive(Debug, Default, PartialEq)]
pub struct Failure {
    /// The vendor's error code.
    pub code: Option<String>,
    /// The vendor's message.
    pub message: Option<String>,
    /// The details that the vendor sent.
    pub details: Option<Value>,
}

impl<C> Suite<C> {
    /// Checks that the client has a method for every operation of the document, and for every media type of its request
    /// body.
    pub fn every_operation_has_a_method(&self) {
        let mut documented = BTreeSet::new();
        for operation in self.contract.operations() {
            match operation.request_content() {
                content if content.is_empty() => drop(documented.insert((operation.id(), None))),
                content => documented.extend(content.iter().map(|(kind, _)| (operation.id(), Some(*kind)))),
            }
        }
        let tested: BTreeSet<_> =
            self.cases.iter().map(|case| (case.operation, case.body_media_type)).collect();
        let missing: Vec<_> = documented.difference(&tested).collect();
        let unknown: Vec<_> = tested.difference(&documented).collect();
        assert!(missing.is_empty(), "without a method of the client: {missing:?}");
        assert!(unknown.is_empty(), "methods that call nothing in the document: {unknown:?}");
        assert_eq!(self.methods.len(), self.contract.operations().len(), "operations in the client's table");
        for method in self.methods {
            let has_case = self.cases.iter().any(|case| case.method == method.id);
            assert!(has_case, "the client's table has {}, which is not tested", method.id);
        }
    }

    /// Checks that a test has found something to test.
    pub(crate) fn assert_tested(&self, count: usize, what: &str) {
        assert!(count > 0 || !self.has_everything, "there are {what}");
    }

    /// Returns the arguments of a call in which only the required parameters are set.
    pub fn required_arguments(&self, case: &Case<C>) -> Arguments {
        self.arguments(case, |parameter| parameter.required || parameter.location == ParameterLocation::Path)
    }

    /// Returns the arguments of a call in which all parameters are set.
    pub fn all_arguments(&self, case: &Case<C>) -> Arguments {
        self.arguments(case, |_| true)
    }

    fn arguments(&self, case: &Case<C>, is_set: impl Fn(&Parameter) -> bool) -> Arguments {
        let operation = self.contract.operation(case.operation);
        let json = match case.body_media_type {
            Some("application/json") => {
                let examples = operation.request_examples("application/json");
                examples.into_iter().next().expect("an operation with a body has an example").value
            }
            _ => Value::Null,
        };
        let parameters = operation.parameters().into_iter().filter(is_set);
        let parts = operation.parts().into_iter().filter_map(|part| match part.content {
            PartContent::Value(value) => Some((part.name, value)),
            PartContent::File | PartContent::Files => None,
        });
        let values = parameters.map(|parameter| (parameter.name, parameter.value)).chain(parts).collect();
        Arguments { values, json }
    }

    /// Calls each method with a client that has no API key.
    pub async fn a_key_is_needed(&self) {
        let server = Capture::responding(200, "application/json", "{}").await;
        let without_key = (self.client_without_key)(server.base_url());
        let sent = || server.received().len();
        for case in &self.cases {
            let operation = self.contract.operation(case.operation);
            let before = sent();
            let result = (case.call)(&without_key, &self.required_arguments(case)).send.await;
            if operation.needs_key() {
                let error = result.expect_err(case.method);
                assert_eq!(error.kind(), ErrorKind::Configuration, "{}: {error}", case.method);
                assert!(error.to_string().contains("API key"), "{}: {error}", case.method);
                assert_eq!(error.attempt_count(), 0, "{}", case.method);
                assert!(!error.may_have_executed() && !error.is_retryable(), "{}", case.method);
                assert_eq!(sent(), before, "{}: nothing was sent", case.method);
            } else {
                if let Err(error) = result {
                    // Deserializing may fail, because the server does not send the documented response.
                    let found = (error.kind(), error.attempt_count());
                    assert_eq!(found, (ErrorKind::Decode, 1), "{}: {error}", case.method);
                }
                assert_eq!(sent(), before + 1, "{}: it needs no key", case.method);
            }
        }
        let key_header = self.contract.key_header();
        assert!(server.received().iter().all(|request| request.header(&key_header).is_none()));
    }

    /// Calls each method with texts that cannot be a segment of a path.
    pub async fn a_text_that_is_no_segment_is_refused(&self) {
        let server = Capture::responding(200, "application/json", "{}").await;
        let client = (self.client)(server.base_url());
        let mut refused = 0;
        for case in &self.cases {
            let operation = self.contract.operation(case.operation);
            for name in operation.free_text_parameters(ParameterLocation::Path) {
                for value in ["", ".", ".."] {
                    let mut arguments = self.required_arguments(case);
                    arguments.values.insert(name.clone(), Value::from(value));
                    let error = (case.call)(&client, &arguments).send.await.expect_err(case.method);
                    assert_eq!(error.kind(), ErrorKind::Request, "{} with {value:?}: {error}", case.method);
                    assert_eq!(error.attempt_count(), 0, "{}", case.method);
                    assert_eq!(
                        error.operation().map(|operation| operation.id),
                        Some(self.operation_name(case))
                    );
                    assert!(!error.may_have_executed() && !error.is_retryable(), "{}", case.method);
                    refused += 1;
                }
            }
        }
        assert!(server.received().is_empty(), "nothing is sent");
        assert!(refused > 0, "there are operations with texts in their paths");
    }

    /// Returns the name of a case's operation in the operation table. All methods of one operation share this name.
    pub fn operation_name(&self, case: &Case<C>) -> &'static str {
        let path = self.contract.operation(case.operation).path;
        let http = self.contract.operation(case.operation).method;
        let method = self.methods.iter().find(|method| method.path == path && method.method == http);
        method.map(|method| method.id).expect("an operation is in the client's table")
    }
}
