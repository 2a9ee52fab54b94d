use crate::Json;
use crate::p100::{
    CardActivationCodeWebhook, CardSecureCodeWebhook, CryptoDepositWebhook, CryptoWithdrawalWebhook,
    IbanStatusWebhook, InternalTransferWebhook, KycFilesWebhook, KycVerificationStatus,
    KycVerificationStatusWebhook, ProofOfAddressStatusWebhook, SepaDepositWebhook, SepaTransferStatus,
    UserBalanceGenerationWebhook, UserSepaTransferWebhook,
};

/// The payload of a webhook, with one variant for each kind of webhook whose payload is documented.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Payload {
    /// A user was verified, and the user's balances were created.
    UserBalanceGeneration(UserBalanceGenerationWebhook),
    /// KYC files of a user were processed.
    KycFiles(KycFilesWebhook),
    /// The review of a proof of address has a new status.
    ProofOfAddressStatus(ProofOfAddressStatusWebhook),
    /// A hosted KYC verification has a new status.
    KycVerificationStatus(KycVerificationUpdate),
    /// A transfer between the partner and a user was executed or failed.
    InternalTransfer(Box<InternalTransferWebhook>),
    /// A SEPA transfer was executed or failed.
    SepaTransfer(SepaTransferUpdate),
    /// Euros arrived from a bank.
    SepaDeposit(SepaDepositWebhook),
    /// The IBAN status has changed. It is the status of P100's check whether a bank deposit is the user's own money.
    IbanStatus(IbanStatusWebhook),
    /// A crypto withdrawal was executed or failed.
    CryptoWithdrawal(Box<CryptoWithdrawalWebhook>),
    /// Crypto arrived, or a crypto deposit has a new status.
    CryptoDeposit(Box<CryptoDepositWebhook>),
    /// The code that confirms a card payment.
    CardSecureCode(CardSecureCodeWebhook),
    /// The code that activates a card.
    CardActivationCode(CardActivationCodeWebhook),
    /// A payload without a Rust type, because the docs page about the webhook could not be read, or because the path of
    /// the delivery is not known.
    Other(Json),
    /// The payload does not match the Rust type for its kind of webhook; the text is the reason.
    /// [`Event::raw_payload`](super::Event::raw_payload) returns the payload as JSON.
    Unreadable(String),
}

/// An update of a SEPA transfer, with one variant for each status. Transfers of the partner and of users have the same
/// payload.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum SepaTransferUpdate {
    /// The transfer was executed.
    Successful(Box<UserSepaTransferWebhook>),
    /// The transfer failed. The payload may have little more than the status and the error.
    Failed(Box<UserSepaTransferWebhook>),
    /// The transfer has no status, or a status that this version of the client does not know.
    UnknownStatus(Box<UserSepaTransferWebhook>),
}

impl SepaTransferUpdate {
    /// Wraps a payload in the variant for the status of the transfer.
    pub(super) fn from_payload(transfer: UserSepaTransferWebhook) -> SepaTransferUpdate {
        let by_status = match transfer.status {
            Some(SepaTransferStatus::Successful) => SepaTransferUpdate::Successful,
            Some(SepaTransferStatus::Failed) => SepaTransferUpdate::Failed,
            Some(SepaTransferStatus::Unrecognized(_)) | None => SepaTransferUpdate::UnknownStatus,
        };
        by_status(Box::new(transfer))
    }
}

/// An update of a hosted KYC verification, with one variant for each verification status of the user. The payload also
/// has `attempt_status`, the status of the user's latest attempt to be verified, which is independent of the
/// verification status.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum KycVerificationUpdate {
    /// The user is verified.
    Verified(KycVerificationStatusWebhook),
    /// The user is not verified.
    NotVerified(KycVerificationStatusWebhook),
    /// The verification of the user has expired.
    Expired(KycVerificationStatusWebhook),
    /// The payload has no verification status, or a status that this version of the crate does not know.
    UnknownStatus(KycVerificationStatusWebhook),
}

impl KycVerificationUpdate {
    /// Wraps a payload in the variant for the verification status of the user.
    pub(super) fn from_payload(verification: KycVerificationStatusWebhook) -> KycVerificationUpdate {
        let by_status = match verification.verification_status {
            Some(KycVerificationStatus::Verified) => KycVerificationUpdate::Verified,
            Some(KycVerificationStatus::NotVerified) => KycVerificationUpdate::NotVerified,
            Some(KycVerificationStatus::Expired) => KycVerificationUpdate::Expired,
            Some(KycVerificationStatus::Unrecognized(_)) | None => KycVerificationUpdate::UnknownStatus,
        };
        by_status(verification)
    }
}
