//! Schedules the requests of a wait. The pauses between them grow, and a last request is sent shortly before the
//! deadline.

use std::time::Duration;

use tokio::time::{Instant, sleep, sleep_until, timeout_at};

/// The settings for the pauses and the deadline of a wait.
#[derive(Clone, Copy, Debug)]
pub(super) struct WaitScheduleSettings {
    /// The pause after the first request.
    pub(super) first_pause: Duration,
    /// The maximum pause between two requests.
    pub(super) max_pause: Duration,
    /// The time limit of the whole wait.
    pub(super) time_limit: Duration,
}

impl Default for WaitScheduleSettings {
    fn default() -> Self {
        WaitScheduleSettings {
            first_pause: Duration::from_secs(2),
            max_pause: Duration::from_secs(30),
            time_limit: Duration::from_secs(15 * 60),
        }
    }
}

/// The factor by which each pause is longer than the previous one.
const PAUSE_GROWTH_FACTOR: f64 = 1.5;

/// The maximum fraction by which a pause is made shorter or longer at random.
const MAX_PAUSE_JITTER_FRACTION: f64 = 0.1;

/// The minimum and the maximum of the lead time, which is the duration between the last request and the deadline.
/// Within these bounds, the lead time is twice the duration of the previous request, so that the last response can
/// arrive in time.
const LEAD_TIME_BOUNDS: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(2));

/// The minimum pause between two requests. It keeps a wait that is configured without pauses from overloading the
/// server.
const MIN_PAUSE_BETWEEN_REQUESTS: Duration = Duration::from_millis(10);

impl WaitScheduleSettings {
    pub(super) fn into_scheduler(self) -> RequestScheduler {
        let start = Instant::now();
        RequestScheduler {
            start,
            // `None` if the deadline is too far away for an `Instant`. Then the wait has no end.
            deadline: start.checked_add(self.time_limit),
            next_pause: self.first_pause.max(MIN_PAUSE_BETWEEN_REQUESTS),
            max_pause: self.max_pause.max(self.first_pause).max(MIN_PAUSE_BETWEEN_REQUESTS),
            max_lead_time: LEAD_TIME_BOUNDS.1.min(self.time_limit / 4),
            lead_time: LEAD_TIME_BOUNDS.0.min(self.time_limit / 4),
            has_scheduled_last_request: false,
        }
    }
}

/// Decides when to send each request of a wait. A wait repeats a request until the response has a final state.
pub(super) struct RequestScheduler {
    start: Instant,
    deadline: Option<Instant>,
    /// The length of the next pause, before it is made shorter or longer at random.
    next_pause: Duration,
    max_pause: Duration,
    /// The time between the last request of the wait and the deadline.
    lead_time: Duration,
    max_lead_time: Duration,
    /// Whether the last request of the wait is already scheduled, so that no other request follows it.
    has_scheduled_last_request: bool,
}

impl RequestScheduler {
    pub(super) fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    /// Awaits a request. Returns `None` if the deadline passes first.
    pub(super) async fn await_until_deadline<F: Future>(&mut self, request: F) -> Option<F::Output> {
        let sent = Instant::now();
        let output = match self.deadline {
            Some(end) => timeout_at(end, request).await.ok(),
            None => Some(request.await),
        };
        self.lead_time = sent.elapsed().saturating_mul(2).max(LEAD_TIME_BOUNDS.0).min(self.max_lead_time);
        output
    }

    /// Sleeps until the next request is due, and returns true. If the deadline is too near for another request, sleeps
    /// until the deadline, and returns false. `retry_after` is the time for which the server asked to wait, so the next
    /// request is not due earlier.
    pub(super) async fn sleep_until_next_request(&mut self, retry_after: Option<Duration>) -> bool {
        let planned = saturating_mul_f64(
            self.next_pause,
            1.0 + MAX_PAUSE_JITTER_FRACTION * (2.0 * fastrand::f64() - 1.0),
        );
        self.next_pause = saturating_mul_f64(self.next_pause, PAUSE_GROWTH_FACTOR).min(self.max_pause);
        let retry_after = retry_after.unwrap_or_default();
        let pause = planned.max(retry_after);
        let Some(end) = self.deadline else {
            sleep(pause).await;
            return true;
        };
        let latest = end.saturating_duration_since(Instant::now()).saturating_sub(self.lead_time);
        if self.has_scheduled_last_request || latest.is_zero() || latest < retry_after {
            sleep_until(end).await;
            return false;
        }
        self.has_scheduled_last_request = pause >= latest;
        sleep(pause.min(latest)).await;
        true
    }
}

/// Multiplies a duration by a factor. Returns [`Duration::MAX`] if the product overflows.
fn saturating_mul_f64(duration: Duration, factor: f64) -> Duration {
    Duration::try_from_secs_f64(duration.as_secs_f64() * factor).unwrap_or(Duration::MAX)
}
