//! The loop of a call: permits, attempts and pauses, within the time of the call.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};

use crate::clock::instant_after;
use crate::error::Deadline;
use crate::limit::Limits;
use crate::retry::{self, Attempted, Next, TokenBucket};
use crate::{Error, RetryPolicy};

/// The policy, the limits of time, and the shared limits that the attempts of a call obey.
pub(super) struct Rules<'a> {
    pub(super) policy: RetryPolicy,
    pub(super) timeout: Duration,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) limits: &'a Limits,
    pub(super) budget: &'a TokenBucket,
}

/// Attempts that the loop makes. The tests implement it with attempts that end at planned times, without a network.
pub(super) trait Attempts {
    /// The result of an attempt that succeeds.
    type Success;

    /// Makes an attempt. The future is dropped when it takes longer than the given time.
    fn attempt(
        &mut self,
        number: u32,
        time: Duration,
    ) -> impl Future<Output = Result<Self::Success, Error>> + Send;

    /// Ends an attempt whose future was dropped because its time was over.
    fn time_out(&mut self, deadline: Deadline) -> Error;

    /// Whether sending the request of the last attempt twice is harmless.
    fn is_repeatable(&self) -> bool;

    /// Whether the body can be sent once more.
    fn is_body_replayable(&self) -> bool;

    /// Called when an attempt has failed, with what the loop does next.
    fn attempt_failed(&mut self, error: &Error, next: Next);
}

/// Makes attempts until one succeeds, or a failure is final.
pub(super) async fn repeat<A: Attempts>(rules: &Rules<'_>, attempts: &mut A) -> Result<A::Success, Error> {
    let end = instant_after(Instant::now(), rules.timeout);
    let mut failed: Option<Error> = None;
    let mut number = 1;
    loop {
        let permit = match rules.limits.acquire(end).await {
            Ok(permit) => permit,
            // The failure of an earlier attempt says more than that there was no permit for another one.
            Err(throttled) => return Err(failed.unwrap_or(throttled)),
        };
        let error = match attempt_in_time(rules, attempts, number, end).await {
            Ok(success) => {
                rules.budget.reward();
                return Ok(success);
            }
            Err(error) => error,
        };
        // Other calls may use the permit while this one pauses.
        drop(permit);
        let error = error.executed_before(failed.is_some_and(|failed| failed.may_have_executed()));
        if error.outcome().shows_healthy_server() {
            rules.budget.reward();
        }
        let attempted = Attempted {
            attempts: number,
            outcome: error.outcome(),
            retry_after: error.retry_after(),
            is_repeatable: attempts.is_repeatable(),
            is_body_replayable: attempts.is_body_replayable(),
            time_left: end.saturating_duration_since(Instant::now()),
        };
        let next = retry::decide(&attempted, &rules.policy, rules.budget, &mut fastrand::Rng::new());
        attempts.attempt_failed(&error, next);
        match next {
            Next::Retry(pause) => sleep(pause).await,
            Next::Stop(_) => return Err(error),
        }
        failed = Some(error);
        number += 1;
    }
}

/// Makes one attempt, within its own time and the call's.
async fn attempt_in_time<A: Attempts>(
    rules: &Rules<'_>,
    attempts: &mut A,
    number: u32,
    end: Instant,
) -> Result<A::Success, Error> {
    let (until, deadline, time) = attempt_limit(rules, end);
    let attempt = attempts.attempt(number, time);
    let result = timeout_at(until, attempt).await;
    result.unwrap_or_else(|_| Err(attempts.time_out(deadline)))
}

/// When an attempt that begins now has to be over, which limit that is, and how much time is left until then.
fn attempt_limit(rules: &Rules<'_>, end: Instant) -> (Instant, Deadline, Duration) {
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
