//! Waiting until something is final: a verification, an order, a transfer.
//!
//! Many things take minutes or days at the vendors. Where the documents say which states are final, the client has a
//! method that asks again and again until one of them is there:
#![cfg_attr(
    feature = "unigox",
    doc = r#"
```no_run
use partner_client::WaitError;
use partner_client::unigox::Client;
use std::time::Duration;

# async fn example(unigox: Client, user_uuid: uuid::Uuid) -> Result<(), Box<dyn std::error::Error>> {
let wait = unigox
    .wait_until_verified(user_uuid)
    .every(Duration::from_secs(5))
    .deadline(Duration::from_secs(600))
    .on_progress(|answer| println!("{:?}", answer.status));
match wait.await {
    Ok(verification) => println!("verified: {verification:?}"),
    Err(WaitError::Missed { state, .. }) => println!("it will not be: {state}"),
    Err(WaitError::Deadline { last, .. }) => println!("not yet: {last:?}"),
    Err(error) => return Err(error.into()),
}
# Ok(())
# }
```
"#
)]
#![cfg_attr(
    all(feature = "unigox", feature = "p100"),
    doc = "When to wait, and what to do meanwhile, is in the [guide](crate::guide::waiting).\n\n"
)]
//! # How often, and for how long
//!
//! The first request is sent at once. The pause after it is 2 seconds; each further one is half as long again as the
//! one before, up to 30 seconds, and each is shortened or prolonged by up to a tenth, so that many waits do not ask at
//! the same moment. [`every`](Wait::every) and [`at_least_every`](Wait::at_least_every) set other pauses. Where the
//! server says `Retry-After`, it is not asked sooner.
//!
//! After 15 minutes, or what [`deadline`](Wait::deadline) says, the wait is over; a request that is still being
//! answered then is given up. The last request is sent a little before.
//!
//! # Errors
//!
//! [`WaitError`] tells a final state that is not the one that was waited for from a wait that ran out of time and from
//! a call that failed. A failure that [can be retried](Error::is_retryable) does not end a wait: it is no news, and the
//! server is asked again after the next pause. Each request has its own retries and time limits besides; they are set by
//! [`call`](Wait::call).
//!
//! A state that this version does not know counts as not final.

mod error;
mod schedule;
#[cfg(test)]
mod tests;

use std::fmt;
use std::pin::Pin;
use std::time::Duration;

use crate::{Error, Response};

pub use error::WaitError;
use schedule::Schedule;

/// What an answer says about what is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// It is so.
    Reached,
    /// It will not be so any more: the state in which it ended.
    Missed(&'static str),
    /// Not yet.
    Open,
}

/// What is called for every answer.
type Listener<T> = Box<dyn FnMut(&Response<T>) + Send>;

/// A wait for a state of an answer `T`, which the call `C` asks for. Nothing is sent until it is awaited. See the
/// [module](self) for how often it asks, and for how long.
#[must_use = "nothing is sent until the wait is awaited"]
pub struct Wait<C, T> {
    name: &'static str,
    call: C,
    look: fn(&T) -> State,
    schedule: Schedule,
    on_progress: Option<Listener<T>>,
}

impl<C, T> Wait<C, T> {
    pub(crate) fn new(name: &'static str, call: C, look: fn(&T) -> State) -> Self {
        Wait { name, call, look, schedule: Schedule::default(), on_progress: None }
    }

    /// Sets the pause after the first request, instead of 2 seconds.
    pub fn every(mut self, pause: Duration) -> Self {
        self.schedule.first = pause;
        self
    }

    /// Sets how long the pauses get at most, instead of 30 seconds. No shorter than the first one.
    pub fn at_least_every(mut self, pause: Duration) -> Self {
        self.schedule.longest = pause;
        self
    }

    /// Sets how long to wait in all, instead of 15 minutes.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.schedule.deadline = deadline;
        self
    }

    /// Calls a function for every answer, the last one included.
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
        let mut clock = self.schedule.start();
        let mut last = None;
        let mut trouble: Option<Error> = None;
        loop {
            match clock.in_time(self.call.clone().into_future()).await {
                None => break,
                Some(Ok(answer)) => {
                    if let Some(tell) = &mut self.on_progress {
                        tell(&answer);
                    }
                    match (self.look)(&answer) {
                        State::Reached => return Ok(answer),
                        State::Missed(state) => {
                            return Err(WaitError::Missed {
                                wait: self.name,
                                state,
                                answer: Box::new(answer),
                            });
                        }
                        State::Open => (last, trouble) = (Some(Box::new(answer)), None),
                    }
                }
                Some(Err(error)) if error.is_retryable() => trouble = Some(error),
                Some(Err(error)) => return Err(WaitError::Call { wait: self.name, error, last }),
            }
            if !clock.pause(trouble.as_ref().and_then(Error::retry_after)).await {
                break;
            }
        }
        Err(WaitError::Deadline { wait: self.name, waited: clock.elapsed(), last, error: trouble })
    }
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
