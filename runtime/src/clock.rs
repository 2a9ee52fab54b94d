//! Adds durations to instants, without overflow.

use std::time::Duration;

use tokio::time::Instant;

/// A duration that is longer than any process runs: 30 years. It replaces a duration that is too long to be added to an
/// `Instant`.
const FOREVER: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

/// Returns the instant that comes `duration` after `now`. If that is too late for an `Instant`, returns the instant 30
/// years after `now`.
pub(crate) fn instant_after(now: Instant, duration: Duration) -> Instant {
    now.checked_add(duration).unwrap_or(now + FOREVER)
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
