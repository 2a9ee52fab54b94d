//! Which deliveries of Unigox are authentic, and what they become.

use std::time::Duration;

use partner_client::http::{HeaderValue, header};
use partner_client::unigox::webhook::{EventData, RETRY_WINDOW, Verifier, testing};
use partner_client::unigox::{KycDecision, OrderStatus, WebhookEventType};
use partner_client::webhooks::{
    Clock, Delivery, Event as _, Refusal, Secret, TimestampTolerance, Verifier as _,
};

use crate::deliveries::{
    BODY, SECRET, SIGNATURE, SIGNATURE_HEADER, TIMESTAMP, TIMESTAMP_HEADER, secret, signed, signed_at,
    signed_by, verifier,
};

fn refusal(delivery: &Delivery) -> Refusal {
    verifier().verify(delivery).expect_err("the delivery is refused")
}

/// A delivery whose headers somebody has changed.
fn with_headers(change: impl FnOnce(&mut partner_client::http::HeaderMap)) -> Delivery {
    let mut delivery = signed(BODY);
    change(&mut delivery.headers);
    delivery
}

#[test]
fn the_signature_of_the_vector_is_made_and_accepted() {
    let headers = testing::signed_headers(&secret(), signed_at(), BODY.as_bytes());
    assert_eq!(headers[SIGNATURE_HEADER], SIGNATURE);
    assert_eq!(headers[TIMESTAMP_HEADER], TIMESTAMP.to_string().as_str());
    assert_eq!(BODY.len(), 172);
    let event = verifier().verify(&signed(BODY)).unwrap();
    assert_eq!(event.id(), "evt_1");
    assert_eq!(event.signed_at(), Some(signed_at()));
    assert_eq!(event.created_at().unwrap().to_rfc3339(), "2026-01-01T00:00:00+00:00");
    let EventData::UserKycUpdated(update) = event.parse_data() else { panic!("{event:?}") };
    assert_eq!(update.kyc_status, Some(KycDecision::Verified));
}

#[test]
fn a_wrong_secret_is_refused() {
    let other = Secret::new("whsec_of_somebody_else").unwrap();
    assert_eq!(refusal(&signed_by(&other, signed_at(), BODY)), Refusal::WrongSignature);
}

#[test]
fn an_altered_body_is_refused_wherever_it_was_altered() {
    for place in [0, BODY.len() / 2, BODY.len() - 1] {
        let mut delivery = signed(BODY);
        let mut body = BODY.as_bytes().to_vec();
        body[place] ^= 1;
        delivery.body = body.into();
        assert_eq!(refusal(&delivery), Refusal::WrongSignature, "byte {place}");
    }
    for body in [format!("{BODY}\n"), BODY.replace(',', ", "), String::new()] {
        let delivery = Delivery { body: body.into(), ..signed(BODY) };
        assert_eq!(refusal(&delivery), Refusal::WrongSignature);
    }
}

#[test]
fn an_altered_signature_is_refused_wherever_it_was_altered() {
    for place in 0..64 {
        let mut signature = SIGNATURE.as_bytes().to_vec();
        let digit = &mut signature["sha256=".len() + place];
        *digit = if *digit == b'0' { b'1' } else { b'0' };
        let delivery = with_headers(|headers| {
            headers.insert(SIGNATURE_HEADER, HeaderValue::from_bytes(&signature).unwrap());
        });
        assert_eq!(refusal(&delivery), Refusal::WrongSignature, "digit {place}");
    }
}

#[test]
fn an_altered_timestamp_is_refused_also_when_it_is_the_same_number() {
    for timestamp in ["1767225601", "01767225600", "1767225599"] {
        let delivery = with_headers(|headers| {
            headers.insert(TIMESTAMP_HEADER, HeaderValue::from_static(timestamp));
        });
        assert_eq!(refusal(&delivery), Refusal::WrongSignature, "{timestamp}");
    }
}

#[test]
fn a_timestamp_that_is_no_number_of_seconds_is_refused() {
    for timestamp in
        ["", "now", "-1", "+1767225600", "1767225600.0", "1e9", "1767225600,1", "99999999999999999999"]
    {
        let delivery = with_headers(|headers| {
            headers.insert(TIMESTAMP_HEADER, HeaderValue::from_static(timestamp));
        });
        assert_eq!(refusal(&delivery), Refusal::MalformedTimestamp, "{timestamp}");
    }
}

#[test]
fn a_timestamp_out_of_range_is_refused_without_a_panic() {
    let delivery = with_headers(|headers| {
        headers.insert(TIMESTAMP_HEADER, HeaderValue::from_static("18446744073709551615"));
    });
    assert_eq!(refusal(&delivery), Refusal::MalformedTimestamp);
}

