//! Tests of mock responses, and of the log of received requests.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::time::Duration;

use partner_client::p100::TransferId;
use partner_client::p100::calls::{
    CreateUserSepaTransferOperation, GetKycVerificationPageOperation, GetSepaTransferDetailsOperation,
    GetUserBalancesOperation,
};
use partner_client::unigox::calls::{
    ArchiveRecipientOperation, CreatePartnerUserOperation, GetOrderOperation, InitiateOffRampOperation,
    ListPaymentRailsOperation, QuoteOffRampOperation, RegisterWebhookOperation,
};
use partner_client::unigox::{
    NewOffRampQuote, NewOffRampQuoteRequired, NewOrder, NewPartnerUser, NewPartnerUserRequired,
    OffRampPayout, OrderStatus, QuoteAmount,
};
use partner_client::uuid::Uuid;
use partner_client::{Decimal, ErrorKind, p100, unigox};
use partner_sandbox::{MockResponse, Sandbox};
use partner_spec::Api;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use support::documents::{Documents, Request};
use support::{build_request, expect_failure, failure_with_code, sandbox};

fn order() -> NewOrder {
    NewOrder::new("a1b2c3d4-e5f6-7890-abcd-ef1234567890".parse().unwrap())
}

fn quote() -> NewOffRampQuote {
    let amount: Decimal = "250".parse().unwrap();
    NewOffRampQuote::new(NewOffRampQuoteRequired {
        user_uuid: Uuid::new_v4().into(),
        crypto_currency: "USDT".into(),
        fiat_currency: "NGN".into(),
        quote_amount: QuoteAmount::Crypto(amount),
        off_ramp_payout: OffRampPayout::PaymentDetails(12.into()),
    })
}

#[tokio::test]
async fn a_success_is_set_for_the_next_call_alone() {
    let sandbox = sandbox().await;
    let unigox = support::unigox(&sandbox);
    let mut documented = sandbox.response_example::<QuoteOffRampOperation>().unwrap();
    documented.rate = Some("1600.05".parse().unwrap());
    sandbox.respond_with::<QuoteOffRampOperation>(MockResponse::success(documented));

    let rate = async || unigox.quote_off_ramp(quote()).await.unwrap().rate.unwrap().to_string();
    assert_eq!(rate().await, "1600.05");
    assert_eq!(rate().await, "1530.12");
}

#[tokio::test]
async fn a_success_without_contents_and_one_with_text_can_be_set() {
    let sandbox = sandbox().await;
    sandbox.respond_with::<ArchiveRecipientOperation>(MockResponse::success(()));
    assert_eq!(
        support::unigox(&sandbox).archive_recipient(Uuid::new_v4().into()).await.unwrap().http_status(),
        200
    );
    let page = "<p>Verified</p>".to_owned();
    sandbox.respond_with::<GetKycVerificationPageOperation>(MockResponse::success(page.clone()));
    let found =
        support::p100(&sandbox).get_kyc_verification_page("customer-42".into(), "7".into()).await.unwrap();
    assert_eq!(*found, page);
}

#[tokio::test]
async fn an_example_is_found_by_its_name() {
    let sandbox = sandbox().await;
    let first = sandbox.response_example::<GetOrderOperation>().unwrap();
    let refund = sandbox.response_example_named::<GetOrderOperation>("refund").unwrap();
    assert_ne!(first.status, refund.status);
    assert!(sandbox.response_example_named::<GetOrderOperation>("nothing").is_none());
    assert!(sandbox.response_example::<ArchiveRecipientOperation>().is_none());
}

