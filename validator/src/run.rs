//! Runs a validation: reads the document, runs the rules and the checks of the generator, and applies suppressions.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use partner_spec::rules::checking_stopped;
use partner_spec::{Finding, Findings, Location, Node, Profile, ReadResult, Rule, StepBudget};

use crate::model::Model;
use crate::report::ValidationReport;
use crate::{ValidationTarget, allow, pointer, rules};

/// The options of a validation.
#[derive(Clone, Debug, Default)]
pub struct ValidationOptions {
    /// The profile, which decides which rules apply. `None` means the
    /// [default of the target](ValidationTarget::default_profile).
    pub profile: Option<Profile>,
    /// The ids of the rules that are selected to run. If the list is empty, all rules are selected.
    pub selected_rule_ids: Vec<String>,
    /// The ids of the rules that do not run, even if they are selected.
    pub skipped_rule_ids: Vec<String>,
}

impl ValidationOptions {
    /// Whether the options select a rule.
    pub fn selects_rule(&self, rule: &str) -> bool {
        let named = |list: &[String]| list.iter().any(|name| name == rule);
        (self.selected_rule_ids.is_empty() || named(&self.selected_rule_ids))
            && !named(&self.skipped_rule_ids)
    }
}

/// Validates a document. Every fault of the document, even a syntax error, is a finding.
pub fn validate(target: &ValidationTarget, options: &ValidationOptions) -> ValidationReport {
    let reading =
        partner_spec::read_document_within(&target.root_file_path, &target.base_folder, &target.boundary);
    let profile = options.profile.unwrap_or_else(|| target.default_profile());
    let run = ValidationRun { reading: &reading, profile, options };
    let mut report = ValidationReport {
        document_count: 1,
        file_paths: reading.file_paths.clone(),
        ..ValidationReport::default()
    };
    let found = run.collect_unsuppressed_findings(target, &mut report);
    let found = found.into_iter().filter(|finding| options.selects_rule(finding.rule.id));
    let found = found.filter_map(|finding| {
        let severity = finding.rule.severity(profile)?;
        Some(Finding { severity, ..finding })
    });
    let found = remove_yielding_findings(found.collect(), profile);
    let listed = limit_findings_per_rule(
        found.into_sorted_and_deduplicated(),
        compute_total_file_bytes(&reading.unresolved_trees),
    );
    report.findings = pointer::add_pointers_and_blocking_flags(&reading.unresolved_trees, listed, profile);
    report
}

/// Removes superfluous findings. If a finding blocks the generation of a client, those findings at the same location
/// are removed whose rules [yield to blocking rules](Rule::yielding_to_blocking_rules). In the profile `openapi`,
/// nothing is removed.
fn remove_yielding_findings(found: Vec<Finding>, profile: Profile) -> Findings {
    if profile < Profile::Generator {
        return found.into_iter().collect();
    }
    let blocking = found.iter().filter(|finding| finding.rule.blocks_generation);
    let blocked: HashSet<Location> = blocking.map(|finding| finding.location.clone()).collect();
    let yields =
        |finding: &Finding| finding.rule.yields_to_blocking_rules && blocked.contains(&finding.location);
    found.into_iter().filter(|finding| !yields(finding)).collect()
}

/// A single validation of a document.
struct ValidationRun<'a> {
    reading: &'a ReadResult,
    profile: Profile,
    options: &'a ValidationOptions,
}

