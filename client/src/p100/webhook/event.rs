use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{KycVerificationUpdate, Payload, SepaTransferUpdate, WebhookKind};
use crate::Json;
use crate::webhooks::{self, Delivery, EventKey, Refusal, SenderName};

/// The time for which the key of an event is retained to recognize duplicates, if the key consists of the id and the
/// final status of the event.
const ID_KEY_RETENTION: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// The time for which the key of an event is retained to recognize duplicates, if the key is a hash of the body. An
/// event has such a key if it lacks an id, or if its status is missing or not final. The time is longer than the five
/// delivery attempts take (about two minutes), but not much longer, because a later event may have an equal body.
const HASH_KEY_RETENTION: Duration = Duration::from_secs(10 * 60);

/// An authentic webhook delivery of P100. [`payload`](Self::payload) reads its payload.
#[derive(Clone)]
pub struct Event {
    kind: Option<WebhookKind>,
    path: String,
    payload: Json,
    body: Bytes,
    key: EventKey,
}

/// The properties of a payload that identify its event. A payload may lack some of these properties.
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

/// The envelope of a payload, an object that has the payload as one of its properties. Only one page of the docs shows
/// it; the other pages show payloads without an envelope.
#[derive(Deserialize)]
struct Envelope {
    event_type: Json,
    data: Json,
}

impl Event {
    /// Reads the event of an authentic delivery.
    pub(super) fn from_delivery(delivery: &Delivery, kind: Option<WebhookKind>) -> Result<Event, Refusal> {
        let payload: Json = serde_json::from_slice(delivery.json_object_bytes()?)
            .map_err(|error| Refusal::MalformedBody(error.to_string()))?;
        let payload = match payload.read::<Envelope>() {
            Ok(Envelope { event_type, data }) if event_type.as_str().is_some() => data,
            _ => payload,
        };
        let key = compute_event_key(kind, &payload, delivery);
        Ok(Event { kind, path: delivery.path.clone(), payload, body: delivery.body.clone(), key })
    }

    /// The kind of the webhook; `None` if its path is not known.
    pub fn kind(&self) -> Option<WebhookKind> {
        self.kind
    }

    /// The path to which the event was delivered.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The body as it was received.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The payload as JSON, without an envelope.
    pub fn raw_payload(&self) -> &Json {
        &self.payload
    }

    /// Reads the payload into the Rust type for its kind of webhook.
    pub fn payload(&self) -> Payload {
        use WebhookKind as Kind;
        match self.kind {
            Some(Kind::UserBalanceGeneration) => self.read_payload(Payload::UserBalanceGeneration),
            Some(Kind::KycFiles) => self.read_payload(Payload::KycFiles),
            Some(Kind::ProofOfAddressStatus) => self.read_payload(Payload::ProofOfAddressStatus),
            Some(Kind::KycVerificationStatus) => self.read_payload(|payload| {
                Payload::KycVerificationStatus(KycVerificationUpdate::from_payload(payload))
            }),
            Some(Kind::InternalTransfer) => {
                self.read_payload(|payload| Payload::InternalTransfer(Box::new(payload)))
            }
            Some(Kind::SepaTransfer) => {
                self.read_payload(|payload| Payload::SepaTransfer(SepaTransferUpdate::from_payload(payload)))
            }
            Some(Kind::SepaDeposit) => self.read_payload(Payload::SepaDeposit),
            Some(Kind::IbanStatus) => self.read_payload(Payload::IbanStatus),
            Some(Kind::CryptoWithdrawal) => {
                self.read_payload(|payload| Payload::CryptoWithdrawal(Box::new(payload)))
            }
            Some(Kind::CryptoDeposit) => {
                self.read_payload(|payload| Payload::CryptoDeposit(Box::new(payload)))
            }
            Some(Kind::CardSecureCode) => self.read_payload(Payload::CardSecureCode),
            Some(Kind::CardActivationCode) => self.read_payload(Payload::CardActivationCode),
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

    fn read_payload<T: DeserializeOwned>(&self, payload: impl FnOnce(T) -> Payload) -> Payload {
        self.payload.read().map_or_else(|error| Payload::Unreadable(error.to_string()), payload)
    }
}

/// Returns the key of an event: its id and status if it has an id and a final status, and otherwise a hash of its body.
fn compute_event_key(kind: Option<WebhookKind>, payload: &Json, delivery: &Delivery) -> EventKey {
    let source = format!("p100:{}", kind.map_or(delivery.path.as_str(), |kind| kind.name()));
    let source = SenderName(&source);
    let identity: Option<EventIdentity> = payload.read().ok();
    let text = |json: Option<Json>| json?.as_str().map(std::borrow::Cow::into_owned);
    let id_key = identity.and_then(|identity| {
        let id = text(identity.id.or(identity.crypto_deposit_id)).filter(|id| !id.is_empty())?;
        let status = text(identity.status)?;
        let is_final = matches!(status.as_str(), "SUCCESSFUL" | "UNSUCCESSFUL" | "FAILED");
        is_final.then(|| EventKey::new(source, &format!("{id}:{status}"), ID_KEY_RETENTION))
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