#[tokio::test]
async fn a_failure_has_the_body_that_the_document_shows_for_its_code() {
    let sandbox = sandbox().await;
    let unigox = support::unigox(&sandbox);
    sandbox
        .respond_with::<QuoteOffRampOperation>(MockResponse::failure(422, unigox::ErrorCode::KycNotCleared));
    let error = unigox.quote_off_ramp(quote()).await.unwrap_err();
    assert_eq!(unigox::ErrorCode::from_error(&error), Some(unigox::ErrorCode::KycNotCleared));
    assert_eq!(error.message(), Some("The customer is not verified."));
    assert!(error.details().is_some());

    let p100 = support::p100(&sandbox);
    sandbox
        .respond_with::<GetUserBalancesOperation>(MockResponse::failure(400, p100::ErrorCode::InvalidUser));
    let error = p100.get_user_balances("customer-42".into()).await.unwrap_err();
    assert_eq!((error.code(), error.message()), (Some("P412"), Some("User does not exist")));
}

#[tokio::test]
async fn a_failure_without_an_example_has_the_shape_of_the_operations_other_failures() {
    let sandbox = sandbox().await;
    let body = async |method, path: &str, json: Value| -> Value {
        let url = if path.starts_with("/v1") { sandbox.p100_base_url() } else { sandbox.unigox_base_url() };
        let response = build_request(method, url, path).json(&json).send().await.unwrap();
        assert_eq!(response.status(), 418);
        response.json().await.unwrap()
    };
    let failure = || "NEW_CODE";
    sandbox.respond_with::<InitiateOffRampOperation>(MockResponse::failure(418, failure()).message("Why."));
    let quote = json!({ "quote_id": Uuid::new_v4() });
    assert_eq!(
        body(Method::POST, "/api/v1/partner/offramp/initiate", quote).await,
        json!({ "success": false, "error": { "code": "NEW_CODE", "message": "Why." } })
    );
    sandbox.respond_with::<RegisterWebhookOperation>(MockResponse::failure(418, failure()));
    let url = json!({ "url": "https://example.com" });
    assert_eq!(
        body(Method::POST, "/api/v1/partner/webhooks", url).await,
        json!({ "success": false, "data": { "error_key": "NEW_CODE" } })
    );
    sandbox.respond_with::<ListPaymentRailsOperation>(MockResponse::failure(418, failure()));
    let keyed = body(Method::GET, "/api/v1/supported/payment-rails?direction=onramp", json!({})).await;
    assert_eq!(keyed, json!({ "success": false, "data": { "error_key": "NEW_CODE" } }));
    sandbox.respond_with::<GetUserBalancesOperation>(MockResponse::failure(418, failure()).message("Why."));
    assert_eq!(
        body(Method::GET, "/v1/user/balances/x", json!({})).await,
        json!({ "errorCode": "NEW_CODE", "errorMessage": "Why." })
    );
}

#[tokio::test]
async fn a_connection_that_is_closed_without_a_response_leaves_open_whether_a_payment_was_made() {
    let sandbox = sandbox().await;
    let p100 = support::p100(&sandbox);
    let documents = Documents::load(Api::P100);
    let operation =
        p100::OPERATIONS.iter().find(|operation| operation.id == "create_user_sepa_transfer").unwrap();
    let body = documents.requests(operation)[0].body.clone().unwrap().fields;
    let new: p100::NewUserSepaTransfer = serde_json::from_value(body.into()).unwrap();

    sandbox.respond_with::<CreateUserSepaTransferOperation>(MockResponse::closed_connection());
    let error = p100.create_user_sepa_transfer(new.clone()).await.unwrap_err();
    assert!(error.may_have_executed() && error.status().is_none(), "{error}");
    assert_eq!((error.kind(), error.attempt_count()), (ErrorKind::Transport, 1));
    let [received] = &sandbox.received()[..] else { panic!("the transfer was sent once") };
    assert_eq!(received.operation, Some("create_user_sepa_transfer"));
    assert!(received.body.is_some(), "the request was read");
    assert!(p100.create_user_sepa_transfer(new).await.unwrap().transfer_id.is_some());
}

