//! The retry loop of a call: it waits for a permit of the client's limits, makes an attempt, and pauses before the next
//! one, all within the time limit of the call.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};

use crate::clock::instant_after;
use crate::error::Deadline;
use crate::limit::Limits;
use crate::retry::{self, FailedAttempt, RetryDecision, TokenBucket};
use crate::{Error, RetryPolicy};

/// The retry policy, the time limits and the shared limits that the attempts of a call obey.
pub(super) struct RepeatRules<'a> {
    pub(super) policy: RetryPolicy,
    pub(super) timeout: Duration,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) limits: &'a Limits,
    pub(super) budget: &'a TokenBucket,
}

/// The attempts of one call, as the retry loop makes them. Tests implement the trait with attempts that end at planned
/// times, without a network.
pub(super) trait Attempts {
    /// The type of the result of a successful attempt.
    type Success;

    /// Makes an attempt. The caller drops the future after the given time.
    fn attempt(
        &mut self,
        number: u32,
        time: Duration,
    ) -> impl Future<Output = Result<Self::Success, Error>> + Send;

    /// Ends an attempt whose future was dropped at its time limit, and returns its error.
    fn time_out(&mut self, deadline: Deadline) -> Error;

    /// Whether sending the request of the last attempt twice is harmless.
    fn is_repeatable(&self) -> bool;

    /// Whether the body of the request can be sent once more.
    fn is_body_replayable(&self) -> bool;

    /// Called when an attempt has failed, with the decision about what follows: a retry or the end of the call.
    fn attempt_failed(&mut self, error: &Error, next: RetryDecision);
}

/// Makes attempts until one succeeds, or until a failure is final.
pub(super) async fn repeat_attempts<A: Attempts>(
    rules: &RepeatRules<'_>,
    attempts: &mut A,
) -> Result<A::Success, Error> {
    let end = instant_after(Instant::now(), rules.timeout);
    let mut failed: Option<Error> = None;
    let mut number = 1;
    loop {
        let permit = match rules.limits.acquire(end).await {
            Ok(permit) => permit,
            // If an earlier attempt failed, the error of that attempt is returned. It tells the caller more than the
            // lack of a permit for the next attempt.
            Err(throttled) => return Err(failed.unwrap_or(throttled)),
        };
        let error = match attempt_in_time(rules, attempts, number, end).await {
            Ok(success) => {
                rules.budget.add_token();
                return Ok(success);
            }
            Err(error) => error,
        };
        // The permit is returned before the pause, so that other calls can use it meanwhile.
        drop(permit);
        let error = error.with_earlier_execution(failed.is_some_and(|failed| failed.may_have_executed()));
        if error.outcome().shows_healthy_server() {
            rules.budget.add_token();
        }
        let failed_attempt = FailedAttempt {
            attempts: number,
            outcome: error.outcome(),
            retry_after: error.retry_after(),
            is_repeatable: attempts.is_repeatable(),
            is_body_replayable: attempts.is_body_replayable(),
            time_left: end.saturating_duration_since(Instant::now()),
        };
        let next =
            retry::decide_retry(&failed_attempt, &rules.policy, rules.budget, &mut fastrand::Rng::new());
        attempts.attempt_failed(&error, next);
        match next {
            RetryDecision::Retry(pause) => sleep(pause).await,
            RetryDecision::Stop(_) => return Err(error),
        }
        failed = Some(error);
        number += 1;
    }
}

/// Makes one attempt, within the time limits of the attempt and of the call.
async fn attempt_in_time<A: Attempts>(
    rules: &RepeatRules<'_>,
    attempts: &mut A,
    number: u32,
    end: Instant,
) -> Result<A::Success, Error> {
    let (until, deadline, time) = attempt_deadline(rules, end);
    let attempt = attempts.attempt(number, time);
    let result = timeout_at(until, attempt).await;
    result.unwrap_or_else(|_| Err(attempts.time_out(deadline)))
}

/// Returns the time limits of an attempt that begins now: the time at which it has to end, whether that is the limit of
/// the attempt or of the call, and how long the attempt may take.
fn attempt_deadline(rules: &RepeatRules<'_>, end: Instant) -> (Instant, Deadline, Duration) {
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
