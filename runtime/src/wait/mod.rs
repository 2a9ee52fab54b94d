//! Waiting until something is final: a verification, an order, a transfer.
//!
//! Many things take minutes or days at the vendors. Where the documents say which states are final, the client has a
//! method that asks again and again until one of them is there:
//!
//! ```no_run
//! use partner_runtime::{Error, Response, Wait, WaitError};
//! use std::time::Duration;
//!
//! /// Waits ten minutes for what a generated method waits for.
//! async fn finish<C, T>(wait: Wait<C, T>) -> Result<(), Error>
//! where
//!     C: IntoFuture<Output = Result<Response<T>, Error>, IntoFuture: Send> + Clone + Send + 'static,
//!     T: std::fmt::Debug + Send + Sync + 'static,
//! {
//!     match wait.initial_delay(Duration::from_secs(5)).deadline(Duration::from_secs(600)).await {
//!         Ok(reached) => println!("reached: {reached:?}"),
//!         Err(WaitError::Missed { state, .. }) => println!("it will not be: {state}"),
//!         Err(WaitError::Deadline { last, .. }) => println!("not yet: {last:?}"),
//!         Err(error) => return Err(error.into()),
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # How often, and for how long
//!
//! The first request is sent at once. The pause after it is 2 seconds; each further one is half as long again as the
//! one before, up to 30 seconds, and each is shortened or prolonged by up to a tenth, so that many waits do not ask at
//! the same moment. [`initial_delay`](Wait::initial_delay) and [`max_delay`](Wait::max_delay) set other pauses. Where the
//! server says `Retry-After`, it is not asked sooner.
//!
//! After 15 minutes, or what [`deadline`](Wait::deadline) says, the wait is over, and not before: where the next pause
//! would go beyond the deadline, a last request is sent shortly before it, early enough for its response (50 ms, or
//! twice as long as the request before took, up to 2 seconds). None is sent after the deadline, and a request that is
//! still running then is given up.
//!
//! # Errors
//!
//! [`WaitError`] has a variant for each ending that a caller has to treat differently:
//!
//! - [`Missed`](WaitError::Missed): the state can no longer be reached.
//! - [`ReachedThenFailed`](WaitError::ReachedThenFailed): what was waited for happened, and a later step failed, like
//!   the send-out of an order that had completed. It is an error so that nobody overlooks it, and one of its own so
//!   that nobody makes a payment again that was made.
//! - [`Deadline`](WaitError::Deadline): neither happened in time.
//! - [`Call`](WaitError::Call): a request failed permanently, or too many in a row failed.
//!
//! A success is exactly what the documents list as one. A state that this version does not know counts as not final.
//!
//! # Requests that fail
//!
//! The requests of a wait only read, so a wait bears their transient failures: those that
//! [can be retried](Error::is_retryable) (429, timeouts, connections that fail), every status of the server's own
//! trouble (5xx, but 501), and a response that cannot be decoded, like the page of a proxy. Any other failure (401,
//! 403, 404, a wrong configuration) ends the wait at once. So do more than 20 failures in a row, which are about ten
//! minutes with the pauses of a long wait; [`max_consecutive_failures`](Wait::max_consecutive_failures) sets another
//! limit. Every response starts the count anew. Each request has its own retries and time limits besides; they are set
//! by [`call`](Wait::call).

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
use schedule::Schedule;

