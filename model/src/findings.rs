//! Collects the findings of a rule.

use partner_spec::rules::checking_stopped;
use partner_spec::{Finding, Findings, Location, Rule};

/// The maximum number of findings that are collected for one rule. It is higher than the number of findings that the
/// output lists, because some of the collected findings may be suppressed later.
pub const MAX_COLLECTED_FINDINGS_PER_RULE: usize = 10_000;

/// A collector of the findings of one rule.
pub struct RuleFindings {
    rule: &'static Rule,
    findings: Vec<Finding>,
    /// The location of the first finding that was dropped because the list was full.
    first_dropped_location: Option<Location>,
}

/// A finding that was just reported, to which the rule can add help and locations.
pub struct ReportedFinding<'a>(&'a mut Finding);

impl RuleFindings {
    /// Creates a collector without findings.
    pub fn new(rule: &'static Rule) -> RuleFindings {
        RuleFindings { rule, findings: Vec::new(), first_dropped_location: None }
    }

    /// Reports a finding at a location. `message` says in one sentence what is wrong and what was expected.
    pub fn report_at(&mut self, location: &Location, message: impl Into<String>) -> ReportedFinding<'_> {
        // A finding beyond `MAX_COLLECTED_FINDINGS_PER_RULE` is stored only until the next finding replaces it. It has
        // to be stored, because the caller gets a reference to it.
        if self.findings.len() > MAX_COLLECTED_FINDINGS_PER_RULE {
            self.findings.pop();
        } else if self.is_full() {
            self.first_dropped_location = Some(location.clone());
        }
        self.findings.push(Finding::new(self.rule, location, message));
        let last = self.findings.len() - 1;
        ReportedFinding(&mut self.findings[last])
    }

    /// Whether the list has reached `MAX_COLLECTED_FINDINGS_PER_RULE`, so that further findings are dropped.
    pub fn is_full(&self) -> bool {
        self.findings.len() >= MAX_COLLECTED_FINDINGS_PER_RULE
    }

    /// Returns the collected findings. If further findings were dropped because the list was full, the last finding of
    /// the result says so.
    pub fn into_findings(self) -> Findings {
        let notice = self.first_dropped_location.map(|location| {
            let message = format!(
                "`{}` has more than {MAX_COLLECTED_FINDINGS_PER_RULE} findings; the others are not listed",
                self.rule.id
            );
            checking_stopped::new_finding(&location, message, "mend what is found, and look again")
        });
        self.findings.into_iter().take(MAX_COLLECTED_FINDINGS_PER_RULE).chain(notice).collect()
    }
}

impl ReportedFinding<'_> {
    /// Adds advice on how to fix the reported problem.
    pub fn with_help(self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// Adds a related location to the finding, with a description of what the document has at this location.
    pub fn with_related_location(self, location: &Location, description: impl Into<String>) -> Self {
        self.0.related_locations.push((location.clone(), description.into()));
        self
    }
}
