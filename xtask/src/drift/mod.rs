//! `cargo xtask drift`: compares an OpenAPI document of this workspace with the docs that the vendor of the API
//! publishes.

mod fetch;
mod lock;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use partner_change::drift::{self, AcceptanceEntry, format};
use partner_change::vendor::{self, VendorDocs};
use partner_spec::{Api, Boundary, Findings, Source};
use partner_validator::format as findings;
use tempfile::TempDir;

use crate::outcome::CommandOutcome;
use crate::workspace;
use fetch::{FetchLimits, FetchedFile};
use lock::SourcesLock;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The API
    api: String,

    /// The files that the vendor publishes: an OpenAPI document, a Markdown page that contains one, or a folder of such
    /// files
    #[arg(long = "vendor", value_name = "PATH", conflicts_with = "fetch", required_unless_present = "fetch")]
    vendor_path: Option<PathBuf>,

    /// Fetch the vendor's docs from this URL: an OpenAPI document, or an `llms.txt` and all pages that it lists
    /// [default: the URL in sources.lock]
    #[arg(long, value_name = "URL", num_args = 0..=1, require_equals = true)]
    fetch: Option<Option<String>>,

    /// A new folder, in which the fetched files are kept
    #[arg(long, value_name = "DIR", requires = "fetch")]
    keep: Option<PathBuf>,

    /// The format
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,

    /// Record in sources.lock which files were compared today
    #[arg(long = "record")]
    record_compared_files: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// Text for people
    Human,
    /// Markdown, for the summary of a CI job
    Markdown,
    /// JSON for programs
    Json,
}

/// The docs that the vendor publishes, after they were read from files.
struct PublishedDocs {
    vendor: VendorDocs,
    fetched: Vec<FetchedFile>,
    /// The temporary folder with the fetched files. The folder is deleted when this value is dropped.
    _temporary_folder: Option<TempDir>,
}

pub(crate) fn run(arguments: &Arguments, out: &mut dyn Write, colors: bool) -> io::Result<CommandOutcome> {
    let known = || Api::ALL.map(Api::name).join(", ");
    let api = Api::from_name(&arguments.api)
        .ok_or_else(|| io::Error::other(format!("`{}` is no API; expected {}", arguments.api, known())))?;
    let workspace = workspace::require_workspace_root()?;
    let file =
        |name: &str| (api.document_folder_in(&workspace).join(name), format!("spec/{}/{name}", api.name()));
    let (lock_path, lock_name) = file("sources.lock");
    let (accepted_path, accepted_name) = file("accepted.yaml");
    let lists = SourcesLock::read_from_file(&lock_path, &lock_name)
        .and_then(|lock| Ok((lock, read_accepted_differences(&accepted_path, &accepted_name)?)));
    let (mut lock, accepted) = match lists {
        Ok(lists) => lists,
        Err(found) => return print_findings_and_fail(&found, "a list cannot be read", out, colors),
    };
    let published = obtain_published_docs(arguments, &lock)?;
    let ours = partner_spec::read_document(&api.root_file_path_in(&workspace), &workspace);
    let report = match drift::compare_with_vendor_docs(&ours, &published.vendor, api.name(), &accepted) {
        Ok(report) => report,
        Err(found) => return print_findings_and_fail(&found, "our document cannot be read", out, colors),
    };
    if report.compared_vendor_documents.is_empty() {
        let found = report.vendor_findings.into_iter().collect();
        return print_findings_and_fail(&found, "nothing of the docs can be compared", out, colors);
    }
    match arguments.format {
        Format::Human => format::write_terminal_text(&report, out, colors)?,
        Format::Markdown => format::write_markdown(&report, out)?,
        Format::Json => format::write_json(&report, out)?,
    }
    let files = &published.vendor.files;
    if !matches!(arguments.format, Format::Json) {
        let lock::FileComparisonCounts { same, changed, unrecorded } = lock.count_file_changes(files);
        writeln!(
            out,
            "\nFiles of the docs: {same} as recorded in {lock_name}, {changed} changed, {unrecorded} not recorded"
        )?;
    }
    if arguments.record_compared_files {
        let today = DateTime::<Utc>::from(SystemTime::now()).format("%Y-%m-%d").to_string();
        lock.record_compared_files(files, &published.fetched, &today);
        lock.write_to_file(&lock_path)?;
    }
    Ok(if report.is_clean() { CommandOutcome::Success } else { CommandOutcome::ProblemsFound })
}

/// Prints the findings that prevent a comparison, and returns an error with the message `why`.
fn print_findings_and_fail(
    found: &Findings,
    why: &str,
    out: &mut dyn Write,
    colors: bool,
) -> io::Result<CommandOutcome> {
    findings::write_blocking_findings(found, out, colors)?;
    Err(io::Error::other(why.to_owned()))
}

/// Obtains the docs that the vendor publishes: reads them from files. With the argument `--fetch`, fetches the files
/// first.
fn obtain_published_docs(arguments: &Arguments, lock: &SourcesLock) -> io::Result<PublishedDocs> {
    let Some(address) = &arguments.fetch else {
        let path = arguments.vendor_path.as_deref().unwrap_or(Path::new(""));
        let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
        return Ok(PublishedDocs {
            vendor: vendor::read_vendor_docs(path).map_err(named)?,
            fetched: Vec::new(),
            _temporary_folder: None,
        });
    };
    let address = address.as_ref().or(lock.docs_url.as_ref()).ok_or_else(|| {
        io::Error::other("sources.lock has no address of the docs; name it, as `--fetch=https://…`")
    })?;
    let (folder, path) = match &arguments.keep {
        Some(path) => {
            std::fs::create_dir(path)
                .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
            (None, path.clone())
        }
        None => {
            let folder = tempfile::tempdir()?;
            let path = folder.path().to_owned();
            (Some(folder), path)
        }
    };
    let fetched = fetch::fetch_docs(address, &path, FetchLimits::DEFAULT)?;
    Ok(PublishedDocs { vendor: vendor::read_vendor_docs(&path)?, fetched, _temporary_folder: folder })
}

/// Reads the list of accepted differences between our document and the vendor's docs. If the file does not exist, the
/// list is empty.
fn read_accepted_differences(path: &Path, name: &str) -> Result<Vec<AcceptanceEntry>, Findings> {
    if path.symlink_metadata().is_err() {
        return Ok(Vec::new());
    }
    let source: std::sync::Arc<Source> =
        partner_spec::read_text_file(path, name, &Boundary::of_document(path))?;
    AcceptanceEntry::parse_accepted_yaml(&source)
}
