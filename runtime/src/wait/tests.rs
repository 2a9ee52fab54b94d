//! Waits with a paused clock: when they send requests, and how they end.

use std::collections::VecDeque;
use std::future::{Pending, Ready, pending, ready};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::header::RETRY_AFTER;
use http::{HeaderMap, HeaderValue, StatusCode};
use tokio::time::Instant;

use super::{Wait, WaitError, WaitState};
use crate::api::failure::Failure;
use crate::{Error, ErrorKind, Response, TimeLimit};

/// A call that returns scripted responses, and records when it was sent.
#[derive(Clone)]
struct Script {
    start: Instant,
    responses: Arc<Mutex<VecDeque<Result<&'static str, Error>>>>,
    sent: Arc<Mutex<Vec<Duration>>>,
}

impl Script {
    fn new(responses: impl IntoIterator<Item = Result<&'static str, Error>>) -> Script {
        let responses = Arc::new(Mutex::new(responses.into_iter().collect()));
        Script { start: Instant::now(), responses, sent: Arc::default() }
    }

    fn wait(&self) -> Wait<Script, &'static str> {
        Wait::new("wait_until_done", self.clone(), |response| match *response {
            "done" => WaitState::Reached,
            "broken" => WaitState::EndedInOtherState("broken"),
            "broken later" => WaitState::ReachedThenFailed("broken later"),
            "open" => WaitState::Pending(Some("open")),
            _ => WaitState::Pending(None),
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
        // A script that is used up returns a state that is not final.
        let response = self.responses.lock().unwrap().pop_front().unwrap_or(Ok("open"));
        ready(
            response.map(|response| {
                Response::new(response, StatusCode::OK, HeaderMap::new(), Default::default())
            }),
        )
    }
}

fn seconds(pauses: &[Duration]) -> Vec<f64> {
    pauses.iter().map(Duration::as_secs_f64).collect()
}

/// Asserts that each pause is within a tenth of the planned one.
fn assert_about(pauses: &[Duration], planned: &[f64]) {
    assert_eq!(pauses.len(), planned.len(), "{pauses:?}");
    for (pause, planned) in seconds(pauses).into_iter().zip(planned) {
        assert!((pause - planned).abs() <= planned * 0.1 + 0.002, "{pauses:?} instead of {planned}");
    }
}

/// A transient failure. The server may ask to wait for a number of seconds.
fn transient(retry_after: Option<&'static str>) -> Error {
    let mut headers = HeaderMap::new();
    headers.extend(retry_after.map(|wait| (RETRY_AFTER, HeaderValue::from_static(wait))));
    Error::throttled("too busy").with_response(StatusCode::TOO_MANY_REQUESTS, headers, Bytes::new())
}

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test(start_paused = true)]
async fn the_first_request_is_sent_at_once_and_pauses_grow_to_the_longest() {
    let script = Script::new(["a", "b", "c", "d", "e", "f", "g", "h", "i", "done"].map(Ok));
    assert_eq!(*script.wait().await.unwrap(), "done");
    assert_eq!(script.times()[0], Duration::ZERO);
    assert_about(&script.pauses(), &[2.0, 3.0, 4.5, 6.75, 10.125, 15.19, 22.78, 30.0, 30.0]);
}

#[tokio::test(start_paused = true)]
async fn pauses_can_be_set() {
    let script = Script::new(["a", "b", "c", "d", "done"].map(Ok));
    script.wait().initial_delay(MINUTE).max_delay(2 * MINUTE).await.unwrap();
    assert_about(&script.pauses(), &[60.0, 90.0, 120.0, 120.0]);
    // A first pause that is longer than the longest one raises the longest one.
    let script = Script::new(["a", "b", "done"].map(Ok));
    script.wait().initial_delay(MINUTE).await.unwrap();
    assert_about(&script.pauses(), &[60.0, 60.0]);
}

#[tokio::test(start_paused = true)]
async fn pauses_differ_from_wait_to_wait() {
    let mut pauses = Vec::new();
    for _ in 0..20 {
        let script = Script::new(["a", "done"].map(Ok));
        script.wait().initial_delay(MINUTE).await.unwrap();
        pauses.extend(script.pauses());
    }
    pauses.sort();
    assert!(pauses[19] - pauses[0] > Duration::from_secs(2), "{pauses:?}");
}

