//! Amounts that the document has above zero (`x-above-zero`, or a `minimum` of 0 with `exclusiveMinimum: true`): a
//! request with another amount fails before it is sent, wherever the amount is.

use partner_matrix::amounts::{Bank, Client, Leg, Payout, Step, Wallet};
use partner_runtime::{Decimal, Error, ErrorKind, Upload};

use crate::capture::Capture;

const REFUSED: [&str; 5] = ["0", "-0", "0.000", "-5", "-0.000000000000000001"];

async fn server() -> Capture {
    Capture::responding(204, "application/json", "").await
}

fn client(server: &Capture) -> Client {
    Client::builder().base_url(server.base_url()).build().unwrap()
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A payout that may be sent.
fn payout() -> Payout {
    Payout::new(decimal("1"))
}

fn file() -> Upload {
    Upload::from_bytes("scan.bin", b"%PDF".to_vec())
}

#[track_caller]
fn expect_refusal<T>(result: Result<T, Error>, operation: &str, path: &str) {
    let error = result.err().unwrap_or_else(|| panic!("{operation} was sent, with `{path}`"));
    assert_eq!(error.kind(), ErrorKind::Request, "{error}");
    assert_eq!(error.json_path(), Some(path), "{error}");
    assert_eq!(error.message(), Some(format!("`{path}` has to be more than zero").as_str()));
    assert_eq!(error.operation().map(|operation| operation.id), Some(operation));
    assert!(!error.may_have_executed() && !error.is_retryable(), "{error}");
    assert_eq!(error.attempt_count(), 0);
}

#[tokio::test]
async fn an_amount_of_zero_or_less_is_not_sent_in_a_body() {
    let server = server().await;
    let client = client(&server);
    for text in REFUSED {
        let amount = decimal(text);
        let leg = |amount| Leg::new(amount);
        let refused = [
            ("amount", Payout::new(amount)),
            ("wanted", payout().wanted(amount)),
            ("legs[1].amount", payout().legs([leg(decimal("2")), leg(amount)])),
            ("legs[0].then.amount", payout().legs([leg(decimal("2")).then(leg(amount))])),
            ("shares.eur", payout().shares([("eur".to_owned(), amount)].into())),
            ("account.gas", payout().account(Wallet::new("0x0").gas(amount))),
            ("tip", payout().extra("tip", amount)),
        ];
        for (path, body) in refused {
            expect_refusal(client.create_payout(body.clone()).await, "create_payout", path);
            expect_refusal(client.replace_payout().body(body).await, "replace_payout", path);
        }
        let amounts = [decimal("2"), amount];
        expect_refusal(client.send_amounts(amounts).await, "send_amounts", "body[1]");
    }
    assert_eq!(server.received().len(), 0);
}

#[tokio::test]
async fn an_amount_of_zero_or_less_is_not_sent_in_a_parameter() {
    let server = server().await;
    let client = client(&server);
    let get = || client.get_rate(decimal("1"));
    for text in REFUSED {
        let amount = decimal(text);
        expect_refusal(client.get_rate(amount).await, "get_rate", "at_least");
        expect_refusal(get().amount(amount).await, "get_rate", "amount");
        expect_refusal(get().amounts([decimal("2"), amount]).await, "get_rate", "amounts[1]");
        expect_refusal(get().leg(Step::new().amount(amount)).await, "get_rate", "leg.amount");
        expect_refusal(get().x_amount(amount).await, "get_rate", "x-amount");
    }
    assert_eq!(server.received().len(), 0);
}

#[tokio::test]
async fn an_amount_of_zero_or_less_is_not_sent_in_a_form() {
    let server = server().await;
    let client = client(&server);
    for text in REFUSED {
        let amount = decimal(text);
        expect_refusal(client.send_form(amount).await, "send_form", "amount");
        expect_refusal(client.upload(file()).amount(amount).await, "upload", "amount");
        let legs = [Leg::new(decimal("2")), Leg::new(amount)];
        expect_refusal(client.upload(file()).legs(legs).await, "upload", "legs[1].amount");
    }
    assert_eq!(server.received().len(), 0);
}

#[tokio::test]
async fn everything_else_is_sent_as_it_is() {
    let server = server().await;
    let client = client(&server);
    let tiny = decimal("0.000000000000000001");
    client.create_payout(Payout::new(tiny).fee(decimal("0")).least(decimal("-5"))).await.unwrap();
    client.create_payout(payout().account(Bank::new("DE00"))).await.unwrap();
    client.replace_payout().await.unwrap();
    client.get_rate(tiny).await.unwrap();
    client.send_form(tiny).fee(decimal("-1")).await.unwrap();
    client.upload(file()).await.unwrap();
    let received = server.received();
    let bodies: Vec<String> =
        received[..5].iter().map(|request| String::from_utf8(request.body.clone()).unwrap()).collect();
    let expected = [
        r#"{"amount":"0.000000000000000001","fee":"0","least":-5}"#,
        r#"{"amount":"1","account":{"iban":"DE00"}}"#,
        "",
        "",
        "amount=0.000000000000000001&fee=-1",
    ];
    assert_eq!(bodies, expected);
    assert_eq!((received[3].target.as_str(), received.len()), ("/rates/0.000000000000000001", 6));
}

/// A check at another time would refuse what is stored or read back.
#[test]
fn a_value_that_is_not_sent_can_have_any_amount() {
    let text = r#"{"amount":"-5"}"#;
    let payout: Payout =
        partner_runtime::Json::from_serialize(&Payout::new(decimal("-5"))).unwrap().deserialize_as().unwrap();
    assert_eq!(partner_runtime::Json::from_serialize(&payout).unwrap().as_json_text(), text);
}
