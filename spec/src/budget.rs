//! How much work a document may cause: in proportion to its size, so that a small file cannot keep a machine busy.

/// A number of steps, to be taken until there are none left.
///
/// ```
/// use partner_spec::Budget;
///
/// let mut budget = Budget::new(10, 2, 3 * 1024);
/// assert!(budget.spend(16));
/// assert!(!budget.spend(1), "a document of 3 KB has 16 steps");
/// assert_eq!(budget.used(), 17);
/// ```
#[derive(Clone, Debug)]
pub struct Budget {
    limit: usize,
    used: usize,
}

impl Budget {
    /// The budget of a document of so many bytes: a number of steps that every document has, and a number for each
    /// kilobyte.
    pub fn new(base: usize, per_kilobyte: usize, bytes: usize) -> Budget {
        let limit = base.saturating_add(per_kilobyte.saturating_mul(bytes) / 1024);
        Budget { limit, used: 0 }
    }

    /// Takes steps. Returns whether there were as many left; once there were not, there are none any more.
    pub fn spend(&mut self, steps: usize) -> bool {
        self.used = self.used.saturating_add(steps);
        self.used <= self.limit
    }

    /// Whether more steps were asked for than there are.
    pub fn is_spent(&self) -> bool {
        self.used > self.limit
    }

    /// How many steps were asked for.
    pub fn used(&self) -> usize {
        self.used
    }

    /// How many steps there are in all.
    pub fn limit(&self) -> usize {
        self.limit
    }
}