#[tokio::test(start_paused = true)]
async fn a_pause_of_zero_becomes_the_shortest_one() {
    let script = Script::new(["a", "b", "done"].map(Ok));
    script.wait().initial_delay(Duration::ZERO).max_delay(Duration::ZERO).await.unwrap();
    assert_about(&script.pauses(), &[0.01, 0.01]);
}

#[tokio::test(start_paused = true)]
async fn a_state_that_is_final_ends_a_wait_at_once() {
    let script = Script::new(["a", "broken", "done"].map(Ok));
    let error = script.wait().await.unwrap_err();
    assert!(
        matches!(&error, WaitError::EndedInOtherState { state: "broken", response, .. } if ***response == "broken")
    );
    assert_eq!(script.times().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_failure_after_the_success_is_an_error_of_its_own() {
    let script = Script::new(["a", "broken later", "done"].map(Ok));
    let error = script.wait().await.unwrap_err();
    assert!(
        matches!(&error, WaitError::ReachedThenFailed { state: "broken later", response, .. } if ***response == "broken later")
    );
    assert_eq!(
        error.to_string(),
        "wait_until_done: was reached, but a later step failed, the state is `broken later`"
    );
    assert_eq!((error.last_response().is_some(), error.last_request_error().is_none()), (true, true));
    assert_eq!(script.times().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn the_listener_is_called_for_every_response_and_for_no_failure() {
    let script = Script::new([Ok("a"), Err(transient(None)), Ok("b"), Ok("done")]);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let keep = Arc::clone(&seen);
    script.wait().on_progress(move |response| keep.lock().unwrap().push(**response)).await.unwrap();
    assert_eq!(*seen.lock().unwrap(), ["a", "b", "done"]);
}

/// A failure that the server responded with.
fn status(status: u16) -> Error {
    let status = StatusCode::from_u16(status).unwrap();
    let error = Error::api_failure(status, Failure::default());
    error.with_response(status, HeaderMap::new(), Bytes::new())
}

#[tokio::test(start_paused = true)]
async fn transient_failures_do_not_end_a_wait_and_permanent_ones_do() {
    let script = Script::new([
        Err(transient(None)),
        Ok("a"),
        Err(status(500)),
        Err(status(502)),
        Err(Error::decode("the page of a proxy")),
        Err(Error::timed_out(TimeLimit::Call, true)),
        Ok("b"),
        Err(status(404)),
    ]);
    let error = script.wait().await.unwrap_err();
    assert!(
        matches!(&error, WaitError::CallFailed { last_response: Some(last), consecutive_failures: 1, .. } if ***last == "b")
    );
    assert!(error.last_request_error().unwrap().is_not_found());
    assert_eq!(script.times().len(), 8);
    assert_about(&script.pauses(), &[2.0, 3.0, 4.5, 6.75, 10.125, 15.19, 22.78]);

    let permanent =
        [status(401), status(403), status(404), status(409), status(501), Error::configuration("?")];
    for error in permanent {
        let kind = error.kind();
        let script = Script::new([Ok("a"), Err(error)]);
        let ended = script.wait().await.unwrap_err();
        assert_eq!(ended.last_request_error().map(Error::kind), Some(kind), "{ended}");
        assert_eq!(script.times().len(), 2, "{ended}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_whose_requests_all_fail_ends_although_its_deadline_never_comes() {
    let script = Script::new(std::iter::repeat_with(|| Err(status(500))).take(100));
    let error = script.wait().deadline(Duration::MAX).await.unwrap_err();
    assert!(
        matches!(&error, WaitError::CallFailed { consecutive_failures: 21, last_response: None, .. }),
        "{error:?}"
    );
    assert_eq!(script.times().len(), 21);
    let minutes = script.start.elapsed().as_secs_f64() / 60.0;
    assert!((7.0..9.0).contains(&minutes), "{minutes}");
    let text = error.to_string();
    assert!(text.starts_with("wait_until_done: 21 requests in a row failed within "), "{text}");
    assert!(text.ends_with("status 500"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn the_number_of_failures_can_be_set_and_a_response_resets_the_count() {
    let fails = || Err(status(503));
    let script = Script::new([fails(), fails(), Ok("a"), fails(), fails(), fails(), Ok("done")]);
    let error = script.wait().max_consecutive_failures(2).await.unwrap_err();
    assert!(
        matches!(&error, WaitError::CallFailed { consecutive_failures: 3, last_response: Some(_), .. }),
        "{error:?}"
    );
    assert_eq!(script.times().len(), 6);

    let script = Script::new([fails(), Ok("done")]);
    assert!(script.wait().max_consecutive_failures(0).await.unwrap_err().last_request_error().is_some());
    let script = Script::new([fails(), Ok("done")]);
    script.wait().max_consecutive_failures(1).await.unwrap();
}

/// The texts of an error and its sources.
fn chain(error: &dyn std::error::Error) -> Vec<String> {
    std::iter::successors(Some(error), |error| error.source()).map(ToString::to_string).collect()
}

#[tokio::test(start_paused = true)]
async fn an_error_shows_its_cause_in_one_line_and_nothing_twice() {
    let script = Script::new([Err(Error::stopped_by_hook("the key is locked".into(), false))]);
    let error = script.wait().await.unwrap_err();
    let expected =
        ["wait_until_done: a request failed after 0.0ns: a hook stopped the call", "the key is locked"];
    assert_eq!(chain(&error), expected);
    assert_eq!(chain(&Error::from(error)), expected);
}

#[tokio::test(start_paused = true)]
async fn a_wait_error_that_is_converted_into_an_error_loses_nothing() {
    async fn converted(responses: impl IntoIterator<Item = Result<&'static str, Error>>) -> Error {
        async fn run(script: &Script) -> Result<(), Error> {
            script.wait().deadline(MINUTE).await?;
            Ok(())
        }
        run(&Script::new(responses)).await.unwrap_err()
    }
    let waited =
        |error: &Error| error.wait_error::<&'static str>().unwrap().last_response().map(|last| **last);

    let error = converted([Ok("a"), Err(status(404))]).await;
    assert!(error.kind() == ErrorKind::Api && error.is_not_found() && !error.is_retryable());
    assert_eq!(waited(&error), Some("a"));
    assert!(error.to_string().ends_with("status 404"), "{error}");

    let error = converted([Ok("broken")]).await;
    assert_eq!((error.kind(), error.kind().as_str(), error.is_retryable()), (ErrorKind::Wait, "wait", false));
    assert!(matches!(
        error.wait_error::<&'static str>(),
        Some(WaitError::EndedInOtherState { state: "broken", .. })
    ));
    assert!(error.message().unwrap().contains("`broken`"), "{error}");
    assert!(error.wait_error::<u8>().is_none(), "of another type");

    let error = converted([Ok("broken later")]).await;
    assert_eq!((error.kind(), waited(&error)), (ErrorKind::Wait, Some("broken later")));

    let error = converted([Ok("open")]).await;
    assert_eq!((error.kind(), error.is_retryable(), waited(&error)), (ErrorKind::Wait, true, Some("open")));
    assert!(Error::configuration("?").wait_error::<&'static str>().is_none());
}

/// A payment and the wait for it are often in one function, whose caller gets one error.
#[tokio::test(start_paused = true)]
async fn no_error_of_a_wait_says_that_nothing_was_executed() {
    let ends: [Result<&'static str, Error>; 6] = [
        Ok("broken"),
        Ok("broken later"),
        Ok("open"),
        Err(status(404)),
        Err(transient(None)),
        Err(status(500)),
    ];
    for end in ends {
        let script = Script::new([end]);
        let error = script.wait().max_consecutive_failures(0).deadline(MINUTE).await.unwrap_err();
        let text = error.to_string();
        assert!(Error::from(error).may_have_executed(), "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_pauses_as_long_as_the_server_asks() {
    let script = Script::new([Err(transient(Some("120"))), Ok("a"), Ok("done")]);
    script.wait().await.unwrap();
    assert_about(&script.pauses(), &[120.0, 3.0]);
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_ends_after_the_deadline_is_followed_by_no_request() {
    let script = Script::new([Ok("open"), Err(transient(Some("120"))), Ok("done")]);
    let error = script.wait().deadline(MINUTE).await.unwrap_err();
    assert!(error.is_deadline_exceeded() && error.last_request_error().is_some());
    assert_eq!(error.last_response().map(|last| **last), Some("open"));
    assert_eq!((script.times().len(), script.start.elapsed().as_secs()), (2, 60));
    assert_eq!(
        error.to_string(),
        "wait_until_done: not reached within 60.0s, the last state is `open`; the last request failed: \
         status 429, too busy"
    );
}

#[tokio::test(start_paused = true)]
async fn a_wait_ends_at_its_deadline_with_a_last_request_just_before() {
    for deadline in [100, 500, 3000, 100_000].map(Duration::from_millis) {
        let script = Script::new([]);
        let error = script.wait().deadline(deadline).await.unwrap_err();
        assert!(error.is_deadline_exceeded() && error.last_request_error().is_none());
        let early = script.start.elapsed().abs_diff(deadline);
        assert!(early <= Duration::from_millis(1), "{deadline:?}: {early:?}");
        let times = script.times();
        let last_request = deadline - *times.last().unwrap();
        assert!(times.len() > 1 && last_request >= Duration::from_millis(24), "{deadline:?}: {times:?}");
        assert!(last_request <= Duration::from_millis(51), "{deadline:?}: {times:?}");
        let WaitError::DeadlineExceeded { elapsed: waited, .. } = error else { panic!("{error}") };
        assert!(waited.abs_diff(deadline) <= Duration::from_millis(1), "{waited:?}");
    }
}

/// A call whose response takes a fixed time.
#[derive(Clone)]
struct Slow(Duration, Arc<Mutex<Vec<Instant>>>);

impl IntoFuture for Slow {
    type Output = Result<Response<()>, Error>;
    type IntoFuture = std::pin::Pin<Box<dyn Future<Output = Self::Output> + Send>>;
    fn into_future(self) -> Self::IntoFuture {
        self.1.lock().unwrap().push(Instant::now());
        Box::pin(async move {
            tokio::time::sleep(self.0).await;
            Ok(Response::new((), StatusCode::OK, HeaderMap::new(), Default::default()))
        })
    }
}

#[tokio::test(start_paused = true)]
async fn the_last_request_has_time_for_its_response() {
    let (start, sent) = (Instant::now(), Arc::default());
    let seen = Arc::new(Mutex::new(0));
    let count = Arc::clone(&seen);
    let wait = Wait::new("wait_until_done", Slow(Duration::from_millis(400), Arc::clone(&sent)), |()| {
        WaitState::Pending(None)
    });
    let wait = wait
        .initial_delay(MINUTE)
        .deadline(Duration::from_secs(10))
        .on_progress(move |_| *count.lock().unwrap() += 1);
    assert!(wait.await.unwrap_err().is_deadline_exceeded());
    let last = *sent.lock().unwrap().last().unwrap();
    assert!(
        (last - start).abs_diff(Duration::from_millis(9200)) <= Duration::from_millis(2),
        "{:?}",
        last - start
    );
    assert_eq!((*seen.lock().unwrap(), start.elapsed().as_secs()), (2, 10));
}

#[tokio::test(start_paused = true)]
async fn no_request_is_sent_after_the_deadline() {
    let (start, sent) = (Instant::now(), Arc::default());
    let wait = Wait::new("wait_until_done", Slow(Duration::from_secs(7), Arc::clone(&sent)), |()| {
        WaitState::Pending(None)
    });
    let error =
        wait.initial_delay(Duration::from_millis(1)).deadline(Duration::from_secs(20)).await.unwrap_err();
    assert!(error.is_deadline_exceeded() && start.elapsed().as_secs() == 20);
    assert!(sent.lock().unwrap().iter().all(|at| (*at - start).as_secs() < 20));
}

#[tokio::test(start_paused = true)]
async fn a_wait_ends_after_a_quarter_of_an_hour_by_default() {
    let script = Script::new([]);
    assert!(script.wait().await.unwrap_err().is_deadline_exceeded());
    let waited = script.start.elapsed();
    assert!(waited.abs_diff(15 * MINUTE) <= Duration::from_millis(1), "{waited:?}");

    let script = Script::new([Ok("a"), Ok("done")]);
    script.wait().deadline(Duration::MAX).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_request_that_is_still_running_at_the_deadline_is_cancelled() {
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
    let error = Wait::new("wait_until_done", Never, |()| WaitState::Pending(None))
        .deadline(MINUTE)
        .await
        .unwrap_err();
    assert!(error.is_deadline_exceeded() && error.last_response().is_none());
    assert_eq!(error.to_string(), "wait_until_done: no response within 60.0s");
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
    assert!(size_of::<WaitError<[u8; 4096]>>() <= 72, "{}", size_of::<WaitError<[u8; 4096]>>());
}