#[test]
fn a_signature_of_another_form_is_refused() {
    let upper = SIGNATURE.to_uppercase();
    let upper_digits = format!("sha256={}", SIGNATURE["sha256=".len()..].to_uppercase());
    let forms = [
        "",
        "sha256=",
        &SIGNATURE["sha256=".len()..],
        &SIGNATURE[..SIGNATURE.len() - 1],
        &format!("{SIGNATURE}0"),
        &SIGNATURE.replace("sha256", "sha1"),
        &SIGNATURE.replace('=', " ="),
        &SIGNATURE.replace('7', "g"),
        &upper,
        &upper_digits,
    ];
    for form in forms {
        let delivery = with_headers(|headers| {
            headers.insert(SIGNATURE_HEADER, HeaderValue::from_str(form).unwrap());
        });
        assert_eq!(refusal(&delivery), Refusal::MalformedSignature, "{form}");
    }
}

#[test]
fn a_missing_header_is_named() {
    for name in [SIGNATURE_HEADER, TIMESTAMP_HEADER] {
        let delivery = with_headers(|headers| {
            headers.remove(name);
        });
        assert_eq!(refusal(&delivery), Refusal::MissingHeader(name));
    }
}

#[test]
fn two_headers_are_refused_also_when_one_of_them_is_right() {
    for (name, other) in
        [(SIGNATURE_HEADER, SIGNATURE), (TIMESTAMP_HEADER, "1767225600"), (TIMESTAMP_HEADER, "1")]
    {
        let delivery = with_headers(|headers| {
            headers.append(name, HeaderValue::from_static(other));
        });
        assert_eq!(refusal(&delivery), Refusal::RepeatedHeader(name));
    }
}

#[test]
fn a_signature_is_accepted_for_as_long_as_retries_last_and_no_longer() {
    let late = |age| verifier().clock(Clock::fixed(signed_at() + age));
    assert!(late(RETRY_WINDOW).verify(&signed(BODY)).is_ok());
    let age = RETRY_WINDOW + Duration::from_secs(1);
    assert_eq!(
        late(age).verify(&signed(BODY)).unwrap_err(),
        Refusal::SignatureTooOld { age, max_age: RETRY_WINDOW },
    );
    // The waits between the ten attempts: 1, 5 and 15 minutes, 1, 6 and 12 hours, and 24 hours three times.
    let waits = (1 + 5 + 15) + 60 * (1 + 6 + 12 + 3 * 24);
    assert!(Duration::from_secs(60 * waits) <= RETRY_WINDOW);
}

#[test]
fn a_signature_from_the_future_is_accepted_up_to_five_minutes() {
    let early = |ahead| verifier().clock(Clock::fixed(signed_at() - ahead));
    let tolerance = Duration::from_secs(300);
    assert!(early(tolerance).verify(&signed(BODY)).is_ok());
    let ahead = tolerance + Duration::from_secs(1);
    assert_eq!(
        early(ahead).verify(&signed(BODY)).unwrap_err(),
        Refusal::SignatureInFuture { ahead_by: ahead, max_clock_skew: tolerance }
    );
}

#[test]
fn the_window_can_be_narrower_and_a_forged_delivery_does_not_learn_it() {
    let tolerance = TimestampTolerance { max_age: Duration::from_secs(5), max_clock_skew: Duration::ZERO };
    let verifier = verifier().timestamp_tolerance(tolerance);
    let age = Duration::from_secs(10);
    assert_eq!(
        verifier.verify(&signed(BODY)).unwrap_err(),
        Refusal::SignatureTooOld { age, max_age: tolerance.max_age },
    );
    let forged = Delivery { body: "{}".into(), ..signed(BODY) };
    assert_eq!(verifier.verify(&forged).unwrap_err(), Refusal::WrongSignature);
}

#[test]
fn events_are_remembered_for_longer_than_a_replay_is_accepted() {
    for max_age in [Duration::from_secs(300), RETRY_WINDOW, 4 * RETRY_WINDOW] {
        let tolerance = TimestampTolerance { max_age, max_clock_skew: Duration::from_secs(300) };
        let event = verifier().timestamp_tolerance(tolerance).verify(&signed(BODY)).unwrap();
        // The last attempt may be signed anew, up to the tolerance ahead of this clock.
        assert!(event.key().retention() >= RETRY_WINDOW + tolerance.max_age + tolerance.max_clock_skew);
    }
}

