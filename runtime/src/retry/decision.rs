//! Decides whether a request is sent again. No other module decides this.

use std::time::Duration;

use super::{FailureMode, RetryPolicy, TokenBucket, backoff};

/// A failed attempt: the facts about the attempt and its call that decide whether the request is sent again.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FailedAttempt {
    /// The number of attempts made so far.
    pub(crate) attempt_count: u32,
    /// The way in which the latest attempt failed.
    pub(crate) failure_mode: FailureMode,
    /// The time that the server asks the client to wait before a retry; `None` if the server does not ask for this.
    pub(crate) retry_after: Option<Duration>,
    /// Whether it is harmless if the server gets the request twice.
    pub(crate) is_request_repeatable: bool,
    /// Whether the body of the request can be sent once more.
    pub(crate) is_body_replayable: bool,
    /// The time that is left until the time limit of the call expires.
    pub(crate) time_left: Duration,
}

/// The decision about what happens after a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RetryDecision {
    /// Send the request again after this pause.
    Retry(Duration),
    /// Do not send the request again, for this reason. The call fails.
    Stop(StopReason),
}

/// The reason why a call stops after a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StopReason {
    /// The same request would fail again.
    PermanentFailure,
    /// The server may have executed the request, and executing it twice may do harm.
    MayHaveExecuted,
    /// The body cannot be sent once more, because it can be read only once, and was already read.
    BodyConsumed,
    /// The retry policy allows no further attempt.
    OutOfAttempts,
    /// The server asks to wait longer than the retry policy allows.
    RetryAfterTooLong,
    /// The time limit of the call would expire before the pause ends.
    OutOfTime,
    /// The retry budget of the client has no retry left.
    OutOfBudget,
}

impl StopReason {
    /// Returns the name by which logs show this reason not to retry a call.
    #[cfg_attr(not(feature = "tracing"), allow(dead_code, reason = "only logs show it"))]
    pub(crate) fn log_name(self) -> &'static str {
        match self {
            StopReason::PermanentFailure => "permanent",
            StopReason::MayHaveExecuted => "may_have_executed",
            StopReason::BodyConsumed => "body_consumed",
            StopReason::OutOfAttempts => "attempts",
            StopReason::RetryAfterTooLong => "retry_after",
            StopReason::OutOfTime => "time",
            StopReason::OutOfBudget => "budget",
        }
    }
}

/// Decides whether a request is sent again after a failed attempt. The retry budget is checked last, so that a retry
/// which is refused for another reason takes no tokens from the budget.
pub(crate) fn decide_retry(
    failed_attempt: &FailedAttempt,
    policy: &RetryPolicy,
    budget: &TokenBucket,
    random: &mut fastrand::Rng,
) -> RetryDecision {
    if !failed_attempt.failure_mode.is_transient() {
        return RetryDecision::Stop(StopReason::PermanentFailure);
    }
    if failed_attempt.failure_mode.may_have_executed() && !failed_attempt.is_request_repeatable {
        return RetryDecision::Stop(StopReason::MayHaveExecuted);
    }
    if policy.is_last_attempt(failed_attempt.attempt_count) {
        return RetryDecision::Stop(StopReason::OutOfAttempts);
    }
    if !failed_attempt.is_body_replayable {
        return RetryDecision::Stop(StopReason::BodyConsumed);
    }
    let retry_after = failed_attempt.retry_after.unwrap_or_default();
    if retry_after > policy.max_retry_after {
        return RetryDecision::Stop(StopReason::RetryAfterTooLong);
    }
    // The server may ask many clients to wait until the same moment, so a random pause is added.
    let total_pause =
        retry_after.saturating_add(backoff::pick_random_pause(policy, failed_attempt.attempt_count, random));
    if total_pause >= failed_attempt.time_left {
        return RetryDecision::Stop(StopReason::OutOfTime);
    }
    if !budget.try_take_retry_tokens() {
        return RetryDecision::Stop(StopReason::OutOfBudget);
    }
    RetryDecision::Retry(total_pause)
}

#[cfg(test)]
#[path = "decision_tests.rs"]
mod tests;
