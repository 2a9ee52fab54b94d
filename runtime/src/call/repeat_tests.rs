//! The loop, with a clock that does not run by itself.

use std::collections::VecDeque;

use http::{HeaderMap, StatusCode};

use super::*;
use crate::ErrorKind;
use crate::api::failure::Failure;
use crate::retry::RetryBudget;

const SECOND: Duration = Duration::from_secs(1);

/// What an attempt does: after how long it ends, and how. A status is a failure of the API.
#[derive(Clone, Copy)]
enum Act {
    Answers(Duration),
    Fails(Duration, u16),
    AsksToWait(Duration),
    Breaks,
    HasNoConnection,
}

/// Attempts that go as planned.
struct Play {
    acts: VecDeque<Act>,
    started: Instant,
    /// When each attempt began.
    attempts: Vec<Duration>,
    nexts: Vec<Next>,
    repeatable: bool,
    body_again: bool,
}

impl Play {
    fn of(acts: impl IntoIterator<Item = Act>) -> Play {
        let (started, attempts, nexts) = (Instant::now(), Vec::new(), Vec::new());
        Play {
            acts: acts.into_iter().collect(),
            started,
            attempts,
            nexts,
            repeatable: true,
            body_again: true,
        }
    }
}

fn refused(status: u16, headers: HeaderMap) -> Error {
    let status = StatusCode::from_u16(status).unwrap();
    Error::failure(status, Failure::default()).with_response(status, headers, bytes::Bytes::new())
}

impl Attempts for Play {
    type Success = u32;

    async fn attempt(&mut self, number: u32, time: Duration) -> Result<u32, Error> {
        self.attempts.push(self.started.elapsed());
        assert_eq!(number as usize, self.attempts.len());
        assert!(time > Duration::ZERO);
        match self.acts.pop_front().expect("no more attempts than planned") {
            Act::Answers(time) => {
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
            Act::Breaks => Err(Error::out_of_time(Deadline::Attempt, true)),
            Act::HasNoConnection => Err(Error::out_of_time(Deadline::Connect, false)),
        }
    }

    fn time_out(&mut self, deadline: Deadline) -> Error {
        Error::out_of_time(deadline, true)
    }

    fn is_repeatable(&self) -> bool {
        self.repeatable
    }

    fn is_body_replayable(&self) -> bool {
        self.body_again
    }

    fn attempt_failed(&mut self, _: &Error, next: Next) {
        self.nexts.push(next);
    }
}

/// Where the play is given, and by which rules.
struct Stage {
    policy: RetryPolicy,
    timeout: Duration,
    attempt_timeout: Option<Duration>,
    repeatable: bool,
    limits: Limits,
    budget: TokenBucket,
}

impl Default for Stage {
    fn default() -> Stage {
        Stage {
            policy: RetryPolicy::default(),
            timeout: 30 * SECOND,
            attempt_timeout: None,
            repeatable: true,
            limits: Limits::new(None, None),
            budget: TokenBucket::new(RetryBudget::default()),
        }
    }
}

impl Stage {
    async fn give(&self, play: &mut Play) -> Result<u32, Error> {
        let rules = Rules {
            policy: self.policy,
            timeout: self.timeout,
            attempt_timeout: self.attempt_timeout,
            limits: &self.limits,
            budget: &self.budget,
        };
        play.repeatable = self.repeatable;
        repeat(&rules, play).await
    }
}

#[tokio::test(start_paused = true)]
async fn a_failure_that_passes_is_followed_by_a_success() {
    let mut play = Play::of([Act::Fails(SECOND, 503), Act::Fails(SECOND, 502), Act::Answers(SECOND)]);
    assert_eq!(Stage::default().give(&mut play).await.unwrap(), 3);
    let [first, second, third] = play.attempts[..] else { panic!("three attempts: {:?}", play.attempts) };
    assert_eq!(first, Duration::ZERO);
    assert!((1000..=1200).contains(&second.as_millis()), "a pause of at most 200 ms: {second:?}");
    assert!((1000..=1400).contains(&(third - second).as_millis()), "at most 400 ms: {third:?}");
}

#[tokio::test(start_paused = true)]
async fn after_the_last_attempt_the_last_failure_is_the_error() {
    let mut play = Play::of([Act::Fails(SECOND, 503), Act::Breaks, Act::Fails(SECOND, 504)]);
    let error = Stage::default().give(&mut play).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 504);
    assert_eq!(play.nexts.last(), Some(&Next::Stop(retry::Stop::Attempts)));
}

