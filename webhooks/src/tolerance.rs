use std::time::{Duration, SystemTime};

use crate::{Clock, Refusal};

/// How far the timestamp of a signature may differ from the current time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimestampTolerance {
    /// The maximum accepted age of a signature.
    pub max_age: Duration,
    /// The maximum time by which the sender's clock may be ahead of the receiver's clock.
    pub max_clock_skew: Duration,
}

impl TimestampTolerance {
    /// Checks that a signature is neither too old nor too far in the future, by the time of `clock`.
    ///
    /// # Errors
    ///
    /// [`Refusal::SignatureTooOld`] or [`Refusal::SignatureInFuture`].
    pub fn check_signing_time(&self, signed_at: SystemTime, clock: &Clock) -> Result<(), Refusal> {
        match clock.now().duration_since(signed_at) {
            Ok(age) if age > self.max_age => Err(Refusal::SignatureTooOld { age, max_age: self.max_age }),
            Ok(_) => Ok(()),
            Err(error) if error.duration() > self.max_clock_skew => Err(Refusal::SignatureInFuture {
                ahead_by: error.duration(),
                max_clock_skew: self.max_clock_skew,
            }),
            Err(_) => Ok(()),
        }
    }
}
