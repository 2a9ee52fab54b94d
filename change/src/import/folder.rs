//! A copy in memory of the folder that contains the documents of one API.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use partner_spec::{Boundary, Node, Source, read_text_file};

use super::edit::{RefusedEdit, YamlFile};
use super::{ImportError, write};

/// The name of the root file of an API's documents.
pub(super) const ROOT_FILE_NAME: &str = "openapi.yaml";
/// The name of the file that lists the unread operations and webhooks: the vendor's docs mention them, but nobody could
/// read the pages that describe them yet. So our documents lack them.
pub(super) const UNREAD_LIST_FILE_NAME: &str = "unread.yaml";
/// The name of the lock file, by which an import keeps other imports out of the folder.
const LOCK_FILE_NAME: &str = ".import-lock";
/// The names of the files that are directly in the folder of an API's documents, and not in one of its subfolders.
const TOP_LEVEL_FILE_NAMES: [&str; 4] =
    [ROOT_FILE_NAME, "parameters.yaml", "responses.yaml", UNREAD_LIST_FILE_NAME];
/// The names of the subfolders that contain documents of an API.
const DOCUMENT_SUBFOLDER_NAMES: [&str; 2] = ["paths", "schemas"];

/// The folder with the documents of one API, in memory. It includes changes that are not yet written to the files.
#[derive(Clone, Debug)]
pub struct DocumentFolder {
    path: PathBuf,
    /// The path of the folder, as shown in messages.
    display_path: String,
    /// The files, by their paths relative to the folder, like `paths/orders.yaml`.
    files: BTreeMap<String, YamlFile>,
    changed: BTreeSet<String>,
    /// The open lock file. It keeps other imports out of the folder until this value and all its clones are dropped, or
    /// the process ends.
    _lock_file: Arc<fs::File>,
}

/// The node to which a reference or a chain of references leads, with the file and the JSON pointer of the node.
pub(super) struct ResolvedNode<'n> {
    pub(super) file: String,
    /// The JSON pointer of `node` in its file. The pointer is empty if no reference was followed to find the node.
    pub(super) pointer: String,
    pub(super) node: &'n Node,
}

impl DocumentFolder {
    /// Locks a folder, undoes what an interrupted import left behind, and reads the documents. `display_path` is the
    /// path of the folder in messages.
    ///
    /// # Errors
    ///
    /// Returns an error if another import has locked the folder, or if a file cannot be read or parsed.
    pub fn lock_and_read(path: &Path, display_path: &str) -> Result<DocumentFolder, ImportError> {
        let lock = Arc::new(lock_folder(path, display_path)?);
        write::roll_back_interrupted_import(path)?;
        let boundary = Boundary::of_folder(path)?;
        let mut names: Vec<String> = TOP_LEVEL_FILE_NAMES.map(str::to_owned).to_vec();
        for folder in DOCUMENT_SUBFOLDER_NAMES {
            let Ok(entries) = fs::read_dir(path.join(folder)) else { continue };
            for entry in entries {
                let name = entry?.file_name();
                names.extend(
                    name.to_str().filter(|n| is_document_file_name(n)).map(|name| format!("{folder}/{name}")),
                );
            }
        }
        let mut files = BTreeMap::new();
        for name in names.into_iter().filter(|name| path.join(name).symlink_metadata().is_ok()) {
            let source = read_text_file(&path.join(&name), &format!("{display_path}/{name}"), &boundary)
                .map_err(|found| ImportError::UnreadableWorkspaceDocument(found.into()))?;
            files.insert(name, YamlFile::parse(&source).map_err(ImportError::UnreadableWorkspaceDocument)?);
        }
        let changed = BTreeSet::new();
        Ok(DocumentFolder {
            path: path.to_owned(),
            display_path: display_path.to_owned(),
            files,
            changed,
            _lock_file: lock,
        })
    }

    /// Writes all changed files, or none of them.
    ///
    /// # Errors
    ///
    /// Returns an error if a file cannot be written, or would be outside of the folder. All files are then as before.
    pub fn write_changed_files(&self) -> Result<(), ImportError> {
        let changes = self.changed.iter().filter_map(|name| Some((name.as_str(), self.file_text(name)?)));
        Ok(write::write_files_atomically(&self.path, &changes.collect::<Vec<_>>())?)
    }

