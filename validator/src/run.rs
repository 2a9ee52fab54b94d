//! One run: reading, rules, generator, suppressions.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use partner_spec::rules::checking_stopped;
use partner_spec::{Budget, Diagnostic, Diagnostics, Node, Profile, Rule};

use crate::model::Model;
use crate::report::Report;
use crate::{Target, allow, generator, pointer, rules};

/// What a run looks for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The profile; when there is none, the [default of the target](Target::default_profile).
    pub profile: Option<Profile>,
    /// Only these rules, when there are any.
    pub only: Vec<String>,
    /// Not these rules.
    pub skip: Vec<String>,
}

impl Options {
    /// Whether findings of a rule are wanted.
    pub fn wants(&self, rule: &str) -> bool {
        let named = |list: &[String]| list.iter().any(|name| name == rule);
        (self.only.is_empty() || named(&self.only)) && !named(&self.skip)
    }
}

/// Validates a document. Nothing in it makes this fail: whatever is wrong is a finding.
pub fn validate(target: &Target, options: &Options) -> Report {
    let reading = partner_spec::read_within(&target.root, &target.base, &target.boundary);
    let mut report =
        Report { documents: 1, files: reading.files.clone(), findings: Vec::new(), operations: 0, steps: 0 };
    let profile = options.profile.unwrap_or_else(|| target.default_profile());
    let found = match &reading.document {
        Some(document) => {
            // Before the rules, so that not both need their memory at once.
            let refused = match profile >= Profile::Generator && generator_wanted(options) {
                true => generator::dry_run(document, &target.module, &reading.found),
                false => Diagnostics::new(),
            };
            let model = Model::new(document, target.api).with_trees(&reading.trees);
            report.operations = model.operations().len();
            let whole = reading.trees.len() == reading.files.len();
            let wanted = |rule: &Rule| rules::applies(rule, profile, whole) && options.wants(rule.id);
            let mut found = reading.found.clone();
            found.extend(partner_model::rules::check(&model));
            found.extend(rules::run(&model, wanted));
            found.extend(model.stopped());
            report.steps = model.checker().steps();
            found.extend(generator::without_echoes(refused, &found));
            allow::apply(&model, found, wanted)
        }
        None => reading.found.clone(),
    };
    let found = found.into_iter().filter(|diagnostic| options.wants(diagnostic.rule.id));
    let found = found.filter_map(|diagnostic| {
        let severity = diagnostic.rule.severity(profile)?;
        Some(Diagnostic { severity, ..diagnostic })
    });
    let listed = limited(without_repeats(found.collect()), size_of(&reading.trees));
    report.findings = pointer::with_pointers(&reading.trees, listed);
    report
}

/// Running the generator takes longer than all the rest.
fn generator_wanted(options: &Options) -> bool {
    rules::groups()
        .iter()
        .filter(|group| matches!(group.name, "model" | "generator"))
        .flat_map(|group| &group.rules)
        .any(|rule| options.wants(rule.id))
}

/// How many findings of one rule are listed: so many of every document, and so many more for each kilobyte.
const LISTED_BASE: usize = 1_000;
const LISTED_PER_KILOBYTE: usize = 5;

/// How many bytes the files have.
fn size_of(trees: &[Arc<Node>]) -> usize {
    trees.iter().map(|tree| tree.location.source.text.len()).sum()
}

/// The first findings of each rule, with one more for each rule that has too many for anybody to read.
fn limited(found: Vec<Diagnostic>, size: usize) -> Vec<Diagnostic> {
    let limit = Budget::new(LISTED_BASE, LISTED_PER_KILOBYTE, size).limit();
    let mut counts: HashMap<&Rule, usize> = HashMap::new();
    let mut listed = Vec::with_capacity(found.len());
    for diagnostic in found {
        let count = counts.entry(diagnostic.rule).or_default();
        *count += 1;
        if *count <= limit {
            listed.push(diagnostic);
        } else if *count == limit + 1 {
            let message =
                format!("`{}` has more than {limit} findings; the others are not listed", diagnostic.rule.id);
            let help = "mend what is found, and look again";
            listed.push(checking_stopped::report(&diagnostic.location, message, help));
        }
    }
    listed
}

/// A part of a document that is used in several places is looked at in each, and wrong once.
fn without_repeats(found: Diagnostics) -> Vec<Diagnostic> {
    let mut seen = HashSet::new();
    let mut list: Vec<Diagnostic> = found.sorted().into_iter().collect();
    list.retain(|d| {
        let place = (d.location.name().to_owned(), d.location.start, d.location.end);
        seen.insert((d.rule, d.message.clone(), place))
    });
    // The worse of two findings at one place comes first.
    list.sort_by(|a, b| (&a.location, a.severity).cmp(&(&b.location, b.severity)));
    list
}
