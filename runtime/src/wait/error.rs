//! The errors of waits.

use std::fmt;
use std::time::Duration;

use crate::{Error, Response};

/// Why a wait ended without the state that it was for.
///
/// It converts into [`Error`], so that `?` works in functions that return one. [`Error::wait_error`] returns it again.
#[derive(Debug)]
#[non_exhaustive]
pub enum WaitError<T> {
    /// The state can no longer be reached, because another final state was.
    #[non_exhaustive]
    Missed {
        /// The name of the client's method.
        wait: &'static str,
        /// The state, as on the wire.
        state: &'static str,
        /// The response with that state.
        response: Box<Response<T>>,
    },
    /// The state was reached, and a later step failed. Only that step has to be repeated.
    #[non_exhaustive]
    ReachedThenFailed {
        /// The name of the client's method.
        wait: &'static str,
        /// The state, as on the wire.
        state: &'static str,
        /// The response with that state.
        response: Box<Response<T>>,
    },
    /// The deadline passed first. The state may still be reached.
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
    /// A request failed permanently, or too many requests in a row failed. The state may still be reached.
    #[non_exhaustive]
    Call {
        /// The name of the client's method.
        wait: &'static str,
        /// How long the wait lasted.
        waited: Duration,
        /// How many requests in a row failed, the last one included.
        failures: u32,
        /// The failure of the last request.
        error: Error,
        /// The last response before the failures, if there was one.
        last: Option<Box<Response<T>>>,
    },
}

impl<T> WaitError<T> {
    /// The newest response, if there was one. A raw body of more than 64 KiB was dropped if another request was sent after
    /// that response.
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

    /// Whether the deadline passed first, so that a new wait may succeed.
    pub fn is_deadline(&self) -> bool {
        matches!(self, WaitError::Deadline { .. })
    }
}

/// One line: the name of the wait, how it ended, and why the last request failed, if it did. Responses are not shown, because
/// they may have personal data.
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

/// The source is that of the failed request's error. `Display` already shows the text of that error, so that a printed chain of
/// sources shows nothing twice. [`call_error`](WaitError::call_error) returns the error itself.
impl<T: fmt::Debug> std::error::Error for WaitError<T> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.call_error().and_then(std::error::Error::source)
    }
}

/// The error has kind, status, code and body of the request that failed, or [`ErrorKind::Wait`] where none did.
/// [`Error::wait_error`] returns the `WaitError`.
///
/// [`Error::may_have_executed`] is always true for it. The requests of a wait only read, but they follow a request that was
/// executed. A function that makes a payment and waits for it must not make the payment again because the wait failed.
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
    /// None for every other error, and if `T` is not the response type of the wait.
    pub fn wait_error<T: 'static>(&self) -> Option<&WaitError<T>>
    where
        WaitError<T>: std::error::Error,
    {
        self.wait_source()
    }
}
