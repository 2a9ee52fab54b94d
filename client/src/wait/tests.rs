//! Waits in paused time: when they ask, and how they end.

use std::collections::VecDeque;
use std::future::{Pending, Ready, pending, ready};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::header::RETRY_AFTER;
use http::{HeaderMap, HeaderValue, StatusCode};
use tokio::time::Instant;

use super::{State, Wait, WaitError};
use crate::{Error, Response};

/// A call that answers in its own time, and keeps when it was sent.
#[derive(Clone)]
struct Script {
    start: Instant,
    answers: Arc<Mutex<VecDeque<Result<&'static str, Error>>>>,
    sent: Arc<Mutex<Vec<Duration>>>,
}

impl Script {
    fn new(answers: impl IntoIterator<Item = Result<&'static str, Error>>) -> Script {
        let answers = Arc::new(Mutex::new(answers.into_iter().collect()));
        Script { start: Instant::now(), answers, sent: Arc::default() }
    }

    fn wait(&self) -> Wait<Script, &'static str> {
        Wait::new("wait_until_done", self.clone(), |answer| match *answer {
            "done" => State::Reached,
            "broken" => State::Missed("broken"),
            _ => State::Open,
        })
    }

    fn times(&self) -> Vec<Duration> {
        self.sent.lock().unwrap().clone()
    }

    /// The pauses between the requests.
    fn pauses(&self) -> Vec<Duration> {
        self.times().windows(2).map(|pair| pair[1] - pair[0]).collect()
    }
}

impl IntoFuture for Script {
    type Output = Result<Response<&'static str>, Error>;
    type IntoFuture = Ready<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.sent.lock().unwrap().push(self.start.elapsed());
        // What has no answer left is not done.
        let answer = self.answers.lock().unwrap().pop_front().unwrap_or(Ok("open"));
        ready(answer.map(|answer| Response::new(answer, StatusCode::OK, HeaderMap::new())))
    }
}

fn seconds(pauses: &[Duration]) -> Vec<f64> {
    pauses.iter().map(Duration::as_secs_f64).collect()
}

/// Whether each is within a tenth of what was planned.
fn about(pauses: &[Duration], planned: &[f64]) {
    assert_eq!(pauses.len(), planned.len(), "{pauses:?}");
    for (pause, planned) in seconds(pauses).into_iter().zip(planned) {
        assert!((pause - planned).abs() <= planned * 0.1 + 0.002, "{pauses:?} instead of {planned}");
    }
}

/// A failure that passes; with how many seconds the server wants to be left alone.
fn passing(retry_after: Option<&'static str>) -> Error {
    let mut headers = HeaderMap::new();
    headers.extend(retry_after.map(|wait| (RETRY_AFTER, HeaderValue::from_static(wait))));
    Error::throttled("too busy").with_answer(StatusCode::TOO_MANY_REQUESTS, headers, Bytes::new())
}

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test(start_paused = true)]
async fn the_first_request_is_sent_at_once_and_pauses_grow_to_the_longest() {
    let script = Script::new(["a", "b", "c", "d", "e", "f", "g", "h", "i", "done"].map(Ok));
    assert_eq!(*script.wait().await.unwrap(), "done");
    assert_eq!(script.times()[0], Duration::ZERO);
    about(&script.pauses(), &[2.0, 3.0, 4.5, 6.75, 10.125, 15.19, 22.78, 30.0, 30.0]);
}

#[tokio::test(start_paused = true)]
async fn pauses_are_what_they_were_set_to() {
    let script = Script::new(["a", "b", "c", "d", "done"].map(Ok));
    script.wait().every(MINUTE).at_least_every(2 * MINUTE).await.unwrap();
    about(&script.pauses(), &[60.0, 90.0, 120.0, 120.0]);
    // A first pause that is longer than the longest one is the longest one.
    let script = Script::new(["a", "b", "done"].map(Ok));
    script.wait().every(MINUTE).await.unwrap();
    about(&script.pauses(), &[60.0, 60.0]);
}

#[tokio::test(start_paused = true)]
async fn pauses_differ_from_wait_to_wait() {
    let mut pauses = Vec::new();
    for _ in 0..20 {
        let script = Script::new(["a", "done"].map(Ok));
        script.wait().every(MINUTE).await.unwrap();
        pauses.extend(script.pauses());
    }
    pauses.sort();
    assert!(pauses[19] - pauses[0] > Duration::from_secs(2), "{pauses:?}");
}

