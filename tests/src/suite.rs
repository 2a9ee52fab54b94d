//! What the walking tests know about one API.

use partner_client::operation::Operation as Method;
use partner_client::{Error, ErrorKind};
use serde_json::Value;

use crate::case::{Case, With};
use crate::contract::Contract;

/// An API under test.
pub struct Suite<C: 'static> {
    /// Its document.
    pub contract: Contract,
    /// Its methods.
    pub cases: Vec<Case<C>>,
    /// The operation table of its client.
    pub methods: &'static [&'static Method],
    /// Makes a client with [`KEY`] for a server.
    pub client: fn(&str) -> C,
    /// The header that carries the key.
    pub key_header: &'static str,
    /// The key under which an envelope holds the answer.
    pub envelope: Option<&'static str>,
    /// Whether a failure with this status and code leaves open whether the request was executed, although the status is
    /// that of a refusal.
    pub leaves_open: fn(u16, Option<&str>) -> bool,
    /// What the client is to make of the body of a failure.
    pub failure: fn(&Value) -> Failure,
    /// The typed code of an error, as text, when this version knows it.
    pub known_code: fn(&Error) -> Option<String>,
}

/// A key with every kind of character that a key can have.
pub const KEY: &str = "pk_live-!#$%&'()*+,./:;<=>?@[]^`{|}~\"\\09AZaz==";

/// How the key begins: in a form that no output escapes.
pub const KEY_START: &str = "pk_live";

/// What an error is to say about a failure.
#[derive(Debug, Default, PartialEq)]
pub struct Failure {
    /// The vendor's code.
    pub code: Option<String>,
    /// The vendor's text.
    pub message: Option<String>,
    /// The vendor's details.
    pub details: Option<Value>,
}

impl<C> Suite<C> {
    /// Fails when an operation, or one of the ways to call it, has no case, or a case no operation.
    pub fn every_operation_has_a_case(&self) {
        let mut documented = Vec::new();
        for operation in self.contract.operations() {
            match operation.request() {
                content if content.is_empty() => documented.push((operation.id(), None)),
                content => documented.extend(content.iter().map(|(kind, _)| (operation.id(), Some(*kind)))),
            }
        }
        let mut tested: Vec<_> = self.cases.iter().map(|case| (case.operation, case.sends)).collect();
        documented.sort_unstable();
        tested.sort_unstable();
        assert_eq!(tested, documented, "cases, and what is documented");

        for method in self.methods {
            assert!(
                self.cases.iter().any(|case| case.method == method.id),
                "the client's {} has no case",
                method.id
            );
        }
        assert_eq!(self.methods.len(), self.contract.operations().len(), "operations of the client");
    }

    /// What a case is called with, when it does not matter.
    pub fn usual(&self, case: &Case<C>) -> With {
        let json = match case.sends {
            Some("application/json") => {
                let examples = self.contract.operation(case.operation).request_examples("application/json");
                examples.into_iter().next().expect("an operation with a body has an example").value
            }
            _ => Value::Null,
        };
        let queries = self.contract.operation(case.operation).required_queries();
        With { json, queries, ..With::default() }
    }

    /// Calls each method against a server that must not be reached, with a client that has no key.
    pub async fn needs_a_key(&self, without_key: C, sent: impl Fn() -> usize) {
        for case in &self.cases {
            let operation = self.contract.operation(case.operation);
            let before = sent();
            let result = (case.call)(&without_key, &self.usual(case)).send.await;
            if operation.needs_key() {
                let error = result.expect_err(case.method);
                assert_eq!(error.kind(), ErrorKind::Configuration, "{}: {error}", case.method);
                assert!(error.to_string().contains("API key"), "{}: {error}", case.method);
                assert_eq!(error.attempts(), 0, "{}", case.method);
                assert!(!error.may_have_executed() && !error.is_retryable(), "{}", case.method);
                assert_eq!(sent(), before, "{}: nothing is sent", case.method);
            } else {
                if let Err(error) = result {
                    // What the server answers is in no envelope, so that only the reading of it can fail.
                    assert!(self.envelope.is_some(), "{}: {error}", case.method);
                    let found = (error.kind(), error.attempts());
                    assert_eq!(found, (ErrorKind::Decode, 1), "{}: {error}", case.method);
                }
                assert_eq!(sent(), before + 1, "{}: it needs no key", case.method);
            }
        }
    }

    /// Calls each method with texts that no segment of a path can be.
    pub async fn refuses_what_is_no_segment(&self, client: &C, sent: impl Fn() -> usize) {
        let mut refused = 0;
        for case in &self.cases {
            let operation = self.contract.operation(case.operation);
            for name in operation.texts() {
                for value in ["", ".", ".."] {
                    let with =
                        With { replaced: Some((name.to_owned(), value.to_owned())), ..self.usual(case) };
                    let error = (case.call)(client, &with).send.await.expect_err(case.method);
                    assert_eq!(error.kind(), ErrorKind::Request, "{} with {value:?}: {error}", case.method);
                    assert_eq!(error.attempts(), 0, "{}", case.method);
                    assert_eq!(error.operation().map(|operation| operation.id), Some(self.id(case)));
                    assert!(!error.may_have_executed() && !error.is_retryable(), "{}", case.method);
                    refused += 1;
                }
            }
        }
        assert_eq!(sent(), 0, "nothing is sent");
        assert!(refused > 0, "there are operations with texts in their paths");
    }

    /// The id of the operation that a method shares.
    pub fn id(&self, case: &Case<C>) -> &'static str {
        let path = self.contract.operation(case.operation).path;
        let http = self.contract.operation(case.operation).method;
        let method = self.methods.iter().find(|method| method.path == path && method.method == http);
        method.map(|method| method.id).expect("an operation is in the client's table")
    }
}
