//! Single values that must not be lost, each with a test of its own.

use partner_client::Json;
use partner_client::p100::{
    CryptoDepositWebhook, Currency, OrderDetails, SepaDepositWebhook, UserVerificationDocument,
};
use partner_client::unigox::{
    FeeBreakdown, KycDocumentLink, KycDocumentUpload, OrderPage, OrderStatus, PaymentDetails,
    PaymentDetailsWithoutInstitution, SettlementConsentParameters,
};
use partner_spec::Api;
use partner_tests::contract::Contract;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn read<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn back<T: DeserializeOwned + Serialize>(text: &str) -> String {
    serde_json::to_string(&read::<T>(text)).unwrap()
}

#[test]
fn a_zero_keeps_its_scale_as_text_and_is_equal_as_a_number() {
    let long = r#"{"platform_fee":"0.000000","platform_fee_pct":0.000}"#;
    let short = r#"{"platform_fee":"0","platform_fee_pct":0}"#;
    assert_eq!((back::<FeeBreakdown>(long).as_str(), back::<FeeBreakdown>(short).as_str()), (long, short));
    assert_eq!(read::<FeeBreakdown>(long), read::<FeeBreakdown>(short));
}

#[test]
fn a_number_keeps_its_text() {
    for amount in [
        "1.10",
        "100.00",
        "0.1234567890123456789012345678",
        "9007199254740993",
        "-0.50",
        "79228162514.264337593543950336",
    ] {
        let text = format!(r#"{{"receivedAmount":{amount}}}"#);
        assert_eq!(back::<OrderDetails>(&text), text);
    }
}

#[test]
fn a_number_with_more_digits_than_fit_is_refused_and_never_rounded() {
    let long = "1".repeat(156);
    for amount in [long.as_str(), "1e-155", "1e155", "1e1000000000", "-1e-1000000000"] {
        let error =
            serde_json::from_str::<OrderDetails>(&format!(r#"{{"receivedAmount":{amount}}}"#)).unwrap_err();
        assert!(error.to_string().contains("more digits than fit"), "{amount}: {error}");
    }
}

#[test]
fn a_model_keeps_every_digit_on_its_way_through_a_value() {
    let text = r#"{"receivedAmount":0.12345678901234567890}"#;
    let value = serde_json::to_value(read::<OrderDetails>(text)).unwrap();
    assert_eq!(value, json!({ "receivedAmount": "0.12345678901234567890" }));
    assert_eq!(json!({ "row": read::<OrderDetails>(text) }), json!({ "row": value }));
    let again: OrderDetails = serde_json::from_value(value).unwrap();
    assert_eq!(serde_json::to_string(&again).unwrap(), text);
    assert_eq!(Json::from_serialize(&again).unwrap().as_json_text(), text);

    // Text that was parsed as a `Value` first has lost digits already.
    let late: OrderDetails = serde_json::from_value(serde_json::from_str(text).unwrap()).unwrap();
    assert_eq!(
        back::<OrderDetails>(&serde_json::to_string(&late).unwrap()),
        r#"{"receivedAmount":0.12345678901234568}"#
    );
}

#[test]
fn an_undocumented_number_is_a_float_in_a_value_and_exact_in_json() {
    let text = r#"{"amount":"1.10","zz_new":0.12345678901234567890}"#;
    let webhook = read::<SepaDepositWebhook>(text);
    assert_eq!(
        serde_json::to_value(&webhook).unwrap(),
        json!({ "amount": "1.10", "zz_new": 0.12345678901234568 })
    );
    assert_eq!(Json::from_serialize(&webhook).unwrap().as_json_text(), text);
}

#[test]
fn an_unrecognized_enum_value_is_written_unchanged() {
    let text = r#"{"orders":[{"status":"half_paid"},{"status":"COMPLETED"},{"status":""}]}"#;
    let page: OrderPage = read(text);
    let statuses = page.orders.iter().flatten().map(|order| order.status.as_ref().unwrap());
    assert!(statuses.clone().all(|status| matches!(status, OrderStatus::Unrecognized(_))));
    assert_eq!(statuses.map(OrderStatus::as_str).collect::<Vec<_>>(), ["half_paid", "COMPLETED", ""]);
    assert_eq!(serde_json::to_string(&page).unwrap(), text);

    let text = r#"{"amount":1,"currency":"doge"}"#;
    assert_eq!(read::<CryptoDepositWebhook>(text).currency, Some(Currency::from("doge")));
    assert_eq!(back::<CryptoDepositWebhook>(text), text);
}

#[test]
fn absent_and_empty_are_distinct_and_null_is_absent_where_that_is_allowed() {
    assert_eq!(read::<OrderPage>("{}").orders, None);
    assert_eq!(read::<OrderPage>(r#"{"orders":[]}"#).orders, Some(Vec::new()));
    for text in ["{}", r#"{"orders":[]}"#, r#"{"orders":[{}]}"#] {
        assert_eq!(back::<OrderPage>(text), text);
    }
    assert_eq!(read::<OrderDetails>(r#"{"walletAddress":""}"#).wallet_address, Some("".into()));
    assert_eq!(read::<OrderDetails>(r#"{"walletAddress":null}"#), read("{}"));
}

#[test]
fn a_required_null_is_neither_left_out_nor_added() {
    let contract = Contract::read(Api::Unigox);
    let responses = contract.operation("getSettlementConsentParameters").responses();
    let example =
        responses.iter().flat_map(|response| &response.content).flat_map(|(_, list)| list).next().unwrap();
    let mut data = example.value["data"].clone();

    data["settlement_hours"] = Value::Null;
    let parameters: SettlementConsentParameters = serde_json::from_value(data.clone()).unwrap();
    assert_eq!(parameters.settlement_hours, None);
    assert_eq!(serde_json::to_value(&parameters).unwrap().get("settlement_hours"), Some(&Value::Null));

    data.as_object_mut().unwrap().remove("settlement_hours");
    let error = serde_json::from_value::<SettlementConsentParameters>(data).unwrap_err();
    assert!(error.to_string().contains("missing field `settlement_hours`"), "{error}");
}

#[test]
fn undocumented_properties_are_ignored_or_kept_as_the_document_says() {
    assert_eq!(back::<OrderPage>(r#"{"zz_new":{"a":1},"orders":[]}"#), r#"{"orders":[]}"#);
    let text = r#"{"amount":"1.10","zz_new":{"a":[null,{}]}}"#;
    assert_eq!(read::<SepaDepositWebhook>(text).extra["zz_new"].as_json_text(), r#"{"a":[null,{}]}"#);
    assert_eq!(back::<SepaDepositWebhook>(text), text);
}

#[test]
fn an_unrecognized_alternative_of_a_union_keeps_its_text() {
    let text = r#"{"kind": "new", "amount":1.10, "n":123456789012345678901234567890}"#;
    match read::<KycDocumentUpload>(text) {
        KycDocumentUpload::Unrecognized(json) => assert_eq!(json.as_json_text(), text),
        other => panic!("{other:?}"),
    }
    assert_eq!(back::<KycDocumentUpload>(text), text);
}

/// Numbers that no float can represent exactly.
const NUMBERS: [&str; 5] =
    ["1.10", "0.12345678901234567890", "123456789012345678901234567890", "9007199254740993", "1E+400"];

#[test]
fn a_number_without_a_schema_keeps_its_text() {
    for number in NUMBERS {
        // An undocumented property of a webhook's payload, at any depth.
        let text = format!(r#"{{"zz_fee":{number},"zz_new":{{"a":[{number},{{"b":{number}}}]}}}}"#);
        assert_eq!(back::<SepaDepositWebhook>(&text), text);
        let payload = read::<SepaDepositWebhook>(&text);
        assert_eq!(payload.extra["zz_fee"].as_json_text(), number);

        // An object with any properties, in a response and in a request.
        let text = format!(r#"{{"details":{{"a":{number},"b":[[{number}]]}}}}"#);
        assert_eq!(back::<PaymentDetails>(&text), text);
        let text = format!(
            r#"{{"currency":"EUR","rail":"iban-sepa","details":{{"iban":"DE00","limit":{number}}}}}"#
        );
        assert_eq!(back::<PaymentDetailsWithoutInstitution>(&text), text);
    }
}

#[test]
fn an_extra_property_is_sent_with_every_digit() {
    for number in NUMBERS {
        let value: Json = number.parse().unwrap();
        let body = UserVerificationDocument::new("1".into()).extra("limit", value);
        let text = format!(r#"{{"externalUserId":"1","limit":{number}}}"#);
        assert_eq!(serde_json::to_string(&body).unwrap(), text);
    }
}

/// The union is discriminated by `url` and `documents`, so that `document_type` can be an open enum.
#[test]
fn an_unrecognized_enum_value_is_written_unchanged_inside_a_union() {
    let text = r#"{"upload_method":"url_link","document_type":"new_kind","url":"https://example.com/a.jpg"}"#;
    assert_eq!(back::<KycDocumentLink>(text), text);
}
