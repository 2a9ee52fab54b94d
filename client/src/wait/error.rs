//! How a wait can end other than well.

use std::fmt;
use std::time::Duration;

use crate::{Error, Response};

/// How a wait ended without the state that was waited for.
#[derive(Debug)]
#[non_exhaustive]
pub enum WaitError<T> {
    /// The state is final, and another one.
    #[non_exhaustive]
    Missed {
        /// The name of the client's method.
        wait: &'static str,
        /// The state, as on the wire.
        state: &'static str,
        /// The answer that has it.
        answer: Box<Response<T>>,
    },
    /// The deadline came first. What was waited for may still happen.
    #[non_exhaustive]
    Deadline {
        /// The name of the client's method.
        wait: &'static str,
        /// How long was waited.
        waited: Duration,
        /// The last answer, if there ever was one.
        last: Option<Box<Response<T>>>,
        /// Why there was no newer one: the failure of the last request, if it failed.
        error: Option<Error>,
    },
    /// A call failed in a way that will not pass.
    #[non_exhaustive]
    Call {
        /// The name of the client's method.
        wait: &'static str,
        /// How it failed.
        error: Error,
        /// The last answer before, if there ever was one.
        last: Option<Box<Response<T>>>,
    },
}

impl<T> WaitError<T> {
    /// The newest answer, if there was one.
    pub fn answer(&self) -> Option<&Response<T>> {
        match self {
            WaitError::Missed { answer, .. } => Some(answer),
            WaitError::Deadline { last, .. } | WaitError::Call { last, .. } => last.as_deref(),
        }
    }

    /// The failure of the last call, if it failed.
    pub fn call_error(&self) -> Option<&Error> {
        match self {
            WaitError::Missed { .. } => None,
            WaitError::Deadline { error, .. } => error.as_ref(),
            WaitError::Call { error, .. } => Some(error),
        }
    }

    /// Whether the deadline came first, so that a new wait may end well.
    pub fn is_deadline(&self) -> bool {
        matches!(self, WaitError::Deadline { .. })
    }
}

/// Without the answer: it may hold personal data.
impl<T> fmt::Display for WaitError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WaitError::Missed { wait, state, .. } => {
                write!(f, "{wait}: it ended as `{state}`, which is final")
            }
            WaitError::Deadline { wait, waited, error, .. } => {
                write!(f, "{wait}: not yet after {waited:.1?}")?;
                match error {
                    Some(_) => f.write_str("; the last call failed"),
                    None => Ok(()),
                }
            }
            WaitError::Call { wait, .. } => write!(f, "{wait}: a call failed"),
        }
    }
}

impl<T: fmt::Debug> std::error::Error for WaitError<T> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.call_error().map(|error| error as _)
    }
}
