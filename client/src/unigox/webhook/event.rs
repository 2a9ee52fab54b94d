use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::Json;
use crate::unigox::{
    FiatAccountClosing, FiatAccountDepositReceived, FiatAccountStatus, FiatAccountUpdated,
    OrderRefundRequired, OrderStatusChanged, UserKycUpdated, WalletDepositReceived, WalletLinked,
    WalletWithdrawalStatusChanged, WebhookEventType,
};
use crate::webhooks::{self, Delivery, EventKey, Refusal, SenderName};

/// An event from a delivery whose signature was verified. [`parse_data`](Self::parse_data) parses the event's data.
///
/// An event with a valid signature is accepted even if its id, type or data is missing or unknown. For an event without
/// an id, a hash of the body is the id. The data of an event of an unknown type is [`EventData::Other`].
#[derive(Clone)]
pub struct Event {
    id: String,
    event_type: WebhookEventType,
    created_at: Option<DateTime<Utc>>,
    data: Option<Json>,
    signed_at: Option<SystemTime>,
    body: Bytes,
    key: EventKey,
}

/// The data of an event, with a variant for each event type.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum EventData {
    /// `order.status.changed`: an order has a new status.
    OrderStatusChanged(Box<OrderStatusChanged>),
    /// `order.refund.required`: the refund of a stopped order has to be signed.
    OrderRefundRequired(Box<OrderRefundRequired>),
    /// `user.kyc.updated`: the identity check of a customer was decided or put under review.
    UserKycUpdated(UserKycUpdated),
    /// `fiat_account.updated`: the status of a fiat account changed.
    FiatAccountUpdated(FiatAccountUpdated),
    /// `fiat_account.deposit.received`: money arrived on a fiat account.
    FiatAccountDepositReceived(FiatAccountDepositReceived),
    /// `fiat_account.closing`: a fiat account is going to be closed.
    FiatAccountClosing(FiatAccountClosing),
    /// `wallet.linked`: a customer linked a wallet of their own.
    WalletLinked(WalletLinked),
    /// `wallet.deposit.received`: crypto arrived in a customer's own wallet.
    WalletDepositReceived(Box<WalletDepositReceived>),
    /// `wallet.withdrawal.status.changed`: a withdrawal of a customer has a new status.
    WalletWithdrawalStatusChanged(Box<WalletWithdrawalStatusChanged>),
    /// An event of a type that this version of the client does not know, with the event's `data`.
    Other(Option<Json>),
    /// An event of a known type whose `data` is missing or malformed. The string is the reason. [`Event::raw_data`]
    /// returns the data.
    Unreadable(String),
}

/// The JSON object that contains an event. Its property `data` has the data of the event. All properties are optional,
/// and may have any JSON value.
#[derive(Deserialize)]
struct EventEnvelope {
    #[serde(default)]
    event_id: Option<Json>,
    #[serde(default)]
    event_type: Option<Json>,
    #[serde(default)]
    created_at: Option<Json>,
    #[serde(default)]
    data: Option<Json>,
}

impl Event {
    /// Parses the event of a delivery whose signature was checked before.
    pub(super) fn from_delivery(
        delivery: &Delivery,
        signed_at: Option<SystemTime>,
        retention: Duration,
    ) -> Result<Event, Refusal> {
        let envelope: EventEnvelope = serde_json::from_slice(delivery.json_object_bytes()?)
            .map_err(|error| Refusal::MalformedBody(error.to_string()))?;
        let body = delivery.body.clone();
        let text = |json: &Option<Json>| {
            let text = json.as_ref()?.as_str()?.into_owned();
            Some(text).filter(|text| !text.is_empty())
        };
        let id = text(&envelope.event_id);
        let key = match &id {
            Some(id) => EventKey::new(SenderName("unigox"), id, retention),
            None => EventKey::from_content(SenderName("unigox"), &body, retention),
        };
        Ok(Event {
            id: id.unwrap_or_else(|| key.as_str().to_owned()),
            event_type: WebhookEventType::from(text(&envelope.event_type).unwrap_or_default().as_str()),
            created_at: envelope.created_at.and_then(|json| json.deserialize_as().ok()),
            data: envelope.data,
            signed_at,
            body,
            key,
        })
    }