#[tokio::test]
async fn a_response_is_repeated_as_often_as_it_is_set() {
    let sandbox = sandbox().await;
    let p100 = support::p100(&sandbox);
    // The client repeats a failed read, and each attempt uses one mock response.
    sandbox.respond_with::<GetSepaTransferDetailsOperation>(MockResponse::closed_connection().times(2));
    let id = TransferId::from(Uuid::new_v4().to_string());
    let details = p100.get_sepa_transfer_details(id.clone()).await.unwrap();
    assert_eq!(details.id, Some(id));
    assert_eq!(sandbox.received().len(), 3);
}

#[tokio::test]
async fn a_response_for_all_calls_is_sent_until_another_one_is_set() {
    let sandbox = sandbox().await;
    let unigox = support::unigox(&sandbox);
    let documented = sandbox.response_example::<QuoteOffRampOperation>().unwrap();
    let respond_with_rate = |rate: &str| {
        let mut quote = documented.clone();
        quote.rate = Some(rate.parse().unwrap());
        MockResponse::success(quote)
    };
    let rate = async || unigox.quote_off_ramp(quote()).await.unwrap().rate.unwrap().to_string();

    sandbox.respond_with::<QuoteOffRampOperation>(respond_with_rate("1"));
    sandbox.respond_with::<QuoteOffRampOperation>(respond_with_rate("2").always());
    assert_eq!(rate().await, "1");
    for _ in 0..3 {
        assert_eq!(rate().await, "2");
    }
    sandbox.respond_with::<QuoteOffRampOperation>(respond_with_rate("3").times(2));
    assert_eq!([rate().await, rate().await, rate().await], ["3", "3", "1530.12"]);
}

#[tokio::test]
async fn an_order_changes_its_state_while_a_service_waits() {
    let sandbox = sandbox().await;
    let unigox = support::unigox(&sandbox);
    let order_with = |status| {
        let mut order = sandbox.response_example::<GetOrderOperation>().unwrap();
        order.status = Some(status);
        MockResponse::success(order)
    };
    sandbox.respond_with::<GetOrderOperation>(order_with(OrderStatus::AwaitingLiquidityProvider).always());
    let waiting = tokio::spawn(async move {
        let wait = unigox.wait_until_crypto_transfer_due(Uuid::new_v4().into());
        wait.initial_delay(Duration::from_millis(1)).await
    });
    while sandbox.received().len() < 2 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert!(!waiting.is_finished());
    sandbox.respond_with::<GetOrderOperation>(order_with(OrderStatus::AwaitingCryptoTransferAuthorization));
    assert!(waiting.await.unwrap().is_ok());
}

#[tokio::test]
async fn a_body_that_no_vendor_documents_can_be_set() {
    let sandbox = sandbox().await;
    sandbox.respond_with::<InitiateOffRampOperation>(MockResponse::from_body(
        502,
        "text/html",
        "<h1>Bad Gateway</h1>",
    ));
    let error = support::unigox(&sandbox).initiate_off_ramp(order()).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 502);
    assert!(error.may_have_executed());
}

#[tokio::test]
async fn a_request_that_is_refused_does_not_take_a_response_that_is_set() {
    let sandbox = sandbox().await;
    sandbox.respond_with::<InitiateOffRampOperation>(MockResponse::failure(409, "QUOTE_EXPIRED"));
    let wrong_key = support::unigox_with(&sandbox, "wrong").initiate_off_ramp(order()).await;
    assert_eq!(expect_failure(wrong_key), failure_with_code(401, "UNAUTHORIZED"));
    let path = "/api/v1/partner/offramp/initiate";
    let empty =
        build_request(Method::POST, sandbox.unigox_base_url(), path).json(&json!({})).send().await.unwrap();
    assert_eq!(empty.status(), 400);
    assert_eq!(
        expect_failure(support::unigox(&sandbox).initiate_off_ramp(order()).await),
        failure_with_code(409, "QUOTE_EXPIRED")
    );
}

