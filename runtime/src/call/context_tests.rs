//! Tests of the context from which generated code builds requests.

use super::*;
use crate::call::test_client::make_client_builder;
use crate::{Decimal, ErrorKind};

static POST: OperationEntry = OperationEntry::new("create_order").method("POST").path("/orders/{order_id}");

fn make_context(base_url: &str) -> RequestContext {
    let client = make_client_builder(base_url).build().unwrap();
    RequestContext::new(&client.0, &POST, CallOptions::default())
}

/// An order with an amount that is sent only if it is more than zero.
struct Order {
    amount: Decimal,
}

crate::__object!(Order { amount: "amount" above_zero });

#[test]
fn the_path_of_an_operation_follows_the_path_of_its_server() {
    for (base_url, expected) in [
        ("https://api.example", "https://api.example/orders/7"),
        ("https://api.example/v1/", "https://api.example/v1/orders/7"),
    ] {
        let (context, order_id) = (make_context(base_url), 7);
        assert_eq!(context.build_url(format_args!("/orders/7")).as_str(), expected);
        assert_eq!(context.build_url(format_args!("/orders/{order_id}")).as_str(), expected);
    }
}

#[test]
fn a_path_parameter_cannot_change_which_path_is_requested() {
    let context = make_context("https://api.example");
    for value in ["", ".", ".."] {
        let RequestBuildError(error) = context.check_path_segment("order_id", &value).unwrap_err();
        assert!(error.to_string().starts_with("`order_id` cannot be empty"), "{error}");
    }
    context.check_path_segment("order_id", &"7").unwrap();
}

#[test]
fn an_amount_of_zero_or_less_is_refused() {
    let context = make_context("https://api.example");
    let refused = |result: Result<(), RequestBuildError>| {
        let RequestBuildError(error) = result.unwrap_err();
        assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::Request, false));
        error.json_path().unwrap().to_owned()
    };
    let (zero, one) = (Decimal::from(0), Decimal::from(1));
    assert_eq!(refused(context.check_body_amounts(&Order { amount: zero })), "amount");
    context.check_body_amounts(&Order { amount: one }).unwrap();
    assert_eq!(refused(context.check_amounts("fee", true, &zero)), "fee");
    assert_eq!(refused(context.check_amounts("fees", true, &vec![one, zero])), "fees[1]");
    context.check_amounts("fees", true, &vec![one, one]).unwrap();
    context.check_amounts("rate", false, &zero).unwrap();
}

#[test]
fn the_error_of_a_request_that_cannot_be_built_names_its_call() {
    let mut context = make_context("https://api.example");
    context.set_raw_call_path(Box::from("/orders/{}/lines"));
    let error = context.into_active_call(Err(Error::request("no amount").into())).err().unwrap();
    assert_eq!((error.path(), error.method()), (Some("/orders/{}/lines"), Some("POST")));
    assert_eq!((error.attempt_count(), error.may_have_executed()), (0, false));
}

#[test]
fn a_form_without_parts_is_refused() {
    let mut context = make_context("https://api.example");
    context.set_multipart_body(Form::new());
    let request = context.http_client().post("https://api.example/orders").build().unwrap();
    let error = context.into_active_call(Ok(request)).err().unwrap();
    assert!(error.to_string().contains("the form has no part"), "{error}");
}

#[test]
fn a_url_is_shown_without_sensitive_parameters() {
    let context = make_context("https://api.example");
    let url = Url::parse("https://api.example/orders/7?pin=47118833&page=2").unwrap();
    assert_eq!(context.redact_url(&url), "https://api.example/orders/7?pin=[redacted]&page=2");
}
