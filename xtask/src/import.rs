//! `cargo xtask import`: adds operations and webhooks from the vendor's docs to a document, as a draft.

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use partner_change::import::{self, DocumentFolder, ImportError, ImportOptions};
use partner_change::vendor;
use partner_spec::{Api, to_harmless_line};
use partner_validator::format::{self, ReportFormat};
use partner_validator::{ValidationTarget, validate};

use crate::outcome::CommandOutcome;
use crate::workspace;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The API
    api: String,

    /// The files that the vendor publishes: an OpenAPI document, a Markdown page that contains one, or a folder of such
    /// files
    #[arg(long = "vendor", value_name = "PATH")]
    vendor_path: PathBuf,

    /// Import only this operation or webhook, named by its id, its title, or its method and path (like 'GET /orders')
    #[arg(long = "operation", value_name = "ID")]
    only_item_identifier: Option<String>,

    /// The title of the docs page to which the imported operations belong [default: from the vendor's tags]
    #[arg(long, value_name = "TITLE")]
    page: Option<String>,

    /// Update one item of the document (a field, parameter, enum value, status or media type) to what the vendor
    /// publishes. The argument is the name that `drift` prints. May be given several times
    #[arg(long, value_name = "NAME")]
    update: Vec<String>,

    /// The day on which the vendor's file was retrieved, like 2026-01-31 [default: today]
    #[arg(long = "retrieved", value_name = "DAY")]
    retrieved_on: Option<String>,
}

/// The note that is printed after an import. It reminds the user to add the extension keys (`x-...`) of this workspace
/// to the imported draft, because no vendor's document has these keys.
const EXTENSION_KEYS_NOTE: &str = "the page may also say what has keys of ours: whether the call can be repeated \
    (x-idempotent), for whom it is (x-availability), what is secret or personal (x-sensitive), how a list goes on \
    (x-pagination), and what can be waited for (x-waiter)";

pub(crate) fn run(arguments: &Arguments, out: &mut dyn Write, colors: bool) -> io::Result<CommandOutcome> {
    let workspace = workspace::require_workspace_root()?;
    let Some(api) = Api::from_name(&arguments.api) else {
        let known: Vec<&str> = Api::ALL.iter().map(|api| api.name()).collect();
        return Err(io::Error::other(format!("`{}` is no API ({})", arguments.api, known.join(", "))));
    };
    let vendor_docs = vendor::read_vendor_docs(&arguments.vendor_path).map_err(|error| {
        io::Error::new(error.kind(), format!("{}: {error}", arguments.vendor_path.display()))
    })?;
    let readings = vendor_docs.documents.iter().flat_map(|document| &document.read_result.findings);
    let broken: Vec<String> = vendor_docs
        .general_findings
        .iter()
        .chain(readings)
        .map(|found| format!("{}: {}", found.location, to_harmless_line(&found.message)))
        .collect();
    let options = ImportOptions {
        only_item_identifier: arguments.only_item_identifier.clone(),
        page_title: arguments.page.clone(),
        names_of_parts_to_update: arguments.update.clone(),
        retrieved_on: arguments.retrieved_on.clone().unwrap_or_else(today),
    };
    let shown = format!("spec/{}", api.name());
    let imported =
        DocumentFolder::lock_and_read(&api.document_folder_in(&workspace), &shown).and_then(|mut folder| {
            let imported = import::import_from_vendor(&mut folder, &vendor_docs, &options)?;
            folder.write_changed_files()?;
            Ok(imported)
        });
    for line in &broken {
        writeln!(out, "vendor: {line}")?;
    }
    let imported = match imported {
        Ok(imported) => imported,
        Err(ImportError::UnreadableWorkspaceDocument(found)) => {
            format::write_blocking_findings(&found, out, colors)?;
            return Err(io::Error::other("the documents cannot be read, so nothing was imported"));
        }
        Err(error) => return Err(io::Error::other(format!("nothing was imported: {error}"))),
    };
    for line in &imported.change_lines {
        writeln!(out, "{shown}/{}", to_harmless_line(line))?;
    }
    if arguments.update.is_empty() {
        writeln!(out, "note: {EXTENSION_KEYS_NOTE}")?;
    }
    for note in &imported.notes {
        writeln!(out, "note: {}", to_harmless_line(note))?;
    }
    writeln!(out)?;
    let report = validate(
        &ValidationTarget::for_api_in_workspace(api, &workspace),
        &partner_validator::ValidationOptions::default(),
    );
    format::write_report(&report, ReportFormat::Human, out, colors)?;
    Ok(if report.findings.is_empty() { CommandOutcome::Success } else { CommandOutcome::ProblemsFound })
}

fn today() -> String {
    DateTime::<Utc>::from(SystemTime::now()).format("%Y-%m-%d").to_string()
}
