//! Tests of the loop that repeats attempts, with a paused clock.

use std::collections::VecDeque;

use http::{HeaderMap, StatusCode};

use super::*;
use crate::ErrorKind;
use crate::api::failure::Failure;
use crate::retry::RetryBudget;

const SECOND: Duration = Duration::from_secs(1);

/// The planned end of an attempt, with its duration. A status is the status of an API failure.
#[derive(Clone, Copy)]
enum Act {
    Succeeds(Duration),
    Fails(Duration, u16),
    AsksToWait(Duration),
    Breaks,
    HasNoConnection,
}

/// A sequence of attempts with planned ends.
struct Script {
    acts: VecDeque<Act>,
    started: Instant,
    /// The times at which the attempts began, since the start of the call.
    attempts: Vec<Duration>,
    nexts: Vec<RetryDecision>,
    repeatable: bool,
    is_body_replayable: bool,
}

impl Script {
    fn new(acts: impl IntoIterator<Item = Act>) -> Script {
        let (started, attempts, nexts) = (Instant::now(), Vec::new(), Vec::new());
        Script {
            acts: acts.into_iter().collect(),
            started,
            attempts,
            nexts,
            repeatable: true,
            is_body_replayable: true,
        }
    }
}

fn refused(status: u16, headers: HeaderMap) -> Error {
    let status = StatusCode::from_u16(status).unwrap();
    Error::api_failure(status, Failure::default()).with_response(status, headers, bytes::Bytes::new())
}

impl AttemptRunner for Script {
    type Success = u32;

    async fn run_attempt(&mut self, number: u32, time: Duration) -> Result<u32, Error> {
        self.attempts.push(self.started.elapsed());
        assert_eq!(number as usize, self.attempts.len());
        assert!(time > Duration::ZERO);
        match self.acts.pop_front().expect("no more attempts than planned") {
            Act::Succeeds(time) => {
                sleep(time).await;
                Ok(number)
            }
            Act::Fails(time, status) => {
                sleep(time).await;
                Err(refused(status, HeaderMap::new()))
            }
            Act::AsksToWait(time) => {
                let mut headers = HeaderMap::new();
                headers.insert(http::header::RETRY_AFTER, time.as_secs().into());
                Err(refused(429, headers))
            }
            Act::Breaks => Err(Error::timed_out(TimeLimit::Attempt, true)),
            Act::HasNoConnection => Err(Error::timed_out(TimeLimit::Connect, false)),
        }
    }

    fn end_timed_out_attempt(&mut self, expired_limit: TimeLimit) -> Error {
        Error::timed_out(expired_limit, true)
    }

    fn is_request_repeatable(&self) -> bool {
        self.repeatable
    }

    fn is_body_replayable(&self) -> bool {
        self.is_body_replayable
    }

    fn report_failed_attempt(&mut self, _: &Error, next: RetryDecision) {
        self.nexts.push(next);
    }
}

/// The settings of the loop that repeats attempts.
struct Setup {
    policy: RetryPolicy,
    timeout: Duration,
    attempt_timeout: Option<Duration>,
    repeatable: bool,
    limits: RequestLimits,
    budget: TokenBucket,
}

impl Default for Setup {
    fn default() -> Setup {
        Setup {
            policy: RetryPolicy::default(),
            timeout: 30 * SECOND,
            attempt_timeout: None,
            repeatable: true,
            limits: RequestLimits::new(None, None),
            budget: TokenBucket::new(RetryBudget::default()),
        }
    }
}

impl Setup {
    async fn run(&self, script: &mut Script) -> Result<u32, Error> {
        let limits = AttemptLimits {
            policy: self.policy,
            timeout: self.timeout,
            attempt_timeout: self.attempt_timeout,
            client_limits: &self.limits,
            budget: &self.budget,
        };
        script.repeatable = self.repeatable;
        repeat_attempts(&limits, script).await
    }
}

#[tokio::test(start_paused = true)]
async fn a_transient_failure_is_followed_by_a_success() {
    let mut script = Script::new([Act::Fails(SECOND, 503), Act::Fails(SECOND, 502), Act::Succeeds(SECOND)]);
    assert_eq!(Setup::default().run(&mut script).await.unwrap(), 3);
    let [first, second, third] = script.attempts[..] else { panic!("three attempts: {:?}", script.attempts) };
    assert_eq!(first, Duration::ZERO);
    assert!((1000..=1200).contains(&second.as_millis()), "a pause of at most 200 ms: {second:?}");
    assert!((1000..=1400).contains(&(third - second).as_millis()), "at most 400 ms: {third:?}");
}

