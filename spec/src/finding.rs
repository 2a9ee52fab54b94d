//! Findings about a document. The tools that use this crate print them.

use std::fmt;

use crate::rules::checking_stopped;
use crate::{Location, Rule, to_harmless_line};

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The document cannot be used as it is.
    Error,
    /// The document can be used, but a person should look at the location of the finding.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

/// One finding: the broken rule, a message, the location, and perhaps advice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The location of the problem in the document.
    pub location: Location,
    /// The severity of the finding.
    pub severity: Severity,
    /// The rule that is broken.
    pub rule: &'static Rule,
    /// What is wrong and what was expected, in one sentence.
    pub message: String,
    /// Advice on what to do, if that is not obvious from the message.
    pub help: Option<String>,
    /// Other locations that belong to the finding, each with a description.
    pub related_locations: Vec<(Location, String)>,
}

impl Finding {
    /// Creates a finding with the default severity of the rule.
    pub fn new(rule: &'static Rule, location: &Location, message: impl Into<String>) -> Finding {
        Finding {
            location: location.clone(),
            severity: rule.default_severity(),
            rule,
            message: message.into(),
            help: None,
            related_locations: Vec::new(),
        }
    }

    /// Adds a help text: advice on what to do about the finding.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Finding {
        self.help = Some(help.into());
        self
    }

    /// Adds another location that belongs to the finding. `description` says what is at this location.
    #[must_use]
    pub fn with_related_location(mut self, location: &Location, description: impl Into<String>) -> Finding {
        self.related_locations.push((location.clone(), description.into()));
        self
    }
}

/// Writes `file:line:column: error[rule]: message`, followed by the related locations and the help, each on a line of
/// its own. Control characters that come from the document are replaced, see [`to_harmless_line`].
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {}[{}]: {}",
            self.location,
            self.severity,
            self.rule.id,
            to_harmless_line(&self.message)
        )?;
        for (location, what) in &self.related_locations {
            write!(f, "\n  {location}: {}", to_harmless_line(what))?;
        }
        if let Some(help) = &self.help {
            write!(f, "\n  help: {}", to_harmless_line(help))?;
        }
        Ok(())
    }
}

/// The maximum number of findings in one list. Without a limit, the findings about a large document could fill the
/// memory: a finding can take a hundred times the memory of the text that causes it.
const MAX_FINDINGS_PER_LIST: usize = 10_000;

/// A list of findings, for example those of one check of a document.
/// [`into_sorted_and_deduplicated`](Findings::into_sorted_and_deduplicated) sorts them and removes duplicates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    list: Vec<Finding>,
}

impl Findings {
    /// Creates an empty list of findings.
    pub fn new() -> Findings {
        Findings::default()
    }

    /// Adds a finding. If the list is full, the finding is dropped. When this happens for the first time, another
    /// finding is added, which says that not all findings are listed.
    pub fn push(&mut self, finding: Finding) {
        if self.list.len() < MAX_FINDINGS_PER_LIST {
            self.list.push(finding);
        } else if self.list.last().is_none_or(|last| last.rule != &checking_stopped::RULE) {
            let message =
                format!("there are more than {MAX_FINDINGS_PER_LIST} findings; the others are not listed");
            let help = "mend what is found, and look again";
            self.list.push(checking_stopped::new_finding(&finding.location, message, help));
        }
    }

    /// Whether the list has reached its maximum length, so that [`push`](Findings::push) drops every further finding.
    pub fn is_full(&self) -> bool {
        self.list.len() >= MAX_FINDINGS_PER_LIST
    }

    /// Adds all findings of `other`, even if the combined list is longer than the maximum length.
    pub fn extend(&mut self, other: Findings) {
        self.list.extend(other.list);
    }

    /// Whether there are no findings.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Returns the findings sorted by location, and without duplicates. At the same location, errors come before
    /// warnings. Duplicates arise when a part of a document is used in several places and checked in each place.
    #[must_use]
    pub fn into_sorted_and_deduplicated(mut self) -> Findings {
        self.list.sort();
        self.list.dedup_by(|a, b| (&a.location, a.rule, &a.message) == (&b.location, b.rule, &b.message));
        self
    }

    /// Whether at least one finding of the list prevents the generation of a client.
    pub fn has_blocking_finding(&self) -> bool {
        self.list.iter().any(|finding| finding.rule.blocks_generation)
    }

    /// Returns only the findings that prevent the generation of a client.
    #[must_use]
    pub fn into_blocking_findings(self) -> Findings {
        self.list.into_iter().filter(|finding| finding.rule.blocks_generation).collect()
    }

    /// Returns `Ok(value)` if none of the findings prevents the generation of a client.
    ///
    /// # Errors
    ///
    /// Returns the findings that prevent the generation, sorted.
    pub fn into_result<T>(self, value: T) -> Result<T, Findings> {
        if self.has_blocking_finding() {
            Err(self.into_blocking_findings().into_sorted_and_deduplicated())
        } else {
            Ok(value)
        }
    }

    /// Iterates over the findings.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.list.iter()
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl FromIterator<Finding> for Findings {
    fn from_iter<I: IntoIterator<Item = Finding>>(findings: I) -> Self {
        Findings { list: findings.into_iter().collect() }
    }
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl From<Finding> for Findings {
    fn from(finding: Finding) -> Self {
        Findings { list: vec![finding] }
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.list.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{finding}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Findings {}
