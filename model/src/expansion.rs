//! What a document becomes when all that it shares and includes is written out for the generator.

use partner_spec::{Budget, Diagnostic, Diagnostics, Document, Location, Node};

use crate::rules::expansion_limit;

/// How many bytes of schemas may be written out: so many for every document, and so many more for each kilobyte of it. A
/// schema takes about ten times the memory of its text, and generating code from it a hundred times as much again.
const BASE: usize = 3 * 1024 * 1024;
const PER_KILOBYTE: usize = 10 * 1024;

/// How much was written out so far. What is included in many places multiplies, so a small document can stand for more
/// than fits into any memory.
#[derive(Debug, Clone)]
pub struct Expansion {
    budget: Budget,
}

/// The budget of an empty document.
impl Default for Expansion {
    fn default() -> Self {
        Expansion { budget: Budget::new(BASE, PER_KILOBYTE, 0) }
    }
}

impl Expansion {
    pub(crate) fn new(document: &Document) -> Expansion {
        Expansion { budget: Budget::new(BASE, PER_KILOBYTE, document.size) }
    }

    /// Whether a schema may be written out once more. Once one may not, none may.
    pub(crate) fn allows(&mut self, schema: &Node) -> bool {
        self.allows_bytes(schema.weight())
    }

    /// Whether so many bytes more may be written out.
    pub(crate) fn allows_bytes(&mut self, bytes: usize) -> bool {
        self.budget.spend(bytes)
    }

    /// The same, and reports where it ends: once.
    pub(crate) fn allows_bytes_at(
        &mut self,
        bytes: usize,
        location: &Location,
        found: &mut Diagnostics,
    ) -> bool {
        let was_over = self.is_over();
        let allows = self.allows_bytes(bytes);
        if !allows && !was_over {
            found.push(self.diagnostic(location));
        }
        allows
    }

    /// Whether more was asked for than the document may become.
    pub fn is_over(&self) -> bool {
        self.budget.is_spent()
    }

    /// How many bytes were asked for.
    pub fn used(&self) -> usize {
        self.budget.used()
    }

    /// The finding about the place at which it ends.
    pub(crate) fn diagnostic(&self, location: &Location) -> Diagnostic {
        expansion_limit::written_out(location, self.budget.limit())
    }
}
