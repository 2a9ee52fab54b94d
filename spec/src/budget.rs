//! Limits the work that a document may cause, in proportion to its size, so that a small file cannot keep a machine
//! busy.

/// The number of steps of work that may be spent on a document.
///
/// ```
/// use partner_spec::Budget;
///
/// let mut budget = Budget::new(10, 2, 3 * 1024);
/// assert!(budget.spend(16));
/// assert!(!budget.spend(1), "a document of 3 KB has 16 steps");
/// assert_eq!(budget.requested_steps(), 17);
/// ```
#[derive(Clone, Debug)]
pub struct Budget {
    limit: usize,
    used: usize,
}

impl Budget {
    /// Creates the budget of a document whose text has `bytes` bytes: `base` steps, plus `per_kilobyte` steps for each
    /// kilobyte of the document.
    pub fn new(base: usize, per_kilobyte: usize, bytes: usize) -> Budget {
        let limit = base.saturating_add(per_kilobyte.saturating_mul(bytes) / 1024);
        Budget { limit, used: 0 }
    }

    /// Requests `steps` steps. Returns true if the budget still has as many, and spends them. Otherwise returns false,
    /// and every later call returns false, too.
    pub fn spend(&mut self, steps: usize) -> bool {
        self.used = self.used.saturating_add(steps);
        self.used <= self.limit
    }

    /// Whether all calls of [`spend`](Budget::spend) together requested more steps than the budget had at first.
    pub fn is_exceeded(&self) -> bool {
        self.used > self.limit
    }

    /// The number of steps that were requested so far, spent and refused ones together; it may exceed the limit.
    pub fn requested_steps(&self) -> usize {
        self.used
    }

    /// The number of steps that the budget had at first.
    pub fn limit(&self) -> usize {
        self.limit
    }
}
