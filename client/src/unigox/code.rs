//! Methods of Unigox's error codes. They help a caller to decide how to react to an error.

use super::{API, ErrorCode};
use crate::Error;

impl ErrorCode {
    /// Returns the code of an error; `None` if the error is not from the Unigox client, or has no code.
    pub fn from_error(error: &Error) -> Option<ErrorCode> {
        let ours = error.api().is_some_and(|api| std::ptr::eq(api, &raw const API));
        error.code().filter(|_| ours).map(ErrorCode::from)
    }

    /// Whether the wallet has to be funded before the request can succeed.
    pub fn is_insufficient_funds(&self) -> bool {
        matches!(self, Self::InsufficientBalance)
    }

    /// Whether the request needs a new quote, because the old quote became invalid before it was used. False for
    /// [`QuoteAlreadyUsed`](Self::QuoteAlreadyUsed): after this error, look up the order that used the old quote before
    /// you request a new one.
    pub fn needs_new_quote(&self) -> bool {
        matches!(self, Self::QuoteExpired | Self::PriceChangedRequote)
    }

    /// Whether Unigox must verify the customer, or get more data about the customer or the sender, before the request
    /// can succeed.
    pub fn needs_verification(&self) -> bool {
        matches!(self, Self::KycNotCleared | Self::SenderIdentityRequired | Self::IssuanceNotReady)
    }
}