    /// The id of the event, which is the same in every delivery of the event. If Unigox has set no id, the id is a hash
    /// of the body.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The type of the event.
    pub fn event_type(&self) -> &WebhookEventType {
        &self.event_type
    }

    /// The time at which the event was created; `None` if Unigox has set no time, or the time is not valid.
    pub fn created_at(&self) -> Option<DateTime<Utc>> {
        self.created_at
    }

    /// The time at which the delivery was signed; `None` if the event was restored from an inbox, which does not store
    /// the headers.
    pub fn signed_at(&self) -> Option<SystemTime> {
        self.signed_at
    }

    /// The body of the delivery, as it was received and signed.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The `data` of the event as JSON; `None` if the event has no `data`.
    pub fn raw_data(&self) -> Option<&Json> {
        self.data.as_ref()
    }

    /// Parses the data of the event into the Rust type for the event's type.
    pub fn parse_data(&self) -> EventData {
        use WebhookEventType as Type;
        match &self.event_type {
            Type::OrderStatusChanged => {
                self.parse_data_as(|data| EventData::OrderStatusChanged(Box::new(data)))
            }
            Type::OrderRefundRequired => {
                self.parse_data_as(|data| EventData::OrderRefundRequired(Box::new(data)))
            }
            Type::UserKycUpdated => self.parse_data_as(EventData::UserKycUpdated),
            Type::FiatAccountUpdated => self.parse_data_as(EventData::FiatAccountUpdated),
            Type::FiatAccountDepositReceived => self.parse_data_as(EventData::FiatAccountDepositReceived),
            Type::FiatAccountClosing => self.parse_data_as(EventData::FiatAccountClosing),
            Type::WalletLinked => self.parse_data_as(EventData::WalletLinked),
            Type::WalletDepositReceived => {
                self.parse_data_as(|data| EventData::WalletDepositReceived(Box::new(data)))
            }
            Type::WalletWithdrawalStatusChanged => {
                self.parse_data_as(|data| EventData::WalletWithdrawalStatusChanged(Box::new(data)))
            }
            Type::Unrecognized(_) => EventData::Other(self.data.clone()),
        }
    }

    fn parse_data_as<T: DeserializeOwned>(&self, event: impl FnOnce(T) -> EventData) -> EventData {
        let Some(data) = &self.data else { return EventData::Unreadable("there is no data".to_owned()) };
        data.deserialize_as().map_or_else(|error| EventData::Unreadable(error.to_string()), event)
    }

    /// Whether Unigox sends this event only once, even if it is not acknowledged. According to the vendor's docs, these
    /// events are deposits on fiat accounts, and all updates of fiat accounts except that an account is closed.
    ///
    /// If the handler fails, such an event is lost. So store the event before you acknowledge it, and reconcile with
    /// [`list_orders`](crate::unigox::Client::list_orders) and the operations of fiat accounts.
    pub fn is_sent_once(&self) -> bool {
        match self.parse_data() {
            EventData::FiatAccountDepositReceived(_) => true,
            EventData::FiatAccountUpdated(update) => update.status != Some(FiatAccountStatus::Closed),
            EventData::Unreadable(_) => matches!(
                self.event_type,
                WebhookEventType::FiatAccountUpdated | WebhookEventType::FiatAccountDepositReceived
            ),
            _ => false,
        }
    }
}

impl webhooks::Event for Event {
    fn key(&self) -> EventKey {
        self.key.clone()
    }
}

impl fmt::Debug for Event {
    /// Formats the event without its body, which may have personal data in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("id", &self.id)
            .field("event_type", &self.event_type.as_str())
            .field("created_at", &self.created_at)
            .finish_non_exhaustive()
    }
}
