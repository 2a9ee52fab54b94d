//! Attempts, turns and pauses, within the time of the call.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};

use crate::clock::instant_after;
use crate::error::Deadline;
use crate::limit::Limits;
use crate::retry::{self, Attempted, Bucket, Next};
use crate::{Error, RetryPolicy};

/// What all attempts of a call go by.
pub(super) struct Rules<'a> {
    pub(super) policy: RetryPolicy,
    pub(super) timeout: Duration,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) limits: &'a Limits,
    pub(super) budget: &'a Bucket,
}

/// What is attempted.
pub(super) trait Attempts {
    /// What it brings.
    type SuccessResponse;

    /// Attempts it. It is dropped when this takes longer than the time that it has.
    fn attempt(
        &mut self,
        number: u32,
        time: Duration,
    ) -> impl Future<Output = Result<Self::SuccessResponse, Error>> + Send;

    /// The error of an attempt that was dropped.
    fn out_of_time(&mut self, deadline: Deadline) -> Error;

    /// Whether the request that was sent last can be repeated without harm.
    fn repeatable(&self) -> bool;

    /// Whether what is sent can be made once more.
    fn body_again(&self) -> bool;

    /// Hears what becomes of a failure.
    fn failed(&mut self, error: &Error, next: Next);
}

/// Attempts something until it succeeds, or the failure is final.
pub(super) async fn repeat<A: Attempts>(
    rules: &Rules<'_>,
    attempts: &mut A,
) -> Result<A::SuccessResponse, Error> {
    let end = instant_after(Instant::now(), rules.timeout);
    let mut failed: Option<Error> = None;
    let mut number = 1;
    loop {
        let turn = match rules.limits.turn(end).await {
            Ok(turn) => turn,
            // What went wrong before says more than that there was no second turn.
            Err(no_turn) => return Err(failed.unwrap_or(no_turn)),
        };
        let error = match attempt(rules, attempts, number, end).await {
            Ok(answer) => {
                rules.budget.deposit();
                return Ok(answer);
            }
            Err(error) => error,
        };
        // Nobody has to wait for this one's pause.
        drop(turn);
        let error = error.executed_before(failed.is_some_and(|failed| failed.may_have_executed()));
        if error.outcome().is_answer() {
            rules.budget.deposit();
        }
        let attempted = Attempted {
            attempts: number,
            outcome: error.outcome(),
            retry_after: error.retry_after(),
            repeatable: attempts.repeatable(),
            body_again: attempts.body_again(),
            left: end.saturating_duration_since(Instant::now()),
        };
        let next = retry::next(&attempted, &rules.policy, rules.budget, &mut fastrand::Rng::new());
        attempts.failed(&error, next);
        match next {
            Next::Retry(pause) => sleep(pause).await,
            Next::Stop(_) => return Err(error),
        }
        failed = Some(error);
        number += 1;
    }
}

/// One attempt, within its own time and the call's.
async fn attempt<A: Attempts>(
    rules: &Rules<'_>,
    attempts: &mut A,
    number: u32,
    end: Instant,
) -> Result<A::SuccessResponse, Error> {
    let (until, deadline, time) = limit(rules, end);
    let attempt = attempts.attempt(number, time);
    let result = timeout_at(until, attempt).await;
    result.unwrap_or_else(|_| Err(attempts.out_of_time(deadline)))
}

/// When an attempt that begins now has to be over, by which limit, and how much time it has.
fn limit(rules: &Rules<'_>, end: Instant) -> (Instant, Deadline, Duration) {
    let now = Instant::now();
    let (until, deadline) = match rules.attempt_timeout.map(|time| instant_after(now, time)) {
        Some(until) if until < end => (until, Deadline::Attempt),
        _ => (end, Deadline::Call),
    };
    (until, deadline, until.saturating_duration_since(now))
}

#[cfg(test)]
#[path = "repeat_tests.rs"]
mod tests;
