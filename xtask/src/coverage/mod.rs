//! `cargo xtask coverage`: prints how much of the vendors' docs our OpenAPI documents describe.

mod collect;
mod json;
mod markdown;

use std::io::{self, Write};

use partner_spec::{Api, Findings};
use partner_validator::format;

use crate::outcome::CommandOutcome;
use crate::workspace;
use collect::ApiCoverage;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The format
    #[arg(long, value_enum, default_value_t = OutputFormat::Markdown)]
    format: OutputFormat,

    /// Print only the totals
    #[arg(long)]
    summary: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum OutputFormat {
    Markdown,
    Json,
}

pub(crate) fn run(arguments: &Arguments, out: &mut dyn Write, colors: bool) -> io::Result<CommandOutcome> {
    let mut found = Findings::new();
    let mut coverages: Vec<ApiCoverage> = Vec::new();
    let workspace = workspace::require_workspace_root()?;
    for api in Api::ALL {
        match collect::coverage(api, &workspace) {
            Ok(coverage) => coverages.push(coverage),
            Err(findings) => found.extend(findings),
        }
    }
    if !found.is_empty() {
        format::write_blocking_findings(&found.into_sorted_and_deduplicated(), out, colors)?;
        return Ok(CommandOutcome::ProblemsFound);
    }
    match (arguments.format, arguments.summary) {
        (OutputFormat::Markdown, true) => markdown::write_totals_table(&coverages, out)?,
        (OutputFormat::Markdown, false) => markdown::write_coverage_tables(&coverages, out)?,
        (OutputFormat::Json, summary) => json::write_coverage_json(&coverages, summary, out)?,
    }
    Ok(CommandOutcome::Success)
}
