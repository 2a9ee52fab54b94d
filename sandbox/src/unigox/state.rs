//! The state of Unigox: users, their identity checks and their payment details.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, SubsecRound, Utc};
use partner_client::unigox::{KycDocumentType, KycMethod, KycStatus, UserRef, VerificationState, WalletType};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::failure;
use super::stored_payment_details::StoredPaymentDetails;
use crate::call::Call;
use crate::person::KycResult;
use crate::reply::Reply;

/// The state of Unigox in the sandbox: the users, who are customers of the partner.
pub(crate) struct State {
    pub(super) users: HashMap<Uuid, User>,
    /// The UUIDs of the users, by the reference (`user_ref`) that the partner gave to each user.
    pub(super) uuids_by_user_ref: HashMap<UserRef, Uuid>,
    /// The id that the next payment details will get.
    pub(super) next_payment_details_id: u64,
}

impl Default for State {
    fn default() -> Self {
        // The first payment details get the id 987, as in the vendor's examples.
        State { users: HashMap::new(), uuids_by_user_ref: HashMap::new(), next_payment_details_id: 987 }
    }
}

impl State {
    /// Returns the user whose UUID is in the path of a call, or the failure for an unknown user.
    pub(super) fn find_user_of_call(&mut self, call: &Call<'_>) -> Result<&mut User, Reply> {
        let uuid = call.path_parameter("user_uuid").parse().ok();
        uuid.and_then(|uuid: Uuid| self.users.get_mut(&uuid))
            .ok_or_else(failure::new_unknown_resource_failure)
    }
}

/// A user, who is a customer of the partner.
pub(super) struct User {
    pub(super) uuid: Uuid,
    pub(super) email: String,
    pub(super) wallet_type: WalletType,
    pub(super) created_at: DateTime<Utc>,
    pub(super) kyc: KycCheck,
    pub(super) payment_details: BTreeMap<u64, StoredPaymentDetails>,
}

/// The identity check of a user.
#[derive(Default)]
pub(super) struct KycCheck {
    pub(super) stage: KycStage,
    pub(super) method: Option<KycMethod>,
    /// The personal data, by field name. They are stored as JSON, because submissions and updates have different types.
    pub(super) personal_data: Map<String, Value>,
    pub(super) documents: Vec<KycDocumentType>,
    pub(super) verification_url: Option<String>,
    pub(super) updated_at: Option<DateTime<Utc>>,
}

/// The stage that an identity check has reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum KycStage {
    #[default]
    NotInitiated,
    PendingDocuments,
    /// The check is running. The number says how many more polls get the status "in progress"; the poll after them ends
    /// the check.
    Running(u32),
    Done(KycResult),
}

/// The number of polls that get the status "in progress" before a check ends.
const IN_PROGRESS_POLL_COUNT: u32 = 2;

impl KycStage {
    /// The stage of an identity check that has just been started.
    pub(super) const STARTED: KycStage = KycStage::Running(IN_PROGRESS_POLL_COUNT);

    /// Returns the state of the identity check as the endpoint `verification-status` reports it.
    pub(super) fn verification_state(self) -> VerificationState {
        match self {
            KycStage::NotInitiated => VerificationState::NotInitiated,
            KycStage::PendingDocuments => VerificationState::PendingDocuments,
            KycStage::Running(_) => VerificationState::InProgress,
            KycStage::Done(KycResult::Verified) => VerificationState::Verified,
            KycStage::Done(KycResult::Rejected) => VerificationState::VerificationRejected,
        }
    }

    /// Returns the status of the identity check as the property `kyc_status` reports it. No value of this property says
    /// that documents are missing, so a check that lacks documents is reported as in progress.
    pub(super) fn kyc_status(self) -> KycStatus {
        match self {
            KycStage::NotInitiated => KycStatus::NotInitiated,
            KycStage::PendingDocuments | KycStage::Running(_) => KycStatus::InProgress,
            KycStage::Done(KycResult::Verified) => KycStatus::Verified,
            KycStage::Done(KycResult::Rejected) => KycStatus::VerificationRejected,
        }
    }
}

impl KycCheck {
    /// Returns a field of the personal data; `None` if the field is missing or blank.
    pub(super) fn personal_data_field(&self, field: &str) -> Option<&str> {
        self.personal_data.get(field).and_then(Value::as_str).filter(|text| !text.trim().is_empty())
    }

    /// Sets `updated_at`, which is the time of the last change of the identity check, to now.
    pub(super) fn set_updated_at_to_now(&mut self) {
        self.updated_at = Some(now_in_whole_seconds());
    }
}

/// Returns the current time in whole seconds, as in the vendor's examples.
pub(super) fn now_in_whole_seconds() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(0)
}
