//! Reads what a vendor publishes about an API: OpenAPI documents, Markdown pages with an OpenAPI document in a block of
//! code, or a folder of both.
//!
//! Everything is read tolerantly: what is wrong is reported, and the rest can still be used. Files outside of the
//! folder are not read, whatever symlinks or `$ref`s lead to, and nothing is fetched from the network.

mod folder;
mod page;
mod version;
mod webhooks;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use partner_spec::{Boundary, Finding, Findings, Location, ObjectKind, Profile, ReadResult, Rule, Source};

/// The maximum size of all files of a vendor together, in bytes.
const MAX_TOTAL_VENDOR_FILE_BYTES: usize = 64 * 1024 * 1024;

/// The rule of the findings about unusable files: files that a vendor publishes, but that cannot be read or compared.
static UNUSABLE_VENDOR_FILE_RULE: Rule = Rule::error(
    "vendor-file",
    Profile::OpenApi,
    "# vendor-file\n\nWhat cannot be read of the vendor's files cannot be compared.\n",
);

/// What was read from a vendor's file or folder: the OpenAPI documents, the text of all files, and the findings.
#[derive(Debug)]
pub struct VendorDocs {
    /// The documents, sorted by the names of their files.
    pub documents: Vec<PublishedDocument>,
    /// The files that were read, sorted by name. The names are paths relative to the vendor's folder.
    pub files: Vec<Arc<Source>>,
    /// The findings that belong to no single document, such as the finding about an unreadable file. The findings about
    /// a document are in its [`ReadResult`].
    pub general_findings: Findings,
}

/// An OpenAPI document that a vendor publishes. It may describe only a part of the API: each docs page of the vendor
/// P100 contains a document with one operation.
#[derive(Debug)]
pub struct PublishedDocument {
    /// The title of the Markdown page that contains the document; `None` if the document is a file of its own.
    pub page_title: Option<String>,
    /// The document and its findings. All locations in them are locations in the vendor's file.
    pub read_result: ReadResult,
}

/// Reads a vendor's file, or all files of a vendor's folder.
///
/// # Errors
///
/// If the path does not lead to a file or a folder that can be read.
pub fn read_vendor_docs(path: &Path) -> io::Result<VendorDocs> {
    let path = path.canonicalize()?;
    let folder = match path.is_dir() {
        true => path.clone(),
        false => path.parent().unwrap_or(&path).to_owned(),
    };
    let boundary = Boundary::of_folder(&folder)?;
    let mut reader = VendorDocsReader {
        folder,
        boundary,
        read_byte_count: 0,
        other_files: Vec::new(),
        vendor: VendorDocs { documents: Vec::new(), files: Vec::new(), general_findings: Findings::new() },
    };
    match path.is_dir() {
        true => reader.read_folder(),
        false => reader.read_single_file(&path),
    }
    Ok(reader.finish_reading())
}

/// Reads the files of a vendor, and collects the OpenAPI documents in these files and the findings about the files.
struct VendorDocsReader {
    folder: PathBuf,
    boundary: Boundary,
    /// The number of bytes read so far from all files.
    read_byte_count: usize,
    /// The files that are neither OpenAPI documents nor pages of the vendor's docs. A document may refer to these
    /// files.
    other_files: Vec<Arc<Source>>,
    vendor: VendorDocs,
}

impl VendorDocsReader {
    /// Reads the single file that the user named. If the file contains no OpenAPI document, this is reported as a
    /// finding.
    fn read_single_file(&mut self, path: &Path) {
        self.read_documents_from_file(path);
        if let Some(part) = self.other_files.pop() {
            self.report_finding(
                &Location::start_of_file(&part),
                "this is no OpenAPI document: there is no `openapi` key",
            );
        } else if self.vendor.documents.is_empty() && self.vendor.general_findings.is_empty() {
            let location =
                Location::start_of_file(&Source::new(self.compute_path_in_vendor_folder(path), ""));
            self.report_finding(&location, "no block of code in this page holds an OpenAPI document");
        }
    }

