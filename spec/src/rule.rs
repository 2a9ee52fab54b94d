//! Types for the rules by which documents are checked, and for profiles, which are sets of rules.

mod page;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use crate::Severity;

pub use page::Citation;

/// A set of rules. Each profile extends the profile before it: it adds rules, and replaces some rules by stricter ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// The rules of the OpenAPI specification, and rules that report parts of a document that are allowed but useless.
    OpenApi,
    /// The rules of the profile `OpenApi`, and rules for what the code generator of this workspace requires of a
    /// document.
    Generator,
    /// The rules of the profile `Generator`, and rules for the conventions that the OpenAPI documents of this workspace
    /// follow.
    Workspace,
}

impl Profile {
    /// All profiles, the one with the fewest rules first.
    pub const ALL: [Profile; 3] = [Profile::OpenApi, Profile::Generator, Profile::Workspace];

    /// Returns the name by which the command line refers to the profile.
    pub fn name(self) -> &'static str {
        match self {
            Profile::OpenApi => "openapi",
            Profile::Generator => "generator",
            Profile::Workspace => "workspace",
        }
    }

    /// Returns the profile with the given [`name`](Profile::name); `None` if there is no such profile.
    pub fn from_name(name: &str) -> Option<Profile> {
        Profile::ALL.into_iter().find(|profile| profile.name() == name)
    }
}

/// A rule for OpenAPI documents. Each rule is declared in a file of its own, together with the code that checks the
/// rule or reports its findings.
///
/// ```
/// use partner_spec::{Profile, Rule, Severity};
///
/// static RULE: Rule = Rule::error("field-name", Profile::Generator, "# field-name\n\nWhy.\n").blocking();
/// assert_eq!(RULE.severity(Profile::OpenApi), None);
/// assert_eq!(RULE.severity(Profile::Workspace), Some(Severity::Error));
/// assert_eq!(RULE.reason(), "Why.");
///
/// static LOOSER: Rule =
///     Rule::warning("field-odd", Profile::OpenApi, "# field-odd\n").superseded_from(Profile::Generator);
/// let severities = Profile::ALL.map(|profile| LOOSER.severity(profile));
/// assert_eq!(severities, [Some(Severity::Warning), None, None]);
/// ```
pub struct Rule {
    /// The identifier of the rule, in kebab case. The Rust file that declares the rule has the same name, in snake
    /// case.
    pub id: &'static str,
    /// The documentation page of the rule, as Markdown. The methods [`reason`](Rule::reason),
    /// [`citation`](Rule::citation), [`bad_example`](Rule::bad_example) and [`good_example`](Rule::good_example) return
    /// parts of the page.
    pub page: &'static str,
    /// Whether a finding of the rule prevents the generation of a client from the document.
    pub blocks_generation: bool,
    /// Whether a finding of the rule is dropped if a blocking rule has a finding at the same location. Both findings
    /// then have the same cause.
    pub yields_to_blocking_rules: bool,
    /// The severity of the findings in each profile, in the order of [`Profile::ALL`]; `None` if the profile does not
    /// have the rule.
    severities: [Option<Severity>; 3],
}

impl Rule {
    /// Creates a rule whose findings are errors. Only the profile `from` and the profiles that extend it have the rule.
    pub const fn error(id: &'static str, from: Profile, page: &'static str) -> Rule {
        Rule::new(id, Severity::Error, from, page)
    }

    /// Creates a rule whose findings are warnings. Only the profile `from` and the profiles that extend it have the
    /// rule.
    pub const fn warning(id: &'static str, from: Profile, page: &'static str) -> Rule {
        Rule::new(id, Severity::Warning, from, page)
    }

    const fn new(id: &'static str, severity: Severity, from: Profile, page: &'static str) -> Rule {
        let everywhere = [Some(severity); 3];
        let severities = match from {
            Profile::OpenApi => everywhere,
            Profile::Generator => [None, everywhere[1], everywhere[2]],
            Profile::Workspace => [None, None, everywhere[2]],
        };
        Rule { id, page, blocks_generation: false, yields_to_blocking_rules: false, severities }
    }

