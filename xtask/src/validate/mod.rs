//! `cargo xtask validate`: validates documents.

mod rules;
mod watch;

use std::io::{self, Write};

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use partner_spec::Severity;
use partner_validator::format::{self, ReportFormat};
use partner_validator::{Profile, ValidationOptions, ValidationReport, validate};

use crate::documents;
use crate::outcome::CommandOutcome;

#[derive(clap::Args)]
#[command(
    after_help = "Exit codes: 0 no errors (with --deny warnings: no findings), 1 findings, 2 could not run"
)]
pub(crate) struct Arguments {
    /// The documents: names of APIs or paths of files, YAML or JSON [default: all of this workspace]
    documents: Vec<String>,

    /// The rules to check: openapi (the specification), generator (also what the client generator needs), or workspace
    /// (also the conventions of this workspace) [default: workspace for this workspace's documents, generator for
    /// others]
    #[arg(long, value_parser = profiles())]
    profile: Option<Profile>,

    /// The format of the findings: text with excerpts (human), an array of objects (json), SARIF 2.1.0 for code
    /// scanning (sarif), or annotations of GitHub Actions (github)
    #[arg(long, default_value = "human", value_parser = formats())]
    format: ReportFormat,

    /// What makes the exit code 1, in addition to errors
    #[arg(long, value_name = "SEVERITY")]
    deny: Option<Deny>,

    /// Run only these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = parse_known_rule_id)]
    only: Vec<String>,

    /// Skip these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = parse_known_rule_id)]
    skip: Vec<String>,

    #[command(flatten)]
    root: documents::RootArgument,

    /// Validate again whenever a file of the documents changes
    #[arg(long)]
    watch: bool,

    /// List the rules
    #[arg(long, exclusive = true)]
    rules: bool,

    /// Explain a rule: its reason, and an example
    #[arg(long, value_name = "RULE", exclusive = true, value_parser = parse_known_rule_id)]
    explain: Option<String>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Deny {
    /// Warnings
    Warnings,
}

fn profiles() -> impl TypedValueParser<Value = Profile> {
    let names = PossibleValuesParser::new(Profile::ALL.map(Profile::name));
    names.try_map(|name| Profile::from_name(&name).ok_or("there is no such profile"))
}

fn formats() -> impl TypedValueParser<Value = ReportFormat> {
    let names = PossibleValuesParser::new(ReportFormat::ALL.map(ReportFormat::name));
    names.try_map(|name| ReportFormat::from_name(&name).ok_or("there is no such format"))
}

/// Checks that a rule with this identifier exists, and returns the identifier. The error suggests a similar identifier,
/// or says how to list the rules.
fn parse_known_rule_id(id: &str) -> Result<String, String> {
    if partner_validator::rules::find_rule(id).is_some() {
        return Ok(id.to_owned());
    }
    let known = partner_validator::rules::all_rules().map(|rule| rule.id);
    let help = partner_spec::advise_on_unknown_name(id, known);
    Err(help.unwrap_or_else(|| String::from("`cargo xtask validate --rules` lists the rules")))
}

impl Arguments {
    fn options(&self) -> ValidationOptions {
        ValidationOptions {
            profile: self.profile,
            selected_rule_ids: self.only.clone(),
            skipped_rule_ids: self.skip.clone(),
        }
    }

    fn outcome(&self, report: &ValidationReport) -> CommandOutcome {
        let denied = match self.deny {
            Some(Deny::Warnings) => report.findings.len(),
            None => report.count_findings_with_severity(Severity::Error),
        };
        if denied == 0 { CommandOutcome::Success } else { CommandOutcome::ProblemsFound }
    }
}

pub(crate) fn run(arguments: &Arguments, out: &mut dyn Write, colors: bool) -> io::Result<CommandOutcome> {
    if arguments.rules {
        rules::print_rules(out)?;
        return Ok(CommandOutcome::Success);
    }
    if let Some(id) = &arguments.explain {
        rules::print_rule_explanation(id, out, colors)?;
        return Ok(CommandOutcome::Success);
    }
    if arguments.watch {
        return watch::validate_now_and_on_changes(arguments, out, colors);
    }
    let report = validate_once(arguments)?;
    format::write_report(&report, arguments.format, out, colors)?;
    Ok(arguments.outcome(&report))
}

/// Checks that the profile contains all rules that `--only` names. Without this check, a rule outside of the profile
/// would silently be skipped.
fn check_selected_rules_are_in_profile(options: &ValidationOptions, default: Profile) -> io::Result<()> {
    let profile = options.profile.unwrap_or(default);
    let rules = options.selected_rule_ids.iter().filter_map(|id| partner_validator::rules::find_rule(id));
    match rules.into_iter().find(|rule| rule.severity(profile).is_none()) {
        Some(rule) => Err(io::Error::other(format!(
            "the profile `{}` does not have the rule `{}`, which `--only` names; `--profile {}` has it",
            profile.name(),
            rule.id,
            rule.first_profile().name()
        ))),
        None => Ok(()),
    }
}

/// Validates all documents once.
fn validate_once(arguments: &Arguments) -> io::Result<ValidationReport> {
    let options = arguments.options();
    let documents = documents::find_documents(&arguments.documents, &arguments.root)?;
    for document in &documents {
        check_selected_rules_are_in_profile(&options, document.target.default_profile())?;
    }
    // The documents are independent of each other, so each is validated on a thread of its own.
    let reports: io::Result<Vec<ValidationReport>> = std::thread::scope(|scope| {
        let runs: Vec<_> =
            documents.iter().map(|document| scope.spawn(|| validate(&document.target, &options))).collect();
        runs.into_iter()
            .map(|run| run.join().map_err(|_| io::Error::other("the validator panicked")))
            .collect()
    });
    let mut all = ValidationReport::default();
    reports?.into_iter().for_each(|report| all.merge(report));
    Ok(all)
}
