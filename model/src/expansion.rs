//! Limits the expansion of a document: its growth when references to schemas are replaced by copies of the schemas.

use partner_spec::{Document, Finding, Findings, Location, Node, StepBudget};

use crate::rules::expansion_limit;

/// The base of the limit on the growth of a document, in bytes. A document grows when every reference to a schema is
/// replaced by a copy of the schema. The limit is this base, plus an allowance for each kilobyte of the document's
/// files. As an estimate, a schema takes ten times the memory of its text, and generating code from it takes a hundred
/// times as much again.
const BASE_EXPANSION_LIMIT_BYTES: usize = 3 * 1024 * 1024;
const EXPANSION_LIMIT_INCREASE_PER_KILOBYTE: usize = 10 * 1024;

/// The number of bytes by which a document may still grow when references are replaced by copies of the schemas. A
/// schema that is included in many places is copied each time, so a small document can expand to more than fits into
/// memory.
#[derive(Debug, Clone)]
pub struct ExpansionBudget {
    budget: StepBudget,
}

/// By default, the budget is as large as for an empty document.
impl Default for ExpansionBudget {
    fn default() -> Self {
        ExpansionBudget {
            budget: StepBudget::new(BASE_EXPANSION_LIMIT_BYTES, EXPANSION_LIMIT_INCREASE_PER_KILOBYTE, 0),
        }
    }
}

impl ExpansionBudget {
    pub(crate) fn new(document: &Document) -> ExpansionBudget {
        ExpansionBudget {
            budget: StepBudget::new(
                BASE_EXPANSION_LIMIT_BYTES,
                EXPANSION_LIMIT_INCREASE_PER_KILOBYTE,
                document.total_bytes,
            ),
        }
    }

    /// Subtracts the size of one more copy of `schema` from the budget. Returns false if the budget is not sufficient.
    /// After that, all further calls return false, too.
    pub(crate) fn try_spend_copy_bytes(&mut self, schema: &Node) -> bool {
        self.try_spend_bytes(schema.estimate_deep_copy_bytes())
    }

    /// Subtracts `bytes` from the budget. Returns false if fewer bytes were left. After that, all further calls return
    /// false, too.
    pub(crate) fn try_spend_bytes(&mut self, bytes: usize) -> bool {
        self.budget.try_spend(bytes)
    }

    /// Counts `bytes` towards the limit, and returns whether the limit allows them. If this call is the first one to
    /// exceed the limit, it adds a finding at `location`.
    pub(crate) fn try_spend_bytes_or_report(
        &mut self,
        bytes: usize,
        location: &Location,
        found: &mut Findings,
    ) -> bool {
        let was_over = self.is_expansion_limit_exceeded();
        let allows = self.try_spend_bytes(bytes);
        if !allows && !was_over {
            found.push(self.new_expansion_limit_finding(location));
        }
        allows
    }

    /// Whether the document has grown by more bytes than the limit allows.
    pub fn is_expansion_limit_exceeded(&self) -> bool {
        self.budget.is_exceeded()
    }

    /// Returns the number of bytes by which copies of schemas would have enlarged the document so far. The number may
    /// exceed the limit, because it includes the copies that were refused.
    pub fn added_byte_count(&self) -> usize {
        self.budget.requested_step_count()
    }

    /// Returns the finding that the document grows too much when references are replaced by copies of schemas.
    /// `location` is the part of the document at which the limit is exceeded.
    pub(crate) fn new_expansion_limit_finding(&self, location: &Location) -> Finding {
        expansion_limit::new_oversized_expansion_finding(location, self.budget.initial_step_count())
    }
}
