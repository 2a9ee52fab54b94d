//! Tests of the decision about a retry, for every kind of failure.

use std::fmt::Write as _;

use super::*;
use crate::retry::{ProcessingEvidence, RetryBudget};

const fn refused(status: u16) -> FailureMode {
    FailureMode::ApiFailure { status, processing_evidence: ProcessingEvidence::ByStatus }
}

const fn coded(status: u16, processed: ProcessingEvidence) -> FailureMode {
    FailureMode::ApiFailure { status, processing_evidence: processed }
}

const FAILURE_MODES: [(&str, FailureMode); 23] = [
    ("not built", FailureMode::NotFullySent { is_transient: false }),
    ("no connection", FailureMode::NotFullySent { is_transient: true }),
    ("no response", FailureMode::NoReadableResponse { is_transient: true }),
    ("unreadable", FailureMode::NoReadableResponse { is_transient: false }),
    ("200 refusal", refused(200)),
    ("302", refused(302)),
    ("400", refused(400)),
    ("400 unknown code", coded(400, ProcessingEvidence::MaybeProcessed)),
    ("400 unavailable", coded(400, ProcessingEvidence::MaybeProcessedAndTransient)),
    ("401", refused(401)),
    ("404", refused(404)),
    ("408", refused(408)),
    ("409", refused(409)),
    ("409 done before", coded(409, ProcessingEvidence::MaybeProcessed)),
    ("429", refused(429)),
    ("429 cap", coded(429, ProcessingEvidence::Permanent)),
    ("499", refused(499)),
    ("500", refused(500)),
    ("501", refused(501)),
    ("502", refused(502)),
    ("503", refused(503)),
    ("504", refused(504)),
    ("520", refused(520)),
];

fn failed_attempt(failure_mode: FailureMode, repeatable: bool) -> FailedAttempt {
    FailedAttempt {
        attempt_count: 1,
        failure_mode,
        retry_after: None,
        is_request_repeatable: repeatable,
        is_body_replayable: true,
        time_left: Duration::from_secs(30),
    }
}

fn decide_by_default(failed_attempt: &FailedAttempt) -> RetryDecision {
    decide_with(failed_attempt, &RetryPolicy::default(), &TokenBucket::new(RetryBudget::default()))
}

fn decide_with(failed_attempt: &FailedAttempt, policy: &RetryPolicy, budget: &TokenBucket) -> RetryDecision {
    decide_retry(failed_attempt, policy, budget, &mut fastrand::Rng::with_seed(7))
}

/// Returns the decisions about all outcomes as text, with one line for each group of outcomes that have the same
/// decision.
fn lines(repeatable: bool) -> String {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for (name, failure_mode) in FAILURE_MODES {
        let decision = match decide_by_default(&failed_attempt(failure_mode, repeatable)) {
            RetryDecision::Retry(_) => String::from("again"),
            RetryDecision::Stop(stop) => format!("final ({})", stop.log_name()),
        };
        match groups.iter_mut().find(|(known, _)| *known == decision) {
            Some((_, names)) => names.push(name),
            None => groups.push((decision, vec![name])),
        }
    }
    groups.sort();
    groups.into_iter().fold(String::new(), |mut text, (decision, names)| {
        let _ = writeln!(text, "  {decision}: {}", names.join(", "));
        text
    })
}

#[test]
fn what_is_decided_for_operations_that_can_be_repeated_and_for_others() {
    let permanent = "  final (permanent): not built, unreadable, 200 refusal, 302, 400, 400 unknown code, 401, 404, 409, \
                   409 done before, 429 cap, 499, 500, 501, 520\n";
    let repeatable = "  again: no connection, no response, 400 unavailable, 408, 429, 502, 503, 504\n";
    assert_eq!(lines(true), format!("{repeatable}{permanent}"));
    let others = "  again: no connection, 429\n";
    let may_have_executed = "  final (may_have_executed): no response, 400 unavailable, 408, 502, 503, 504\n";
    assert_eq!(lines(false), format!("{others}{may_have_executed}{permanent}"));
}

