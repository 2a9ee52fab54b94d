//! Schedules the requests of a wait: with growing pauses, and a last request shortly before the deadline.

use std::time::Duration;

use tokio::time::{Instant, sleep, sleep_until, timeout_at};

/// The settings for the pauses and the deadline of a wait.
#[derive(Clone, Copy, Debug)]
pub(super) struct ScheduleSettings {
    /// The pause after the first request.
    pub(super) first_pause: Duration,
    /// The longest pause between two requests.
    pub(super) longest_pause: Duration,
    /// The time limit of the whole wait.
    pub(super) time_limit: Duration,
}

impl Default for ScheduleSettings {
    fn default() -> Self {
        ScheduleSettings {
            first_pause: Duration::from_secs(2),
            longest_pause: Duration::from_secs(30),
            time_limit: Duration::from_secs(15 * 60),
        }
    }
}

/// The factor by which each pause is longer than the previous one.
const PAUSE_GROWTH_FACTOR: f64 = 1.5;

/// The fraction by which a pause may be shorter or longer than planned.
const PAUSE_JITTER_FRACTION: f64 = 0.1;

/// The shortest and the longest lead time (the duration between the last request and the deadline). Within these
/// bounds, the lead time is twice the duration of the previous request, so that the last response can arrive in time.
const MIN_AND_MAX_LEAD_TIME: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(2));

/// The shortest pause, so that a wait that is configured without pauses does not overload the server.
const MIN_PAUSE: Duration = Duration::from_millis(10);

impl ScheduleSettings {
    pub(super) fn into_clock(self) -> WaitClock {
        let start = Instant::now();
        WaitClock {
            start,
            // `None` if the deadline is too far away for an `Instant`. Then the wait has no end.
            deadline: start.checked_add(self.time_limit),
            next_pause: self.first_pause.max(MIN_PAUSE),
            longest_pause: self.longest_pause.max(self.first_pause).max(MIN_PAUSE),
            max_lead_time: MIN_AND_MAX_LEAD_TIME.1.min(self.time_limit / 4),
            lead_time: MIN_AND_MAX_LEAD_TIME.0.min(self.time_limit / 4),
            is_last_request: false,
        }
    }
}

/// The clock of a running wait, which times its requests.
pub(super) struct WaitClock {
    start: Instant,
    deadline: Option<Instant>,
    /// The planned length of the next pause.
    next_pause: Duration,
    longest_pause: Duration,
    /// The duration between the last request and the deadline.
    lead_time: Duration,
    max_lead_time: Duration,
    /// Whether the request that follows the latest pause is the last one of the wait.
    is_last_request: bool,
}

impl WaitClock {
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
        self.lead_time =
            sent.elapsed().saturating_mul(2).max(MIN_AND_MAX_LEAD_TIME.0).min(self.max_lead_time);
        output
    }

    /// Sleeps until the next request is due, and returns true. Sleeps at least for `retry_after`, the time that the
    /// server asked to wait. If no further request can be sent in time before the deadline, sleeps until the deadline,
    /// and returns false.
    pub(super) async fn sleep_until_next_request(&mut self, retry_after: Option<Duration>) -> bool {
        let planned =
            saturating_mul_f64(self.next_pause, 1.0 + PAUSE_JITTER_FRACTION * (2.0 * fastrand::f64() - 1.0));
        self.next_pause = saturating_mul_f64(self.next_pause, PAUSE_GROWTH_FACTOR).min(self.longest_pause);
        let retry_after = retry_after.unwrap_or_default();
        let pause = planned.max(retry_after);
        let Some(end) = self.deadline else {
            sleep(pause).await;
            return true;
        };
        let latest = end.saturating_duration_since(Instant::now()).saturating_sub(self.lead_time);
        if self.is_last_request || latest.is_zero() || latest < retry_after {
            sleep_until(end).await;
            return false;
        }
        self.is_last_request = pause >= latest;
        sleep(pause.min(latest)).await;
        true
    }
}

/// Multiplies a duration by a factor. Returns [`Duration::MAX`] if the product overflows.
fn saturating_mul_f64(duration: Duration, factor: f64) -> Duration {
    Duration::try_from_secs_f64(duration.as_secs_f64() * factor).unwrap_or(Duration::MAX)
}
