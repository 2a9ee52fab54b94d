//! What is wrong with a document, as data; how it is shown is another matter.

use std::fmt;

use crate::rules::checking_stopped;
use crate::{Location, Rule, harmless};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The document cannot be used as it is.
    Error,
    /// The document can be used, but a person should look.
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

/// One finding: which rule, what is wrong, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Where it is wrong.
    pub location: Location,
    /// How bad it is.
    pub severity: Severity,
    /// The rule that is broken.
    pub rule: &'static Rule,
    /// What is wrong and what was expected, in one sentence.
    pub message: String,
    /// What to do next, when that is not obvious from the message.
    pub help: Option<String>,
    /// Other places that belong to the finding, each with what it is.
    pub related: Vec<(Location, String)>,
}

impl Diagnostic {
    /// A finding, as bad as the rule has it by default.
    pub fn new(rule: &'static Rule, location: &Location, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            location: location.clone(),
            severity: rule.default_severity(),
            rule,
            message: message.into(),
            help: None,
            related: Vec::new(),
        }
    }

    /// Adds what to do next.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Adds another place that belongs to the finding.
    #[must_use]
    pub fn related(mut self, location: &Location, what: impl Into<String>) -> Diagnostic {
        self.related.push((location.clone(), what.into()));
        self
    }
}

/// `file:line:column: error[rule]: message`, then help and related places on lines of their own, all of it
/// [harmless].
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}[{}]: {}", self.location, self.severity, self.rule.id, harmless(&self.message))?;
        for (location, what) in &self.related {
            write!(f, "\n  {location}: {}", harmless(what))?;
        }
        if let Some(help) = &self.help {
            write!(f, "\n  help: {}", harmless(help))?;
        }
        Ok(())
    }
}

/// How many findings one run collects. Each takes a hundred times the memory of the smallest slip.
const MAX_FINDINGS: usize = 10_000;

/// All findings of one run: sorted by place and without duplicates when they are returned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// No finding yet.
    pub fn new() -> Diagnostics {
        Diagnostics::default()
    }

    /// Adds a finding, while they are not so many that nobody can read them; the first one that is too many is
    /// replaced by a finding that says so.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.list.len() < MAX_FINDINGS {
            self.list.push(diagnostic);
        } else if self.list.last().is_none_or(|last| last.rule != &checking_stopped::RULE) {
            let message = format!("there are more than {MAX_FINDINGS} findings; the others are not listed");
            let help = "mend what is found, and look again";
            self.list.push(checking_stopped::report(&diagnostic.location, message, help));
        }
    }

    /// Whether there are as many as are collected.
    pub fn is_full(&self) -> bool {
        self.list.len() >= MAX_FINDINGS
    }

    /// Adds all findings of another run.
    pub fn extend(&mut self, other: Diagnostics) {
        self.list.extend(other.list);
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Sorted by place, the worse of two at one place first. What is used in several places is looked at in each, and
    /// wrong once.
    #[must_use]
    pub fn sorted(mut self) -> Diagnostics {
        self.list.sort();
        self.list.dedup_by(|a, b| (&a.location, a.rule, &a.message) == (&b.location, b.rule, &b.message));
        self
    }

    /// Whether one of them keeps a client from being generated.
    pub fn has_blocking(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.rule.blocks)
    }

    /// Those that keep a client from being generated.
    #[must_use]
    pub fn blocking(self) -> Diagnostics {
        self.list.into_iter().filter(|diagnostic| diagnostic.rule.blocks).collect()
    }

    /// `Ok` with the value when no finding keeps a client from being generated.
    ///
    /// # Errors
    ///
    /// The findings that do, sorted.
    pub fn into_result<T>(self, value: T) -> Result<T, Diagnostics> {
        if self.has_blocking() { Err(self.blocking().sorted()) } else { Ok(value) }
    }

    /// The findings.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(diagnostics: I) -> Self {
        Diagnostics { list: diagnostics.into_iter().collect() }
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Diagnostics { list: vec![diagnostic] }
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.list.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}
