//! Reads and compares two states of the documents: git revisions, folders or files.

use std::io;
use std::path::{Path, PathBuf};

use partner_change::{ChangeReport, DocumentState as Document, Version};
use partner_spec::{Api, Boundary, Findings, ReadResult};
use tempfile::TempDir;

use crate::{git, workspace};

/// The command-line arguments that name the two states of the documents to compare.
#[derive(clap::Args)]
pub(crate) struct StateArguments {
    /// The older state: a revision, a folder or a file [default: the last common commit of this branch and the main
    /// branch]
    base: Option<String>,

    /// The newer state: a revision, a folder or a file [default: the working tree]
    head: Option<String>,
}

/// The result of comparing two states of the documents: a report for each document, and the version of the workspace in
/// each state.
pub(crate) struct StateComparison {
    pub(crate) reports: Vec<ChangeReport>,
    pub(crate) before: Option<Version>,
    pub(crate) after: Option<Version>,
}

/// One of the two states of the documents that are compared: the files of a git revision, a folder, or a single file.
struct ComparedState {
    path: PathBuf,
    /// The temporary folder with the files of a git revision. The folder is deleted when this struct is dropped.
    _temporary_folder: Option<TempDir>,
}

/// A document that has not been loaded yet: its name, the path of its root file (`root`), and the folder to which the
/// paths in findings are relative (`base`).
struct UnloadedDocument {
    name: String,
    root: PathBuf,
    base: PathBuf,
}

/// A document that has been loaded, and its findings.
struct LoadedDocument {
    document: Document,
    /// The findings about the document.
    findings: Findings,
    reading: ReadResult,
}

/// The text of an OpenAPI document without operations. It stands for a document that is missing in one of the two
/// compared states.
const EMPTY_DOCUMENT_TEXT: &str = "openapi: 3.0.3\ninfo: {title: None, version: '0'}\npaths: {}\n";

impl StateArguments {
    /// Compares the documents of the two states (revisions, folders or files) that the user named. If a state cannot be
    /// found, the outer result is an error. If a document cannot be read at all, the inner result is an error with the
    /// findings about the document.
    pub(crate) fn compare_states(&self) -> io::Result<Result<StateComparison, Findings>> {
        let before = match &self.base {
            Some(name) => ComparedState::open_path_or_revision(name)?,
            None => ComparedState::at_commit(&git::find_merge_base(&workspace::require_workspace_root()?)?)?,
        };
        let after = match &self.head {
            Some(name) => ComparedState::open_path_or_revision(name)?,
            None => ComparedState { path: workspace::require_workspace_root()?, _temporary_folder: None },
        };
        let mut reports = Vec::new();
        for (name, old, new) in match_documents(before.find_documents(), after.find_documents())? {
            match compare_document_states(&name, old.as_ref(), new.as_ref())? {
                Ok(report) => reports.push(report),
                Err(found) => return Ok(Err(found)),
            }
        }
        let (before, after) = (before.read_workspace_version(), after.read_workspace_version());
        Ok(Ok(StateComparison { reports, before, after }))
    }
}

impl ComparedState {
    /// Opens a state of the documents. If `name` is the path of a file or folder, that file or folder is the state. Any
    /// other name is a git revision; the documents of the revision are written to a temporary folder.
    fn open_path_or_revision(name: &str) -> io::Result<ComparedState> {
        let path = Path::new(name);
        if path.symlink_metadata().is_ok() {
            return Ok(ComparedState { path: path.to_owned(), _temporary_folder: None });
        }
        ComparedState::at_commit(&git::resolve_revision(&workspace::require_workspace_root()?, name)?)
    }

    fn at_commit(commit: &str) -> io::Result<ComparedState> {
        let folder = git::extract_commit_files(&workspace::require_workspace_root()?, commit)?;
        Ok(ComparedState { path: folder.path().to_owned(), _temporary_folder: Some(folder) })
    }

    /// Returns the documents of the state:
    ///
    /// - If the state is a file, this file is the only document.
    /// - If the state is a folder, the documents are those of this workspace's APIs in the folder. If there are none,
    ///   the only document is the folder's `openapi.yaml`.
    fn find_documents(&self) -> Vec<UnloadedDocument> {
        let target = |name: &str, root: PathBuf, base: &Path| UnloadedDocument {
            name: name.to_owned(),
            root,
            base: base.to_owned(),
        };
        if self.path.is_file() {
            let stem = self.path.file_stem().unwrap_or_default().to_string_lossy();
            return vec![target(
                &partner_model::names::to_snake_case_name(&stem),
                self.path.clone(),
                Path::new(""),
            )];
        }
        let in_folder = |api: Api| {
            let roots = [api.root_file_path_in(&self.path), self.path.join(api.name()).join("openapi.yaml")];
            let root = roots.into_iter().find(|root| root.is_file())?;
            Some(target(api.name(), root, &self.path))
        };
        let ours: Vec<UnloadedDocument> = Api::ALL.into_iter().filter_map(in_folder).collect();
        let single = self.path.join("openapi.yaml");
        if ours.is_empty() && single.is_file() {
            return vec![target("api", single, &self.path)];
        }
        ours
    }

