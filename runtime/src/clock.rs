//! Adds durations to instants, without overflow.

use std::time::Duration;

use tokio::time::Instant;

/// A duration that is longer than any process runs: 30 years.
const FOREVER: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

/// Returns the instant that comes `time` after `now`, or the instant in 30 years if an `Instant` cannot hold the
/// result.
pub(crate) fn instant_after(now: Instant, time: Duration) -> Instant {
    now.checked_add(time).unwrap_or(now + FOREVER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_span_that_an_instant_cannot_hold_ends_far_ahead() {
        let now = Instant::now();
        assert_eq!(instant_after(now, Duration::from_secs(90)), now + Duration::from_secs(90));
        assert!(instant_after(now, Duration::MAX) > now + Duration::from_secs(365 * 24 * 60 * 60));
    }
}
