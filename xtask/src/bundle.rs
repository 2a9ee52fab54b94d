//! `cargo xtask bundle`: writes an OpenAPI document, which may consist of several files, as one file.

use std::io::{self, Write};
use std::path::PathBuf;

use partner_spec::to_harmless_json;
use partner_validator::format;

use crate::documents;
use crate::outcome::CommandOutcome;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The document: the name of an API or the path of a file
    document: String,

    #[command(flatten)]
    root: documents::RootArgument,

    /// The format
    #[arg(long, value_enum, default_value_t = OutputFormat::Yaml)]
    format: OutputFormat,

    /// The file to write to, instead of printing
    #[arg(long)]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum OutputFormat {
    Yaml,
    Json,
}

pub(crate) fn run(arguments: &Arguments, out: &mut dyn Write, colors: bool) -> io::Result<CommandOutcome> {
    let document = match documents::find_document(&arguments.document, &arguments.root)?.read_document() {
        Ok(document) => document,
        Err(found) => {
            format::write_blocking_findings(&found, out, colors)?;
            return Ok(CommandOutcome::ProblemsFound);
        }
    };
    let text = match arguments.format {
        OutputFormat::Json => format!("{}\n", to_harmless_json(&document.to_json())),
        OutputFormat::Yaml => partner_change::yaml::format_document_as_yaml(&document.root),
    };
    match &arguments.out {
        Some(path) => std::fs::write(path, text)
            .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?,
        None => out.write_all(text.as_bytes())?,
    }
    Ok(CommandOutcome::Success)
}
