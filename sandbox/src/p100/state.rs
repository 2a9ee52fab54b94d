//! The state of P100: users, their KYC files, their hosted verifications and their proofs of address.

use std::collections::{BTreeSet, HashMap};

use partner_client::p100::{ErrorCode, ExternalUserId, KycAttemptStatus, KycVerificationStatus};

use super::failure;
use crate::call::Call;
use crate::person::KycResult;
use crate::reply::Reply;

/// The state of the P100 API in the sandbox: the users, with their external ids as keys.
#[derive(Default)]
pub(crate) struct State {
    pub(super) users: HashMap<ExternalUserId, User>,
}

impl State {
    /// Returns the user with this external id, or the failure response for an unknown user.
    pub(super) fn find_user(&mut self, external_user_id: &ExternalUserId) -> Result<&mut User, Reply> {
        self.users
            .get_mut(external_user_id)
            .ok_or_else(|| failure::new_failure_with_code(400, &ErrorCode::InvalidUser))
    }

    /// Returns the user whose external id is in the path of a call, or the failure response for an unknown user.
    pub(super) fn find_user_of_call(&mut self, call: &Call<'_>) -> Result<&mut User, Reply> {
        self.find_user(&call.path_parameter("externalUserId").into())
    }
}

/// A user of the P100 API.
pub(super) struct User {
    pub(super) last_name: String,
    /// The names of the form parts that were uploaded as KYC files.
    pub(super) kyc_file_part_names: BTreeSet<String>,
    pub(super) hosted: Option<HostedVerification>,
    pub(super) address: AddressReviewStep,
}

/// The verification of a user's identity on the web pages of the identity provider.
pub(super) struct HostedVerification {
    pub(super) verification_id: String,
    pub(super) attempt: HostedVerificationStep,
}

/// The step that a verification on the identity provider's web pages has reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HostedVerificationStep {
    Pending,
    Verification,
    Done(KycResult),
}

impl HostedVerificationStep {
    /// Returns the step that follows this one. If the next step ends the verification, `result` becomes the result of
    /// the verification.
    pub(super) fn next_step(self, result: KycResult) -> HostedVerificationStep {
        match self {
            HostedVerificationStep::Pending => HostedVerificationStep::Verification,
            HostedVerificationStep::Verification | HostedVerificationStep::Done(_) => {
                HostedVerificationStep::Done(result)
            }
        }
    }

    pub(super) fn attempt_status(self) -> KycAttemptStatus {
        match self {
            HostedVerificationStep::Pending => KycAttemptStatus::Pending,
            HostedVerificationStep::Verification => KycAttemptStatus::Verification,
            HostedVerificationStep::Done(KycResult::Verified) => KycAttemptStatus::Successful,
            HostedVerificationStep::Done(KycResult::Rejected) => KycAttemptStatus::RejectedByProvider,
        }
    }

    pub(super) fn verification_status(self) -> KycVerificationStatus {
        match self {
            HostedVerificationStep::Done(KycResult::Verified) => KycVerificationStatus::Verified,
            _ => KycVerificationStatus::NotVerified,
        }
    }
}

/// The step that the review of a proof of address has reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum AddressReviewStep {
    #[default]
    Missing,
    /// The proof of address is being reviewed. The number says how many further uploads of a proof get the response
    /// "pending".
    Pending(u32),
    Verified,
}