#[tokio::test(start_paused = true)]
async fn after_the_last_attempt_the_last_failure_is_the_error() {
    let mut script = Script::new([Act::Fails(SECOND, 503), Act::Breaks, Act::Fails(SECOND, 504)]);
    let error = Setup::default().run(&mut script).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 504);
    assert_eq!(script.nexts.last(), Some(&RetryDecision::Stop(retry::StopReason::OutOfAttempts)));
}

#[tokio::test(start_paused = true)]
async fn a_request_that_may_have_been_executed_and_is_not_repeatable_is_sent_once() {
    for act in [Act::Breaks, Act::Fails(SECOND, 502), Act::Fails(SECOND, 503), Act::Fails(SECOND, 408)] {
        let mut script = Script::new([act]);
        let error = Setup { repeatable: false, ..Setup::default() }.run(&mut script).await.unwrap_err();
        assert!(error.may_have_executed() && error.is_retryable(), "{error:?}");
        assert_eq!(script.nexts, [RetryDecision::Stop(retry::StopReason::MayHaveExecuted)]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_that_did_not_reach_the_server_is_always_sent_again() {
    let mut script = Script::new([Act::HasNoConnection, Act::Fails(SECOND, 429), Act::Succeeds(SECOND)]);
    assert_eq!(Setup { repeatable: false, ..Setup::default() }.run(&mut script).await.unwrap(), 3);
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_may_have_run_is_remembered_when_the_last_one_has_no_connection() {
    let mut script = Script::new([Act::Breaks, Act::HasNoConnection, Act::HasNoConnection]);
    let error = Setup::default().run(&mut script).await.unwrap_err();
    assert_eq!(error.exceeded_time_limit(), Some(TimeLimit::Connect));
    assert!(error.may_have_executed(), "the first attempt may have");
    let mut script = Script::new([Act::HasNoConnection, Act::HasNoConnection, Act::HasNoConnection]);
    assert!(!Setup::default().run(&mut script).await.unwrap_err().may_have_executed());
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_stalls_leaves_time_for_another() {
    let mut script = Script::new([Act::Succeeds(60 * SECOND), Act::Succeeds(SECOND)]);
    let setup = Setup { attempt_timeout: Some(5 * SECOND), ..Setup::default() };
    assert_eq!(setup.run(&mut script).await.unwrap(), 2);
    assert!((5000..=5200).contains(&script.attempts[1].as_millis()), "{:?}", script.attempts);
}

#[tokio::test(start_paused = true)]
async fn an_error_says_whether_the_time_of_an_attempt_or_of_the_call_was_over() {
    let setup = Setup { attempt_timeout: Some(5 * SECOND), timeout: 7 * SECOND, ..Setup::default() };
    let mut script = Script::new([Act::Succeeds(60 * SECOND), Act::Succeeds(60 * SECOND)]);
    let error = setup.run(&mut script).await.unwrap_err();
    assert_eq!((error.kind(), error.exceeded_time_limit()), (ErrorKind::Timeout, Some(TimeLimit::Call)));
    assert_eq!(script.started.elapsed(), 7 * SECOND);

    let once = Setup { policy: RetryPolicy::none(), ..setup };
    let mut script = Script::new([Act::Succeeds(60 * SECOND)]);
    let error = once.run(&mut script).await.unwrap_err();
    assert_eq!(error.exceeded_time_limit(), Some(TimeLimit::Attempt));
    assert_eq!(script.started.elapsed(), 5 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn an_attempt_timeout_has_no_effect_unless_it_is_shorter_than_the_calls() {
    for attempt_timeout in [SECOND, 60 * SECOND] {
        let setup = Setup { attempt_timeout: Some(attempt_timeout), timeout: SECOND, ..Setup::default() };
        let error = setup.run(&mut Script::new([Act::Succeeds(60 * SECOND)])).await.unwrap_err();
        assert_eq!(error.exceeded_time_limit(), Some(TimeLimit::Call));
    }
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_does_not_fit_into_the_time_of_the_call_is_not_begun() {
    let mut script = Script::new([Act::AsksToWait(20 * SECOND)]);
    let error = Setup { timeout: 10 * SECOND, ..Setup::default() }.run(&mut script).await.unwrap_err();
    assert!(error.is_rate_limited() && !error.is_timeout());
    assert_eq!(error.retry_after(), Some(20 * SECOND));
    assert_eq!(script.started.elapsed(), Duration::ZERO);
    assert_eq!(script.nexts, [RetryDecision::Stop(retry::StopReason::OutOfTime)]);
}

#[tokio::test(start_paused = true)]
async fn a_pause_is_at_least_as_long_as_the_server_asks() {
    let mut script = Script::new([Act::AsksToWait(20 * SECOND), Act::Succeeds(SECOND)]);
    assert_eq!(Setup::default().run(&mut script).await.unwrap(), 2);
    assert!((20_000..=20_200).contains(&script.attempts[1].as_millis()), "{:?}", script.attempts);
}

#[tokio::test(start_paused = true)]
async fn the_retry_budget_limits_the_retries_in_an_outage() {
    let setup = Setup { budget: TokenBucket::new(RetryBudget::new(5)), ..Setup::default() };
    let mut attempts = 0;
    for _ in 0..100 {
        let mut script = Script::new([Act::Fails(SECOND, 503); 3]);
        setup.run(&mut script).await.unwrap_err();
        attempts += script.attempts.len();
    }
    assert_eq!(attempts, 105, "one for each call, and five retries");
    // Each response that shows a working server adds to the retry budget. Ten of them allow one more retry.
    for act in [Act::Succeeds(SECOND), Act::Fails(SECOND, 404)].into_iter().cycle().take(10) {
        let _ = setup.run(&mut Script::new([act])).await;
    }
    let mut script = Script::new([Act::Fails(SECOND, 503); 2]);
    setup.run(&mut script).await.unwrap_err();
    assert_eq!(script.nexts.last(), Some(&RetryDecision::Stop(retry::StopReason::OutOfBudget)));
    assert_eq!(script.attempts.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_call_without_a_permit_fails_before_anything_is_sent() {
    let setup = Setup { limits: RequestLimits::new(None, Some((1, 60 * SECOND))), ..Setup::default() };
    setup.run(&mut Script::new([Act::Succeeds(SECOND)])).await.unwrap();
    let mut script = Script::new([]);
    let error = setup.run(&mut script).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Throttled);
    assert!(!error.may_have_executed());
    assert_eq!(script.started.elapsed(), Duration::ZERO, "at once");
}

#[tokio::test(start_paused = true)]
async fn a_retry_without_a_permit_returns_the_first_failure() {
    let setup = Setup { limits: RequestLimits::new(None, Some((1, 60 * SECOND))), ..Setup::default() };
    let error = setup.run(&mut Script::new([Act::Fails(SECOND, 503)])).await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, 503));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_pauses_holds_no_permit() {
    let setup = Setup { limits: RequestLimits::new(Some(1), None), ..Setup::default() };
    let mut pausing = Script::new([Act::AsksToWait(20 * SECOND), Act::Succeeds(SECOND)]);
    let mut other = Script::new([Act::Succeeds(SECOND)]);
    let (first, second) = tokio::join!(setup.run(&mut pausing), setup.run(&mut other));
    assert_eq!((first.unwrap(), second.unwrap()), (2, 1));
    assert_eq!(other.attempts, [Duration::ZERO]);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_not_replayable_is_not_sent_again() {
    let mut script = Script { is_body_replayable: false, ..Script::new([Act::HasNoConnection]) };
    let error = Setup::default().run(&mut script).await.unwrap_err();
    assert!(error.is_retryable() && !error.may_have_executed());
    assert_eq!(script.nexts, [RetryDecision::Stop(retry::StopReason::BodyConsumed)]);
}

#[tokio::test(start_paused = true)]
async fn the_longest_timeout_does_not_overflow() {
    let setup = Setup { timeout: Duration::MAX, attempt_timeout: Some(Duration::MAX), ..Setup::default() };
    assert_eq!(setup.run(&mut Script::new([Act::Succeeds(1000 * SECOND)])).await.unwrap(), 1);
}
