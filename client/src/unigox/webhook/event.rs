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
use crate::webhooks::{self, Delivery, EventKey, Refusal};

/// An event of Unigox, of which the envelope was read. What happened is read by [`data`](Self::data).
///
/// Whatever the envelope holds, an authentic event is never refused: an event without an id gets one from its contents,
/// and one of an unknown type is [`EventData::Other`].
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

/// What happened, by the type of the event.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum EventData {
    /// `order.status.changed`: an order entered a new status.
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
    /// `wallet.linked`: a customer linked an own wallet.
    WalletLinked(WalletLinked),
    /// `wallet.deposit.received`: crypto arrived in a customer's own wallet.
    WalletDepositReceived(Box<WalletDepositReceived>),
    /// `wallet.withdrawal.status.changed`: a withdrawal of a customer entered a new status.
    WalletWithdrawalStatusChanged(Box<WalletWithdrawalStatusChanged>),
    /// An event of a type that this version does not know, with its `data`.
    Other(Option<Json>),
    /// An event of a known type whose `data` is missing or does not fit, and why. [`Event::raw_data`] has it.
    Unreadable(String),
}

/// The object around every event. Nothing in it is required, and nothing but JSON is expected in it.
#[derive(Deserialize)]
struct Envelope {
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
    /// Reads the envelope of an authentic delivery.
    pub(super) fn read(
        delivery: &Delivery,
        signed_at: Option<SystemTime>,
        retention: Duration,
    ) -> Result<Event, Refusal> {
        let envelope: Envelope = serde_json::from_slice(delivery.json_object()?)
            .map_err(|error| Refusal::Malformed(error.to_string()))?;
        let body = delivery.body.clone();
        let text = |json: &Option<Json>| {
            let text = json.as_ref()?.as_str()?.into_owned();
            Some(text).filter(|text| !text.is_empty())
        };
        let id = text(&envelope.event_id);
        let key = match &id {
            Some(id) => EventKey::new("unigox", id, retention),
            None => EventKey::from_content("unigox", &body, retention),
        };
        Ok(Event {
            id: id.unwrap_or_else(|| key.as_str().to_owned()),
            event_type: WebhookEventType::from(text(&envelope.event_type).unwrap_or_default().as_str()),
            created_at: envelope.created_at.and_then(|json| json.read().ok()),
            data: envelope.data,
            signed_at,
            body,
            key,
        })
    }

    /// The id of the event, which stays the same when it is delivered again. Where the sender gave none, it is made of
    /// the contents.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What kind of event it is.
    pub fn event_type(&self) -> &WebhookEventType {
        &self.event_type
    }

    /// When it happened, if the event says so.
    pub fn created_at(&self) -> Option<DateTime<Utc>> {
        self.created_at
    }

    /// When the delivery was signed. An event from an inbox does not tell.
    pub fn signed_at(&self) -> Option<SystemTime> {
        self.signed_at
    }

    /// The body as it was delivered and signed.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The `data` of the event as it came, if there was any.
    pub fn raw_data(&self) -> Option<&Json> {
        self.data.as_ref()
    }

    /// Reads what happened.
    pub fn data(&self) -> EventData {
        use WebhookEventType as Type;
        match &self.event_type {
            Type::OrderStatusChanged => self.read_data(|data| EventData::OrderStatusChanged(Box::new(data))),
            Type::OrderRefundRequired => {
                self.read_data(|data| EventData::OrderRefundRequired(Box::new(data)))
            }
            Type::UserKycUpdated => self.read_data(EventData::UserKycUpdated),
            Type::FiatAccountUpdated => self.read_data(EventData::FiatAccountUpdated),
            Type::FiatAccountDepositReceived => self.read_data(EventData::FiatAccountDepositReceived),
            Type::FiatAccountClosing => self.read_data(EventData::FiatAccountClosing),
            Type::WalletLinked => self.read_data(EventData::WalletLinked),
            Type::WalletDepositReceived => {
                self.read_data(|data| EventData::WalletDepositReceived(Box::new(data)))
            }
            Type::WalletWithdrawalStatusChanged => {
                self.read_data(|data| EventData::WalletWithdrawalStatusChanged(Box::new(data)))
            }
            Type::Unrecognized(_) => EventData::Other(self.data.clone()),
        }
    }

    fn read_data<T: DeserializeOwned>(&self, event: impl FnOnce(T) -> EventData) -> EventData {
        let Some(data) = &self.data else { return EventData::Unreadable("there is no data".to_owned()) };
        data.read().map_or_else(|error| EventData::Unreadable(error.to_string()), event)
    }

    /// Whether Unigox sends this event once only, acknowledged or not, by the newest docs: deposits on fiat accounts, and
    /// updates of fiat accounts that were not closed.
    ///
    /// A handler that fails loses such an event, so store it before you acknowledge it, and reconcile with
    /// [`list_orders`](crate::unigox::Client::list_orders) and the operations of fiat accounts.
    pub fn is_sent_once(&self) -> bool {
        match self.data() {
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
    /// Its body may hold personal data, and is not shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("id", &self.id)
            .field("event_type", &self.event_type.as_str())
            .field("created_at", &self.created_at)
            .finish_non_exhaustive()
    }
}
