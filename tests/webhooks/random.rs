//! Deliveries of any contents: nothing panics, nothing forged gets in, nothing authentic is lost.

use partner_client::http::{HeaderMap, HeaderName, HeaderValue};
use partner_client::p100;
use partner_client::unigox::webhook::{EventData, Verifier};
use partner_client::webhooks::{Delivery, Refusal, Secret, Verifier as _};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::deliveries::{secret, signed, verifier};

fn headers() -> impl Strategy<Value = HeaderMap> {
    let names = prop::sample::select(vec!["x-unigox-signature", "x-unigox-timestamp", "authorization"]);
    let value = prop_oneof![
        vec(any::<u8>(), 0..80),
        "sha256=[0-9a-fA-F]{64}".prop_map(String::into_bytes),
        "[0-9]{1,22}".prop_map(String::into_bytes),
    ];
    vec((names, value), 0..4).prop_map(|headers| {
        let valid = |(name, value): (&'static str, Vec<u8>)| {
            Some((HeaderName::from_static(name), HeaderValue::from_bytes(&value).ok()?))
        };
        headers.into_iter().filter_map(valid).collect()
    })
}

/// JSON that resembles an event.
fn body() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        Just("null".to_owned()),
        Just(r#""evt_1""#.to_owned()),
        Just("1e400".to_owned()),
        Just(r#"{"order_id":1,"status":[],"amount":"x"}"#.to_owned()),
        Just(r#"[{"a":{}}]"#.to_owned()),
        Just(r#""order.status.changed""#.to_owned()),
        Just(r#""fiat_account.updated""#.to_owned()),
        Just(r#"{"status":"closed"}"#.to_owned()),
        "\"[a-z\u{0}-\u{1f}]{0,5}\"",
    ];
    let key =
        prop::sample::select(vec!["event_id", "event_type", "created_at", "data", "id", "status", "new"]);
    vec((key, value), 0..6).prop_map(|pairs| {
        let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
        format!("{{{}}}", pairs.join(","))
    })
}

proptest! {
    #[test]
    fn nothing_gets_in_without_a_signature(headers in headers(), body in vec(any::<u8>(), 0..300)) {
        let delivery = Delivery::new("/", headers, body);
        prop_assert!(verifier().verify(&delivery).is_err());
        let p100 = p100::webhook::Verifier::new(Secret::new("the-token").unwrap());
        prop_assert!(p100.verify(&delivery).is_err());
    }

    #[test]
    fn an_authentic_object_is_an_event_and_reading_it_does_no_harm(body in body()) {
        let object: Result<serde_json::Map<String, serde_json::Value>, _> = serde_json::from_str(&body);
        let delivery = signed(&body);
        match verifier().verify(&delivery) {
            Ok(event) => {
                let _ = (event.parse_data(), event.is_sent_once(), event.supersedes(&event), format!("{event:?}"));
                if let EventData::Unreadable(reason) = event.parse_data() {
                    prop_assert!(!reason.is_empty());
                }
            }
            // A key twice, or no JSON after all.
            Err(refusal) => prop_assert!(
                matches!(refusal, Refusal::MalformedBody(_)) && (object.is_err() || has_repeated_key(&body)),
                "{refusal} {body}"
            ),
        }
    }

    #[test]
    fn a_changed_byte_anywhere_is_noticed(body in body(), place in any::<prop::sample::Index>(), bit in 0..8u8) {
        let mut delivery = signed(&body);
        let mut bytes = delivery.body.to_vec();
        let place = place.index(bytes.len());
        bytes[place] ^= 1 << bit;
        delivery.body = bytes.into();
        prop_assert_eq!(verifier().verify(&delivery).unwrap_err(), Refusal::WrongSignature);
    }

    #[test]
    fn any_secret_and_no_other_verifies_what_it_signed(one in "[!-~]{1,100}", other in "[!-~]{1,100}") {
        prop_assume!(one != other);
        let (one, other) = (Secret::new(one).unwrap(), Secret::new(other).unwrap());
        let delivery = crate::deliveries::signed_by(&one, std::time::SystemTime::now(), "{}");
        prop_assert!(Verifier::new(one).verify(&delivery).is_ok());
        prop_assert!(Verifier::new(other.clone()).verify(&delivery).is_err());
        prop_assert!(Verifier::new(other).also_accept_secret(secret()).verify(&delivery).is_err());
    }
}

fn has_repeated_key(body: &str) -> bool {
    ["event_id", "event_type", "created_at", "data"]
        .iter()
        .any(|key| body.matches(&format!("\"{key}\":")).count() > 1)
}