#[tokio::test]
async fn an_operation_with_state_gets_the_responses_that_are_set_as_well() {
    let sandbox = sandbox().await;
    let unigox = support::unigox(&sandbox);
    sandbox.respond_with::<CreatePartnerUserOperation>(MockResponse::failure(403, "FEATURE_NOT_ENABLED"));
    let user = || {
        NewPartnerUser::new(NewPartnerUserRequired {
            user_ref: "customer-42".into(),
            email: "a@example.com".into(),
        })
    };
    assert_eq!(
        expect_failure(unigox.create_partner_user(user()).await),
        failure_with_code(403, "FEATURE_NOT_ENABLED")
    );
    assert_eq!(
        unigox.create_partner_user(user()).await.unwrap().http_status(),
        201,
        "nothing was created before"
    );
}

#[tokio::test]
async fn a_received_request_has_everything_that_was_sent_except_the_key() {
    let sandbox = sandbox().await;
    let unigox = support::unigox(&sandbox);
    unigox.list_orders().limit(20).header("x-trace", "7").await.unwrap();
    unigox.quote_off_ramp(quote()).await.unwrap();

    let [orders, quote] = &sandbox.received()[..] else { panic!("two requests") };
    assert_eq!((orders.api, orders.operation, orders.status), ("unigox", Some("list_orders"), 200));
    assert_eq!((orders.method.as_str(), orders.path.as_str()), ("GET", "/api/v1/partner/orders"));
    assert!(orders.query.contains(&("limit".to_owned(), "20".to_owned())));
    assert_eq!(orders.headers["x-trace"], "7");
    assert!(!orders.headers.contains_key("x-api-key"));
    let body = quote.body.as_ref().unwrap();
    assert_eq!((&body["crypto_amount"], &body["fiat_currency"]), (&json!("250"), &json!("NGN")));
}

/// The value that the test sends for sensitive properties, which must not be shown.
const SECRET: &str = "Secret-Value-7";

#[tokio::test]
async fn debug_of_a_received_request_shows_no_key_and_nothing_sensitive() {
    let sandbox = sandbox().await;
    for api in sandbox.apis() {
        let documents = Documents::load(Api::from_name(api.name).unwrap());
        let (url, operations) = (api.base_url, api.operations);
        let sensitive = documents.sensitive_names();
        let json = |request: &Request| {
            request.body.as_ref().is_none_or(|body| body.media_type == "application/json")
        };
        for mut request in operations.iter().flat_map(|operation| documents.requests(operation)).filter(json)
        {
            if let Some(body) = &mut request.body {
                body.fields.insert("undocumented".to_owned(), SECRET.into());
                for name in &sensitive {
                    body.fields.insert(name.clone(), json!({ "amount": SECRET, "currency": [SECRET] }));
                }
            }
            let mut built = request.build(url);
            for name in &sensitive {
                built = built.query(&[(name, SECRET)]);
            }
            for header in ["authorization", "cookie", "x-other"] {
                built = built.header(header, SECRET);
            }
            built.send().await.unwrap();
        }
        for body in [json!(SECRET), json!([SECRET]), json!([[SECRET]])] {
            let first = operations.iter().find(|operation| operation.method == "POST").unwrap();
            build_request(Method::POST, url, first.path).json(&body).send().await.unwrap();
        }
        let file = Part::bytes(SECRET.as_bytes()).file_name(SECRET);
        let form = Form::new().part("document", file).text("undocumented", SECRET);
        let path = operations
            .iter()
            .find(|operation| operation.id.contains("upload") || operation.id == "add_kyc_files");
        build_request(Method::POST, url, path.unwrap().path).multipart(form).send().await.unwrap();
        let printed = format!("{:?} {:#?}", sandbox.received(), sandbox.received());
        assert!(!printed.contains(SECRET));
        assert!(!printed.contains(Sandbox::UNIGOX_API_KEY) && !printed.contains(Sandbox::P100_API_KEY));
        assert!(printed.contains("USDT") || printed.contains("EUR"), "what is not sensitive is shown");
    }
}