#[test]
fn while_secrets_are_rotated_both_are_accepted() {
    let new = Secret::new("whsec_new").unwrap();
    let rotating = verifier().also_accept_secret(new.clone());
    for secret in [&secret(), &new] {
        assert!(rotating.verify(&signed_by(secret, signed_at(), BODY)).is_ok());
    }
    let third = Secret::new("whsec_third").unwrap();
    assert_eq!(rotating.verify(&signed_by(&third, signed_at(), BODY)).unwrap_err(), Refusal::WrongSignature,);
}

#[test]
fn a_secret_longer_than_a_block_signs_as_any_other_implementation_does() {
    // `printf '1767225600.{}' | openssl dgst -sha256 -hmac "$(printf 'k%.0s' $(seq 100))"`
    let long = Secret::new("k".repeat(100)).unwrap();
    let headers = testing::signed_headers(&long, signed_at(), b"{}");
    assert_eq!(headers[SIGNATURE_HEADER], LONG_SECRET_SIGNATURE);
}

const LONG_SECRET_SIGNATURE: &str = "sha256=737be46cac74c4333abab01fba23c09d0e0d6bcc4a6b90eedeca0f0fc5663640";

#[test]
fn a_body_with_a_byte_order_mark_is_accepted_when_the_mark_was_signed() {
    let body = format!("\u{feff}{BODY}");
    assert_eq!(verifier().verify(&signed(&body)).unwrap().id(), "evt_1");
    let added_on_the_way = Delivery { body: body.into(), ..signed(BODY) };
    assert_eq!(refusal(&added_on_the_way), Refusal::WrongSignature);
}

