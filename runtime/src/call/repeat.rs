//! The retry loop of a call: it waits until the client's limits permit an attempt, makes the attempt, and pauses
//! before the next attempt, all within the time limit of the call.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};

use crate::clock::instant_after;
use crate::error::TimeLimit;
use crate::limit::RequestLimits;
use crate::retry::{self, FailedAttempt, RetryDecision, TokenBucket};
use crate::{Error, RetryPolicy};

/// The limits of a call's attempts: its retry policy, its time limits, and the limits that all calls of the client
/// share.
pub(super) struct AttemptLimits<'a> {
    pub(super) policy: RetryPolicy,
    pub(super) timeout: Duration,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) client_limits: &'a RequestLimits,
    pub(super) budget: &'a TokenBucket,
}

/// The trait through which the retry loop makes the attempts of a call. Tests implement the trait with attempts that
/// end at planned times and use no network.
pub(super) trait AttemptRunner {
    /// The type of the result of a successful attempt.
    type Success;

    /// Runs one attempt. `time` is the time that is left for the attempt. When this time is over, the caller drops the
    /// future.
    fn run_attempt(
        &mut self,
        number: u32,
        time: Duration,
    ) -> impl Future<Output = Result<Self::Success, Error>> + Send;

    /// Ends an attempt whose future was dropped because its time was over, and returns the error of the attempt.
    /// `expired_limit` is the time limit that has expired: that of the attempt or that of the call.
    fn end_timed_out_attempt(&mut self, expired_limit: TimeLimit) -> Error;

    /// Whether it is harmless if a server executes the request of the latest attempt twice.
    fn is_request_repeatable(&self) -> bool;

    /// Whether the body of the request can be sent again. False for a stream that can be read only once.
    fn is_body_replayable(&self) -> bool;

    /// Logs that an attempt has failed, and tells the hooks of the client. `next` says whether the call is retried or
    /// ends.
    fn report_failed_attempt(&mut self, error: &Error, next: RetryDecision);
}

/// Makes attempts until one succeeds. Stops earlier if an attempt fails and may not be retried, or if the rate and
/// concurrency limits of the client do not allow another attempt in time.
pub(super) async fn repeat_attempts<A: AttemptRunner>(
    limits: &AttemptLimits<'_>,
    attempts: &mut A,
) -> Result<A::Success, Error> {
    let call_end = instant_after(Instant::now(), limits.timeout);
    let mut earlier_error: Option<Error> = None;
    let mut number = 1;
    loop {
        let permit = match limits.client_limits.acquire_permit(call_end).await {
            Ok(permit) => permit,
            // The rate and concurrency limits of the client do not allow another attempt before the call's time limit.
            // If an earlier attempt has failed, the error of that attempt is returned, because it tells the caller
            // more.
            Err(throttled) => return Err(earlier_error.unwrap_or(throttled)),
        };
        let error = match run_attempt_within_time_limits(limits, attempts, number, call_end).await {
            Ok(success) => {
                limits.budget.add_token();
                return Ok(success);
            }
            Err(error) => error,
        };
        // The permit of the concurrency limit is returned before the pause, so that another call can send a request
        // during the pause.
        drop(permit);
        let error = error.with_possibly_executed_earlier_attempt(
            earlier_error.is_some_and(|earlier| earlier.may_have_executed()),
        );
        if error.failure_mode().shows_healthy_server() {
            limits.budget.add_token();
        }
        let failed_attempt = FailedAttempt {
            attempt_count: number,
            failure_mode: error.failure_mode(),
            retry_after: error.retry_after(),
            is_request_repeatable: attempts.is_request_repeatable(),
            is_body_replayable: attempts.is_body_replayable(),
            time_left: call_end.saturating_duration_since(Instant::now()),
        };
        let next =
            retry::decide_retry(&failed_attempt, &limits.policy, limits.budget, &mut fastrand::Rng::new());
        attempts.report_failed_attempt(&error, next);
        match next {
            RetryDecision::Retry(pause) => sleep(pause).await,
            RetryDecision::Stop(_) => return Err(error),
        }
        earlier_error = Some(error);
        number += 1;
    }
}

/// Makes one attempt, within the time limits of the attempt and of the call.
async fn run_attempt_within_time_limits<A: AttemptRunner>(
    limits: &AttemptLimits<'_>,
    attempts: &mut A,
    number: u32,
    call_end: Instant,
) -> Result<A::Success, Error> {
    let (attempt_end, expired_limit, time) = compute_attempt_end_and_limit(limits, call_end);
    let attempt = attempts.run_attempt(number, time);
    let result = timeout_at(attempt_end, attempt).await;
    result.unwrap_or_else(|_| Err(attempts.end_timed_out_attempt(expired_limit)))
}

/// Computes the latest end of an attempt that begins now. Returns the instant of this end, the time limit that expires
/// at this instant (the limit of the attempt or the limit of the call), and the time that is left until this instant.
fn compute_attempt_end_and_limit(
    limits: &AttemptLimits<'_>,
    call_end: Instant,
) -> (Instant, TimeLimit, Duration) {
    let now = Instant::now();
    let (attempt_end, expired_limit) = match limits.attempt_timeout.map(|time| instant_after(now, time)) {
        Some(attempt_end) if attempt_end < call_end => (attempt_end, TimeLimit::Attempt),
        _ => (call_end, TimeLimit::Call),
    };
    (attempt_end, expired_limit, attempt_end.saturating_duration_since(now))
}

#[cfg(test)]
#[path = "repeat_tests.rs"]
mod tests;
