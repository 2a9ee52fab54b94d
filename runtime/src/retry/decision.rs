//! The one place that decides whether a request is sent again.

use std::time::Duration;

use super::{Outcome, RetryPolicy, TokenBucket, backoff};

/// An attempt that failed, and what the decision about a retry depends on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attempted {
    /// How many attempts were made so far.
    pub(crate) attempts: u32,
    /// How the last one failed.
    pub(crate) outcome: Outcome,
    /// How long the server asks to wait, if it does.
    pub(crate) retry_after: Option<Duration>,
    /// Whether sending the request twice is harmless.
    pub(crate) is_repeatable: bool,
    /// Whether the body can be sent once more.
    pub(crate) is_body_replayable: bool,
    /// How much time the call has left.
    pub(crate) time_left: Duration,
}

/// What happens after an attempt that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// The request is sent again after a pause.
    Retry(Duration),
    /// The failure is final.
    Stop(Stop),
}

/// Why a failure is final.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The same request would fail again.
    Permanent,
    /// The server may have executed the request, and must not execute it twice.
    MayHaveExecuted,
    /// The body cannot be sent once more.
    BodyConsumed,
    /// The policy allows no further attempt.
    Attempts,
    /// The server asks to wait longer than the policy allows.
    RetryAfter,
    /// The time of the call would end before the pause does.
    Time,
    /// The retry budget of the client is spent.
    Budget,
}

impl Stop {
    /// The name in logs.
    #[cfg_attr(not(feature = "tracing"), allow(dead_code, reason = "only logs show it"))]
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Stop::Permanent => "permanent",
            Stop::MayHaveExecuted => "may_have_executed",
            Stop::BodyConsumed => "body_consumed",
            Stop::Attempts => "attempts",
            Stop::RetryAfter => "retry_after",
            Stop::Time => "time",
            Stop::Budget => "budget",
        }
    }
}

/// Decides whether a request is sent again. The budget comes last, so that it pays only for retries that happen.
pub(crate) fn decide(
    attempted: &Attempted,
    policy: &RetryPolicy,
    budget: &TokenBucket,
    random: &mut fastrand::Rng,
) -> Next {
    if !attempted.outcome.is_transient() {
        return Next::Stop(Stop::Permanent);
    }
    if attempted.outcome.may_have_executed() && !attempted.is_repeatable {
        return Next::Stop(Stop::MayHaveExecuted);
    }
    if policy.is_last(attempted.attempts) {
        return Next::Stop(Stop::Attempts);
    }
    if !attempted.is_body_replayable {
        return Next::Stop(Stop::BodyConsumed);
    }
    let retry_after = attempted.retry_after.unwrap_or_default();
    if retry_after > policy.max_retry_after {
        return Next::Stop(Stop::RetryAfter);
    }
    // Other clients may have been told to come back at the same moment, so a random pause is added.
    let pause = retry_after.saturating_add(backoff::pause(policy, attempted.attempts, random));
    if pause >= attempted.time_left {
        return Next::Stop(Stop::Time);
    }
    if !budget.acquire() {
        return Next::Stop(Stop::Budget);
    }
    Next::Retry(pause)
}

#[cfg(test)]
#[path = "decision_tests.rs"]
mod tests;