#[test]
fn what_may_have_run_is_only_sent_again_when_it_is_repeatable() {
    for (name, failure_mode) in FAILURE_MODES {
        let again =
            matches!(decide_by_default(&failed_attempt(failure_mode, false)), RetryDecision::Retry(_));
        assert!(!again || !failure_mode.may_have_executed(), "{name}");
        let repeated =
            matches!(decide_by_default(&failed_attempt(failure_mode, true)), RetryDecision::Retry(_));
        assert_eq!(repeated, failure_mode.is_transient(), "{name}");
    }
}

#[test]
fn a_body_that_is_gone_is_not_sent_again() {
    for repeatable in [true, false] {
        let gone = FailedAttempt { is_body_replayable: false, ..failed_attempt(refused(429), repeatable) };
        assert_eq!(decide_by_default(&gone), RetryDecision::Stop(StopReason::BodyConsumed));
    }
}

#[test]
fn the_last_attempt_is_the_last() {
    let policy = RetryPolicy::default().max_attempts(5);
    for (attempts, again) in [(1, true), (4, true), (5, false), (6, false)] {
        let failed_attempt = FailedAttempt { attempt_count: attempts, ..failed_attempt(refused(503), true) };
        let next = decide_with(&failed_attempt, &policy, &TokenBucket::new(RetryBudget::default()));
        assert_eq!(matches!(next, RetryDecision::Retry(_)), again, "{attempts}");
        assert_eq!(next == RetryDecision::Stop(StopReason::OutOfAttempts), !again, "{attempts}");
    }
    let none = decide_with(
        &failed_attempt(refused(503), true),
        &RetryPolicy::none(),
        &TokenBucket::new(RetryBudget::unlimited()),
    );
    assert_eq!(none, RetryDecision::Stop(StopReason::OutOfAttempts));
}

#[test]
fn the_server_is_not_asked_before_it_wants_to_be() {
    let asked =
        FailedAttempt { retry_after: Some(Duration::from_secs(7)), ..failed_attempt(refused(429), false) };
    let RetryDecision::Retry(pause) = decide_by_default(&asked) else { panic!("it is sent again") };
    assert!((Duration::from_secs(7)..=Duration::from_millis(7200)).contains(&pause), "{pause:?}");
}

#[test]
fn a_server_that_asks_for_too_much_is_not_waited_for() {
    let asked =
        FailedAttempt { retry_after: Some(Duration::from_secs(7)), ..failed_attempt(refused(429), false) };
    for (longest, again) in [(6, false), (7, true)] {
        let policy = RetryPolicy::default().max_retry_after(Duration::from_secs(longest));
        let next = decide_with(&asked, &policy, &TokenBucket::new(RetryBudget::default()));
        assert_eq!(matches!(next, RetryDecision::Retry(_)), again, "{longest}");
        assert_eq!(next == RetryDecision::Stop(StopReason::RetryAfterTooLong), !again, "{longest}");
    }
}

#[test]
fn a_pause_is_begun_only_if_the_call_has_time_left_after_it() {
    let pause = Duration::from_secs(7);
    let policy = RetryPolicy::default().base_delay(Duration::ZERO);
    for (time_left, expected) in [
        (pause - Duration::from_nanos(1), RetryDecision::Stop(StopReason::OutOfTime)),
        (pause, RetryDecision::Stop(StopReason::OutOfTime)),
        (pause + Duration::from_nanos(1), RetryDecision::Retry(pause)),
    ] {
        let asked =
            FailedAttempt { retry_after: Some(pause), time_left, ..failed_attempt(refused(429), false) };
        let next = decide_with(&asked, &policy, &TokenBucket::new(RetryBudget::default()));
        assert_eq!(next, expected, "{time_left:?}");
    }
}

#[test]
fn only_retries_that_happen_are_paid_for() {
    let budget = TokenBucket::new(RetryBudget::new(1).responses_per_retry(1));
    let policy = RetryPolicy::default();
    let late = FailedAttempt { time_left: Duration::ZERO, ..failed_attempt(refused(503), true) };
    for refused in [&failed_attempt(refused(503), false), &failed_attempt(refused(404), true), &late] {
        assert!(matches!(decide_with(refused, &policy, &budget), RetryDecision::Stop(_)));
    }
    assert!(matches!(
        decide_with(&failed_attempt(refused(503), true), &policy, &budget),
        RetryDecision::Retry(_)
    ));
    assert_eq!(
        decide_with(&failed_attempt(refused(503), true), &policy, &budget),
        RetryDecision::Stop(StopReason::OutOfBudget)
    );
}
