//! What a rule reports.

use partner_spec::rules::checking_stopped;
use partner_spec::{Diagnostic, Diagnostics, Location, Rule};

/// How many findings of one rule are collected. What is listed in the end is less, but some may be allowed.
pub const MAX_FINDINGS: usize = 10_000;

/// Collects the findings of one rule.
pub struct Findings {
    rule: &'static Rule,
    list: Vec<Diagnostic>,
    /// Where the first finding is that was too many.
    stopped: Option<Location>,
}

/// A finding that can be told more about.
pub struct Note<'a>(&'a mut Diagnostic);

impl Findings {
    /// None yet.
    pub fn new(rule: &'static Rule) -> Findings {
        Findings { rule, list: Vec::new(), stopped: None }
    }

    /// Reports a finding: where it is, and what is wrong and was expected, in one sentence.
    pub fn at(&mut self, location: &Location, message: impl Into<String>) -> Note<'_> {
        // Whoever reports a finding may tell more about it, so the last one of too many is replaced again and again.
        if self.list.len() > MAX_FINDINGS {
            self.list.pop();
        } else if self.is_full() {
            self.stopped = Some(location.clone());
        }
        self.list.push(Diagnostic::new(self.rule, location, message));
        let last = self.list.len() - 1;
        Note(&mut self.list[last])
    }

    /// Whether there are as many as are collected.
    pub fn is_full(&self) -> bool {
        self.list.len() >= MAX_FINDINGS
    }

    /// All that are collected, with one more that says so when there were others.
    pub fn into_diagnostics(self) -> Diagnostics {
        let stopped = self.stopped.map(|location| {
            let message = format!(
                "`{}` has more than {MAX_FINDINGS} findings; the others are not listed",
                self.rule.id
            );
            checking_stopped::report(&location, message, "mend what is found, and look again")
        });
        self.list.into_iter().take(MAX_FINDINGS).chain(stopped).collect()
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
