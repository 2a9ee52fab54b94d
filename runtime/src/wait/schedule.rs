//! When a wait asks, and when it stops: pauses that grow, a last look shortly before the deadline.

use std::time::Duration;

use tokio::time::{Instant, sleep, sleep_until, timeout_at};

/// What a wait was told about its times.
#[derive(Clone, Copy, Debug)]
pub(super) struct Schedule {
    /// The pause after the first request.
    pub(super) first: Duration,
    /// The longest pause.
    pub(super) longest: Duration,
    /// How long to wait in all.
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

/// How much longer each pause is than the one before.
const GROWTH: f64 = 1.5;

/// By how much of itself a pause is shorter or longer than planned, at most.
const JITTER: f64 = 0.1;

/// How long before the deadline the last request is sent, at least and at most. In between it is twice as long as the
/// request before took, so that there is time for its response.
const LAST_LOOK: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(2));

/// The shortest pause: a wait that is told to ask without any would load the server with requests.
const SHORTEST: Duration = Duration::from_millis(10);

impl Schedule {
    pub(super) fn start(self) -> Clock {
        let start = Instant::now();
        Clock {
            start,
            // None: the deadline is further away than a clock can tell.
            end: start.checked_add(self.deadline),
            pause: self.first.max(SHORTEST),
            longest: self.longest.max(self.first).max(SHORTEST),
            largest_reserve: LAST_LOOK.1.min(self.deadline / 4),
            reserve: LAST_LOOK.0.min(self.deadline / 4),
            is_last_look: false,
        }
    }
}

/// The times of a wait that runs.
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
    is_last_look: bool,
}

impl Clock {
    pub(super) fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    /// What a request gives before the deadline.
    pub(super) async fn in_time<F: Future>(&mut self, request: F) -> Option<F::Output> {
        let sent = Instant::now();
        let output = match self.end {
            Some(end) => timeout_at(end, request).await.ok(),
            None => Some(request.await),
        };
        self.reserve = sent.elapsed().saturating_mul(2).max(LAST_LOOK.0).min(self.largest_reserve);
        output
    }

    /// Sleeps until it is time to ask again, but no shorter than the server wants. When there is no such time before
    /// the deadline, it sleeps until the deadline and returns `false`.
    pub(super) async fn pause(&mut self, at_least: Option<Duration>) -> bool {
        let planned = times(self.pause, 1.0 + JITTER * (2.0 * fastrand::f64() - 1.0));
        self.pause = times(self.pause, GROWTH).min(self.longest);
        let at_least = at_least.unwrap_or_default();
        let pause = planned.max(at_least);
        let Some(end) = self.end else {
            sleep(pause).await;
            return true;
        };
        let latest = end.saturating_duration_since(Instant::now()).saturating_sub(self.reserve);
        if self.is_last_look || latest.is_zero() || latest < at_least {
            sleep_until(end).await;
            return false;
        }
        self.is_last_look = pause >= latest;
        sleep(pause.min(latest)).await;
        true
    }
}

/// A product that is too long for a duration is the longest one.
fn times(duration: Duration, factor: f64) -> Duration {
    Duration::try_from_secs_f64(duration.as_secs_f64() * factor).unwrap_or(Duration::MAX)
}
