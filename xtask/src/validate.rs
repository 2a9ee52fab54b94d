//! `cargo xtask validate`

use std::io::{self, Write};

use partner_spec::Diagnostics;
use partner_validator::{Options, Profile, Report, validate};

use crate::command::Outcome;
use crate::documents;
use crate::render::{self, plural};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The documents: names of APIs or paths of files [default: all of this workspace]
    documents: Vec<String>,

    /// Which rules apply: openapi, generator or workspace [default: workspace for our documents, else generator]
    #[arg(long, value_parser = profile)]
    profile: Option<Profile>,
}

fn profile(name: &str) -> Result<Profile, String> {
    let known = || Profile::ALL.map(Profile::name).join(", ");
    Profile::from_name(name).ok_or_else(|| format!("the profiles are {}", known()))
}

pub(crate) fn run(arguments: &Arguments, out: &mut dyn Write, colors: bool) -> io::Result<Outcome> {
    let options = Options { profile: arguments.profile, ..Options::default() };
    let mut report = Report::default();
    for document in documents::find(&arguments.documents)? {
        report.merge(validate(&document.target, &options));
    }
    if report.findings.is_empty() {
        let (documents, operations) = (report.documents, report.operations);
        writeln!(out, "{}, {}: no findings", plural(documents, "document"), plural(operations, "operation"))?;
        return Ok(Outcome::Fine);
    }
    let found: Diagnostics = report.findings.into_iter().map(|finding| finding.diagnostic).collect();
    render::findings(&found, out, colors)?;
    Ok(Outcome::Findings)
}
