//! Tests of properties that all generated calls have in common.

use std::fmt::Write as _;

use crate::operation::OperationEntry as Entry;
use crate::unigox::Client;
use crate::{Call, ErrorKind, Operation, RetryPolicy, http, p100, unigox};

fn client() -> Client {
    Client::builder().api_key("key").base_url("http://127.0.0.1:1").build().unwrap()
}

#[test]
fn a_client_is_cheap_to_clone_and_can_be_shared() {
    fn shared<T: Clone + Send + Sync + 'static>() {}
    shared::<Client>();
    assert_eq!(size_of::<Client>(), size_of::<usize>());
}

#[test]
fn a_call_can_wait_on_any_thread_and_keeps_little() {
    fn sendable(_: &(impl Send + 'static)) {}
    let call = client().verify_auth().into_future();
    sendable(&call);
    sendable(&client().raw(http::Method::GET, "/").bytes());
    // A service may have ten thousand calls waiting at once, each of which takes this much memory.
    assert!(size_of_val(&*call) < 4096, "{}", size_of_val(&*call));
}

#[tokio::test]
async fn a_function_over_any_call_needs_no_macro() {
    async fn failure<O: Operation>(call: Call<O>) -> (&'static str, Option<ErrorKind>) {
        let id = call.operation().id;
        let sent = tokio::spawn(call.retry(RetryPolicy::none()).header("x-trace", "1").into_future());
        (id, sent.await.unwrap().err().map(|error| error.kind()))
    }
    let p100 = p100::Client::builder().api_key("key").base_url("http://127.0.0.1:1").build().unwrap();
    assert_eq!(failure(client().verify_auth()).await, ("verify_auth", Some(ErrorKind::Connect)));
    let balances = failure(p100.get_partner_balances()).await;
    assert_eq!(balances, ("get_partner_balances", Some(ErrorKind::Connect)));
}

/// Lists the operations of an API in two groups: those that are sent again after every transient failure, and the
/// others.
fn describe_repeatability(operations: &[&Entry]) -> String {
    let mut text = String::new();
    for (repeatable, title) in [
        (true, "sent again after every transient failure"),
        (false, "sent again only when nothing was executed"),
    ] {
        let listed = operations.iter().filter(|operation| operation.is_repeatable() == repeatable);
        let mut names: Vec<_> = listed
            .map(|operation| {
                let mark =
                    if operation.documented_as_idempotent { " (documented as repeatable)" } else { "" };
                format!("  {} {}{mark}", operation.method, operation.id)
            })
            .collect();
        names.sort();
        let _ = writeln!(text, "{title}:\n{}", names.join("\n"));
    }
    text
}

#[test]
fn every_operation_is_repeated_only_where_that_is_safe() {
    insta::with_settings!({ snapshot_path => "../snapshots/retries", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("unigox", describe_repeatability(unigox::OPERATIONS));
        insta::assert_snapshot!("p100", describe_repeatability(p100::OPERATIONS));
    });
}