    /// The paths of the changed files, as shown in messages.
    pub fn changed_file_paths(&self) -> impl Iterator<Item = String> {
        self.changed.iter().map(|name| format!("{}/{name}", self.display_path))
    }

    /// Returns the text of a file; `None` if the folder has no such file.
    pub fn file_text(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(|file| file.source.text.as_str())
    }

    /// Returns the path of each file (relative to the folder), and the root node of its parsed YAML.
    pub(super) fn file_paths_and_roots(&self) -> impl Iterator<Item = (&str, &Node)> {
        self.files.iter().map(|(name, file)| (name.as_str(), &file.tree))
    }

    /// Returns the root node of the parsed YAML of a file; `None` if the folder has no such file.
    pub(super) fn file_root(&self, name: &str) -> Option<&Node> {
        self.files.get(name).map(|file| &file.tree)
    }

    /// Returns the file and the JSON pointer to which a `$ref` in the file `file` refers; `None` if the reference has
    /// no `#`.
    pub(super) fn locate_reference_target<'r>(
        &self,
        file: &str,
        reference: &'r str,
    ) -> Option<(String, &'r str)> {
        let (path, pointer) = reference.split_once('#')?;
        if path.is_empty() {
            return Some((file.to_owned(), pointer));
        }
        let path = partner_spec::normalize_path(&Path::new(file).with_file_name("").join(path));
        Some((path.to_str()?.replace('\\', "/"), pointer))
    }

    /// Follows a reference, and a chain of further references, to the node at the end. A node that is not a reference
    /// is returned as it is. Returns `None` if a reference leads nowhere, or if the chain has
    /// [`MAX_REFERENCE_CHAIN_LENGTH`] references or more.
    pub(super) fn follow_references<'n>(&'n self, file: &str, node: &'n Node) -> Option<ResolvedNode<'n>> {
        let mut found = ResolvedNode { file: file.to_owned(), pointer: String::new(), node };
        for _ in 0..MAX_REFERENCE_CHAIN_LENGTH {
            let Some(reference) = found.node.ref_text() else { return Some(found) };
            let (file, pointer) = self.locate_reference_target(&found.file, reference)?;
            let node = self.file_root(&file)?.pointer(pointer)?;
            found = ResolvedNode { file, pointer: pointer.to_owned(), node };
        }
        None
    }

    /// Edits a file in memory. If the file does not exist yet, an empty one is created (in memory only).
    pub(super) fn edit_or_create_file(
        &mut self,
        name: &str,
        edit: impl FnOnce(&mut YamlFile) -> Result<(), RefusedEdit>,
    ) -> Result<(), ImportError> {
        if !self.files.contains_key(name) {
            let source = Source::new(format!("{}/{name}", self.display_path), "");
            self.files.insert(
                name.to_owned(),
                YamlFile::parse(&source).map_err(ImportError::UnreadableWorkspaceDocument)?,
            );
        }
        if let Some(file) = self.files.get_mut(name) {
            edit(file)?;
            self.changed.insert(name.to_owned());
        }
        Ok(())
    }
}

/// Locks a folder by locking the lock file in it. The lock file is never removed. Otherwise, one process could hold a
/// lock on a removed file while another process locks a new file.
fn lock_folder(path: &Path, display_path: &str) -> Result<fs::File, ImportError> {
    let file =
        fs::OpenOptions::new().create(true).write(true).truncate(false).open(path.join(LOCK_FILE_NAME))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(ImportError::Refused(format!(
            "another import into {display_path} is running; run this one again when the other has ended"
        ))),
        Err(fs::TryLockError::Error(error)) => Err(error.into()),
    }
}

/// The maximum number of references that are followed, one after the other, to reach a node.
const MAX_REFERENCE_CHAIN_LENGTH: usize = 32;

/// Whether a file in `paths` or `schemas` is a document of the API, judging by its name. Files with a leading dot
/// belong to editors or to an interrupted import.
fn is_document_file_name(name: &str) -> bool {
    name.ends_with(".yaml") && !name.starts_with('.') && !name.contains(char::is_control)
}