#[test]
fn a_body_that_is_too_large_is_refused_whatever_its_signature_says() {
    let body = format!(r#"{{"event_id":"evt_1","padding":"{}"}}"#, "x".repeat(10 * 1024 * 1024));
    assert_eq!(refusal(&signed(&body)), Refusal::BodyTooLarge { max_bytes: 256 * 1024 });
    let verifier = verifier().max_body_bytes(16 * 1024 * 1024);
    assert_eq!(verifier.verify(&signed(&body)).unwrap().id(), "evt_1");
}

#[test]
fn an_authentic_body_that_is_no_json_object_is_malformed() {
    for body in [
        "",
        " ",
        "hello",
        "null",
        "[]",
        r#"["evt_1","user.kyc.updated"]"#,
        r#""evt_1""#,
        "{",
        "{\"event_id\":}",
    ] {
        assert!(matches!(refusal(&signed(body)), Refusal::MalformedBody(_)), "{body}");
    }
    assert!(matches!(refusal(&signed(b"{\"event_id\":\"\xFF\"}")), Refusal::MalformedBody(_)));
    let nested = format!("{}{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    let outcome = verifier().max_body_bytes(usize::MAX).verify(&signed(nested));
    assert!(!matches!(outcome, Err(Refusal::WrongSignature)), "a deep body does no harm");
}

#[test]
fn the_refusal_of_a_malformed_body_shows_nothing_of_it() {
    for body in [r#"{"event_id":"secret-name" x"#, r#"{"event_id":secret-name}"#] {
        let refusal = refusal(&signed(body));
        assert!(!format!("{refusal} {refusal:?}").contains("secret-name"), "{refusal}");
    }
}

#[test]
fn a_compressed_body_is_refused() {
    for encoding in ["gzip", "br", "identity, gzip"] {
        let delivery = with_headers(|headers| {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        });
        assert_eq!(refusal(&delivery), Refusal::CompressedBody, "{encoding}");
    }
    let plain = with_headers(|headers| {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("identity"));
    });
    assert!(verifier().verify(&plain).is_ok());
}

#[test]
fn the_content_type_decides_nothing_because_the_signature_does() {
    for content_type in
        ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16"]
    {
        let delivery = with_headers(|headers| {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        });
        assert!(verifier().verify(&delivery).is_ok(), "{content_type}");
    }
}

#[test]
fn an_event_of_an_unknown_type_keeps_its_data() {
    let body = r#"{"event_id":"evt_2","event_type":"retail.settlement.completed","data":{"amount":1.10}}"#;
    let event = verifier().verify(&signed(body)).unwrap();
    assert!(matches!(event.event_type(), WebhookEventType::Unrecognized(_)));
    assert_eq!(event.event_type().as_str(), "retail.settlement.completed");
    let EventData::Other(Some(data)) = event.parse_data() else { panic!("{event:?}") };
    assert_eq!(data.as_json_text(), r#"{"amount":1.10}"#);
}

#[test]
fn a_known_event_with_missing_fields_is_read_as_far_as_it_goes() {
    let body =
        r#"{"event_id":"evt_3","event_type":"order.status.changed","data":{"status":"frozen","new":[1]}}"#;
    let event = verifier().verify(&signed(body)).unwrap();
    let EventData::OrderStatusChanged(order) = event.parse_data() else { panic!("{event:?}") };
    assert_eq!(order.order_id, None);
    assert!(matches!(&order.status, Some(OrderStatus::Unrecognized(status)) if status.as_str() == "frozen"));
}

#[test]
fn a_known_event_whose_data_does_not_fit_keeps_it_and_says_why() {
    for (data, reason) in [
        (r#"{"order_id":{"secret":1}}"#, "invalid type"),
        (r#""secret""#, "invalid type"),
        (r#"["secret"]"#, "invalid"),
    ] {
        let body = format!(r#"{{"event_id":"evt_4","event_type":"order.status.changed","data":{data}}}"#);
        let event = verifier().verify(&signed(&body)).unwrap();
        let EventData::Unreadable(why) = event.parse_data() else {
            panic!("{data}: {:?}", event.parse_data())
        };
        assert!(why.contains(reason) && !why.contains("secret"), "{why}");
        assert_eq!(event.raw_data().unwrap().as_json_text(), data);
    }
    for body in [r#"{"event_type":"wallet.linked"}"#, r#"{"event_type":"wallet.linked","data":null}"#] {
        let event = verifier().verify(&signed(body)).unwrap();
        assert_eq!(event.parse_data(), EventData::Unreadable("there is no data".to_owned()));
    }
}

#[test]
fn an_envelope_of_which_nothing_fits_is_still_an_event() {
    let body = r#"{"event_id":7,"event_type":["x"],"created_at":"yesterday","data":1}"#;
    let event = verifier().verify(&signed(body)).unwrap();
    assert_eq!(event.created_at(), None);
    assert!(matches!(event.parse_data(), EventData::Other(Some(_))));
    assert!(event.id().starts_with("unigox:sha256:"), "{}", event.id());
    let again = verifier().verify(&signed(body)).unwrap();
    let other = verifier().verify(&signed("{}")).unwrap();
    assert_eq!(event.key(), again.key());
    assert_ne!(event.key(), other.key());
}

#[test]
fn every_documented_event_is_read_as_its_type() {
    for event_type in WebhookEventType::KNOWN {
        let body = format!(r#"{{"event_id":"evt_5","event_type":"{event_type}","data":{{}}}}"#);
        let data = verifier().verify(&signed(&body)).unwrap().parse_data();
        assert!(!matches!(data, EventData::Other(_) | EventData::Unreadable(_)), "{event_type}: {data:?}");
    }
    assert!(!WebhookEventType::KNOWN.is_empty());
}

#[test]
fn events_that_are_sent_only_once_are_marked() {
    let sent_once = |event_type: &str, data: &str| {
        let body = format!(r#"{{"event_type":"{event_type}","data":{data}}}"#);
        verifier().verify(&signed(&body)).unwrap().is_sent_once()
    };
    assert!(sent_once("fiat_account.deposit.received", "{}"));
    assert!(sent_once("fiat_account.deposit.received", "1"), "its type says so, whatever its data");
    assert!(sent_once("fiat_account.updated", r#"{"status":"active"}"#));
    assert!(!sent_once("fiat_account.updated", r#"{"status":"closed"}"#));
    assert!(!sent_once("order.status.changed", r#"{"status":"completed"}"#));
    assert!(!sent_once("something.new", "{}"));
}

#[test]
fn an_id_of_any_length_makes_a_key_that_a_store_can_hold() {
    for id in ["x".repeat(100_000), "a\\u0000b".to_owned(), "evt_1".to_owned()] {
        let body = format!(r#"{{"event_id":"{id}"}}"#);
        let key = verifier().verify(&signed(&body)).unwrap().key();
        assert!(key.as_str().len() <= 210 && key.as_str().is_ascii(), "{key}");
        assert!(!key.as_str().contains('\0'));
    }
}

#[test]
fn neither_secrets_nor_bodies_are_in_debug_output() {
    let delivery = signed(BODY);
    let event = verifier().verify(&delivery).unwrap();
    let shown = format!("{:?} {delivery:?} {event:?} {:#?}", verifier(), Verifier::new(secret()));
    for hidden in [SECRET, "550e8400", &SIGNATURE["sha256=".len()..]] {
        assert!(!shown.contains(hidden), "{shown}");
    }
}
