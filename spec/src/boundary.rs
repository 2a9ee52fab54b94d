//! Makes sure that only files in the repository of a document are read. A reference must not give access to other files
//! of the machine, because parts of the files that a document refers to are shown in messages, bundles and generated
//! source.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::files::normalize_path;

/// The maximum size, in bytes, of a file that is read. Handwritten and published documents are far smaller.
const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;

/// The folders of the kernel's file systems. Files below them are never read, although they look like regular files.
const KERNEL_FILE_SYSTEM_FOLDERS: [&str; 2] = ["/proc", "/sys"];

/// The help text of findings about files outside of the boundary (the folder from which files may be read).
pub(crate) const OUTSIDE_BOUNDARY_HELP: &str =
    "move the file to the document, or name the folder that holds both with `--root DIR`";

/// The folder from which files may be read. Files outside of the folder are not read, even through symlinks.
///
/// ```
/// use partner_spec::{Api, Boundary};
///
/// let repository = Boundary::of_document(&Api::P100.root_file_path());
/// let outside = partner_spec::read_text_file(std::path::Path::new("/etc/hostname"), "hostname", &repository);
/// assert!(outside.is_err());
/// ```
#[derive(Clone, Debug)]
pub struct Boundary {
    /// The absolute path of the folder from which files may be read. Symlinks in the path are not resolved.
    unresolved_folder_path: PathBuf,
    /// The absolute path of the folder from which files may be read. All symlinks in the path are resolved.
    resolved_folder_path: PathBuf,
    /// The description of this folder in messages, like `the repository of this document`.
    description: &'static str,
}

/// The reason why a file is not read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ReadRefusal {
    /// The file is outside of the boundary (the folder from which files may be read). The string completes a sentence
    /// that starts with the name of the file, like "is outside of …".
    OutsideBoundary(String),
    /// The file cannot be read. The string says why.
    Unreadable(String),
}

impl Boundary {
    /// Returns the boundary of a document: the innermost repository that contains the document, or the document's own
    /// folder if there is no repository. A repository is a folder with a `.git`.
    pub fn of_document(document: &Path) -> Boundary {
        let path = to_normalized_absolute_path(document);
        let own = path.parent().unwrap_or(&path).to_owned();
        let mut repository: Option<(PathBuf, PathBuf)> = None;
        let mut folders: Vec<&Path> = own.ancestors().collect();
        folders.reverse();
        for folder in folders {
            // In worktrees and submodules, `.git` is a file. So a file and a folder with this name both mark a
            // repository.
            if folder.join(".git").symlink_metadata().is_err() {
                continue;
            }
            let Ok(real) = folder.canonicalize() else { continue };
            // The document can be in a repository inside another repository. The inner repository becomes the boundary
            // (the folder from which files may be read) only if its path without symlinks is within the outer
            // repository. A symlink in the outer repository can lead to a repository elsewhere, whose files must not be
            // read.
            if repository.as_ref().is_none_or(|(_, outer)| real.starts_with(outer)) {
                repository = Some((folder.to_owned(), real));
            }
        }
        match repository {
            Some((named_path, real)) => Boundary {
                unresolved_folder_path: named_path,
                resolved_folder_path: real,
                description: "the repository of this document",
            },
            None => {
                let real = own.canonicalize().unwrap_or_else(|_| own.clone());
                Boundary {
                    unresolved_folder_path: own,
                    resolved_folder_path: real,
                    description: "the folder of this document",
                }
            }
        }
    }

    /// Returns a boundary that allows only files in `folder`.
    ///
    /// # Errors
    ///
    /// If the path does not lead to a folder.
    pub fn of_folder(folder: &Path) -> io::Result<Boundary> {
        let real = folder.canonicalize()?;
        if !real.is_dir() {
            return Err(io::Error::new(io::ErrorKind::NotADirectory, "this is not a folder"));
        }
        Ok(Boundary {
            unresolved_folder_path: to_normalized_absolute_path(folder),
            resolved_folder_path: real,
            description: "the folder that was named as the root",
        })
    }

    /// Reads a regular file. Fails if the file is outside of the boundary (the folder from which files may be read).
    pub(crate) fn read_file(&self, path: &Path) -> Result<Vec<u8>, ReadRefusal> {
        read_regular_file(&self.resolve_within_boundary(path)?).map_err(ReadRefusal::Unreadable)
    }

