//! Cards: all their operations are suspended, and what they return has to be kept secret.

#![allow(deprecated, reason = "what is suspended still has to work as documented")]

use partner_client::p100::{
    CardPinChange, CardPinChangeRequired, CardReference, CardReferenceRequired, CardStatus, Client,
    ErrorCode, NewVirtualCard, NewVirtualCardRequired,
};
use partner_client::{ErrorKind, Response};
use partner_tests::capture::Capture;
use partner_tests::case::{UUID, uuid};
use partner_tests::secrets::error_texts;
use serde_json::json;

use partner_tests::p100::client;
use partner_tests::p100::{respond_json, sent};

const PAN: &str = "4929123456781234";
const CVV: &str = "917";
const EXP: &str = "11/38";
const PIN: &str = "8264";

fn keeps(text: &str) {
    for secret in [PAN, "56781234", CVV, EXP, PIN] {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
}

fn card(id: &str) -> String {
    json!({"cardId": id, "cardNumber": PAN, "cvv": CVV, "exp": EXP}).to_string()
}

#[tokio::test]
async fn a_card_is_deleted_by_a_body() {
    let request = sent(|client| {
        client.delete_card(CardReference::new(CardReferenceRequired {
            external_user_id: "user 1".into(),
            card_id: uuid().into(),
        }))
    })
    .await;
    assert_eq!((request.method.as_str(), request.target.as_str()), ("DELETE", "/v1/card"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("transfer-encoding"), None);
    assert_eq!(request.header("content-length"), Some(request.body.len().to_string().as_str()));
    assert_eq!(request.json(), json!({"externalUserId": "user 1", "cardId": UUID}));
}

#[test]
fn a_pin_that_is_sent_is_not_shown() {
    let client = client("http://127.0.0.1:9");
    let body = NewVirtualCard::new(NewVirtualCardRequired {
        external_user_id: "user".into(),
        label: "Travel".into(),
        pin: PIN.into(),
    });
    let call = client.create_virtual_card(body.clone());
    keeps(&format!("{body:?} {body:#?} {call:?} {call:#?}"));
    assert_eq!(body.pin, PIN);

    let card: uuid::Uuid = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa".parse().unwrap();
    let body = CardPinChange::new(CardPinChangeRequired {
        external_user_id: "user".into(),
        card_id: card.into(),
        pin: PIN.into(),
    });
    let call = client.update_card_pin(body.clone());
    keeps(&format!("{body:?} {body:#?} {call:?} {call:#?}"));
}

#[tokio::test]
async fn a_pin_is_sent_as_the_text_that_it_is() {
    let body = CardPinChange::new(CardPinChangeRequired {
        external_user_id: "user".into(),
        card_id: uuid().into(),
        pin: "0007".into(),
    });
    let request = sent(|client| client.update_card_pin(body)).await;
    assert_eq!(request.json(), json!({"externalUserId": "user", "cardId": UUID, "pin": "0007"}));
}

#[tokio::test]
async fn a_card_in_a_response_can_be_read_and_is_not_shown() {
    let create = |client: Client| {
        client.create_virtual_card(NewVirtualCard::new(NewVirtualCardRequired {
            external_user_id: "user".into(),
            label: "Travel".into(),
            pin: PIN.into(),
        }))
    };
    let made = respond_json(200, &card(UUID), create).await.unwrap();
    keeps(&format!("{made:?} {made:#?}"));
    assert_eq!((made.card_number.as_deref(), made.cvv.as_deref()), (Some(PAN), Some(CVV)));
    assert_eq!(made.expiry.as_deref(), Some(EXP));

    let details = |client: Client| client.get_card_details("user".into(), uuid().into());
    let found: Response<_> = respond_json(200, &card(UUID), details).await.unwrap();
    keeps(&format!("{found:?} {found:#?}"));
    assert_eq!(found.card_number.as_deref(), Some(PAN));
}

#[tokio::test]
async fn the_last_digits_in_a_list_of_cards_are_not_shown() {
    let body = json!({"cards": [{"status": "BLOCKED", "cardLastDigits": "7391", "label": "Travel"}]});
    let cards =
        respond_json(200, &body.to_string(), |client| client.list_user_cards("1".into())).await.unwrap();
    let card = &cards.cards.as_ref().unwrap()[0];
    assert_eq!(card.card_last_digits.as_deref(), Some("7391"));
    assert!(matches!(&card.status, Some(CardStatus::Unrecognized(status)) if status.as_str() == "BLOCKED"));
    assert!(!format!("{cards:?} {cards:#?}").contains("7391"), "{cards:?}");
}

#[tokio::test]
async fn a_card_that_cannot_be_read_is_in_no_error_and_in_no_reason() {
    let whole = card(UUID);
    let without_quotes = whole.replace(&format!("\"{PAN}\""), PAN);
    let in_a_list = whole.replace(&format!("\"{CVV}\""), &format!("[\"{CVV}\"]"));
    let in_an_id = card(PAN);
    let create = |client: Client| {
        client.create_virtual_card(NewVirtualCard::new(NewVirtualCardRequired {
            external_user_id: "user".into(),
            label: "Travel".into(),
            pin: PIN.into(),
        }))
    };
    let cut = &whole[..whole.len() - 1];
    let error = respond_json(200, cut, create).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
    assert_eq!(error.body().as_ref(), cut.as_bytes(), "who asks for the body gets it");
    keeps(&error_texts(&error));
    for (body, path) in [(&without_quotes, "cardNumber"), (&in_a_list, "cvv"), (&in_an_id, "cardId")] {
        let card = respond_json(200, body, create).await.unwrap();
        let [unreadable] = card.unreadable_fields() else { panic!("{:?}", card.unreadable_fields()) };
        assert_eq!(unreadable.path(), path);
        keeps(&format!("{unreadable} {unreadable:?} {card:?}"));
    }
}

#[tokio::test]
async fn a_failure_that_repeats_the_request_does_not_show_it() {
    let body = json!({"errorCode": "P403", "request": {"pin": PIN}, "cardNumber": PAN}).to_string();
    let create = |client: Client| {
        client.create_virtual_card(NewVirtualCard::new(NewVirtualCardRequired {
            external_user_id: "user".into(),
            label: "Travel".into(),
            pin: PIN.into(),
        }))
    };
    let error = respond_json(400, &body, create).await.unwrap_err();
    assert_eq!(ErrorCode::from_error(&error), Some(ErrorCode::ValidationError));
    keeps(&error_texts(&error));
}

#[tokio::test]
async fn a_suspended_operation_is_sent_and_its_failure_is_reported() {
    let server = Capture::responding(400, "application/json", r#"{"errorCode":"P999"}"#).await;
    let error = client(server.base_url())
        .block_card(CardReference::new(CardReferenceRequired {
            external_user_id: "1".into(),
            card_id: uuid().into(),
        }))
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("P999"));
    assert_eq!(server.single_request().target, "/v1/card/block", "the client does not decide for the vendor");
}
