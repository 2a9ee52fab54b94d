//! The documents of one API in memory: the files of its folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use partner_spec::{Boundary, Node, Source, read_file};

use super::edit::{File, Uneditable};
use super::{Error, write};

/// The names of the files and folders that are part of the documents.
pub(super) const ROOT: &str = "openapi.yaml";
pub(super) const UNREAD: &str = "unread.yaml";
/// The name of the file by which an import locks the folder.
const LOCK: &str = ".import-lock";
const FILES: [&str; 4] = [ROOT, "parameters.yaml", "responses.yaml", UNREAD];
const FOLDERS: [&str; 2] = ["paths", "schemas"];

/// The documents of one API, with the changes made so far, which [`Folder::write`] writes.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
    /// The path of the folder in messages.
    shown: String,
    /// The files by their names relative to the folder, like `paths/orders.yaml`.
    files: BTreeMap<String, File>,
    changed: BTreeSet<String>,
    /// Keeps other imports away until this value and its clones are dropped, also if the process is killed.
    _lock: Arc<fs::File>,
}

/// A node that a reference leads to.
pub(super) struct Target<'n> {
    pub(super) file: String,
    /// The JSON pointer of the node in its file; empty if no reference was followed.
    pub(super) pointer: String,
    pub(super) node: &'n Node,
}

impl Folder {
    /// Locks a folder, and reads its documents. Messages call the folder `shown`. What an interrupted import left behind
    /// is undone before.
    ///
    /// # Errors
    ///
    /// If another import has locked the folder, or a file cannot be read or parsed.
    pub fn read(path: &Path, shown: &str) -> Result<Folder, Error> {
        let lock = Arc::new(lock(path, shown)?);
        write::recover(path)?;
        let boundary = Boundary::folder(path)?;
        let mut names: Vec<String> = FILES.map(str::to_owned).to_vec();
        for folder in FOLDERS {
            let Ok(entries) = fs::read_dir(path.join(folder)) else { continue };
            for entry in entries {
                let name = entry?.file_name();
                names.extend(name.to_str().filter(|n| is_document(n)).map(|name| format!("{folder}/{name}")));
            }
        }
        let mut files = BTreeMap::new();
        for name in names.into_iter().filter(|name| path.join(name).symlink_metadata().is_ok()) {
            let source = read_file(&path.join(&name), &format!("{shown}/{name}"), &boundary)
                .map_err(|found| Error::Document(found.into()))?;
            files.insert(name, File::new(&source).map_err(Error::Document)?);
        }
        let changed = BTreeSet::new();
        Ok(Folder { path: path.to_owned(), shown: shown.to_owned(), files, changed, _lock: lock })
    }

    /// Writes all changed files, or none of them.
    ///
    /// # Errors
    ///
    /// If a file cannot be written, or would be outside of the folder. The files are as they were then.
    pub fn write(&self) -> Result<(), Error> {
        let changes = self.changed.iter().filter_map(|name| Some((name.as_str(), self.text(name)?)));
        Ok(write::write(&self.path, &changes.collect::<Vec<_>>())?)
    }

    /// The names of the changed files.
    pub fn changed(&self) -> impl Iterator<Item = String> {
        self.changed.iter().map(|name| format!("{}/{name}", self.shown))
    }

    /// The text of a file.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(|file| file.source.text.as_str())
    }

    /// The trees of the files, with their names.
    pub(super) fn trees(&self) -> impl Iterator<Item = (&str, &Node)> {
        self.files.iter().map(|(name, file)| (name.as_str(), &file.tree))
    }

    /// The tree of a file.
    pub(super) fn tree(&self, name: &str) -> Option<&Node> {
        self.files.get(name).map(|file| &file.tree)
    }

    /// Returns the target of a `$ref` in a file, if it is in the folder: the name of its file and its JSON pointer.
    pub(super) fn target<'r>(&self, file: &str, reference: &'r str) -> Option<(String, &'r str)> {
        let (path, pointer) = reference.split_once('#')?;
        if path.is_empty() {
            return Some((file.to_owned(), pointer));
        }
        let path = partner_spec::normalize(&Path::new(file).with_file_name("").join(path));
        Some((path.to_str()?.replace('\\', "/"), pointer))
    }

    /// Returns a node of a file, or, if it is a reference, the node that it leads to.
    pub(super) fn follow<'n>(&'n self, file: &str, node: &'n Node) -> Option<Target<'n>> {
        let mut found = Target { file: file.to_owned(), pointer: String::new(), node };
        for _ in 0..MAX_REFERENCES {
            let Some(reference) = found.node.ref_target() else { return Some(found) };
            let (file, pointer) = self.target(&found.file, reference)?;
            let node = self.tree(&file)?.pointer(pointer)?;
            found = Target { file, pointer: pointer.to_owned(), node };
        }
        None
    }

    /// Changes a file, which is created if it does not exist.
    pub(super) fn edit(
        &mut self,
        name: &str,
        edit: impl FnOnce(&mut File) -> Result<(), Uneditable>,
    ) -> Result<(), Error> {
        if !self.files.contains_key(name) {
            let source = Source::new(format!("{}/{name}", self.shown), "");
            self.files.insert(name.to_owned(), File::new(&source).map_err(Error::Document)?);
        }
        if let Some(file) = self.files.get_mut(name) {
            edit(file)?;
            self.changed.insert(name.to_owned());
        }
        Ok(())
    }
}

/// Locks a folder, by a file that stays there: a second process that opened a file which is then removed would lock a
/// file that a third one cannot see.
fn lock(path: &Path, shown: &str) -> Result<fs::File, Error> {
    let file = fs::OpenOptions::new().create(true).write(true).truncate(false).open(path.join(LOCK))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(Error::Refused(format!(
            "another import into {shown} is running; run this one again when the other has ended"
        ))),
        Err(fs::TryLockError::Error(error)) => Err(error.into()),
    }
}

/// The most references that follow each other.
const MAX_REFERENCES: usize = 32;

/// Whether a file of `paths` or `schemas` is part of the documents. Names with a dot in front belong to editors, and to
/// imports under way.
fn is_document(name: &str) -> bool {
    name.ends_with(".yaml") && !name.starts_with('.') && !name.contains(char::is_control)
}
