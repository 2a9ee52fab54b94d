//! Limits the work that a document may cause, in proportion to its size, so that a small file cannot keep a machine
//! busy.

/// The number of steps of work that may be spent on a document.
///
/// ```
/// use partner_spec::StepBudget;
///
/// let mut budget = StepBudget::new(10, 2, 3 * 1024);
/// assert!(budget.spend(16));
/// assert!(!budget.spend(1), "a document of 3 KB has 16 steps");
/// assert_eq!(budget.requested_steps(), 17);
/// ```
#[derive(Clone, Debug)]
pub struct StepBudget {
    initial_steps: usize,
    requested_steps: usize,
}

impl StepBudget {
    /// Creates the budget of a document whose text has `bytes` bytes: `base` steps, plus `per_kilobyte` steps for each
    /// kilobyte of the document.
    pub fn new(base: usize, per_kilobyte: usize, bytes: usize) -> StepBudget {
        let initial_steps = base.saturating_add(per_kilobyte.saturating_mul(bytes) / 1024);
        StepBudget { initial_steps, requested_steps: 0 }
    }

    /// Requests `steps` steps. Returns true if the budget still has as many, and spends them. Otherwise returns false,
    /// and every later call returns false, too.
    pub fn spend(&mut self, steps: usize) -> bool {
        self.requested_steps = self.requested_steps.saturating_add(steps);
        self.requested_steps <= self.initial_steps
    }

    /// Whether all calls of [`spend`](StepBudget::spend) together requested more steps than the budget had initially.
    pub fn is_exceeded(&self) -> bool {
        self.requested_steps > self.initial_steps
    }

    /// The number of steps that were requested so far, spent and refused ones together. It may exceed the number of
    /// steps that the budget had initially.
    pub fn requested_steps(&self) -> usize {
        self.requested_steps
    }

    /// The number of steps that the budget had initially.
    pub fn initial_steps(&self) -> usize {
        self.initial_steps
    }
}