    /// Reads the OpenAPI documents in a file, and adds them to `self.vendor`. In a Markdown page, each block of code
    /// can be a document. Any other file is a single document.
    fn read_documents_from_file(&mut self, path: &Path) {
        // The first file beyond the size limit has been reported. All later files are skipped without a report.
        if self.read_byte_count > MAX_TOTAL_VENDOR_FILE_BYTES {
            return;
        }
        let name = self.compute_path_in_vendor_folder(path);
        let source = match partner_spec::read_text_file(path, &name, &self.boundary) {
            Ok(source) => source,
            Err(found) => return self.vendor.general_findings.push(found),
        };
        self.read_byte_count += source.text.len();
        if self.read_byte_count > MAX_TOTAL_VENDOR_FILE_BYTES {
            let message = format!(
                "the files are larger than {} MiB together",
                MAX_TOTAL_VENDOR_FILE_BYTES / 1024 / 1024
            );
            return self.report_finding(&Location::start_of_file(&source), message);
        }
        self.vendor.files.push(Arc::clone(&source));
        if !is_page(path) {
            return self.read_document(path, &source);
        }
        match page::read_markdown_page(&source) {
            Ok(page) => {
                for text in &page.document_sources {
                    let read_result = self.read_and_convert_document(path, text, Some((&page.title, &name)));
                    self.vendor
                        .documents
                        .push(PublishedDocument { page_title: Some(page.title.clone()), read_result });
                }
            }
            Err(message) => self.report_finding(&Location::start_of_file(&source), message),
        }
    }

    fn read_document(&mut self, path: &Path, source: &Arc<Source>) {
        let read_result = self.read_and_convert_document(path, source, None);
        let is_part =
            |root: &partner_spec::Node| root.get("openapi").is_none() && root.get("swagger").is_none();
        match (&read_result.document, read_result.unresolved_trees.as_slice()) {
            (None, [root]) if is_part(root) => self.other_files.push(Arc::clone(source)),
            _ => self.vendor.documents.push(PublishedDocument { page_title: None, read_result }),
        }
    }

    /// Reads a vendor's document, and converts it to the conventions of our own documents: OpenAPI 3.0, with the
    /// payloads of webhooks as schemas.
    fn read_and_convert_document(
        &self,
        path: &Path,
        text: &Arc<Source>,
        page: Option<webhooks::PageTitleAndFileName<'_>>,
    ) -> ReadResult {
        let converted = version::downgrade_version_number(text);
        let source = converted.as_ref().unwrap_or(text);
        partner_spec::read_document_from_source(source, path, &self.folder, &self.boundary, |root| {
            webhooks::convert_webhooks_to_schemas(root, page);
            if converted.is_some() {
                version::convert_schemas_to_openapi_3_0(root, ObjectKind::OpenApi);
            }
        })
    }

    /// Finishes the reading: reports the files that no document refers to, and returns the documents, files and
    /// findings.
    fn finish_reading(mut self) -> VendorDocs {
        let trees = self.vendor.documents.iter().flat_map(|document| &document.read_result.unresolved_trees);
        let referred: Vec<Arc<Source>> = trees.map(|tree| Arc::clone(&tree.location.source)).collect();
        let unused: Vec<Arc<Source>> = self
            .other_files
            .iter()
            .filter(|part| !referred.iter().any(|source| source.display_path == part.display_path))
            .cloned()
            .collect();
        for part in unused {
            self.report_finding(
                &Location::start_of_file(&part),
                "this is no OpenAPI document, and no document refers to it",
            );
        }
        let files = &mut self.vendor.files;
        files.sort_by(|a, b| a.display_path.cmp(&b.display_path));
        files.dedup_by(|a, b| a.display_path == b.display_path);
        self.vendor.general_findings = self.vendor.general_findings.into_sorted_and_deduplicated();
        self.vendor
    }

    fn report_finding(&mut self, location: &Location, message: impl Into<String>) {
        self.vendor.general_findings.push(Finding::new(&UNUSABLE_VENDOR_FILE_RULE, location, message));
    }

    /// Returns the path of a file relative to the vendor's folder.
    fn compute_path_in_vendor_folder(&self, path: &Path) -> String {
        path.strip_prefix(&self.folder).unwrap_or(path).to_string_lossy().replace('\\', "/")
    }
}

fn is_page(path: &Path) -> bool {
    has_any_extension(path, &["md", "markdown"])
}

/// Whether a file's name has any of these extensions, ignoring case.
fn has_any_extension(path: &Path, extensions: &[&str]) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    extensions.iter().any(|known| extension.eq_ignore_ascii_case(known))
}
