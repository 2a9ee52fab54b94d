use crate::Json;
use crate::p100::{
    CardActivationCodeWebhook, CardSecureCodeWebhook, CryptoDepositWebhook, CryptoWithdrawalWebhook,
    IbanStatusWebhook, InternalTransferWebhook, KycFilesWebhook, KycVerificationStatus,
    KycVerificationStatusWebhook, PoaVerificationStatusWebhook, SepaDepositWebhook, SepaTransferStatus,
    UserBalanceGenerationWebhook, UserSepaTransferWebhook,
};

/// What a webhook says, by its kind.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Payload {
    /// A user was verified, and the balances exist.
    UserBalanceGeneration(UserBalanceGenerationWebhook),
    /// KYC files of a user were processed.
    KycFiles(KycFilesWebhook),
    /// The review of a proof of address went on.
    PoaVerificationStatus(PoaVerificationStatusWebhook),
    /// A hosted verification went on.
    KycVerificationStatus(KycVerification),
    /// A transfer between the partner and a user was carried out or failed.
    InternalTransfer(Box<InternalTransferWebhook>),
    /// A bank transfer was carried out or failed.
    SepaTransfer(SepaTransfer),
    /// Euro came in from a bank.
    SepaDeposit(SepaDepositWebhook),
    /// The check of a bank deposit went on.
    IbanStatus(IbanStatusWebhook),
    /// A crypto withdrawal was carried out or failed.
    CryptoWithdrawal(Box<CryptoWithdrawalWebhook>),
    /// Crypto came in, or a deposit entered a new status.
    CryptoDeposit(Box<CryptoDepositWebhook>),
    /// The code for a payment with a card.
    CardSecureCode(CardSecureCodeWebhook),
    /// The code that activates a card.
    CardActivationCode(CardActivationCodeWebhook),
    /// A webhook whose payload nobody could read in the docs, or that came to a path of which nobody said what it is.
    Raw(Json),
    /// A payload that does not fit, and why. [`Event::raw_payload`](super::Event::raw_payload) has it.
    Unreadable(String),
}

/// A bank transfer, by its status. The partner's transfers and those of users have one payload.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum SepaTransfer {
    /// It was carried out.
    Successful(Box<UserSepaTransferWebhook>),
    /// It failed. There may be little more than the status and the error.
    Failed(Box<UserSepaTransferWebhook>),
    /// It has no status, or one that this version does not know.
    Other(Box<UserSepaTransferWebhook>),
}

impl SepaTransfer {
    pub(super) fn by_status(transfer: UserSepaTransferWebhook) -> SepaTransfer {
        let by_status = match transfer.status {
            Some(SepaTransferStatus::Successful) => SepaTransfer::Successful,
            Some(SepaTransferStatus::Failed) => SepaTransfer::Failed,
            Some(SepaTransferStatus::Unrecognized(_)) | None => SepaTransfer::Other,
        };
        by_status(Box::new(transfer))
    }
}

/// A hosted verification, by what it says of the user. What became of the latest attempt is a status of its own,
/// `attempt_status`, and does not depend on this one.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum KycVerification {
    /// The user is verified.
    Verified(KycVerificationStatusWebhook),
    /// The user is not verified.
    NotVerified(KycVerificationStatusWebhook),
    /// The verification has expired.
    Expired(KycVerificationStatusWebhook),
    /// There is no status, or one that this version does not know.
    Other(KycVerificationStatusWebhook),
}

impl KycVerification {
    pub(super) fn by_status(verification: KycVerificationStatusWebhook) -> KycVerification {
        let by_status = match verification.verification_status {
            Some(KycVerificationStatus::Verified) => KycVerification::Verified,
            Some(KycVerificationStatus::NotVerified) => KycVerification::NotVerified,
            Some(KycVerificationStatus::Expired) => KycVerification::Expired,
            Some(KycVerificationStatus::Unrecognized(_)) | None => KycVerification::Other,
        };
        by_status(verification)
    }
}
