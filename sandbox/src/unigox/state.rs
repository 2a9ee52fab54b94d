//! What the sandbox knows: customers, their identity checks, their payment details.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, SubsecRound, Utc};
use partner_client::unigox::{KycDocumentType, KycMethod, KycStatus, VerificationState, WalletType};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::failure;
use super::payment_details::StoredDetails;
use crate::answer::Answer;
use crate::call::Call;
use crate::person::Verdict;

/// The customers of the partner.
pub(crate) struct State {
    pub(super) users: HashMap<Uuid, User>,
    /// The customers by the partner's own reference.
    pub(super) references: HashMap<String, Uuid>,
    pub(super) next_payment_details: u64,
}

impl Default for State {
    fn default() -> Self {
        // The number in the vendor's examples.
        State { users: HashMap::new(), references: HashMap::new(), next_payment_details: 987 }
    }
}

impl State {
    /// The customer that a call is about.
    pub(super) fn user(&mut self, call: &Call<'_>) -> Result<&mut User, Answer> {
        let uuid = call.value("user_uuid").parse().ok();
        uuid.and_then(|uuid: Uuid| self.users.get_mut(&uuid)).ok_or_else(failure::not_found)
    }
}

/// One customer.
pub(super) struct User {
    pub(super) uuid: Uuid,
    pub(super) email: String,
    pub(super) wallet_type: WalletType,
    pub(super) created_at: DateTime<Utc>,
    pub(super) kyc: Kyc,
    pub(super) payment_details: BTreeMap<u64, StoredDetails>,
}

/// How far the identity check of a customer has come.
#[derive(Default)]
pub(super) struct Kyc {
    pub(super) stage: Stage,
    pub(super) method: Option<KycMethod>,
    /// The personal data, by the names of their fields: those of a submission and of an update differ in type.
    pub(super) identity: Map<String, Value>,
    pub(super) documents: Vec<KycDocumentType>,
    pub(super) verification_url: Option<String>,
    pub(super) updated_at: Option<DateTime<Utc>>,
}

/// The steps of an identity check.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Stage {
    #[default]
    NotInitiated,
    PendingDocuments,
    /// The check runs, and ends after this many polls.
    Running(u32),
    Done(Verdict),
}

/// How many polls say that the check runs.
const POLLS: u32 = 2;

impl Stage {
    pub(super) const STARTED: Stage = Stage::Running(POLLS);

    /// What `verification-status` says.
    pub(super) fn verification(self) -> VerificationState {
        match self {
            Stage::NotInitiated => VerificationState::NotInitiated,
            Stage::PendingDocuments => VerificationState::PendingDocuments,
            Stage::Running(_) => VerificationState::InProgress,
            Stage::Done(Verdict::Verified) => VerificationState::Verified,
            Stage::Done(Verdict::Rejected) => VerificationState::VerificationRejected,
        }
    }

    /// What `kyc_status` says. It does not know of documents.
    pub(super) fn kyc(self) -> KycStatus {
        match self {
            Stage::NotInitiated => KycStatus::NotInitiated,
            Stage::PendingDocuments | Stage::Running(_) => KycStatus::InProgress,
            Stage::Done(Verdict::Verified) => KycStatus::Verified,
            Stage::Done(Verdict::Rejected) => KycStatus::VerificationRejected,
        }
    }
}

impl Kyc {
    /// One of the personal data, unless it is missing or blank.
    pub(super) fn identity(&self, field: &str) -> Option<&str> {
        self.identity.get(field).and_then(Value::as_str).filter(|text| !text.trim().is_empty())
    }

    /// Notes that something changed now.
    pub(super) fn touch(&mut self) {
        self.updated_at = Some(now());
    }
}

/// The time, as precise as in the vendor's examples.
pub(super) fn now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(0)
}
