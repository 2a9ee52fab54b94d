//! Limits the expansion of a document: its growth when references to schemas are replaced by copies of the schemas.

use partner_spec::{Budget, Diagnostic, Diagnostics, Document, Location, Node};

use crate::rules::expansion_limit;

/// The limit on the bytes that copies of schemas add to a document when every reference is replaced by a copy. The
/// limit is this base, plus an allowance for each kilobyte of the document's files. As an estimate, a schema takes ten
/// times the memory of its text, and generating code from it a hundred times as much again.
const EXPANSION_LIMIT_BASE_BYTES: usize = 3 * 1024 * 1024;
const EXPANSION_LIMIT_BYTES_PER_KILOBYTE: usize = 10 * 1024;

/// A counter of the bytes by which a document grows when references are replaced by copies. A schema that is included
/// in many places is copied each time, so a small document can expand to more than fits into memory.
#[derive(Debug, Clone)]
pub struct ExpansionCounter {
    budget: Budget,
}

/// The default counter has the limit of an empty document.
impl Default for ExpansionCounter {
    fn default() -> Self {
        ExpansionCounter {
            budget: Budget::new(EXPANSION_LIMIT_BASE_BYTES, EXPANSION_LIMIT_BYTES_PER_KILOBYTE, 0),
        }
    }
}

impl ExpansionCounter {
    pub(crate) fn new(document: &Document) -> ExpansionCounter {
        ExpansionCounter {
            budget: Budget::new(
                EXPANSION_LIMIT_BASE_BYTES,
                EXPANSION_LIMIT_BYTES_PER_KILOBYTE,
                document.total_bytes,
            ),
        }
    }

    /// Counts one more copy of a schema, and returns whether the limit allows it. Once the limit is exceeded, every
    /// call returns false.
    pub(crate) fn count_copy(&mut self, schema: &Node) -> bool {
        self.count_bytes(schema.estimate_copy_bytes())
    }

    /// Adds `bytes` to the count, and returns whether the limit allows the new count. Once the limit is exceeded, every
    /// call returns false.
    pub(crate) fn count_bytes(&mut self, bytes: usize) -> bool {
        self.budget.spend(bytes)
    }

    /// Adds `bytes` to the count, and returns whether the limit allows the new count. When the limit is exceeded for
    /// the first time, reports this at `location`.
    pub(crate) fn count_bytes_at(
        &mut self,
        bytes: usize,
        location: &Location,
        found: &mut Diagnostics,
    ) -> bool {
        let was_over = self.is_exceeded();
        let allows = self.count_bytes(bytes);
        if !allows && !was_over {
            found.push(self.new_limit_finding(location));
        }
        allows
    }

    /// Whether more bytes were counted than the limit allows.
    pub fn is_exceeded(&self) -> bool {
        self.budget.is_exceeded()
    }

    /// Returns the number of bytes counted so far, which may be more than the limit.
    pub fn counted_bytes(&self) -> usize {
        self.budget.requested_steps()
    }

    /// Returns the finding that the expansion limit is exceeded at this location.
    pub(crate) fn new_limit_finding(&self, location: &Location) -> Diagnostic {
        expansion_limit::new_expanded_schemas_finding(location, self.budget.limit())
    }
}
