use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{KycVerificationUpdate, Payload, SepaTransferUpdate, WebhookKind};
use crate::Json;
use crate::webhooks::{self, Delivery, EventKey, Refusal, SenderName};

/// How long the key of an event is retained, so that a repeated delivery is recognized. This time is for events with an
/// id and a final status, whose key consists of these two.
const ID_AND_STATUS_KEY_RETENTION: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// How long the key of an event is retained, so that a repeated delivery is recognized. This time is for events without
/// an id or without a final status, whose key is a hash of the body. P100 attempts a delivery five times within about
/// two minutes. The key is retained longer than that, but not much longer, because a later event may have an equal
/// body.
const HASH_KEY_RETENTION: Duration = Duration::from_secs(10 * 60);

/// An event that P100 has delivered by a webhook. The delivery was verified.
#[derive(Clone)]
pub struct Event {
    kind: Option<WebhookKind>,
    path: String,
    payload: Json,
    body: Bytes,
    key: EventKey,
}

/// The properties of a payload that identify the event. A payload may lack some of these properties.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EventIdentity {
    #[serde(default)]
    id: Option<Json>,
    #[serde(default)]
    crypto_deposit_id: Option<Json>,
    #[serde(default)]
    status: Option<Json>,
}

/// The envelope of a payload, a JSON object with the payload in its property `data`. Only one page of P100's docs shows
/// an envelope; on all other pages the payload is the whole body.
#[derive(Deserialize)]
struct PayloadEnvelope {
    event_type: Json,
    data: Json,
}

impl Event {
    /// Parses the event in a verified delivery.
    pub(super) fn from_delivery(delivery: &Delivery, kind: Option<WebhookKind>) -> Result<Event, Refusal> {
        let payload: Json = serde_json::from_slice(delivery.json_object_bytes()?)
            .map_err(|error| Refusal::MalformedBody(error.to_string()))?;
        let payload = match payload.deserialize_as::<PayloadEnvelope>() {
            Ok(PayloadEnvelope { event_type, data }) if event_type.as_str().is_some() => data,
            _ => payload,
        };
        let key = compute_event_key(kind, &payload, delivery);
        Ok(Event { kind, path: delivery.path.clone(), payload, body: delivery.body.clone(), key })
    }

    /// The kind of webhook to which the event belongs; `None` if the path of the delivery is not known.
    pub fn kind(&self) -> Option<WebhookKind> {
        self.kind
    }

    /// The path of the URL to which the event was delivered.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The body of the delivery, as it was received.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The payload as JSON. If the body wraps the payload in an object with the property `data`, this is the value of
    /// `data`.
    pub fn raw_payload(&self) -> &Json {
        &self.payload
    }

    /// Parses the payload as the Rust type that belongs to the kind of webhook.
    pub fn parse_payload(&self) -> Payload {
        use WebhookKind as Kind;
        match self.kind {
            Some(Kind::UserBalanceGeneration) => self.parse_payload_as(Payload::UserBalanceGeneration),
            Some(Kind::KycFiles) => self.parse_payload_as(Payload::KycFiles),
            Some(Kind::ProofOfAddressStatus) => self.parse_payload_as(Payload::ProofOfAddressStatus),
            Some(Kind::KycVerificationStatus) => self.parse_payload_as(|payload| {
                Payload::KycVerificationStatus(KycVerificationUpdate::from_payload(payload))
            }),
            Some(Kind::InternalTransfer) => {
                self.parse_payload_as(|payload| Payload::InternalTransfer(Box::new(payload)))
            }
            Some(Kind::SepaTransfer) => self
                .parse_payload_as(|payload| Payload::SepaTransfer(SepaTransferUpdate::from_payload(payload))),
            Some(Kind::SepaDeposit) => self.parse_payload_as(Payload::SepaDeposit),
            Some(Kind::IbanStatus) => self.parse_payload_as(Payload::IbanStatus),
            Some(Kind::CryptoWithdrawal) => {
                self.parse_payload_as(|payload| Payload::CryptoWithdrawal(Box::new(payload)))
            }
            Some(Kind::CryptoDeposit) => {
                self.parse_payload_as(|payload| Payload::CryptoDeposit(Box::new(payload)))
            }
            Some(Kind::CardSecureCode) => self.parse_payload_as(Payload::CardSecureCode),
            Some(Kind::CardActivationCode) => self.parse_payload_as(Payload::CardActivationCode),
            Some(
                Kind::CreateWallet
                | Kind::Exchange
                | Kind::CardTransaction
                | Kind::OrderStatus
                | Kind::PaymentLink,
            )
            | None => Payload::Other(self.payload.clone()),
        }
    }

    fn parse_payload_as<T: DeserializeOwned>(&self, payload: impl FnOnce(T) -> Payload) -> Payload {
        self.payload.deserialize_as().map_or_else(|error| Payload::Unreadable(error.to_string()), payload)
    }
}

/// Returns the key of an event. The key consists of the event's id and status if the event has an id and a final
/// status; otherwise the key is a hash of the body.
fn compute_event_key(kind: Option<WebhookKind>, payload: &Json, delivery: &Delivery) -> EventKey {
    let source = format!("p100:{}", kind.map_or(delivery.path.as_str(), |kind| kind.name()));
    let source = SenderName(&source);
    let identity: Option<EventIdentity> = payload.deserialize_as().ok();
    let text = |json: Option<Json>| json?.as_str().map(std::borrow::Cow::into_owned);
    let id_key = identity.and_then(|identity| {
        let id = text(identity.id.or(identity.crypto_deposit_id)).filter(|id| !id.is_empty())?;
        let status = text(identity.status)?;
        let is_final = matches!(status.as_str(), "SUCCESSFUL" | "UNSUCCESSFUL" | "FAILED");
        is_final.then(|| EventKey::new(source, &format!("{id}:{status}"), ID_AND_STATUS_KEY_RETENTION))
    });
    id_key.unwrap_or_else(|| EventKey::from_content(source, &delivery.body, HASH_KEY_RETENTION))
}

impl webhooks::Event for Event {
    fn key(&self) -> EventKey {
        self.key.clone()
    }
}

impl fmt::Debug for Event {
    /// Formats the event without its payload, which may have personal data in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event").field("kind", &self.kind).field("path", &self.path).finish_non_exhaustive()
    }
}
