//! The retry budget of a client. Without one, every call would be sent several times during an outage, to servers that are
//! overloaded already.

use std::sync::atomic::{AtomicU32, Ordering};

/// How many retries all calls of a client may spend together.
///
/// It is a token bucket. A client starts with a number of retries, and each retry takes one. Each time a number of calls got
/// a response, one retry is added, up to the number at the start. While none is left, every failure is final.
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

/// 50 retries, and one more for each 10 calls that got a response.
impl Default for RetryBudget {
    fn default() -> RetryBudget {
        RetryBudget::new(50, 10)
    }
}

impl RetryBudget {
    /// A budget of `retries`, and one more for each `successes_per_retry` calls that got a response. 0 calls count as 1.
    pub const fn new(retries: u32, successes_per_retry: u32) -> RetryBudget {
        let successes_per_retry = if successes_per_retry == 0 { 1 } else { successes_per_retry };
        RetryBudget(Some(Limited { retries, successes_per_retry }))
    }

    /// No limit.
    pub const fn unlimited() -> RetryBudget {
        RetryBudget(None)
    }
}

/// The tokens that a client has. One success adds one token, and one retry costs as many as it takes successes to earn it.
#[derive(Debug)]
pub(crate) struct TokenBucket {
    tokens: AtomicU32,
    capacity: u32,
    /// How many tokens a retry costs; 0 when there is no limit.
    cost: u32,
}

impl TokenBucket {
    pub(crate) fn new(budget: RetryBudget) -> TokenBucket {
        let (capacity, cost) = match budget.0 {
            Some(Limited { retries, successes_per_retry }) => {
                (retries.saturating_mul(successes_per_retry), successes_per_retry)
            }
            None => (0, 0),
        };
        TokenBucket { tokens: AtomicU32::new(capacity), capacity, cost }
    }

    /// Takes the tokens for a retry. Returns false when there are too few.
    pub(crate) fn acquire(&self) -> bool {
        let take = |tokens: u32| tokens.checked_sub(self.cost);
        self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }

    /// Adds the token that a success earns.
    pub(crate) fn reward(&self) {
        // The bucket is mostly full, and then a call need not write to memory that all calls share.
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
    fn retries_that_were_spent_are_earned_again_by_successes() {
        let bucket = TokenBucket::new(RetryBudget::new(2, 3));
        assert!(bucket.acquire() && bucket.acquire());
        assert!(!bucket.acquire(), "the budget had two retries");
        bucket.reward();
        bucket.reward();
        assert!(!bucket.acquire(), "two successes are not enough for a retry");
        bucket.reward();
        assert!(bucket.acquire());
        assert!(!bucket.acquire());
    }

    #[test]
    fn successes_never_raise_the_budget_above_its_start() {
        let bucket = TokenBucket::new(RetryBudget::new(1, 1));
        (0..100).for_each(|_| bucket.reward());
        assert!(bucket.acquire());
        assert!(!bucket.acquire());
    }

    #[test]
    fn an_unlimited_budget_never_ends_and_one_of_zero_allows_no_retry() {
        let bucket = TokenBucket::new(RetryBudget::unlimited());
        assert!((0..1000).all(|_| bucket.acquire()));
        assert!(!TokenBucket::new(RetryBudget::new(0, 10)).acquire());
        assert!(TokenBucket::new(RetryBudget::new(u32::MAX, u32::MAX)).acquire());
    }

    #[test]
    fn threads_cannot_spend_more_retries_than_the_budget_has() {
        let bucket = TokenBucket::new(RetryBudget::new(1000, 1));
        let spent: usize = std::thread::scope(|scope| {
            let spend = || (0..1000).filter(|_| bucket.acquire()).count();
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(spend)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!(spent, 1000);
    }
}