    /// Returns the path with all symlinks resolved. Fails if the resolved path is outside of the boundary (the folder
    /// from which files may be read) or in `.git`. Also fails if the path leads to no file or folder.
    pub(crate) fn resolve_within_boundary(&self, path: &Path) -> Result<PathBuf, ReadRefusal> {
        let path = to_normalized_absolute_path(path);
        let why = match path.canonicalize() {
            Ok(real) => return self.check_resolved_path(&path, real),
            Err(error) => error,
        };
        // A file that does not exist is reported as missing only if its path stays within the boundary (the folder that
        // reads must not leave). Otherwise, the messages would reveal which files exist outside of this folder.
        for ancestor in path.ancestors() {
            match ancestor.canonicalize() {
                Ok(real) => {
                    self.check_resolved_path(&path, real)?;
                    break;
                }
                Err(_) if ancestor.is_symlink() => return Err(self.outside_refusal(&path)),
                Err(_) => {}
            }
        }
        Err(ReadRefusal::Unreadable(describe_error(&why)))
    }

    fn check_resolved_path(&self, path: &Path, real: PathBuf) -> Result<PathBuf, ReadRefusal> {
        let Ok(inner) = real.strip_prefix(&self.resolved_folder_path) else {
            return Err(self.outside_refusal(path));
        };
        // No file in `.git` is read, because Git keeps credentials and the names of all branches there.
        if inner.components().any(|part| part.as_os_str().eq_ignore_ascii_case(".git")) {
            return Err(ReadRefusal::OutsideBoundary(String::from("is in `.git`, where no document is")));
        }
        Ok(real)
    }

    fn outside_refusal(&self, path: &Path) -> ReadRefusal {
        let description = self.description;
        ReadRefusal::OutsideBoundary(
            match path.starts_with(&self.unresolved_folder_path)
                || path.starts_with(&self.resolved_folder_path)
            {
                true => format!("is a link, or leads through one, to nothing or out of {description}"),
                false => format!("is outside of {description}"),
            },
        )
    }
}

/// Returns the normalized absolute path, without `.` and `..`; symlinks are not resolved.
fn to_normalized_absolute_path(path: &Path) -> PathBuf {
    normalize_path(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
}

/// Reads a regular file. The path must not contain symlinks.
fn read_regular_file(path: &Path) -> Result<Vec<u8>, String> {
    let before = path.symlink_metadata().map_err(|error| describe_error(&error))?;
    // The kind of the file is checked before the file is opened, because opening a pipe blocks until another process
    // opens the other end.
    if !before.is_file() || KERNEL_FILE_SYSTEM_FOLDERS.iter().any(|folder| path.starts_with(folder)) {
        return Err(String::from("this is not a regular file"));
    }
    let file = std::fs::File::open(path).map_err(|error| describe_error(&error))?;
    let opened = file.metadata().map_err(|error| describe_error(&error))?;
    // The path is resolved again, because a folder on the path may have been replaced by a symlink while the file was
    // opened. The symlink could lead out of the boundary (the folder from which files may be read).
    let is_still_at_path = path.canonicalize().is_ok_and(|real| real == path)
        && path.symlink_metadata().is_ok_and(|after| same_file(&after, &opened));
    if !same_file(&before, &opened) || !is_still_at_path {
        return Err(String::from("the file was replaced while it was opened"));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(opened.len().min(MAX_FILE_BYTES)).unwrap_or(0));
    // One byte more than the limit is read, so that a file that exceeds the limit is recognized. The size in the
    // metadata is not enough, because the file may grow while it is read.
    file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(|error| describe_error(&error))?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(format!("the file is larger than {} MiB", MAX_FILE_BYTES / 1024 / 1024));
    }
    Ok(bytes)
}

#[cfg(unix)]
fn same_file(before: &std::fs::Metadata, opened: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (before.dev(), before.ino()) == (opened.dev(), opened.ino())
}

#[cfg(not(unix))]
fn same_file(_: &std::fs::Metadata, opened: &std::fs::Metadata) -> bool {
    opened.is_file()
}

fn describe_error(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => String::from("there is no such file"),
        _ => error.to_string(),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_folder_that_becomes_a_link_after_the_file_was_found_in_it_is_noticed() {
        let machine = tempfile::tempdir().unwrap();
        let path = |path: &str| machine.path().join(path);
        for folder in ["repository/api/v1", "secrets/v1"] {
            std::fs::create_dir_all(path(folder)).unwrap();
            std::fs::write(path(folder).join("types.yaml"), folder).unwrap();
        }
        let boundary = Boundary::of_folder(&path("repository")).unwrap();
        let found = boundary.resolve_within_boundary(&path("repository/api/v1/types.yaml")).unwrap();
        assert_eq!(read_regular_file(&found).unwrap(), b"repository/api/v1");

        for (folder, target) in [("repository/api/v1", "secrets/v1"), ("repository/api", "secrets")] {
            std::fs::rename(path(folder), path("aside")).unwrap();
            symlink(path(target), path(folder)).unwrap();
            let refused = read_regular_file(&found).unwrap_err();
            assert_eq!(refused, "the file was replaced while it was opened", "{folder}");
            std::fs::remove_file(path(folder)).unwrap();
            std::fs::rename(path("aside"), path(folder)).unwrap();
        }
    }
}
