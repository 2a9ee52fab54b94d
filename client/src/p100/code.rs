//! Methods of P100's error codes. They help a caller to decide how to react to an error.

use super::{API, ErrorCode};
use crate::Error;

impl ErrorCode {
    /// Returns the code of an error; `None` if the error is not from the P100 client, or has no code.
    pub fn from_error(error: &Error) -> Option<ErrorCode> {
        let ours = error.api().is_some_and(|api| std::ptr::eq(api, &raw const API));
        error.code().filter(|_| ours).map(ErrorCode::from)
    }

    /// Whether the balance has to be funded before the request can succeed.
    pub fn is_insufficient_funds(&self) -> bool {
        matches!(self, Self::InsufficientFunds)
    }

    /// Whether something that the request refers to does not exist. Most of these codes come with status 400, so
    /// [`Error::is_not_found`] is false for them.
    pub fn is_not_found(&self) -> bool {
        matches!(
            self,
            Self::InvalidCurrency
                | Self::InvalidUser
                | Self::PartnerNotFound
                | Self::SepaTransferNotFound
                | Self::InvalidCard
                | Self::KycNotFound
                | Self::ProofOfAddressVerificationNotFound
        )
    }

    /// Whether the user has to be verified, or has to send files for the verification, before the request can succeed.
    pub fn needs_verification(&self) -> bool {
        matches!(self, Self::NoKycFiles | Self::UserNotVerified)
    }
}
