//! The state of P100: users, their KYC files, their hosted verifications and their proofs of address.

use std::collections::{BTreeSet, HashMap};

use partner_client::p100::{ErrorCode, ExternalUserId, KycAttemptStatus, KycVerificationStatus};

use super::failure;
use crate::call::Call;
use crate::person::KycResult;
use crate::reply::Reply;

/// The users of the partner, by the partner's own ids.
#[derive(Default)]
pub(crate) struct State {
    pub(super) users: HashMap<ExternalUserId, User>,
}

impl State {
    /// Returns the user with this external id, or the failure for an unknown user.
    pub(super) fn user(&mut self, external_user_id: &ExternalUserId) -> Result<&mut User, Reply> {
        self.users.get_mut(external_user_id).ok_or_else(|| failure::with_code(400, &ErrorCode::InvalidUser))
    }

    /// Returns the user whose external id is in the path of a call, or the failure for an unknown user.
    pub(super) fn user_in_path(&mut self, call: &Call<'_>) -> Result<&mut User, Reply> {
        self.user(&call.path_parameter("externalUserId").into())
    }
}

/// One user.
pub(super) struct User {
    pub(super) last_name: String,
    /// The names of the form parts that were uploaded as KYC files.
    pub(super) kyc_files: BTreeSet<String>,
    pub(super) hosted: Option<Hosted>,
    pub(super) address: ProofOfAddress,
}

/// A verification on the pages of the identity provider.
pub(super) struct Hosted {
    pub(super) verification_id: String,
    pub(super) attempt: Attempt,
}

/// The steps of a hosted verification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attempt {
    Pending,
    Verification,
    Done(KycResult),
}

impl Attempt {
    /// Returns the step after this one. `result` is the final result of the verification.
    pub(super) fn next(self, result: KycResult) -> Attempt {
        match self {
            Attempt::Pending => Attempt::Verification,
            Attempt::Verification | Attempt::Done(_) => Attempt::Done(result),
        }
    }

    pub(super) fn attempt_status(self) -> KycAttemptStatus {
        match self {
            Attempt::Pending => KycAttemptStatus::Pending,
            Attempt::Verification => KycAttemptStatus::Verification,
            Attempt::Done(KycResult::Verified) => KycAttemptStatus::Successful,
            Attempt::Done(KycResult::Rejected) => KycAttemptStatus::RejectedByProvider,
        }
    }

    pub(super) fn verification_status(self) -> KycVerificationStatus {
        match self {
            Attempt::Done(KycResult::Verified) => KycVerificationStatus::Verified,
            _ => KycVerificationStatus::NotVerified,
        }
    }
}

/// The steps of a proof of address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum ProofOfAddress {
    #[default]
    Missing,
    /// The proof is being reviewed. It is verified after this many more requests.
    Pending(u32),
    Verified,
}
