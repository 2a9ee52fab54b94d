//! Determines which of two events about the same resource is newer.

use std::cmp::Ordering;

use super::{Event, EventData};
use crate::unigox::{OrderStatus, WithdrawalStatus};

/// The resource that an event is about (such as an order), and how far the resource is in its lifecycle.
#[derive(PartialEq)]
struct ResourceProgress {
    /// The kind of the resource, such as `order`, and its id.
    resource_kind_and_id: (&'static str, String),
    /// The rank of the resource's status in the documented order of statuses; `None` if the docs do not order the
    /// status.
    status_rank: Option<u8>,
}

impl Event {
    /// Whether this event supersedes another event about the same order, withdrawal, customer or account, because it is
    /// newer. Events may arrive late and out of order, and an older event must not overwrite the state from a newer
    /// event. `None` if the events are about different resources, or it is unknown which of them is newer.
    ///
    /// The documented order of the statuses decides. If the docs do not define the order of the two statuses, the
    /// creation times of the events decide.
    ///
    /// ```
    /// # use partner_client::unigox::webhook::{Event, Verifier, testing};
    /// # use partner_client::webhooks::{Delivery, Secret, Verifier as _};
    /// # let secret = Secret::new("whsec_example")?;
    /// # let verifier = Verifier::new(secret.clone());
    /// # let event = |body: &'static str| {
    /// #     let headers = testing::signed_headers(&secret, std::time::SystemTime::now(), body.as_bytes());
    /// #     verifier.verify(&Delivery::new("/", headers, body))
    /// # };
    /// let paid = event(r#"{"event_type": "order.status.changed", "data":
    ///     {"order_id": "b2c3d4e5-f6a7-8901-bcde-f12345678901", "status": "fiat_payment_started"}}"#)?;
    /// let done = event(r#"{"event_type": "order.status.changed", "data":
    ///     {"order_id": "b2c3d4e5-f6a7-8901-bcde-f12345678901", "status": "completed"}}"#)?;
    /// assert_eq!(done.supersedes(&paid), Some(true));
    /// assert_eq!(paid.supersedes(&done), Some(false));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn supersedes(&self, other: &Event) -> Option<bool> {
        let (this, that) = (self.read_resource_progress()?, other.read_resource_progress()?);
        if this.resource_kind_and_id != that.resource_kind_and_id {
            return None;
        }
        let by_status_rank = this.status_rank.zip(that.status_rank).map(|(this, that)| this.cmp(&that));
        let by_time = || Some(self.created_at()?.cmp(&other.created_at()?));
        let order = by_status_rank.filter(|order| order.is_ne()).or_else(by_time)?;
        match order {
            Ordering::Greater => Some(true),
            Ordering::Less => Some(false),
            Ordering::Equal => None,
        }
    }

    /// Returns the progress of the resource that the event is about: the resource, and the rank of its status in the
    /// documented order of statuses. Returns `None` if events of this type report no status, or if the resource's id is
    /// missing.
    fn read_resource_progress(&self) -> Option<ResourceProgress> {
        let progress = |kind, id: String, status_position| {
            Some(ResourceProgress { resource_kind_and_id: (kind, id), status_rank: status_position })
        };
        match self.parse_data() {
            EventData::OrderStatusChanged(order) => progress(
                "order",
                order.order_id?.to_string(),
                order.status.as_ref().and_then(find_order_status_rank),
            ),
            EventData::OrderRefundRequired(order) => progress(
                "order",
                order.order_id?.to_string(),
                order.status.as_ref().and_then(find_order_status_rank),
            ),
            // The statuses of customers and accounts have no order: for example, a closed account may become active
            // again. So only the times of the events are compared.
            EventData::UserKycUpdated(user) => progress("kyc", user.user_uuid?.to_string(), None),
            EventData::FiatAccountUpdated(account) => {
                progress("fiat account", account.fiat_account_id?.to_string(), None)
            }
            EventData::WalletWithdrawalStatusChanged(changed) => {
                let withdrawal = changed.withdrawal?;
                let status_rank = withdrawal.status.as_ref().and_then(find_withdrawal_status_rank);
                progress("withdrawal", withdrawal.withdrawal_id?.to_string(), status_rank)
            }
            _ => None,
        }
    }
}

/// Returns the rank of a status in the lifecycle of an order; a later status has a higher rank. Statuses with the same
/// rank may follow each other in either order. A status of an off-ramp order is never compared with a status of an
/// on-ramp order. Returns `None` for a status that can occur at any time.
fn find_order_status_rank(status: &OrderStatus) -> Option<u8> {
    use OrderStatus as Status;
    Some(match status {
        Status::Created | Status::AwaitingLiquidityProvider => 0,
        Status::AwaitingCryptoTransferAuthorization | Status::AwaitingVendorEscrowFunding => 1,
        Status::CryptoTransferAuthorizationPending | Status::AwaitingFiatTransfer => 2,
        Status::CryptoReceived | Status::FiatTransferPending => 3,
        Status::FiatPaymentStarted | Status::SettlementInProgress | Status::Returned => 4,
        Status::FiatPaymentReviewStarted => 5,
        Status::AwaitingFiatReceivedConfirmation => 6,
        Status::FiatReceivedConfirmed => 7,
        Status::CryptoReleasePending => 8,
        Status::Completed | Status::Cancelled | Status::Failed => 9,
        Status::SendOutPending => 10,
        Status::SendOutCompleted | Status::SendOutFailed => 11,
        Status::DisputeStarted | Status::PriceChangedRequoteNeeded | Status::Unrecognized(_) => return None,
    })
}

/// Returns the rank of a status in the lifecycle of a withdrawal; a later status has a higher rank. Returns `None` for
/// a status that can occur at any time.
fn find_withdrawal_status_rank(status: &WithdrawalStatus) -> Option<u8> {
    match status {
        WithdrawalStatus::Submitted => Some(0),
        WithdrawalStatus::Bridging => Some(1),
        WithdrawalStatus::Completed | WithdrawalStatus::Failed => Some(2),
        WithdrawalStatus::NeedsReview | WithdrawalStatus::Unrecognized(_) => None,
    }
}
