//! How many retries a client may spend: in an outage every call would be sent several times, to servers that have
//! enough to do.

use std::sync::atomic::{AtomicU32, Ordering};

/// How many retries all calls of a client may spend together.
///
/// A client starts with so many retries in hand. Each retry takes one; a number of calls that got a response
/// gives one back, never more than there were at the start. While none is left, a failure is final at once.
///
/// ```
/// use partner_runtime::RetryBudget;
///
/// let thrifty = RetryBudget::new(10, 20);
/// assert_ne!(thrifty, RetryBudget::default());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryBudget(Option<Limited>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Limited {
    retries: u32,
    successes_per_retry: u32,
}

/// 50 retries in hand, and one more for each 10 calls that got a response.
impl Default for RetryBudget {
    fn default() -> RetryBudget {
        RetryBudget::new(50, 10)
    }
}

impl RetryBudget {
    /// So many retries in hand, and one more for each so many calls that got a response. 0 calls count as 1.
    pub const fn new(retries: u32, successes_per_retry: u32) -> RetryBudget {
        let successes_per_retry = if successes_per_retry == 0 { 1 } else { successes_per_retry };
        RetryBudget(Some(Limited { retries, successes_per_retry }))
    }

    /// No limit.
    pub const fn unlimited() -> RetryBudget {
        RetryBudget(None)
    }
}

/// What a client has in hand. A token is the share that one success gives back.
#[derive(Debug)]
pub(crate) struct Bucket {
    tokens: AtomicU32,
    capacity: u32,
    /// What a retry takes; nothing when there is no limit.
    price: u32,
}

impl Bucket {
    pub(crate) fn new(budget: RetryBudget) -> Bucket {
        let (capacity, price) = match budget.0 {
            Some(Limited { retries, successes_per_retry }) => {
                (retries.saturating_mul(successes_per_retry), successes_per_retry)
            }
            None => (0, 0),
        };
        Bucket { tokens: AtomicU32::new(capacity), capacity, price }
    }

    /// Takes what a retry costs; false when there is not enough.
    pub(crate) fn withdraw(&self) -> bool {
        let take = |tokens: u32| tokens.checked_sub(self.price);
        self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }

    /// Gives back what a success earns.
    pub(crate) fn deposit(&self) {
        // Mostly it is full, and then calls do not write to what they share.
        if self.tokens.load(Ordering::Relaxed) < self.capacity {
            let give = |tokens: u32| (tokens < self.capacity).then(|| tokens + 1);
            let _ = self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, give);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spent_is_earned_again_by_successes() {
        let bucket = Bucket::new(RetryBudget::new(2, 3));
        assert!(bucket.withdraw() && bucket.withdraw());
        assert!(!bucket.withdraw(), "two retries were in hand");
        bucket.deposit();
        bucket.deposit();
        assert!(!bucket.withdraw(), "two successes earn no whole retry");
        bucket.deposit();
        assert!(bucket.withdraw());
        assert!(!bucket.withdraw());
    }

    #[test]
    fn there_is_never_more_in_hand_than_at_the_start() {
        let bucket = Bucket::new(RetryBudget::new(1, 1));
        (0..100).for_each(|_| bucket.deposit());
        assert!(bucket.withdraw());
        assert!(!bucket.withdraw());
    }

    #[test]
    fn no_limit_is_no_limit_and_nothing_is_nothing() {
        let bucket = Bucket::new(RetryBudget::unlimited());
        assert!((0..1000).all(|_| bucket.withdraw()));
        assert!(!Bucket::new(RetryBudget::new(0, 10)).withdraw());
        assert!(Bucket::new(RetryBudget::new(u32::MAX, u32::MAX)).withdraw());
    }

    #[test]
    fn threads_cannot_spend_more_than_there_is() {
        let bucket = Bucket::new(RetryBudget::new(1000, 1));
        let spent: usize = std::thread::scope(|scope| {
            let spend = || (0..1000).filter(|_| bucket.withdraw()).count();
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(spend)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!(spent, 1000);
    }
}
