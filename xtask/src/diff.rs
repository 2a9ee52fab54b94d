//! `cargo xtask diff`: compares two states of the documents, and prints the changes.

use std::io::{self, Write};

use partner_change::{ChangeReport, Effect, VersionBump, format};
use partner_validator::format as findings;

use crate::outcome::CommandOutcome;
use crate::states;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    states: states::StateArguments,

    /// The format
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,

    /// Which changes make the command fail
    #[arg(long, value_enum)]
    deny: Option<Deny>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// Text for people
    Human,
    /// Markdown, for a comment on a pull request
    Markdown,
    /// JSON for programs
    Json,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Deny {
    /// Changes that break requests, responses or Rust callers
    Breaking,
    /// Breaking changes, unless the version number of the workspace was increased as much as they require
    Unversioned,
}

pub(crate) fn run(arguments: &Arguments, out: &mut dyn Write, colors: bool) -> io::Result<CommandOutcome> {
    let compared = match arguments.states.compare_states()? {
        Ok(compared) => compared,
        Err(found) => {
            findings::write_blocking_findings(&found, out, colors)?;
            return Err(io::Error::other("a document cannot be read, so there is nothing to compare"));
        }
    };
    let (reports, version) = (&compared.reports, compared.before);
    match arguments.format {
        Format::Human => format::write_terminal_text(reports, version, out, colors)?,
        Format::Markdown => format::write_markdown(reports, version, out)?,
        Format::Json => format::write_json(reports, version, out)?,
    }
    let bump = reports.iter().map(ChangeReport::required_version_bump).max().unwrap_or(VersionBump::None);
    let is_breaking = reports.iter().any(|report| report.strongest_effect() == Effect::Breaking);
    let is_versioned = match (compared.before, compared.after) {
        (Some(before), Some(after)) => after >= before.bumped_by(bump),
        _ => false,
    };
    Ok(match arguments.deny {
        Some(Deny::Breaking) if is_breaking => CommandOutcome::ProblemsFound,
        Some(Deny::Unversioned) if is_breaking && !is_versioned => CommandOutcome::ProblemsFound,
        _ => CommandOutcome::Success,
    })
}
