//! The sandbox, called by the typed methods of the clients.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use partner_sandbox::Sandbox;
use partner_tests::suite::Suite;
use serde_json::Value;

/// Puts the strings of a body into a map, by their keys.
fn collect_strings(value: &Value, known: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                if value.is_string() {
                    known.insert(key.clone(), value.clone());
                }
                collect_strings(value, known);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect_strings(item, known)),
        _ => {}
    }
}

/// Calls each method with its documented request. The operations with state follow each other in the document, so that
/// each gets the ids that the ones before it have sent or received.
async fn every_method_succeeds<C>(suite: &Suite<C>, client: &C) {
    let mut known = BTreeMap::new();
    for case in &suite.cases {
        let mut arguments = suite.required_arguments(case);
        for (name, value) in &mut arguments.values {
            if let Some(known) = known.get(name) {
                value.clone_from(known);
            }
        }
        let response = (case.call)(client, &arguments)
            .send
            .await
            .unwrap_or_else(|error| panic!("{}: {error}", case.method));
        assert_eq!(response.unreadable, "[]", "{}", case.method);
        collect_strings(&arguments.json, &mut known);
        collect_strings(&response.json, &mut known);
    }
}

#[tokio::test]
async fn every_method_gets_a_response_that_fits_its_type() {
    let sandbox = Sandbox::start().await.unwrap();
    macro_rules! call_api {
        ($api:ident) => {
            if let Some(api) = sandbox.apis().find(|api| api.name == stringify!($api)) {
                let builder =
                    partner_client::$api::Client::builder().base_url(api.base_url).api_key(api.api_key);
                every_method_succeeds(&partner_tests::$api::suite(), &builder.build().unwrap()).await;
            }
        };
    }
    partner_tests::for_each_api!(call_api);
}
