//! The times of a wait: growing pauses, and a last request shortly before the deadline.

use std::time::Duration;

use tokio::time::{Instant, sleep, sleep_until, timeout_at};

/// The settings of a wait's times.
#[derive(Clone, Copy, Debug)]
pub(super) struct Schedule {
    /// The pause after the first request.
    pub(super) first: Duration,
    /// The longest pause.
    pub(super) longest: Duration,
    /// How long the whole wait may take.
    pub(super) deadline: Duration,
}

impl Default for Schedule {
    fn default() -> Self {
        Schedule {
            first: Duration::from_secs(2),
            longest: Duration::from_secs(30),
            deadline: Duration::from_secs(15 * 60),
        }
    }
}

/// The factor by which each pause is longer than the one before.
const GROWTH: f64 = 1.5;

/// By which part of itself a pause may be shorter or longer than planned.
const JITTER: f64 = 0.1;

/// How long before the deadline the last request is sent: at least and at most. In between, it is twice as long as the previous
/// request took, so that there is time for the response.
const LAST_REQUEST: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(2));

/// The shortest pause, so that a wait without pauses does not overload the server.
const SHORTEST: Duration = Duration::from_millis(10);

impl Schedule {
    pub(super) fn into_clock(self) -> Clock {
        let start = Instant::now();
        Clock {
            start,
            // None when the deadline is too far away for an `Instant`.
            end: start.checked_add(self.deadline),
            pause: self.first.max(SHORTEST),
            longest: self.longest.max(self.first).max(SHORTEST),
            largest_reserve: LAST_REQUEST.1.min(self.deadline / 4),
            reserve: LAST_REQUEST.0.min(self.deadline / 4),
            is_last_request: false,
        }
    }
}

/// The times of a running wait.
pub(super) struct Clock {
    start: Instant,
    end: Option<Instant>,
    /// The next pause.
    pause: Duration,
    longest: Duration,
    /// How long before the deadline the last request is sent.
    reserve: Duration,
    largest_reserve: Duration,
    /// Whether the request after the last pause is the last one.
    is_last_request: bool,
}

impl Clock {
    pub(super) fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    /// Awaits a request. None when the deadline passes first.
    pub(super) async fn in_time<F: Future>(&mut self, request: F) -> Option<F::Output> {
        let sent = Instant::now();
        let output = match self.end {
            Some(end) => timeout_at(end, request).await.ok(),
            None => Some(request.await),
        };
        self.reserve = sent.elapsed().saturating_mul(2).max(LAST_REQUEST.0).min(self.largest_reserve);
        output
    }

    /// Sleeps until the next request is due, and no shorter than the server asks for. When no further request is due before the
    /// deadline, it sleeps until the deadline and returns `false`.
    pub(super) async fn pause(&mut self, at_least: Option<Duration>) -> bool {
        let planned = multiply(self.pause, 1.0 + JITTER * (2.0 * fastrand::f64() - 1.0));
        self.pause = multiply(self.pause, GROWTH).min(self.longest);
        let at_least = at_least.unwrap_or_default();
        let pause = planned.max(at_least);
        let Some(end) = self.end else {
            sleep(pause).await;
            return true;
        };
        let latest = end.saturating_duration_since(Instant::now()).saturating_sub(self.reserve);
        if self.is_last_request || latest.is_zero() || latest < at_least {
            sleep_until(end).await;
            return false;
        }
        self.is_last_request = pause >= latest;
        sleep(pause.min(latest)).await;
        true
    }
}

/// Multiplies a duration. A product that is too long is the longest duration.
fn multiply(duration: Duration, factor: f64) -> Duration {
    Duration::try_from_secs_f64(duration.as_secs_f64() * factor).unwrap_or(Duration::MAX)
}
