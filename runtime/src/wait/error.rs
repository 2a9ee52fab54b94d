//! The errors with which waits end.

use std::fmt;
use std::time::Duration;

use crate::{Error, Response};

/// The reason why a wait for a state failed.
///
/// A `WaitError` converts into [`Error`], so that `?` works in functions that return `Error`. [`Error::wait_error`]
/// returns the original `WaitError`.
#[derive(Debug)]
#[non_exhaustive]
pub enum WaitError<T> {
    /// The awaited state can no longer be reached, because another final state was reached.
    #[non_exhaustive]
    EndedInOtherState {
        /// The name of the client method that started the wait, like `wait_until_verified`.
        wait_method: &'static str,
        /// The state that the response reports, spelled as the API sent it.
        state: &'static str,
        /// The response in which the API reported the state that ended the wait.
        response: Box<Response<T>>,
    },
    /// The awaited state was reached, but a later step failed: for example, an order was completed, but its crypto
    /// could not be sent out. Only that step has to be repeated.
    #[non_exhaustive]
    ReachedThenFailed {
        /// The name of the client method that started the wait, like `wait_until_verified`.
        wait_method: &'static str,
        /// The state that the response reports, spelled as the API sent it.
        state: &'static str,
        /// The response in which the API reported the state that ended the wait.
        response: Box<Response<T>>,
    },
    /// The deadline passed before the awaited state was reached. Another wait may still reach it.
    #[non_exhaustive]
    DeadlineExceeded {
        /// The name of the client method that started the wait, like `wait_until_verified`.
        wait_method: &'static str,
        /// The time from the beginning of the wait to its end.
        elapsed: Duration,
        /// The state in the last response; `None` if there was no response, or if this version of the client does not
        /// know the state.
        state: Option<&'static str>,
        /// The last response; `None` if no request of the wait succeeded.
        last_response: Option<Box<Response<T>>>,
        /// The error of the last request; `None` if that request did not fail. A response body of more than 64 KiB is
        /// removed from the error.
        error: Option<Error>,
    },
    /// A request failed permanently, or too many requests in a row failed. The awaited state may still be reached
    /// later.
    #[non_exhaustive]
    CallFailed {
        /// The name of the client method that started the wait, like `wait_until_verified`.
        wait_method: &'static str,
        /// The time from the beginning of the wait to its end.
        elapsed: Duration,
        /// The number of requests that failed in a row, including the last one.
        consecutive_failures: u32,
        /// The error of the last request.
        error: Error,
        /// The last response before the requests began to fail; `None` if all requests of the wait failed.
        last_response: Option<Box<Response<T>>>,
    },
}

impl<T> WaitError<T> {
    /// Returns the last response of the wait; `None` if there was no response. The response lacks its raw body if the
    /// body was larger than 64 KiB and the wait continued after this response.
    pub fn last_response(&self) -> Option<&Response<T>> {
        match self {
            WaitError::EndedInOtherState { response, .. } | WaitError::ReachedThenFailed { response, .. } => {
                Some(response)
            }
            WaitError::DeadlineExceeded { last_response, .. }
            | WaitError::CallFailed { last_response, .. } => last_response.as_deref(),
        }
    }

    /// Returns the error of the wait's last request; `None` if that request did not fail.
    pub fn last_request_error(&self) -> Option<&Error> {
        match self {
            WaitError::EndedInOtherState { .. } | WaitError::ReachedThenFailed { .. } => None,
            WaitError::DeadlineExceeded { error, .. } => error.as_ref(),
            WaitError::CallFailed { error, .. } => Some(error),
        }
    }

    /// Whether the wait ended because its deadline passed. In this case, a new wait may succeed.
    pub fn is_deadline_exceeded(&self) -> bool {
        matches!(self, WaitError::DeadlineExceeded { .. })
    }
}

/// Writes one line: the name of the client method, how the wait ended, and, if the last request failed, why it failed.
/// Responses are not shown, because they may contain personal data.
impl<T> fmt::Display for WaitError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WaitError::EndedInOtherState { wait_method: wait, state, .. } => {
                write!(f, "{wait}: cannot be reached any more, the state is `{state}`")
            }
            WaitError::ReachedThenFailed { wait_method: wait, state, .. } => {
                write!(f, "{wait}: was reached, but a later step failed, the state is `{state}`")
            }
            WaitError::DeadlineExceeded {
                wait_method: wait,
                elapsed: waited,
                state,
                last_response,
                error,
            } => {
                let ended = if last_response.is_some() { "not reached" } else { "no response" };
                write!(f, "{wait}: {ended} within {waited:.1?}")?;
                if let Some(state) = state {
                    write!(f, ", the last state is `{state}`")?;
                }
                match error {
                    Some(error) => write!(f, "; the last request failed: {error}"),
                    None => Ok(()),
                }
            }
            WaitError::CallFailed {
                wait_method: wait,
                elapsed: waited,
                consecutive_failures: 0 | 1,
                error,
                ..
            } => {
                write!(f, "{wait}: a request failed after {waited:.1?}: {error}")
            }
            WaitError::CallFailed {
                wait_method: wait,
                elapsed: waited,
                consecutive_failures: failures,
                error,
                ..
            } => {
                write!(f, "{wait}: {failures} requests in a row failed within {waited:.1?}: {error}")
            }
        }
    }
}

/// `source` skips the error of the last request, and returns the cause of that error. The error itself is skipped
/// because `Display` already shows its text. To get it, call [`last_request_error`](WaitError::last_request_error).
impl<T: fmt::Debug> std::error::Error for WaitError<T> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.last_request_error().and_then(std::error::Error::source)
    }
}

/// Converts the error of a wait into an [`Error`]. For [`WaitError::CallFailed`], the result has the kind, status, code
/// and body of the last request's error. For the other variants, the result has the kind [`ErrorKind::Wait`].
/// [`Error::wait_error`] returns the original `WaitError`.
///
/// [`Error::may_have_executed`] is always true for the result. The requests of a wait only read, but they follow a
/// request that was executed. A function that makes a payment and waits for it must not make the payment again because
/// the wait failed.
///
/// [`ErrorKind::Wait`]: crate::ErrorKind::Wait
impl<T: fmt::Debug + Send + Sync + 'static> From<WaitError<T>> for Error {
    fn from(error: WaitError<T>) -> Error {
        fn failed_request<T>(error: &WaitError<T>) -> Option<&Error> {
            match error {
                WaitError::CallFailed { error, .. } => Some(error),
                _ => None,
            }
        }
        let is_deadline_exceeded = error.is_deadline_exceeded();
        Error::from_wait_error(error, failed_request, is_deadline_exceeded)
    }
}

impl Error {
    /// Returns the `WaitError` from which this error was converted. The `WaitError` has the last response and the state
    /// in that response.
    ///
    /// Returns `None` if this error was not converted from a `WaitError`, or if `T` is not the response type of the
    /// wait.
    pub fn wait_error<T: 'static>(&self) -> Option<&WaitError<T>>
    where
        WaitError<T>: std::error::Error,
    {
        self.downcast_wait_error()
    }
}
