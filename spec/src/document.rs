//! A document, read from its root file and all files that it refers to.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::boundary::Boundary;
use crate::files::{FileCache, normalize_path};
use crate::link::Linker;
use crate::rules::ambiguous_scalar;
use crate::structure;
use crate::{Findings, Node, ObjectKind, Source};

/// A document with all its files linked into one tree. Each `$ref` that remains in the tree refers to a component in
/// the tree, unless the `$ref` could not be resolved.
#[derive(Clone, Debug)]
pub struct Document {
    /// The root node of the document, an OpenAPI object.
    pub root: Node,
    /// The paths of the files that the document was read from, sorted.
    pub file_paths: Vec<PathBuf>,
    /// The total size of the document's files in bytes. The limits on the work for a document, like the maximum number
    /// of copied values, grow with this size.
    pub total_bytes: usize,
}

/// The result of reading a document: as much of the document as could be read, and all findings.
///
/// This type is for tools that continue after errors that would stop a build. A reference that could not be resolved
/// stays in the tree, with the name of a file in its `$ref`. Values of the wrong type and unknown keys stay as well. A
/// misspelled key is in the tree under its correct name.
#[derive(Debug)]
pub struct ReadResult {
    /// The document; `None` if the root file could not be read or parsed, or is not OpenAPI 3.0.
    pub document: Option<Document>,
    /// The parsed trees of the files, with their references (`$ref`) not yet resolved. Files that could not be parsed
    /// have no tree.
    pub unresolved_trees: Vec<Arc<Node>>,
    /// The paths of all files that were read, including those that could not be parsed, sorted.
    pub file_paths: Vec<PathBuf>,
    /// The findings about syntax, references and structure, sorted.
    pub findings: Findings,
}

impl ReadResult {
    /// Returns the document without its invalid parts, so that every value has the type that the OpenAPI specification
    /// requires. `None` if nothing is left.
    pub fn without_invalid_parts(&self) -> Option<Cow<'_, Document>> {
        let document = self.document.as_ref()?;
        if !self.findings.has_blocking_finding() {
            return Some(Cow::Borrowed(document));
        }
        let root = structure::remove_invalid_parts(&document.root, ObjectKind::OpenApi, &document.root)?
            .into_owned();
        Some(Cow::Owned(Document {
            root,
            file_paths: document.file_paths.clone(),
            total_bytes: document.total_bytes,
        }))
    }
}

/// Reads a document: its root file and all files that it refers to. Files outside of [the repository of the root
/// file](Boundary::of_document) are not read. Messages show the paths of files relative to `base`.
pub fn read_document(root: &Path, base: &Path) -> ReadResult {
    read_document_within(root, base, &Boundary::of_document(root))
}

/// Reads a document in the same way as [`read_document`], but does not read files outside of the folder `boundary`.
pub fn read_document_within(root: &Path, base: &Path, boundary: &Boundary) -> ReadResult {
    link_and_check_document(FileCache::new(base, boundary), root, |_| {})
}

/// Reads a document in the same way as [`read_document_within`], with two differences:
/// - `source` is the text of the root file. It may also be a part of the file, like a code block in a Markdown page.
/// - `adapt` modifies the document after its files were linked, and before its structure is checked.
pub fn read_document_from_source(
    source: &Arc<Source>,
    root: &Path,
    base: &Path,
    boundary: &Boundary,
    adapt: impl FnOnce(&mut Node),
) -> ReadResult {
    let mut file_cache = FileCache::new(base, boundary);
    file_cache.parse_and_cache(&normalize_path(root), source);
    link_and_check_document(file_cache, root, adapt)
}

/// Links the files of a document, modifies the linked document with `adapt`, and checks its structure.
fn link_and_check_document(files: FileCache, root: &Path, adapt: impl FnOnce(&mut Node)) -> ReadResult {
    let mut linker = Linker::new(files, root);
    let mut linked = linker.read_and_link_document();
    if let Some(root) = &mut linked {
        adapt(root);
    }
    let (files, trees) = (linker.files.paths_of_read_files(), linker.files.list_parsed_trees());
    let total_bytes = linker.files.read_byte_count;
    let mut found = linker.files.findings;
    if let Some(root) = &mut linked {
        structure::check_structure(root, ObjectKind::OpenApi, &mut found);
        ambiguous_scalar::report_ambiguous_scalars(root, &linker.files.ambiguous_scalars, &mut found);
        if found.has_blocking_finding()
            && let Some(repaired) = structure::repair_keys(root, ObjectKind::OpenApi)
        {
            *root = repaired;
        }
    }
    let document = linked.map(|root| Document { root, file_paths: files.clone(), total_bytes });
    ReadResult {
        document,
        unresolved_trees: trees,
        file_paths: files,
        findings: found.into_sorted_and_deduplicated(),
    }
}

/// Reads a document, and fails if a finding prevents the generation of a client. Messages show the paths of files
/// relative to `base`.
///
/// # Errors
///
/// The findings about syntax, references and structure that prevent the generation of a client.
pub fn load_document(root: &Path, base: &Path) -> Result<Document, Findings> {
    load_document_within(root, base, &Boundary::of_document(root))
}

/// Reads a document like [`load_document`], but reads only files within `boundary` (the folder from which files may be
/// read).
///
/// # Errors
///
/// The same as those of [`load_document`].
pub fn load_document_within(root: &Path, base: &Path, boundary: &Boundary) -> Result<Document, Findings> {
    let ReadResult { document, findings, .. } = read_document_within(root, base, boundary);
    match document {
        Some(document) => findings.into_result(document),
        None => Err(findings),
    }
}

impl Document {
    /// Returns the schema with this name in `components/schemas`; `None` if there is no such schema.
    pub fn find_component_schema(&self, name: &str) -> Option<&Node> {
        self.root.get("components")?.get("schemas")?.get(name)
    }

    /// Returns the document as indented JSON text.
    pub fn to_json(&self) -> String {
        self.root.to_json_pretty()
    }
}