#[tokio::test(start_paused = true)]
async fn a_wait_without_pauses_still_has_some() {
    let script = Script::new(["a", "b", "done"].map(Ok));
    script.wait().every(Duration::ZERO).at_least_every(Duration::ZERO).await.unwrap();
    about(&script.pauses(), &[0.01, 0.01]);
}

#[tokio::test(start_paused = true)]
async fn a_state_that_is_final_ends_a_wait_at_once() {
    let script = Script::new(["a", "broken", "done"].map(Ok));
    let error = script.wait().await.unwrap_err();
    assert!(matches!(&error, WaitError::Missed { state: "broken", answer, .. } if ***answer == "broken"));
    assert_eq!(script.times().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn progress_is_told_for_every_answer_and_for_no_failure() {
    let script = Script::new([Ok("a"), Err(passing(None)), Ok("b"), Ok("done")]);
    let told = Arc::new(Mutex::new(Vec::new()));
    let keep = Arc::clone(&told);
    script.wait().on_progress(move |answer| keep.lock().unwrap().push(**answer)).await.unwrap();
    assert_eq!(*told.lock().unwrap(), ["a", "b", "done"]);
}

#[tokio::test(start_paused = true)]
async fn a_failure_that_passes_is_no_news_and_one_that_does_not_ends_a_wait() {
    let script = Script::new([Err(passing(None)), Ok("a"), Err(passing(None)), Err(Error::decode("?"))]);
    let error = script.wait().await.unwrap_err();
    assert!(matches!(&error, WaitError::Call { last: Some(last), .. } if ***last == "a"));
    assert_eq!(error.call_error().unwrap().message(), Some("?"));
    assert!(std::error::Error::source(&error).is_some());
    about(&script.pauses(), &[2.0, 3.0, 4.5]);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_wants_a_pause_gets_it() {
    let script = Script::new([Err(passing(Some("120"))), Ok("a"), Ok("done")]);
    script.wait().await.unwrap();
    about(&script.pauses(), &[120.0, 3.0]);
}

#[tokio::test(start_paused = true)]
async fn a_pause_beyond_the_deadline_is_not_waited_for() {
    let script = Script::new([Ok("a"), Err(passing(Some("120")))]);
    let error = script.wait().deadline(MINUTE).await.unwrap_err();
    assert!(error.is_deadline() && error.call_error().is_some());
    assert_eq!(error.answer().map(|answer| **answer), Some("a"));
    assert!(script.start.elapsed() < Duration::from_secs(5));
    assert_eq!(
        error.to_string(),
        format!("wait_until_done: not yet after {:.1?}; the last call failed", script.start.elapsed())
    );
}

#[tokio::test(start_paused = true)]
async fn the_last_request_is_sent_a_little_before_the_deadline() {
    let script = Script::new([]);
    let error = script.wait().every(MINUTE).deadline(100 * Duration::from_secs(1)).await.unwrap_err();
    assert!(error.is_deadline() && error.call_error().is_none());
    about(&script.times()[1..], &[60.0, 98.0]);
    assert!(script.start.elapsed() <= Duration::from_secs(100));
}

#[tokio::test(start_paused = true)]
async fn a_wait_ends_after_a_quarter_of_an_hour_unless_told_otherwise() {
    let script = Script::new([]);
    assert!(script.wait().await.unwrap_err().is_deadline());
    let waited = script.start.elapsed();
    assert!(waited > Duration::from_secs(897) && waited <= Duration::from_secs(900), "{waited:?}");

    let script = Script::new([Ok("a"), Ok("done")]);
    script.wait().deadline(Duration::MAX).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_comes_too_late_is_given_up() {
    #[derive(Clone)]
    struct Never;
    impl IntoFuture for Never {
        type Output = Result<Response<()>, Error>;
        type IntoFuture = Pending<Self::Output>;
        fn into_future(self) -> Self::IntoFuture {
            pending()
        }
    }
    let start = Instant::now();
    let error = Wait::new("wait_until_done", Never, |()| State::Open).deadline(MINUTE).await.unwrap_err();
    assert!(error.is_deadline() && error.answer().is_none());
    assert_eq!(start.elapsed().as_secs(), 60);
}

#[test]
fn a_wait_can_be_sent_and_its_error_kept() {
    fn sent<T: Send + 'static>(_: &T) {}
    fn kept<T: std::error::Error + Send + Sync + 'static>() {}
    kept::<WaitError<&'static str>>();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        let wait = Script::new([]).wait();
        sent(&wait);
        sent(&wait.into_future());
    });
    assert!(size_of::<WaitError<[u8; 4096]>>() <= 64, "{}", size_of::<WaitError<[u8; 4096]>>());
}
