//! Tests of all operations of both APIs, by their documents: a valid request gets the documented response, and an
//! invalid request gets a failure of the vendor.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::HashMap;

use partner_client::Decimal;
use partner_client::chrono::Utc;
use partner_client::operation::Security;
use partner_client::p100::{self, Currency, FiatBalanceStatus, TransferId};
use partner_client::unigox::{
    AnchorType, NewOffRampQuote, NewOffRampQuoteRequired, NewOrder, OffRampPayout, OrderId, QuoteAmount,
    QuoteId,
};
use partner_client::uuid::Uuid;
use partner_sandbox::Sandbox;
use partner_spec::Api;
use reqwest::Response;
use serde_json::{Value, json};
use support::documents::{Documents, Request};
use support::sandbox;

/// The docs pages with the operations that read or change the state.
const STATEFUL: [&str; 2] = ["User Management", "Onboarding & KYC Flow"];

/// Returns the documented requests of all operations that do not use the state, each with its API and the base URL.
fn stateless(sandbox: &Sandbox) -> Vec<(Api, String, Request)> {
    let mut requests = Vec::new();
    for served in sandbox.apis() {
        let api = Api::from_name(served.name).unwrap();
        let documents = Documents::load(api);
        let stateless =
            served.operations.iter().filter(|operation| !STATEFUL.contains(&operation.docs_page_title));
        let documented = stateless.flat_map(|operation| documents.requests(operation));
        requests.extend(documented.map(|request| (api, served.base_url.to_owned(), request)));
    }
    requests
}

/// Collects the strings of a response in a map, by their keys.
fn collect(value: &Value, known: &mut HashMap<String, String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::String(text) => drop(known.insert(key.clone(), text.clone())),
                    value => collect(value, known),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, known)),
        _ => {}
    }
}

#[tokio::test]
async fn every_operation_responds_to_its_documented_requests() {
    let sandbox = sandbox().await;
    let mut called = 0;
    for api in sandbox.apis() {
        let documents = Documents::load(Api::from_name(api.name).unwrap());
        // Operations that use the state depend on each other, in the order of the document: a value that one of them
        // returns is sent to the next.
        let mut known = HashMap::new();
        for operation in api.operations {
            let requests = documents.requests(operation);
            let count = if STATEFUL.contains(&operation.docs_page_title) { 1 } else { requests.len() };
            for mut request in requests.into_iter().take(count) {
                for (name, value) in &mut request.path {
                    if let Some(known) = known.get(name) {
                        value.clone_from(known);
                    }
                }
                let response = request.build(api.base_url).send().await.unwrap();
                let status = response.status().as_u16();
                let text = response.text().await.unwrap();
                assert!(operation.success_statuses.contains(&status), "{}: {status} {text}", operation.id);
                collect(&serde_json::from_str(&text).unwrap_or_default(), &mut known);
            }
            called += 1;
        }
    }
    assert_eq!(called, sandbox.apis().map(|api| api.operations.len()).sum::<usize>());
    assert!(sandbox.received().iter().all(|request| request.problem.is_none()));
}

/// Whether a response is a failure in the documented form of the vendor, with one of these codes.
async fn is_failure(api: Api, response: Response, codes: &[&str]) -> bool {
    let text = response.text().await.unwrap();
    let Ok(body) = serde_json::from_str::<Value>(&text) else { return text.is_empty() && api == Api::Unigox };
    let code = match api == Api::Unigox {
        true if body["success"] != json!(false) => return false,
        true if body["error"].is_string() => return true,
        true => body.pointer("/error/code").or(body.pointer("/data/error_key")),
        false => body.get("errorCode"),
    };
    code.is_some_and(|code| codes.iter().any(|known| code == known))
}

/// The error codes for a request that does not conform to the document.
const MALFORMED: [&str; 4] = ["INVALID_REQUEST", "required_fields_missing", "invalid_field_value", "P403"];

async fn is_refused(sandbox: &Sandbox, api: Api, request: reqwest::RequestBuilder, what: &str) {
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 400, "{what}");
    assert!(is_failure(api, response, &MALFORMED).await, "{what}");
    assert!(sandbox.received().pop().unwrap().problem.is_some(), "{what}");
}

