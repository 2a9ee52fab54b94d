use std::time::{Duration, SystemTime};

use crate::Refusal;

/// The accepted difference between the time of a signature and the current time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tolerance {
    /// The highest accepted age of a signature.
    pub max_age: Duration,
    /// The longest time by which the sender's clock may be ahead of the receiver's clock.
    pub max_ahead: Duration,
}

impl Tolerance {
    /// Checks that a signature is neither too old nor too far in the future.
    ///
    /// # Errors
    ///
    /// [`Refusal::TooOld`] and [`Refusal::FromTheFuture`].
    pub fn check_signing_time(&self, signed_at: SystemTime, now: SystemTime) -> Result<(), Refusal> {
        match now.duration_since(signed_at) {
            Ok(age) if age > self.max_age => Err(Refusal::TooOld { age, tolerance: self.max_age }),
            Ok(_) => Ok(()),
            Err(error) if error.duration() > self.max_ahead => {
                Err(Refusal::FromTheFuture { ahead: error.duration(), tolerance: self.max_ahead })
            }
            Err(_) => Ok(()),
        }
    }
}
