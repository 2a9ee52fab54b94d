//! Waiting for a final state, like that of a verification, an order or a transfer.
//!
//! Many processes of the vendors take minutes or days. Where the documents say which states are final, the client has a
//! method that polls an operation until its response has one of these states:
//!
//! ```no_run
//! use partner_runtime::{Error, Response, Wait, WaitError};
//! use std::time::Duration;
//!
//! /// Waits up to ten minutes for the state that a generated method waits for.
//! async fn finish<C, T>(wait: Wait<C, T>) -> Result<(), Error>
//! where
//!     C: IntoFuture<Output = Result<Response<T>, Error>, IntoFuture: Send> + Clone + Send + 'static,
//!     T: std::fmt::Debug + Send + Sync + 'static,
//! {
//!     match wait.initial_delay(Duration::from_secs(5)).deadline(Duration::from_secs(600)).await {
//!         Ok(reached) => println!("reached: {reached:?}"),
//!         Err(WaitError::EndedInOtherState { state, .. }) => println!("cannot be reached: {state}"),
//!         Err(WaitError::DeadlineExceeded { last_response, .. }) => println!("not yet: {last_response:?}"),
//!         Err(error) => return Err(error.into()),
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # Pauses and deadline
//!
//! The first request is sent at once. The pause after it is 2 seconds. Each further pause is half as long again as the
//! one before, up to 30 seconds. Each pause is shortened or prolonged by up to a tenth at random, so that many waits do
//! not send their requests at the same moment. [`initial_delay`](Wait::initial_delay) and
//! [`max_delay`](Wait::max_delay) set other pauses. If the server sends `Retry-After`, the pause is at least that long.
//!
//! The wait lasts 15 minutes, or as long as [`deadline`](Wait::deadline) sets. When the next pause would end after the
//! deadline, a last request is sent shortly before it, early enough for its response: 50 ms before, or twice as long as
//! the previous request took, up to 2 seconds. No request is sent after the deadline, and one that is still running
//! then is cancelled.
//!
//! # Errors
//!
//! [`WaitError`] has a variant for each outcome that a caller has to handle differently:
//!
//! - [`EndedInOtherState`](WaitError::EndedInOtherState): the state can no longer be reached.
//! - [`ReachedThenFailed`](WaitError::ReachedThenFailed): the state was reached, and a later step failed, like the
//!   send-out of an order that had completed. It is an error so that it is not overlooked, and a variant of its own so
//!   that a payment that was made is not made again.
//! - [`DeadlineExceeded`](WaitError::DeadlineExceeded): neither happened in time.
//! - [`CallFailed`](WaitError::CallFailed): a request failed permanently, or too many in a row failed.
//!
//! Only the states that the documents list as successes are successes. A state that this version does not know counts
//! as not final.
//!
//! # Requests that fail
//!
//! The requests of a wait only read, so a wait continues after transient failures: those that [can be
//! retried](Error::is_retryable) (429, timeouts, connection failures), every 5xx but 501, and a response that cannot be
//! decoded, like an error page of a proxy. Any other failure (401, 403, 404, a wrong configuration) ends the wait at
//! once. More than 20 failures in a row end it as well; with the default pauses that is after about ten minutes.
//! [`max_consecutive_failures`](Wait::max_consecutive_failures) sets another limit. Every success resets the count.
//! Each request also has its own retries and time limits, which [`configure_call`](Wait::configure_call) sets.

mod error;
mod schedule;
#[cfg(test)]
mod tests;

use std::fmt;
use std::pin::Pin;
use std::time::Duration;

use http::StatusCode;

use crate::{Error, ErrorKind, Response};

pub use error::WaitError;
use schedule::WaitScheduleSettings;

