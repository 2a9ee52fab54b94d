//! The rules: one file each, in folders by what they are about.
//!
//! A new rule is a new file with a [`Rule`] constant, a page beside it with the reason and the examples, and one line
//! in its folder's list.

mod findings;
mod generator;
pub mod index;
pub(crate) mod limits;
mod operations;
mod page;
mod paths;
mod reading;
mod schemas;
mod specification;
mod suppressions;
mod workspace;

use partner_spec::{Kind, Severity};

use crate::Profile;
use crate::model::{Model, Place};

pub use findings::{Findings, Note};
pub use page::Citation;

/// A thing that can be wrong with a document.
#[derive(Debug)]
pub struct Rule {
    /// Its identifier in kebab case, which is also the name of its file.
    pub id: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The smallest profile that has it.
    pub profile: Profile,
    /// Who finds it.
    pub check: Check,
    /// The Markdown file beside the check. It is where `reason`, `citation`, `bad` and `good` come from.
    pub page: &'static str,
}

impl Rule {
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

/// Who finds what a rule is about.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// The reader, while it reads the files and follows references.
    Reading,
    /// The generator, when it is run dry.
    Generator,
    /// The validator itself, about `x-lint-allow`.
    Suppressions,
    /// A function of the whole document.
    Document(fn(&Model<'_>, &mut Findings)),
    /// A function of every object of a kind.
    Each(Kind, fn(&Model<'_>, &Place<'_>, &mut Findings)),
}

impl Check {
    /// Whether `x-lint-allow` can make the rule silent: what cannot be read or generated stays an error.
    pub fn can_be_allowed(self) -> bool {
        matches!(self, Check::Document(_) | Check::Each(..))
    }
}

/// All rules, by what they are about.
pub const GROUPS: &[(&str, &[Rule])] = &[
    ("reading", reading::RULES),
    ("specification", specification::RULES),
    ("paths", paths::RULES),
    ("operations", operations::RULES),
    ("schemas", schemas::RULES),
    ("generator", generator::RULES),
    ("workspace", workspace::RULES),
    ("limits", limits::RULES),
    ("suppressions", suppressions::RULES),
];

/// All rules.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    GROUPS.iter().flat_map(|(_, rules)| rules.iter())
}

/// The rule with that identifier.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}

/// The rules that say that something is nowhere. Of a document with a file that could not be read they know too
/// little: it may be in there.
const ABOUT_ABSENCE: [&str; 4] = ["allow-unused", "component-unused", "security-scheme-unused", "tag-unused"];

/// Whether a rule applies to a document of which all or not all files could be read.
pub(crate) fn applies(rule: &Rule, profile: Profile, whole: bool) -> bool {
    rule.profile <= profile && (whole || !ABOUT_ABSENCE.contains(&rule.id))
}

/// What rules find in a document.
pub(crate) fn run(model: &Model<'_>, wanted: impl Fn(&Rule) -> bool) -> Findings {
    let mut found = Findings::default();
    for rule in all().filter(|rule| wanted(rule)) {
        found.start(rule);
        match rule.check {
            Check::Document(check) => check(model, &mut found),
            Check::Each(kind, check) => {
                for place in model.each(kind) {
                    check(model, place, &mut found);
                }
            }
            Check::Reading | Check::Generator | Check::Suppressions => {}
        }
    }
    found
}
