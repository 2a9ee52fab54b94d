//! What rules report.

use partner_spec::{Diagnostic, Diagnostics, Location, Severity};

use super::Rule;

/// How many findings of one rule are collected. What is listed in the end is less, but some may be allowed.
const MAX_FINDINGS: usize = 10_000;

/// Collects the findings of one rule after the other.
#[derive(Default)]
pub struct Findings {
    rule: Option<&'static Rule>,
    list: Vec<Diagnostic>,
    /// Where the findings of the rule start.
    first: usize,
}

/// A finding that can be told more about.
pub struct Note<'a>(&'a mut Diagnostic);

impl Findings {
    /// From now on, findings are that rule's.
    pub(crate) fn start(&mut self, rule: &'static Rule) {
        self.rule = Some(rule);
        self.first = self.list.len();
    }

    /// Reports a finding: where it is, and what is wrong and was expected, in one sentence.
    pub fn at(&mut self, location: &Location, message: impl Into<String>) -> Note<'_> {
        let (id, severity) = self.rule.map_or(("unknown", Severity::Error), |rule| (rule.id, rule.severity));
        let mut diagnostic = Diagnostic::error(id, location, message);
        diagnostic.severity = severity;
        // Of too many, the last one is replaced again and again.
        if self.list.len() - self.first >= MAX_FINDINGS {
            self.list.pop();
        }
        self.list.push(diagnostic);
        let last = self.list.len() - 1;
        Note(&mut self.list[last])
    }

    /// Whether there are as many of the rule as are collected.
    pub(crate) fn is_full(&self) -> bool {
        self.list.len() - self.first >= MAX_FINDINGS
    }

    /// All of them.
    pub(crate) fn into_diagnostics(self) -> Diagnostics {
        self.list.into_iter().collect()
    }
}

impl Note<'_> {
    /// Adds what to do next.
    pub fn help(self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// Adds another place that belongs to the finding.
    pub fn related(self, location: &Location, what: impl Into<String>) -> Self {
        self.0.related.push((location.clone(), what.into()));
        self
    }
}