    /// Removes the rule from `profile` and from all profiles after it. In these profiles, a stricter rule replaces this
    /// rule.
    #[must_use]
    pub const fn superseded_from(self, profile: Profile) -> Rule {
        let [openapi, generator, _] = self.severities;
        let severities = match profile {
            Profile::OpenApi => [None; 3],
            Profile::Generator => [openapi, None, None],
            Profile::Workspace => [openapi, generator, None],
        };
        Rule { severities, ..self }
    }

    /// Adds the rule to all profiles that come before its first profile. In these profiles, its findings are only
    /// warnings. This is for rules about things that the OpenAPI specification allows, but the code generator does not
    /// support.
    #[must_use]
    pub const fn warning_in_earlier_profiles(self) -> Rule {
        let [openapi, generator, workspace] = self.severities;
        let severities = match (openapi, generator) {
            (None, None) => [Some(Severity::Warning), Some(Severity::Warning), workspace],
            (None, _) => [Some(Severity::Warning), generator, workspace],
            _ => self.severities,
        };
        Rule { severities, ..self }
    }

    /// Makes the rule yield to blocking rules (those whose findings prevent the generation of a client): a finding of
    /// the rule is dropped if a blocking rule has a finding at the same location.
    #[must_use]
    pub const fn yielding_to_blocking_rules(self) -> Rule {
        Rule { yields_to_blocking_rules: true, ..self }
    }

    /// Makes the rule a blocking rule: no client can be generated from a document for which the rule has a finding.
    #[must_use]
    pub const fn blocking(self) -> Rule {
        Rule { blocks_generation: true, ..self }
    }

    /// Returns the severity that findings of this rule have in a profile; `None` if the profile does not have the rule.
    pub fn severity(&self, profile: Profile) -> Option<Severity> {
        self.severities[profile as usize]
    }

    /// Returns the first profile of [`Profile::ALL`] that has the rule.
    pub fn first_profile(&self) -> Profile {
        Profile::ALL
            .into_iter()
            .find(|profile| self.severity(*profile).is_some())
            .unwrap_or(Profile::Workspace)
    }

    /// Returns the severity of the findings if no profile is selected. It is the severity in the generator profile. If
    /// the generator profile does not have the rule, it is the severity in the first profile that has the rule.
    pub fn default_severity(&self) -> Severity {
        let severity = self.severity(Profile::Generator).or(self.severity(self.first_profile()));
        severity.unwrap_or(Severity::Error)
    }

    /// Returns the documentation page of the rule as Markdown, without the title.
    pub fn page_without_title(&self) -> &'static str {
        page::strip_title(self.page).trim()
    }

    /// Returns the reason for the rule, in one sentence.
    pub fn reason(&self) -> &'static str {
        page::find_reason(self.page)
    }

    /// Returns the sentence that the rule enforces, quoted from a specification. `None` if the rule is a convention of
    /// this workspace or a limit of a tool.
    pub fn citation(&self) -> Option<Citation> {
        page::parse_citation(self.page)
    }

    /// Returns a small document that breaks this rule and no other rule. If the document has several files, a line like
    /// `# file: schemas.yaml` starts each further file.
    pub fn bad_example(&self) -> &'static str {
        page::find_example_document(self.page, "Bad")
    }

    /// Returns a corrected version of the [bad example](Rule::bad_example).
    pub fn good_example(&self) -> &'static str {
        page::find_example_document(self.page, "Good")
    }
}

/// Writes the identifier of the rule, without its other fields.
impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

/// Two rules are equal if their identifiers are equal.
impl PartialEq for Rule {
    fn eq(&self, other: &Rule) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

impl PartialOrd for Rule {
    fn partial_cmp(&self, other: &Rule) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rule {
    fn cmp(&self, other: &Rule) -> Ordering {
        self.id.cmp(other.id)
    }
}

impl Hash for Rule {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}
