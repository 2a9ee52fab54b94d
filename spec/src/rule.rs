//! What can be wrong with a document, as values: whoever finds something names the rule that is broken.

mod page;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use crate::Severity;

pub use page::Citation;

/// Which rules apply. Each profile has the rules of the ones before it, or stricter ones in their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// What the OpenAPI specification says, and what makes a document that follows it useless all the same.
    Openapi,
    /// Also what this workspace's generator needs.
    Generator,
    /// Also the conventions for this workspace's own documents.
    Workspace,
}

impl Profile {
    /// All profiles, smallest first.
    pub const ALL: [Profile; 3] = [Profile::Openapi, Profile::Generator, Profile::Workspace];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Profile::Openapi => "openapi",
            Profile::Generator => "generator",
            Profile::Workspace => "workspace",
        }
    }

    /// The profile with that [`name`](Profile::name).
    pub fn from_name(name: &str) -> Option<Profile> {
        Profile::ALL.into_iter().find(|profile| profile.name() == name)
    }
}

/// A thing that can be wrong with a document. It is declared in the file of its name, beside what finds or reports it.
///
/// ```
/// use partner_spec::{Profile, Rule, Severity};
///
/// static RULE: Rule = Rule::error("field-name", Profile::Generator, "# field-name\n\nWhy.\n").blocking();
/// assert_eq!(RULE.severity(Profile::Openapi), None);
/// assert_eq!(RULE.severity(Profile::Workspace), Some(Severity::Error));
/// assert_eq!(RULE.reason(), "Why.");
///
/// static LOOSER: Rule = Rule::warning("field-odd", Profile::Openapi, "# field-odd\n").until(Profile::Generator);
/// let severities = Profile::ALL.map(|profile| LOOSER.severity(profile));
/// assert_eq!(severities, [Some(Severity::Warning), None, None]);
/// ```
pub struct Rule {
    /// Its identifier in kebab case, which is also the name of its file.
    pub id: &'static str,
    /// The Markdown file beside the check. It is where `reason`, `citation`, `bad` and `good` come from.
    pub page: &'static str,
    /// Whether no client is generated from a document that breaks it.
    pub blocks: bool,
    /// Whether its findings are dropped where one of a blocking rule has the same location, which then has the same cause.
    pub yields: bool,
    /// How bad a finding is in each profile, smallest profile first.
    severities: [Option<Severity>; 3],
}

impl Rule {
    /// A rule whose findings are errors from a profile on.
    pub const fn error(id: &'static str, from: Profile, page: &'static str) -> Rule {
        Rule::new(id, Severity::Error, from, page)
    }

    /// A rule whose findings are warnings from a profile on.
    pub const fn warning(id: &'static str, from: Profile, page: &'static str) -> Rule {
        Rule::new(id, Severity::Warning, from, page)
    }

    const fn new(id: &'static str, severity: Severity, from: Profile, page: &'static str) -> Rule {
        let everywhere = [Some(severity); 3];
        let severities = match from {
            Profile::Openapi => everywhere,
            Profile::Generator => [None, everywhere[1], everywhere[2]],
            Profile::Workspace => [None, None, everywhere[2]],
        };
        Rule { id, page, blocks: false, yields: false, severities }
    }

    /// The rule, as one that a profile does not have, nor those after it: they have a stricter rule of the same thing.
    #[must_use]
    pub const fn until(self, profile: Profile) -> Rule {
        let [openapi, generator, _] = self.severities;
        let severities = match profile {
            Profile::Openapi => [None; 3],
            Profile::Generator => [openapi, None, None],
            Profile::Workspace => [openapi, generator, None],
        };
        Rule { severities, ..self }
    }

    /// The rule, as one whose findings are warnings in the profiles before the one that makes them errors: the
    /// specification allows what the generator cannot do.
    #[must_use]
    pub const fn warning_before(self) -> Rule {
        let [openapi, generator, workspace] = self.severities;
        let severities = match (openapi, generator) {
            (None, None) => [Some(Severity::Warning), Some(Severity::Warning), workspace],
            (None, _) => [Some(Severity::Warning), generator, workspace],
            _ => self.severities,
        };
        Rule { severities, ..self }
    }

    /// The rule, as one that is silent where a blocking rule reports the same location.
    #[must_use]
    pub const fn yielding(self) -> Rule {
        Rule { yields: true, ..self }
    }

    /// The rule, as one that stops the generation of a client.
    #[must_use]
    pub const fn blocking(self) -> Rule {
        Rule { blocks: true, ..self }
    }

    /// How bad a finding is in a profile; `None` when the profile does not have the rule.
    pub fn severity(&self, profile: Profile) -> Option<Severity> {
        self.severities[profile as usize]
    }

    /// The smallest profile that has it.
    pub fn profile(&self) -> Profile {
        Profile::ALL
            .into_iter()
            .find(|profile| self.severity(*profile).is_some())
            .unwrap_or(Profile::Workspace)
    }

    /// How bad a finding is where nobody chose a profile: as it is for the generator, if that has the rule.
    pub fn default_severity(&self) -> Severity {
        let severity = self.severity(Profile::Generator).or(self.severity(self.profile()));
        severity.unwrap_or(Severity::Error)
    }

    /// Its page below the title, in Markdown.
    pub fn markdown(&self) -> &'static str {
        page::body(self.page).trim()
    }

    /// Why it is a rule, in one sentence.
    pub fn reason(&self) -> &'static str {
        page::reason(self.page)
    }

    /// The sentence of a specification that it enforces; none where it is a convention or a limit of a tool.
    pub fn citation(&self) -> Option<Citation> {
        page::citation(self.page)
    }

    /// A small document that breaks this rule and no other. Lines like `# file: schemas.yaml` start another file.
    pub fn bad(&self) -> &'static str {
        page::example(self.page, "Bad")
    }

    /// A small document that is like the bad one, but right.
    pub fn good(&self) -> &'static str {
        page::example(self.page, "Good")
    }
}

/// The identifier.
impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

/// Two rules are the same when their identifiers are.
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