#[tokio::test]
async fn every_operation_refuses_a_wrong_key_as_documented() {
    let sandbox = sandbox().await;
    for (api, url, request) in stateless(&sandbox) {
        let id = request.operation.id;
        let built = request.build(&url).build().unwrap();
        for key in [None, Some("wrong")] {
            let mut built = built.try_clone().unwrap_or_else(|| request.build(&url).build().unwrap());
            built.headers_mut().remove("x-api-key");
            if let Some(key) = key {
                built.headers_mut().insert("x-api-key", key.parse().unwrap());
            }
            let response = support::create_http_client().execute(built).await.unwrap();
            let refuses = match request.operation.security {
                Security::Required => true,
                Security::Optional => key.is_some(),
                _ => false,
            };
            assert_eq!(response.status() == 401, refuses, "{id} {key:?}");
            if refuses && api == Api::Unigox {
                let codes = ["UNAUTHORIZED", "unauthorized"];
                assert!(is_failure(api, response, &codes).await, "{id}");
            } else if refuses {
                let body: Value = response.json().await.unwrap();
                let end = if key.is_some() { "xo2" } else { "xo1" };
                assert!(body["message"].as_str().unwrap().ends_with(end), "{id}");
            }
        }
    }
}

#[tokio::test]
async fn every_required_query_parameter_is_missed() {
    let sandbox = sandbox().await;
    let mut missed = 0;
    for (api, url, request) in stateless(&sandbox) {
        for index in 0..request.query.len() {
            let mut without = request.clone();
            let (name, _) = without.query.remove(index);
            is_refused(&sandbox, api, without.build(&url), &format!("{} {name}", request.operation.id)).await;
            missed += 1;
        }
    }
    assert!(missed >= 5, "there are operations with required parameters");
}

#[tokio::test]
async fn every_required_field_is_missed() {
    let sandbox = sandbox().await;
    let mut missed = 0;
    for (api, url, request) in stateless(&sandbox) {
        for name in request.body.as_ref().map(|body| body.required.clone()).unwrap_or_default() {
            let mut without = request.clone();
            without.body.as_mut().unwrap().fields.remove(&name);
            is_refused(&sandbox, api, without.build(&url), &format!("{} {name}", request.operation.id)).await;
            missed += 1;
        }
    }
    assert!(missed >= 50, "there are operations with required fields");
}

#[tokio::test]
async fn a_body_of_another_media_type_is_refused() {
    let sandbox = sandbox().await;
    for (api, url, request) in stateless(&sandbox) {
        let Some(body) = &request.body else { continue };
        let plain = Request { body: None, ..request.clone() };
        let text = Value::from(body.fields.clone()).to_string();
        for (media_type, text) in [("text/plain", text.clone()), ("application/json", "{".to_owned())] {
            let built = plain.build(&url).header("content-type", media_type).body(text);
            is_refused(&sandbox, api, built, &format!("{} {media_type}", request.operation.id)).await;
        }
    }
}

#[tokio::test]
async fn a_field_of_another_type_is_refused() {
    let sandbox = sandbox().await;
    for (api, url, request) in stateless(&sandbox) {
        let Some(body) = request.body.as_ref().filter(|body| body.media_type == "application/json") else {
            continue;
        };
        for name in &body.required {
            let mut other = request.clone();
            let field = &mut other.body.as_mut().unwrap().fields[name];
            *field = if field.is_array() { json!({}) } else { json!([]) };
            is_refused(&sandbox, api, other.build(&url), &format!("{} {name}", request.operation.id)).await;
        }
    }
}

#[tokio::test]
async fn an_amount_of_zero_or_less_is_refused_where_the_document_demands_more() {
    let sandbox = sandbox().await;
    let mut refused = Vec::new();
    for (api, url, request) in stateless(&sandbox) {
        for name in request.body.as_ref().map(|body| body.above_zero.clone()).unwrap_or_default() {
            let what = format!("{} {name}", request.operation.id);
            let with = |amount: Value| {
                let mut other = request.clone();
                other.body.as_mut().unwrap().fields[&name] = amount;
                other.build(&url)
            };
            let is_text = request.body.as_ref().unwrap().fields[&name].is_string();
            let (bad, good) = match is_text {
                true => ([json!("0"), json!("0.00"), json!("-5")], json!("0.01")),
                false => ([json!(0), json!(0.0), json!(-5)], json!(0.01)),
            };
            for amount in bad {
                is_refused(&sandbox, api, with(amount), &what).await;
                let problem = sandbox.received().pop().unwrap().problem;
                assert_eq!(problem, Some(format!("{name} must be more than zero")), "{what}");
            }
            assert!(with(good).send().await.unwrap().status().is_success(), "{what}");
            refused.push(request.operation.id);
        }
    }
    for operation in ["quote_off_ramp", "create_user_sepa_transfer", "create_user_exchange"] {
        assert!(refused.contains(&operation), "{operation}: {refused:?}");
    }
}

