//! The random pause before the next attempt: exponential backoff with full jitter.

use std::time::Duration;

use super::RetryPolicy;

/// Returns the maximum pause before the next attempt, after `attempts` attempts have failed.
fn compute_max_pause(policy: &RetryPolicy, attempts: u32) -> Duration {
    let doubled = 2_u32.checked_pow(attempts.saturating_sub(1)).unwrap_or(u32::MAX);
    policy.base_delay.saturating_mul(doubled).min(policy.max_delay)
}

/// Returns a random pause before the next attempt, after `attempts` attempts have failed. The pause is random so that
/// clients that failed at the same time do not retry at the same time.
pub(super) fn pick_random_pause(policy: &RetryPolicy, attempts: u32, rng: &mut fastrand::Rng) -> Duration {
    let limit = u64::try_from(compute_max_pause(policy, attempts).as_nanos()).unwrap_or(u64::MAX);
    Duration::from_nanos(rng.u64(0..=limit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(base: u64, max: u64) -> RetryPolicy {
        RetryPolicy::default().base_delay(Duration::from_millis(base)).max_delay(Duration::from_millis(max))
    }

    #[test]
    fn the_limit_doubles_up_to_the_longest_pause() {
        let policy = policy(100, 1000);
        let limits: Vec<u128> =
            (1..=6).map(|attempts| compute_max_pause(&policy, attempts).as_millis()).collect();
        assert_eq!(limits, [100, 200, 400, 800, 1000, 1000]);
    }

    #[test]
    fn no_number_of_attempts_is_too_large() {
        let endless = RetryPolicy::default().base_delay(Duration::MAX).max_delay(Duration::MAX);
        assert_eq!(compute_max_pause(&endless, u32::MAX), Duration::MAX);
        assert_eq!(compute_max_pause(&policy(100, 1000), u32::MAX), Duration::from_secs(1));
        let _ = pick_random_pause(&endless, u32::MAX, &mut fastrand::Rng::with_seed(1));
    }

    #[test]
    fn pauses_are_spread_over_all_of_the_allowed_time() {
        let (policy, mut rng) = (policy(100, 1000), fastrand::Rng::with_seed(7));
        let pauses: Vec<Duration> = (0..1000).map(|_| pick_random_pause(&policy, 2, &mut rng)).collect();
        let (shortest, longest) = (pauses.iter().min().unwrap(), pauses.iter().max().unwrap());
        assert!(*shortest < Duration::from_millis(5), "{shortest:?}");
        assert!((Duration::from_millis(195)..=Duration::from_millis(200)).contains(longest), "{longest:?}");
        let mean = pauses.iter().sum::<Duration>() / 1000;
        assert!((90..110).contains(&mean.as_millis()), "{mean:?}");
    }

    #[test]
    fn without_a_base_there_is_no_pause() {
        assert_eq!(pick_random_pause(&policy(0, 1000), 5, &mut fastrand::Rng::with_seed(7)), Duration::ZERO);
    }
}