#[tokio::test(start_paused = true)]
async fn what_may_have_run_and_is_not_repeatable_is_sent_once() {
    for act in [Act::Breaks, Act::Fails(SECOND, 502), Act::Fails(SECOND, 503), Act::Fails(SECOND, 408)] {
        let mut play = Play::of([act]);
        let error = Stage { repeatable: false, ..Stage::default() }.give(&mut play).await.unwrap_err();
        assert!(error.may_have_executed() && error.is_retryable(), "{error:?}");
        assert_eq!(play.nexts, [Next::Stop(retry::Stop::MayHaveExecuted)]);
    }
}

#[tokio::test(start_paused = true)]
async fn what_did_not_reach_the_server_is_sent_again_whatever_it_is() {
    let mut play = Play::of([Act::HasNoConnection, Act::Fails(SECOND, 429), Act::Answers(SECOND)]);
    assert_eq!(Stage { repeatable: false, ..Stage::default() }.give(&mut play).await.unwrap(), 3);
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_may_have_run_is_remembered_when_the_last_one_has_no_connection() {
    let mut play = Play::of([Act::Breaks, Act::HasNoConnection, Act::HasNoConnection]);
    let error = Stage::default().give(&mut play).await.unwrap_err();
    assert_eq!(error.timed_out(), Some(Deadline::Connect));
    assert!(error.may_have_executed(), "the first attempt may have");
    let mut play = Play::of([Act::HasNoConnection, Act::HasNoConnection, Act::HasNoConnection]);
    assert!(!Stage::default().give(&mut play).await.unwrap_err().may_have_executed());
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_stalls_leaves_time_for_another() {
    let mut play = Play::of([Act::Answers(60 * SECOND), Act::Answers(SECOND)]);
    let stage = Stage { attempt_timeout: Some(5 * SECOND), ..Stage::default() };
    assert_eq!(stage.give(&mut play).await.unwrap(), 2);
    assert!((5000..=5200).contains(&play.attempts[1].as_millis()), "{:?}", play.attempts);
}

#[tokio::test(start_paused = true)]
async fn the_time_of_an_attempt_and_of_the_call_are_told_apart() {
    let stage = Stage { attempt_timeout: Some(5 * SECOND), timeout: 7 * SECOND, ..Stage::default() };
    let mut play = Play::of([Act::Answers(60 * SECOND), Act::Answers(60 * SECOND)]);
    let error = stage.give(&mut play).await.unwrap_err();
    assert_eq!((error.kind(), error.timed_out()), (ErrorKind::Timeout, Some(Deadline::Call)));
    assert_eq!(play.started.elapsed(), 7 * SECOND);

    let once = Stage { policy: RetryPolicy::none(), ..stage };
    let mut play = Play::of([Act::Answers(60 * SECOND)]);
    let error = once.give(&mut play).await.unwrap_err();
    assert_eq!(error.timed_out(), Some(Deadline::Attempt));
    assert_eq!(play.started.elapsed(), 5 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn an_attempt_timeout_beyond_the_call_is_the_calls() {
    let stage = Stage { attempt_timeout: Some(60 * SECOND), timeout: SECOND, ..Stage::default() };
    let error = stage.give(&mut Play::of([Act::Answers(60 * SECOND)])).await.unwrap_err();
    assert_eq!(error.timed_out(), Some(Deadline::Call));
}

#[tokio::test(start_paused = true)]
async fn the_failure_comes_back_at_once_when_the_pause_would_not_fit() {
    let mut play = Play::of([Act::AsksToWait(20 * SECOND)]);
    let error = Stage { timeout: 10 * SECOND, ..Stage::default() }.give(&mut play).await.unwrap_err();
    assert!(error.is_rate_limited() && !error.is_timeout());
    assert_eq!(error.retry_after(), Some(20 * SECOND));
    assert_eq!(play.started.elapsed(), Duration::ZERO);
    assert_eq!(play.nexts, [Next::Stop(retry::Stop::Time)]);
}

#[tokio::test(start_paused = true)]
async fn the_server_says_how_long_the_pause_is_at_least() {
    let mut play = Play::of([Act::AsksToWait(20 * SECOND), Act::Answers(SECOND)]);
    assert_eq!(Stage::default().give(&mut play).await.unwrap(), 2);
    assert!((20_000..=20_200).contains(&play.attempts[1].as_millis()), "{:?}", play.attempts);
}

#[tokio::test(start_paused = true)]
async fn an_outage_is_not_made_worse() {
    let stage = Stage { budget: TokenBucket::new(RetryBudget::new(5, 10)), ..Stage::default() };
    let mut attempts = 0;
    for _ in 0..100 {
        let mut play = Play::of([Act::Fails(SECOND, 503); 3]);
        stage.give(&mut play).await.unwrap_err();
        attempts += play.attempts.len();
    }
    assert_eq!(attempts, 105, "one for each call, and five retries");
    // Ten calls that are answered, with whatever says that the server works, pay for one more.
    for act in [Act::Answers(SECOND), Act::Fails(SECOND, 404)].into_iter().cycle().take(10) {
        let _ = stage.give(&mut Play::of([act])).await;
    }
    let mut play = Play::of([Act::Fails(SECOND, 503); 2]);
    stage.give(&mut play).await.unwrap_err();
    assert_eq!(play.nexts.last(), Some(&Next::Stop(retry::Stop::Budget)));
    assert_eq!(play.attempts.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_call_without_a_turn_fails_before_anything_is_sent() {
    let stage = Stage { limits: Limits::new(None, Some((1, 60 * SECOND))), ..Stage::default() };
    stage.give(&mut Play::of([Act::Answers(SECOND)])).await.unwrap();
    let mut play = Play::of([]);
    let error = stage.give(&mut play).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Throttled);
    assert!(!error.may_have_executed());
    assert_eq!(play.started.elapsed(), Duration::ZERO, "at once");
}

#[tokio::test(start_paused = true)]
async fn a_retry_without_a_turn_leaves_the_first_failure() {
    let stage = Stage { limits: Limits::new(None, Some((1, 60 * SECOND))), ..Stage::default() };
    let error = stage.give(&mut Play::of([Act::Fails(SECOND, 503)])).await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, 503));
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_for_the_pause_of_another_call() {
    let stage = Stage { limits: Limits::new(Some(1), None), ..Stage::default() };
    let mut pausing = Play::of([Act::AsksToWait(20 * SECOND), Act::Answers(SECOND)]);
    let mut other = Play::of([Act::Answers(SECOND)]);
    let (first, second) = tokio::join!(stage.give(&mut pausing), stage.give(&mut other));
    assert_eq!((first.unwrap(), second.unwrap()), (2, 1));
    assert_eq!(other.attempts, [Duration::ZERO]);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_gone_is_not_sent_again() {
    let mut play = Play { body_again: false, ..Play::of([Act::HasNoConnection]) };
    let error = Stage::default().give(&mut play).await.unwrap_err();
    assert!(error.is_retryable() && !error.may_have_executed());
    assert_eq!(play.nexts, [Next::Stop(retry::Stop::BodyConsumed)]);
}

#[tokio::test(start_paused = true)]
async fn a_timeout_beyond_all_time_is_no_timeout() {
    let stage = Stage { timeout: Duration::MAX, attempt_timeout: Some(Duration::MAX), ..Stage::default() };
    assert_eq!(stage.give(&mut Play::of([Act::Answers(1000 * SECOND)])).await.unwrap(), 1);
}