#[tokio::test]
async fn a_response_names_what_the_request_names() {
    let sandbox = sandbox().await;
    let unigox = support::unigox(&sandbox);
    let order = Uuid::new_v4();
    assert_eq!(unigox.get_order(order.into()).await.unwrap().order_id, Some(order.into()));
    let customer = Uuid::new_v4();
    let accounts =
        unigox.list_fiat_accounts(customer.into()).await.unwrap().into_inner().fiat_accounts.unwrap();
    assert!(accounts.len() > 1 && accounts.iter().all(|account| account.user_uuid == Some(customer.into())));
    let recipient = Uuid::new_v4();
    assert_eq!(unigox.get_recipient(recipient.into()).await.unwrap().recipient.id, recipient.into());

    let quote = |quote_amount| {
        let new = NewOffRampQuote::new(NewOffRampQuoteRequired {
            user_uuid: customer.into(),
            crypto_currency: "USDT".into(),
            fiat_currency: "NGN".into(),
            quote_amount,
            off_ramp_payout: OffRampPayout::PaymentDetails(12.into()),
        });
        unigox.quote_off_ramp(new)
    };
    // The sale is anchored to fiat money, so that the amount is exact.
    let exact = quote(QuoteAmount::Fiat(Decimal::from(1000))).await.unwrap();
    assert_eq!(
        (exact.payment_details_id.clone(), exact.fiat_amount),
        (Some(12.into()), Some(Decimal::from(1000)))
    );
    assert_eq!(exact.anchor_type, Some(AnchorType::Fiat));
    // The fees are taken off this amount, by the documents' own example: 100.00 are sent and 99.024390 quoted.
    let net = quote(QuoteAmount::Crypto(Decimal::from(250))).await.unwrap();
    assert_eq!(net.crypto_amount, "99.024390".parse().ok());
    assert_eq!(net.anchor_type, Some(AnchorType::Crypto));
    assert!(net.expires_at.unwrap() > Utc::now());

    let p100 = support::p100(&sandbox);
    let transfer = TransferId::from(Uuid::new_v4().to_string());
    assert_eq!(p100.get_sepa_transfer_details(transfer.clone()).await.unwrap().id, Some(transfer.clone()));
    let details = p100.get_internal_transfer_details(transfer.clone()).await.unwrap();
    assert_eq!(details.id.as_ref(), Some(&transfer));
}

#[tokio::test]
async fn the_items_of_a_paged_list_end() {
    let sandbox = sandbox().await;
    let unigox = support::unigox(&sandbox);
    let (mut orders, mut count) = (unigox.list_orders().items(), 0);
    while let Some(order) = orders.next().await {
        assert!(order.unwrap().order_id.is_some());
        count += 1;
    }
    assert_eq!(count, 2, "the document shows two orders");
    assert_eq!(unigox.list_orders().page(2).await.unwrap().orders.as_ref().map(Vec::len), Some(0));
}

#[tokio::test]
async fn the_example_balances_can_pay_the_example_transfers() {
    let sandbox = sandbox().await;
    let p100 = support::p100(&sandbox);
    let documents = Documents::load(Api::P100);
    let partner = p100.get_partner_balances().await.unwrap().into_inner();
    let user = p100.get_user_balances("customer-42".into()).await.unwrap().into_inner();
    for (id, balances) in [("create_partner_sepa_transfer", partner), ("create_user_sepa_transfer", user)] {
        let euros = &balances.fiat_balances.as_ref().unwrap()[0];
        assert_eq!(
            (&euros.currency, &euros.status),
            (&Some(Currency::Eur), &Some(FiatBalanceStatus::Active))
        );
        let operation = p100::OPERATIONS.iter().find(|operation| operation.id == id).unwrap();
        for request in documents.requests(operation) {
            let amount: Decimal = request.body.unwrap().fields["amount"].as_str().unwrap().parse().unwrap();
            assert!(euros.amount.unwrap() > amount, "{id}: {amount}");
        }
    }
}

#[tokio::test]
async fn only_onboarding_has_state() {
    let sandbox = sandbox().await;
    let unigox = support::unigox(&sandbox);
    let quote = QuoteId::from(Uuid::new_v4());
    for _ in 0..2 {
        assert_eq!(unigox.initiate_off_ramp(NewOrder::new(quote)).await.unwrap().quote_id, Some(quote));
    }
    let order = OrderId::from(Uuid::new_v4());
    let before = unigox.get_order(order).await.unwrap().status.clone();
    unigox.cancel_order(order).await.unwrap();
    unigox.confirm_fiat_received(order).await.unwrap();
    assert_eq!(unigox.get_order(order).await.unwrap().status, before);
}