impl ValidationRun<'_> {
    /// Runs the selected rules and the checks of the generator, and returns the findings that are not suppressed.
    fn collect_unsuppressed_findings(
        &self,
        target: &ValidationTarget,
        report: &mut ValidationReport,
    ) -> Findings {
        let Some(document) = &self.reading.document else {
            report
                .skipped_rule_notes
                .push(String::from("no other rule was run, because there is no document to look at"));
            return self.collect_findings_of_reader_model_and_generator(&target.module_name);
        };
        let model =
            Model::new(document, target.api).with_unresolved_file_roots(&self.reading.unresolved_trees);
        // The validator's rules and the generator's checks run in parallel, because they do not depend on each other
        // and take about the same time.
        let (mut found, blocking) = std::thread::scope(|scope| {
            let blocking =
                scope.spawn(|| self.collect_findings_of_reader_model_and_generator(&target.module_name));
            let found = rules::run_checks(&model, |rule| self.runs_rule(rule));
            (found, blocking.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        });
        found.extend(blocking);
        found.extend(model.collect_findings_about_stopped_checks());
        report.operation_count = model.operations().len();
        report.value_check_step_count = model.value_checker().taken_step_count();
        self.note_skipped(report);
        allow::apply_suppressions(&model, found, |rule| self.runs_rule(rule))
    }

    /// Reads the document, builds the model and generates the client, and returns the findings of these three steps.
    /// The model is built only if a rule of the model or of the generator runs. In the profile `openapi`, no client is
    /// generated.
    fn collect_findings_of_reader_model_and_generator(&self, module: &str) -> Findings {
        let wanted = |list: &[&'static Rule]| list.iter().any(|rule| self.runs_rule(rule));
        if !wanted(partner_model::rules::RULES) && !wanted(partner_codegen::rules::RULES) {
            self.reading.findings.clone()
        } else if self.profile >= Profile::Generator {
            partner_codegen::check_client_generation(self.reading, module)
        } else {
            partner_model::read_model(self.reading, module).map_or_else(|found| found, |(_, found)| found)
        }
    }

    /// Whether this validation runs a rule. The profile must contain the rule, and the options must select it. If the
    /// rule needs all files, all of them must have been parsed.
    fn runs_rule(&self, rule: &Rule) -> bool {
        let is_known = self.are_all_files_parsed() || !rules::needs_all_files(rule);
        is_known && rule.severity(self.profile).is_some() && self.options.selects_rule(rule.id)
    }

    /// Whether all files of the document could be parsed.
    fn are_all_files_parsed(&self) -> bool {
        self.reading.unresolved_trees.len() == self.reading.file_paths.len()
    }

    fn note_skipped(&self, report: &mut ValidationReport) {
        let wanted =
            |rule: &&Rule| rule.severity(self.profile).is_some() && self.options.selects_rule(rule.id);
        let skipped =
            rules::all_rules().filter(|rule| !self.are_all_files_parsed() && rules::needs_all_files(rule));
        let skipped: Vec<String> = skipped.filter(wanted).map(|rule| format!("`{}`", rule.id)).collect();
        if !skipped.is_empty() {
            report
                .skipped_rule_notes
                .push(format!("{} did not run, because a file could not be read", skipped.join(", ")));
        }
    }
}

/// The maximum number of findings that are listed for one rule if the document is empty. The limit grows with the size
/// of the document.
const BASE_FINDING_LIMIT_PER_RULE: usize = 1_000;
/// How much the maximum number of findings that are listed for one rule grows with each kilobyte of the document.
const FINDING_LIMIT_INCREASE_PER_KILOBYTE: usize = 5;

/// Returns the total size of all files, in bytes.
fn compute_total_file_bytes(trees: &[Arc<Node>]) -> usize {
    trees.iter().map(|tree| tree.location.source.text.len()).sum()
}

/// Limits the number of findings for each rule, depending on the size of the document in bytes. If a rule has more
/// findings than the limit, a single finding replaces the excess findings, and says that they are not listed.
fn limit_findings_per_rule(found: Findings, document_bytes: usize) -> Vec<Finding> {
    let limit =
        StepBudget::new(BASE_FINDING_LIMIT_PER_RULE, FINDING_LIMIT_INCREASE_PER_KILOBYTE, document_bytes)
            .initial_step_count();
    let mut counts: HashMap<&Rule, usize> = HashMap::new();
    let mut listed = Vec::new();
    for finding in found {
        let count = counts.entry(finding.rule).or_default();
        *count += 1;
        if *count <= limit {
            listed.push(finding);
        } else if *count == limit + 1 {
            let message =
                format!("`{}` has more than {limit} findings; the others are not listed", finding.rule.id);
            let help = "mend what is found, and look again";
            listed.push(checking_stopped::new_finding(&finding.location, message, help));
        }
    }
    listed
}
