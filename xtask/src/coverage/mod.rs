//! `cargo xtask coverage`: prints how much of the vendors' docs the documents describe.

mod collect;
mod json;
mod markdown;

use std::io::{self, Write};

use partner_spec::{Api, Diagnostics};
use partner_validator::format;

use crate::outcome::Outcome;
use crate::workspace;
use collect::Coverage;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The format
    #[arg(long, value_enum, default_value_t = OutputFormat::Markdown)]
    format: OutputFormat,

    /// Only the totals
    #[arg(long)]
    summary: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum OutputFormat {
    Markdown,
    Json,
}

pub(crate) fn run(arguments: &Arguments, out: &mut dyn Write, colors: bool) -> io::Result<Outcome> {
    let mut found = Diagnostics::new();
    let mut coverages: Vec<Coverage> = Vec::new();
    let workspace = workspace::require_root()?;
    for api in Api::ALL {
        match collect::coverage(api, &workspace) {
            Ok(coverage) => coverages.push(coverage),
            Err(diagnostics) => found.extend(diagnostics),
        }
    }
    if !found.is_empty() {
        format::write_blocking_findings(&found.into_sorted(), out, colors)?;
        return Ok(Outcome::Findings);
    }
    match (arguments.format, arguments.summary) {
        (OutputFormat::Markdown, true) => markdown::write_summary(&coverages, out)?,
        (OutputFormat::Markdown, false) => markdown::write_details(&coverages, out)?,
        (OutputFormat::Json, summary) => json::write_coverages(&coverages, summary, out)?,
    }
    Ok(Outcome::Success)
}
