//! When a wait asks, and when it stops: pauses that grow, within a deadline.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};

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

/// How long before the deadline the last request is sent, so that there is time to answer it.
const LAST_CHANCE: Duration = Duration::from_secs(2);

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
            last_chance: self.first.clamp(SHORTEST, LAST_CHANCE),
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
    last_chance: Duration,
}

impl Clock {
    pub(super) fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    /// What a future gives before the deadline.
    pub(super) async fn in_time<F: Future>(&self, future: F) -> Option<F::Output> {
        match self.end {
            Some(end) => timeout_at(end, future).await.ok(),
            None => Some(future.await),
        }
    }

    /// Sleeps until it is time to ask again, but no shorter than the server wants; whether there is such a time before
    /// the deadline.
    pub(super) async fn pause(&mut self, at_least: Option<Duration>) -> bool {
        let planned = times(self.pause, 1.0 + JITTER * (2.0 * fastrand::f64() - 1.0));
        self.pause = times(self.pause, GROWTH).min(self.longest);
        let at_least = at_least.unwrap_or_default();
        let pause = match self.end.map(|end| end.saturating_duration_since(Instant::now())) {
            None => planned.max(at_least),
            Some(left) => {
                let latest = left.saturating_sub(self.last_chance);
                if latest.is_zero() || latest < at_least {
                    return false;
                }
                planned.max(at_least).min(latest)
            }
        };
        sleep(pause).await;
        true
    }
}

/// A product that is too long for a duration is the longest one.
fn times(duration: Duration, factor: f64) -> Duration {
    Duration::try_from_secs_f64(duration.as_secs_f64() * factor).unwrap_or(Duration::MAX)
}
