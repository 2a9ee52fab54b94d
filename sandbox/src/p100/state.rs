//! What the sandbox knows: users, their KYC files, their hosted verifications, their proofs of address.

use std::collections::{BTreeSet, HashMap};

use partner_client::p100::{ErrorCode, KycAttemptStatus, KycVerificationStatus};

use super::failure;
use crate::answer::Answer;
use crate::call::Call;
use crate::person::Verdict;

/// The users of the partner, by the partner's own ids.
#[derive(Default)]
pub(crate) struct State {
    pub(super) users: HashMap<String, User>,
}

impl State {
    /// A user by the partner's own id.
    pub(super) fn user(&mut self, external_user_id: &str) -> Result<&mut User, Answer> {
        self.users.get_mut(external_user_id).ok_or_else(|| failure::coded(400, &ErrorCode::P412))
    }

    /// The user that the path of a call names.
    pub(super) fn user_of(&mut self, call: &Call<'_>) -> Result<&mut User, Answer> {
        self.user(call.value("externalUserId"))
    }
}

/// One user.
pub(super) struct User {
    pub(super) last_name: String,
    /// The parts that were uploaded.
    pub(super) kyc_files: BTreeSet<String>,
    pub(super) hosted: Option<Hosted>,
    pub(super) address: ProofOfAddress,
}

/// A verification on the provider's pages.
pub(super) struct Hosted {
    pub(super) verification_id: String,
    pub(super) attempt: Attempt,
}

/// The steps of a hosted verification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attempt {
    Pending,
    Verification,
    Done(Verdict),
}

impl Attempt {
    /// The step after this one.
    pub(super) fn next(self, verdict: Verdict) -> Attempt {
        match self {
            Attempt::Pending => Attempt::Verification,
            Attempt::Verification | Attempt::Done(_) => Attempt::Done(verdict),
        }
    }

    pub(super) fn attempt_status(self) -> KycAttemptStatus {
        match self {
            Attempt::Pending => KycAttemptStatus::Pending,
            Attempt::Verification => KycAttemptStatus::Verification,
            Attempt::Done(Verdict::Verified) => KycAttemptStatus::Successful,
            Attempt::Done(Verdict::Rejected) => KycAttemptStatus::RejectedByProvider,
        }
    }

    pub(super) fn verification_status(self) -> KycVerificationStatus {
        match self {
            Attempt::Done(Verdict::Verified) => KycVerificationStatus::Verified,
            _ => KycVerificationStatus::NotVerified,
        }
    }
}

/// The steps of a proof of address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum ProofOfAddress {
    #[default]
    Missing,
    /// It is being looked at, and verified after this many questions more.
    Pending(u32),
    Verified,
}
