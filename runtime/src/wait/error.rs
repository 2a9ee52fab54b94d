//! How a wait can end without the state that was waited for.

use std::fmt;
use std::time::Duration;

use crate::{Error, Response};

/// How a wait ended without the state that was waited for.
///
/// It converts into [`Error`], so that `?` works in functions that return one; [`Error::wait_error`] gives it back.
#[derive(Debug)]
#[non_exhaustive]
pub enum WaitError<T> {
    /// The state that was waited for can no longer be reached: the thing failed, or is past it.
    #[non_exhaustive]
    Missed {
        /// The name of the client's method.
        wait: &'static str,
        /// The state, as on the wire.
        state: &'static str,
        /// The response that has it.
        response: Box<Response<T>>,
    },
    /// What was waited for happened, and a later step failed. Nothing has to be made again but that step.
    #[non_exhaustive]
    ReachedThenFailed {
        /// The name of the client's method.
        wait: &'static str,
        /// The state, as on the wire.
        state: &'static str,
        /// The response that has it.
        response: Box<Response<T>>,
    },
    /// The deadline came first. What was waited for may still happen.
    #[non_exhaustive]
    Deadline {
        /// The name of the client's method.
        wait: &'static str,
        /// How long the wait lasted.
        waited: Duration,
        /// The state of the last response, if this version knows it.
        state: Option<&'static str>,
        /// The last response, if there was one.
        last: Option<Box<Response<T>>>,
        /// The failure of the last request, if it failed. A body of more than 64 KiB is not kept.
        error: Option<Error>,
    },
    /// A request failed permanently, or too many in a row failed. What was waited for may still happen.
    #[non_exhaustive]
    Call {
        /// The name of the client's method.
        wait: &'static str,
        /// How long the wait lasted.
        waited: Duration,
        /// How many requests in a row failed, the last one included.
        failures: u32,
        /// How the last one failed.
        error: Error,
        /// The last response before, if there was one.
        last: Option<Box<Response<T>>>,
    },
}

impl<T> WaitError<T> {
    /// The newest response, if there was one.
    pub fn response(&self) -> Option<&Response<T>> {
        match self {
            WaitError::Missed { response, .. } | WaitError::ReachedThenFailed { response, .. } => {
                Some(response)
            }
            WaitError::Deadline { last, .. } | WaitError::Call { last, .. } => last.as_deref(),
        }
    }

    /// The failure of the last request, if it failed.
    pub fn call_error(&self) -> Option<&Error> {
        match self {
            WaitError::Missed { .. } | WaitError::ReachedThenFailed { .. } => None,
            WaitError::Deadline { error, .. } => error.as_ref(),
            WaitError::Call { error, .. } => Some(error),
        }
    }

    /// Whether the deadline came first, so that a new wait may end well.
    pub fn is_deadline(&self) -> bool {
        matches!(self, WaitError::Deadline { .. })
    }
}

/// One line: what was waited for, how it ended, and why the last request failed, if it did. The responses are left
/// out, because they may hold personal data.
impl<T> fmt::Display for WaitError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WaitError::Missed { wait, state, .. } => {
                write!(f, "{wait}: cannot be reached any more, the state is `{state}`")
            }
            WaitError::ReachedThenFailed { wait, state, .. } => {
                write!(f, "{wait}: was reached, but a later step failed, the state is `{state}`")
            }
            WaitError::Deadline { wait, waited, state, last, error } => {
                let ended = if last.is_some() { "not reached" } else { "no response" };
                write!(f, "{wait}: {ended} within {waited:.1?}")?;
                if let Some(state) = state {
                    write!(f, ", the last state is `{state}`")?;
                }
                match error {
                    Some(error) => write!(f, "; the last request failed: {error}"),
                    None => Ok(()),
                }
            }
            WaitError::Call { wait, waited, failures: 0 | 1, error, .. } => {
                write!(f, "{wait}: a request failed after {waited:.1?}: {error}")
            }
            WaitError::Call { wait, waited, failures, error, .. } => {
                write!(f, "{wait}: {failures} requests in a row failed within {waited:.1?}: {error}")
            }
        }
    }
}

/// The source is that of the failed request: what the request's own error says is in `Display` already, and a printed
/// chain of sources shows nothing twice. [`call_error`](WaitError::call_error) is the error itself.
impl<T: fmt::Debug> std::error::Error for WaitError<T> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.call_error().and_then(std::error::Error::source)
    }
}

/// Keeps everything: the error has kind, status, code and body of a request that failed, and [`ErrorKind::Wait`] where
/// none did. [`Error::wait_error`] gives the `WaitError` back.
///
/// [`Error::may_have_executed`] is always true for it. The requests of a wait only read, but they follow a request
/// that was carried out, and no error of a wait says that it was not: whoever makes a payment and waits for it in one
/// function must not make it again because the wait failed.
///
/// [`ErrorKind::Wait`]: crate::ErrorKind::Wait
impl<T: fmt::Debug + Send + Sync + 'static> From<WaitError<T>> for Error {
    fn from(error: WaitError<T>) -> Error {
        fn failed_request<T>(error: &WaitError<T>) -> Option<&Error> {
            match error {
                WaitError::Call { error, .. } => Some(error),
                _ => None,
            }
        }
        let is_deadline = error.is_deadline();
        Error::wait(error, failed_request, is_deadline)
    }
}

impl Error {
    /// The error of the wait that this error comes from, with the newest response and its state.
    ///
    /// None for every other error, and where `T` is not the type of the wait's response.
    pub fn wait_error<T: 'static>(&self) -> Option<&WaitError<T>>
    where
        WaitError<T>: std::error::Error,
    {
        self.wait_source()
    }
}