/// What a response says about the awaited state: that it is reached, can still be reached, or can no longer be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitState {
    /// The awaited state is reached.
    Reached,
    /// The awaited state can no longer be reached, because the current state is another final state. The value is the
    /// current state.
    EndedInOtherState(&'static str),
    /// The awaited state was reached earlier, but a later step failed, like the send-out of a completed order. The
    /// value is the current state.
    ReachedThenFailed(&'static str),
    /// The awaited state is not reached yet. The value is the current state; `None` if this version of the client does
    /// not know that state.
    Pending(Option<&'static str>),
}

impl WaitState {
    /// Makes a [`WaitState::Pending`] with the text of `state`, or without a text if `known` does not contain `state`.
    /// `known` lists the states that this version of the client knows.
    pub fn new_pending<S: PartialEq>(
        known: &'static [S],
        state: &S,
        as_str: fn(&'static S) -> &'static str,
    ) -> WaitState {
        WaitState::Pending(known.iter().find(|known| *known == state).map(as_str))
    }
}

/// The default of the maximum number of requests in a row that may fail.
const DEFAULT_MAX_CONSECUTIVE_FAILURES: u32 = 20;

/// A callback that gets every response of a wait.
type ResponseListener<T> = Box<dyn FnMut(&Response<T>) + Send>;

/// A wait that repeats the call `C` until its response `T` has the awaited state. Nothing is sent until the `Wait` is
/// awaited. The [module](self) explains how often the call is repeated, and for how long.
#[must_use = "nothing is sent until the wait is awaited"]
pub struct Wait<C, T> {
    name: &'static str,
    call: C,
    look: fn(&T) -> WaitState,
    schedule: WaitScheduleSettings,
    max_failures: u32,
    on_progress: Option<ResponseListener<T>>,
}

impl<C, T> Wait<C, T> {
    pub(crate) fn new(name: &'static str, call: C, look: fn(&T) -> WaitState) -> Self {
        let schedule = WaitScheduleSettings::default();
        Wait { name, call, look, schedule, max_failures: DEFAULT_MAX_CONSECUTIVE_FAILURES, on_progress: None }
    }

    /// Sets the delay between the first request and the second. The default is 2 seconds.
    pub fn initial_delay(mut self, delay: Duration) -> Self {
        self.schedule.first_pause = delay;
        self
    }

    /// Sets the maximum delay between requests. The default is 30 seconds. If the [initial delay](Self::initial_delay)
    /// is longer, it is used as the maximum.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.schedule.max_pause = delay;
        self
    }

    /// Sets the deadline of the wait, counted from the beginning of the wait. The default is 15 minutes.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.schedule.time_limit = deadline;
        self
    }

    /// Sets the maximum number of requests in a row that may fail with a transient failure. The default is 20. One more
    /// failure ends the wait with [`WaitError::CallFailed`]. With 0, the first failure ends the wait.
    pub fn max_consecutive_failures(mut self, failures: u32) -> Self {
        self.max_failures = failures;
        self
    }

    /// Sets a callback that observes the progress. It is called with every response, including the last one.
    pub fn on_progress(mut self, listener: impl FnMut(&Response<T>) + Send + 'static) -> Self {
        self.on_progress = Some(Box::new(listener));
        self
    }

    /// Changes the call that the wait repeats, for example the timeout, the retries or the headers of the call.
    pub fn configure_call(mut self, change: impl FnOnce(C) -> C) -> Self {
        self.call = change(self.call);
        self
    }
}

impl<C, T> Wait<C, T>
where
    C: IntoFuture<Output = Result<Response<T>, Error>> + Clone,
{
    async fn run(mut self) -> Result<Response<T>, WaitError<T>> {
        let (wait_method, mut scheduler) = (self.name, self.schedule.into_scheduler());
        let (mut last_response, mut state) = (None, None);
        let (mut failures, mut last_failure) = (0, None);
        while let Some(result) = scheduler.await_until_deadline(self.call.clone().into_future()).await {
            match result {
                Ok(response) => {
                    if let Some(listener) = &mut self.on_progress {
                        listener(&response);
                    }
                    let found = (self.look)(&response);
                    match found {
                        WaitState::Reached => return Ok(response),
                        WaitState::EndedInOtherState(state) => {
                            return Err(WaitError::EndedInOtherState {
                                wait_method,
                                state,
                                response: Box::new(response),
                            });
                        }
                        WaitState::ReachedThenFailed(state) => {
                            return Err(WaitError::ReachedThenFailed {
                                wait_method,
                                state,
                                response: Box::new(response),
                            });
                        }
                        WaitState::Pending(current) => {
                            (last_response, state) = (Some(Box::new(response.without_large_body())), current);
                        }
                    }
                    (failures, last_failure) = (0, None);
                }
                Err(error) => {
                    failures += 1;
                    if !can_wait_continue_after(&error) || failures > self.max_failures {
                        return Err(WaitError::CallFailed {
                            wait_method,
                            elapsed: scheduler.elapsed(),
                            consecutive_failures: failures,
                            error,
                            last_response,
                        });
                    }
                    last_failure = Some(error.without_large_body());
                }
            }
            if !scheduler.sleep_until_next_request(last_failure.as_ref().and_then(Error::retry_after)).await {
                break;
            }
        }
        Err(WaitError::DeadlineExceeded {
            wait_method,
            elapsed: scheduler.elapsed(),
            state,
            last_response,
            error: last_failure,
        })
    }
}

/// Whether a wait can continue after one of its requests failed with this error. It continues after a retryable error,
/// after a response that could not be decoded, and after a server error other than 501. The requests of a wait only
/// read, so sending them again is harmless.
fn can_wait_continue_after(error: &Error) -> bool {
    let is_server_failure =
        |status: StatusCode| status.is_server_error() && status != StatusCode::NOT_IMPLEMENTED;
    error.is_retryable()
        || error.kind() == ErrorKind::Decode
        || error.kind() == ErrorKind::Api && error.status().is_some_and(is_server_failure)
}

impl<C, T> IntoFuture for Wait<C, T>
where
    C: IntoFuture<Output = Result<Response<T>, Error>, IntoFuture: Send> + Clone + Send + 'static,
    T: Send + 'static,
{
    type Output = Result<Response<T>, WaitError<T>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl<C, T> fmt::Debug for Wait<C, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wait")
            .field("name", &self.name)
            .field("schedule", &self.schedule)
            .finish_non_exhaustive()
    }
}
