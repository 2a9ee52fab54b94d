//! Limits the work that a document may cause. The limit grows with the size of the document, so that a small file
//! cannot keep a machine busy.

/// A limit on the number of steps of work for a document. The code that uses the budget decides what a step is, for
/// example a comparison, or a byte of generated source.
///
/// ```
/// use partner_spec::StepBudget;
///
/// let mut budget = StepBudget::new(10, 2, 3 * 1024);
/// assert!(budget.try_spend(16));
/// assert!(!budget.try_spend(1), "a document of 3 KB has 16 steps");
/// assert_eq!(budget.requested_step_count(), 17);
/// ```
#[derive(Clone, Debug)]
pub struct StepBudget {
    initial_step_count: usize,
    requested_step_count: usize,
}

impl StepBudget {
    /// Creates the budget of a document whose text has `bytes` bytes: `base` steps of work, plus `per_kilobyte` steps
    /// for each kilobyte of the document.
    pub fn new(base: usize, per_kilobyte: usize, bytes: usize) -> StepBudget {
        let initial_step_count = base.saturating_add(per_kilobyte.saturating_mul(bytes) / 1024);
        StepBudget { initial_step_count, requested_step_count: 0 }
    }

    /// If at least `steps` steps are left, spends them and returns true. Otherwise, returns false, and every later call
    /// returns false, too.
    pub fn try_spend(&mut self, steps: usize) -> bool {
        self.requested_step_count = self.requested_step_count.saturating_add(steps);
        self.requested_step_count <= self.initial_step_count
    }

    /// Whether all calls of [`try_spend`](StepBudget::try_spend) together requested more steps than the budget had
    /// initially.
    pub fn is_exceeded(&self) -> bool {
        self.requested_step_count > self.initial_step_count
    }

    /// The number of steps of work that were requested so far, including refused steps. It may exceed the number of
    /// steps that the budget had initially.
    pub fn requested_step_count(&self) -> usize {
        self.requested_step_count
    }

    /// The number of steps that the budget had initially.
    pub fn initial_step_count(&self) -> usize {
        self.initial_step_count
    }
}