    /// Returns the version number of the workspace in this revision or folder, from its `Cargo.toml`. Returns `None` if
    /// there is no such file, or if the file has no version number.
    fn read_workspace_version(&self) -> Option<Version> {
        let manifest = std::fs::read_to_string(self.path.join("Cargo.toml")).ok()?;
        let package = manifest.split("[workspace.package]").nth(1)?;
        let section = package.split("\n[").next()?;
        let line = section.lines().find_map(|line| line.strip_prefix("version = "))?;
        line.trim().trim_matches('"').parse().ok()
    }
}

/// A document in two states: its name, its older version, and its newer version. A version is `None` if the state lacks
/// the document.
type DocumentNameAndVersions = (String, Option<UnloadedDocument>, Option<UnloadedDocument>);

/// Matches the documents of two compared states (git revisions, folders or files) by name. If each state has a single
/// document, these two documents match even if their names differ.
fn match_documents(
    before: Vec<UnloadedDocument>,
    after: Vec<UnloadedDocument>,
) -> io::Result<Vec<DocumentNameAndVersions>> {
    if before.is_empty() && after.is_empty() {
        let message = "neither state has a document: expected `spec/<api>/openapi.yaml`, `<api>/openapi.yaml` or `openapi.yaml`";
        return Err(io::Error::new(io::ErrorKind::NotFound, message));
    }
    let (mut before, mut after) = (before, after);
    if before.len() == 1 && after.len() == 1 {
        let (old, new) = (before.pop(), after.pop());
        let name = new.as_ref().map(|target| target.name.clone()).unwrap_or_default();
        return Ok(vec![(name, old, new)]);
    }
    let mut all = Vec::new();
    for new in after {
        let old = before.iter().position(|old| old.name == new.name).map(|index| before.remove(index));
        all.push((new.name.clone(), old, Some(new)));
    }
    all.extend(before.into_iter().map(|old| (old.name.clone(), Some(old), None)));
    Ok(all)
}

/// Reads and compares two states of one document. A state without the document counts as a document without operations.
fn compare_document_states(
    name: &str,
    before: Option<&UnloadedDocument>,
    after: Option<&UnloadedDocument>,
) -> io::Result<Result<ChangeReport, Findings>> {
    let empty = tempfile::tempdir()?;
    let nothing = UnloadedDocument {
        name: name.to_owned(),
        root: empty.path().join("openapi.yaml"),
        base: empty.path().to_owned(),
    };
    std::fs::write(&nothing.root, EMPTY_DOCUMENT_TEXT)?;
    let (before, after) = (before.unwrap_or(&nothing), after.unwrap_or(&nothing));
    let (old, new) = run_in_parallel(|| before.read(name), || after.read(name));
    let (old, new) = match (old, new) {
        (Ok(old), Ok(new)) => (old, new),
        (Err(found), _) | (_, Err(found)) => return Ok(Err(found)),
    };
    let root = |read: &LoadedDocument| read.reading.document.as_ref().map(|document| document.root.clone());
    let signatures = match root(&old) == root(&new) {
        // If the documents are equal, the signatures of their clients are equal too. So no client is generated, and an
        // empty text is used in place of each signature.
        true => Some((String::new(), String::new())),
        false => {
            let (old, new) = run_in_parallel(
                || generate_signatures(&old.reading, name),
                || generate_signatures(&new.reading, name),
            );
            old.zip(new)
        }
    };
    let signatures = signatures.as_ref().map(|(old, new)| (old.as_str(), new.as_str()));
    let mut report = ChangeReport::compare_states_and_signatures(&old.document, &new.document, signatures);
    report.old_state_summary.document_findings = old.findings.iter().cloned().collect();
    report.new_state_summary.document_findings = new.findings.iter().cloned().collect();
    Ok(Ok(report))
}

impl UnloadedDocument {
    fn read(&self, module: &str) -> Result<LoadedDocument, Findings> {
        let reading =
            partner_spec::read_document_within(&self.root, &self.base, &Boundary::of_document(&self.root));
        let (document, findings) = Document::from_read_result(&reading, module)?;
        Ok(LoadedDocument { document, findings, reading })
    }
}

/// Runs two functions at the same time, and returns both results.
fn run_in_parallel<T: Send>(first: impl FnOnce() -> T + Send, second: impl FnOnce() -> T) -> (T, T) {
    std::thread::scope(|scope| {
        let first = scope.spawn(first);
        let second = second();
        (first.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), second)
    })
}

/// Generates the public signatures of the client of a document. Returns `None` if no client can be generated; the
/// findings about the document contain the reason.
fn generate_signatures(reading: &ReadResult, module: &str) -> Option<String> {
    let generated = partner_codegen::generate_client(reading, module).ok()?;
    Some(generated.files.iter().map(|file| file.public_signatures.as_str()).collect())
}
