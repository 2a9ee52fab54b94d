//! `cargo xtask validate`

mod rules;
mod watch;

use std::io::{self, Write};

use clap::ValueEnum;
use partner_spec::Severity;
use partner_validator::format::{self, Format};
use partner_validator::{Options, Profile, Report, validate};

use crate::command::Outcome;
use crate::documents;

#[derive(clap::Args)]
#[command(
    after_help = "Exit codes: 0 no errors (with --deny warnings: no findings), 1 findings, 2 could not run"
)]
pub(crate) struct Arguments {
    /// The documents: names of APIs or paths of files, YAML or JSON [default: all of this workspace]
    documents: Vec<String>,

    /// Which rules apply [default: workspace for this workspace's documents, generator for others]
    #[arg(long)]
    profile: Option<ProfileName>,

    /// How findings are written
    #[arg(long, default_value = "human")]
    format: FormatName,

    /// What else makes the exit code 1, beside errors
    #[arg(long, value_name = "SEVERITY")]
    deny: Option<Deny>,

    /// Only these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule)]
    only: Vec<String>,

    /// Not these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule)]
    skip: Vec<String>,

    #[command(flatten)]
    root: documents::Root,

    /// Validate again whenever a file of the documents changes
    #[arg(long)]
    watch: bool,

    /// List the rules
    #[arg(long, exclusive = true)]
    rules: bool,

    /// Explain a rule: why it is one, and an example
    #[arg(long, value_name = "RULE", exclusive = true, value_parser = rule)]
    explain: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum ProfileName {
    /// What the OpenAPI specification says
    Openapi,
    /// Also what the generator needs
    Generator,
    /// Also this workspace's conventions
    Workspace,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    /// Each finding with an excerpt
    Human,
    /// A JSON object: `findings`, and `notes` on what was not looked at
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Deny {
    /// Warnings
    Warnings,
}

fn rule(id: &str) -> Result<String, String> {
    if partner_validator::rules::find(id).is_some() {
        return Ok(id.to_owned());
    }
    let known = partner_validator::rules::all().map(|rule| rule.id);
    let help = partner_spec::did_you_mean(id, known);
    Err(help.unwrap_or_else(|| String::from("`cargo xtask validate --rules` lists the rules")))
}

impl Arguments {
    fn options(&self) -> Options {
        let profile = self.profile.map(|name| match name {
            ProfileName::Openapi => Profile::Openapi,
            ProfileName::Generator => Profile::Generator,
            ProfileName::Workspace => Profile::Workspace,
        });
        Options { profile, only: self.only.clone(), skip: self.skip.clone() }
    }

    fn format(&self) -> Format {
        match self.format {
            FormatName::Human => Format::Human,
            FormatName::Json => Format::Json,
            FormatName::Sarif => Format::Sarif,
            FormatName::Github => Format::Github,
        }
    }

    fn outcome(&self, report: &Report) -> Outcome {
        let denied = match self.deny {
            Some(Deny::Warnings) => report.findings.len(),
            None => report.count(Severity::Error),
        };
        if denied == 0 { Outcome::Fine } else { Outcome::Findings }
    }
}

pub(crate) fn run(arguments: &Arguments, out: &mut dyn Write, colors: bool) -> io::Result<Outcome> {
    if arguments.rules {
        rules::list(out)?;
        return Ok(Outcome::Fine);
    }
    if let Some(id) = &arguments.explain {
        rules::explain(id, out, colors)?;
        return Ok(Outcome::Fine);
    }
    if arguments.watch {
        return watch::run(arguments, out, colors);
    }
    let report = once(arguments)?;
    format::write(&report, arguments.format(), out, colors)?;
    Ok(arguments.outcome(&report))
}

/// Refuses to look only for a rule that the profile does not have: nothing would be found, however wrong the document is.
fn refuse_foreign_rules(options: &Options, default: Profile) -> io::Result<()> {
    let profile = options.profile.unwrap_or(default);
    let rules = options.only.iter().filter_map(|id| partner_validator::rules::find(id));
    match rules.into_iter().find(|rule| rule.severity(profile).is_none()) {
        Some(rule) => Err(io::Error::other(format!(
            "the profile `{}` does not have the rule `{}`, which `--only` names; `--profile {}` has it",
            profile.name(),
            rule.id,
            rule.profile().name()
        ))),
        None => Ok(()),
    }
}

fn once(arguments: &Arguments) -> io::Result<Report> {
    let options = arguments.options();
    let documents = documents::find(&arguments.documents, &arguments.root)?;
    for document in &documents {
        refuse_foreign_rules(&options, document.target.default_profile())?;
    }
    // Each document on its own: they have nothing to do with each other.
    let reports: io::Result<Vec<Report>> = std::thread::scope(|scope| {
        let runs: Vec<_> =
            documents.iter().map(|document| scope.spawn(|| validate(&document.target, &options))).collect();
        runs.into_iter()
            .map(|run| run.join().map_err(|_| io::Error::other("the validator panicked")))
            .collect()
    });
    let mut all = Report::default();
    reports?.into_iter().for_each(|report| all.merge(report));
    Ok(all)
}