/// What a response says about the state that is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitState {
    /// It is reached.
    Reached,
    /// It cannot be reached any more, because this other state is.
    Missed(&'static str),
    /// It was reached before, and this failure came later.
    ReachedThenFailed(&'static str),
    /// It is not reached yet; with the state, if this version knows it.
    Pending(Option<&'static str>),
}

impl WaitState {
    /// A state that is not final, one of those that this version knows or another one.
    pub fn pending<S: PartialEq>(
        known: &'static [S],
        state: &S,
        as_str: fn(&'static S) -> &'static str,
    ) -> WaitState {
        WaitState::Pending(known.iter().find(|known| *known == state).map(as_str))
    }
}

/// How many requests in a row may fail, unless the caller says otherwise.
const MAX_CONSECUTIVE_FAILURES: u32 = 20;

/// What is called for every response.
type Listener<T> = Box<dyn FnMut(&Response<T>) + Send>;

/// A wait for a state of a response `T`, which the call `C` asks for. Nothing is sent until it is awaited. See the
/// [module](self) for how often it asks, and for how long.
#[must_use = "nothing is sent until the wait is awaited"]
pub struct Wait<C, T> {
    name: &'static str,
    call: C,
    look: fn(&T) -> WaitState,
    schedule: Schedule,
    max_failures: u32,
    on_progress: Option<Listener<T>>,
}

impl<C, T> Wait<C, T> {
    pub(crate) fn new(name: &'static str, call: C, look: fn(&T) -> WaitState) -> Self {
        let schedule = Schedule::default();
        Wait { name, call, look, schedule, max_failures: MAX_CONSECUTIVE_FAILURES, on_progress: None }
    }

    /// Sets the pause after the first request, instead of 2 seconds.
    pub fn initial_delay(mut self, pause: Duration) -> Self {
        self.schedule.first = pause;
        self
    }

    /// Sets how long the pauses get at most, instead of 30 seconds. No shorter than the first one.
    pub fn max_delay(mut self, pause: Duration) -> Self {
        self.schedule.longest = pause;
        self
    }

    /// Sets how long to wait in all, instead of 15 minutes.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.schedule.deadline = deadline;
        self
    }

    /// Sets how many requests in a row may fail with a transient failure, instead of 20. The next one ends the wait as
    /// [`WaitError::Call`]; with 0, the first one does.
    pub fn max_consecutive_failures(mut self, failures: u32) -> Self {
        self.max_failures = failures;
        self
    }

    /// Calls a function for every response, the last one included.
    pub fn on_progress(mut self, tell: impl FnMut(&Response<T>) + Send + 'static) -> Self {
        self.on_progress = Some(Box::new(tell));
        self
    }

    /// Changes the call that is sent each time: its timeout, its retries, its headers.
    pub fn call(mut self, change: impl FnOnce(C) -> C) -> Self {
        self.call = change(self.call);
        self
    }
}

impl<C, T> Wait<C, T>
where
    C: IntoFuture<Output = Result<Response<T>, Error>> + Clone,
{
    async fn run(mut self) -> Result<Response<T>, WaitError<T>> {
        let (wait, mut clock) = (self.name, self.schedule.start());
        let (mut last, mut state) = (None, None);
        let (mut failures, mut trouble) = (0, None);
        while let Some(result) = clock.in_time(self.call.clone().into_future()).await {
            match result {
                Ok(response) => {
                    if let Some(tell) = &mut self.on_progress {
                        tell(&response);
                    }
                    let looked = (self.look)(&response);
                    let response = Box::new(response);
                    match looked {
                        WaitState::Reached => return Ok(*response),
                        WaitState::Missed(state) => return Err(WaitError::Missed { wait, state, response }),
                        WaitState::ReachedThenFailed(state) => {
                            return Err(WaitError::ReachedThenFailed { wait, state, response });
                        }
                        WaitState::Pending(open) => (last, state) = (Some(response), open),
                    }
                    (failures, trouble) = (0, None);
                }
                Err(error) => {
                    failures += 1;
                    if !is_transient(&error) || failures > self.max_failures {
                        return Err(WaitError::Call { wait, waited: clock.elapsed(), failures, error, last });
                    }
                    trouble = Some(error.without_large_body());
                }
            }
            if !clock.pause(trouble.as_ref().and_then(Error::retry_after)).await {
                break;
            }
        }
        Err(WaitError::Deadline { wait, waited: clock.elapsed(), state, last, error: trouble })
    }
}

/// Whether the next request of a wait may succeed although this one failed. It only reads, so more failures count as
/// transient than for a call that is retried on its own.
fn is_transient(error: &Error) -> bool {
    let is_server_trouble =
        |status: StatusCode| status.is_server_error() && status != StatusCode::NOT_IMPLEMENTED;
    error.is_retryable()
        || error.kind() == ErrorKind::Decode
        || error.kind() == ErrorKind::Api && error.status().is_some_and(is_server_trouble)
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
