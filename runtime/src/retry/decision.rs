//! Whether a request is sent again: the one place that decides.

use std::time::Duration;

use super::{Bucket, Outcome, RetryPolicy, backoff};

/// What is known when an attempt has failed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attempted {
    /// How many attempts were made so far.
    pub(crate) attempts: u32,
    /// What became of the last one.
    pub(crate) outcome: Outcome,
    /// How long the server asks to wait.
    pub(crate) retry_after: Option<Duration>,
    /// Whether the operation can be repeated without harm.
    pub(crate) repeatable: bool,
    /// Whether the body can be made again.
    pub(crate) body_again: bool,
    /// How much time the call has left.
    pub(crate) left: Duration,
}

/// What happens next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// It is sent again after a pause.
    Retry(Duration),
    /// The failure is final.
    Stop(Stop),
}

/// Why a failure is final.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// It would fail again.
    Permanent,
    /// The server may have done it, and must not do it twice.
    MayHaveExecuted,
    /// The body cannot be made again.
    BodyConsumed,
    /// It was attempted often enough.
    Attempts,
    /// The server asks to wait for longer than the policy allows.
    RetryAfter,
    /// The call's time would be over first.
    Time,
    /// The client has spent its retries.
    Budget,
}

impl Stop {
    /// For logs.
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

/// Decides. A retry is taken out of the client's budget last, so that only retries that happen are paid for.
pub(crate) fn next(
    attempted: &Attempted,
    policy: &RetryPolicy,
    budget: &Bucket,
    random: &mut fastrand::Rng,
) -> Next {
    if !attempted.outcome.is_transient() {
        return Next::Stop(Stop::Permanent);
    }
    if attempted.outcome.may_have_executed() && !attempted.repeatable {
        return Next::Stop(Stop::MayHaveExecuted);
    }
    if policy.is_last(attempted.attempts) {
        return Next::Stop(Stop::Attempts);
    }
    if !attempted.body_again {
        return Next::Stop(Stop::BodyConsumed);
    }
    let asked = attempted.retry_after.unwrap_or_default();
    if asked > policy.max_retry_after {
        return Next::Stop(Stop::RetryAfter);
    }
    // On top of what was asked for: everybody else was told the same moment.
    let pause = asked.saturating_add(backoff::pause(policy, attempted.attempts, random));
    if pause >= attempted.left {
        return Next::Stop(Stop::Time);
    }
    if !budget.withdraw() {
        return Next::Stop(Stop::Budget);
    }
    Next::Retry(pause)
}

#[cfg(test)]
#[path = "decision_tests.rs"]
mod tests;
