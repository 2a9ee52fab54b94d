//! Times that lie further ahead than a clock can tell.

use std::time::Duration;

use tokio::time::Instant;

/// A time so far away that nobody will see it.
const FOREVER: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

/// The instant that lies so far ahead. Where the clock cannot hold it, it is one that nobody will see.
pub(crate) fn instant_after(now: Instant, time: Duration) -> Instant {
    now.checked_add(time).unwrap_or(now + FOREVER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_that_the_clock_cannot_hold_lies_ahead_and_not_now() {
        let now = Instant::now();
        assert_eq!(instant_after(now, Duration::from_secs(90)), now + Duration::from_secs(90));
        assert!(instant_after(now, Duration::MAX) > now + Duration::from_secs(365 * 24 * 60 * 60));
    }
}
