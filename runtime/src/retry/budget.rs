//! The retry budget of a client. Without a budget, every call would be sent several times during an outage, to servers
//! that are already overloaded.

use std::sync::atomic::{AtomicU32, Ordering};

/// The number of retries that all calls of a client may spend together.
///
/// The budget is a token bucket. A client starts with a number of retries, and each retry takes one. One retry is
/// added, up to the initial number, after every 10 calls whose response shows that the server works
/// ([`responses_per_retry`](Self::responses_per_retry) sets another number). A success shows that, and so does a
/// failure below 500 that is not transient. While no retry is left, every failure is final.
///
/// ```
/// use partner_runtime::RetryBudget;
///
/// let thrifty = RetryBudget::new(10).responses_per_retry(20);
/// assert_ne!(thrifty, RetryBudget::default());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryBudget(Option<Limited>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Limited {
    retries: u32,
    responses_per_retry: u32,
}

/// A budget of 50 retries, plus one retry for every 10 calls whose response shows that the server works.
impl Default for RetryBudget {
    fn default() -> RetryBudget {
        RetryBudget::new(50)
    }
}

impl RetryBudget {
    /// Makes a budget of `retries` retries, plus one retry for every 10 calls whose response shows that the server
    /// works.
    pub const fn new(retries: u32) -> RetryBudget {
        RetryBudget(Some(Limited { retries, responses_per_retry: 10 }))
    }

    /// Sets the number of responses after which one retry is added to the budget. Only responses that show that the
    /// server works are counted. A call has at most one such response, or two if it is repeated with a new token after
    /// a response with status 401. 0 has the same effect as 1. An unlimited budget stays unlimited.
    pub const fn responses_per_retry(self, responses: u32) -> RetryBudget {
        match self.0 {
            Some(Limited { retries, .. }) => {
                let responses_per_retry = if responses == 0 { 1 } else { responses };
                RetryBudget(Some(Limited { retries, responses_per_retry }))
            }
            None => self,
        }
    }

    /// No limit.
    pub const fn unlimited() -> RetryBudget {
        RetryBudget(None)
    }
}

/// The token bucket of a client, which limits its retries. Each call whose response shows that the server works adds
/// one token. Each retry takes `tokens_per_retry` tokens.
#[derive(Debug)]
pub(crate) struct TokenBucket {
    tokens: AtomicU32,
    capacity: u32,
    /// The number of tokens that a retry takes from the bucket; 0 if retries are unlimited.
    tokens_per_retry: u32,
}

impl TokenBucket {
    pub(crate) fn new(budget: RetryBudget) -> TokenBucket {
        let (capacity, tokens_per_retry) = match budget.0 {
            Some(Limited { retries, responses_per_retry }) => {
                (retries.saturating_mul(responses_per_retry), responses_per_retry)
            }
            None => (0, 0),
        };
        TokenBucket { tokens: AtomicU32::new(capacity), capacity, tokens_per_retry }
    }

    /// Takes the tokens for one retry from the retry budget. If there are too few, takes none and returns false.
    pub(crate) fn try_take_retry_tokens(&self) -> bool {
        let take = |tokens: u32| tokens.checked_sub(self.tokens_per_retry);
        self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }

    /// Adds one token to the retry budget, after a call whose response shows that the server works.
    pub(crate) fn add_token(&self) {
        // The bucket is usually full. Then nothing is written, because writing to memory that all calls share is slow.
        if self.tokens.load(Ordering::Relaxed) != self.capacity {
            let add = |tokens: u32| Some(tokens.saturating_add(1).min(self.capacity));
            let _ = self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_that_were_spent_are_earned_again_by_successes() {
        let bucket = TokenBucket::new(RetryBudget::new(2).responses_per_retry(3));
        assert!(bucket.try_take_retry_tokens() && bucket.try_take_retry_tokens());
        assert!(!bucket.try_take_retry_tokens(), "the budget had two retries");
        bucket.add_token();
        bucket.add_token();
        assert!(!bucket.try_take_retry_tokens(), "two successes are not enough for a retry");
        bucket.add_token();
        assert!(bucket.try_take_retry_tokens());
        assert!(!bucket.try_take_retry_tokens());
    }

    #[test]
    fn successes_never_raise_the_budget_above_its_start() {
        let bucket = TokenBucket::new(RetryBudget::new(1).responses_per_retry(1));
        (0..100).for_each(|_| bucket.add_token());
        assert!(bucket.try_take_retry_tokens());
        assert!(!bucket.try_take_retry_tokens());
    }

    #[test]
    fn a_budget_that_asks_for_no_successes_earns_a_retry_with_each_success() {
        let bucket = TokenBucket::new(RetryBudget::new(1).responses_per_retry(0));
        for _ in 0..2 {
            assert!(bucket.try_take_retry_tokens());
            assert!(!bucket.try_take_retry_tokens());
            bucket.add_token();
        }
    }

    #[test]
    fn an_unlimited_budget_never_ends_and_one_of_zero_allows_no_retry() {
        let bucket = TokenBucket::new(RetryBudget::unlimited());
        assert!((0..1000).all(|_| bucket.try_take_retry_tokens()));
        assert!(!TokenBucket::new(RetryBudget::new(0)).try_take_retry_tokens());
        assert!(
            TokenBucket::new(RetryBudget::new(u32::MAX).responses_per_retry(u32::MAX))
                .try_take_retry_tokens()
        );
    }

    #[test]
    fn threads_cannot_spend_more_retries_than_the_budget_has() {
        let bucket = TokenBucket::new(RetryBudget::new(1000).responses_per_retry(1));
        let spent: usize = std::thread::scope(|scope| {
            let spend = || (0..1000).filter(|_| bucket.try_take_retry_tokens()).count();
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(spend)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!(spent, 1000);
    }
}
