//! Which files may be read: those of the repository that holds a document. What a document refers to is printed, in
//! excerpts, in bundles and in generated source, so a reference must not lead to the other files of a machine.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::files::normalize;

/// Larger files than this are refused: a document that a person maintains is far from it, and so is every
/// published one.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// File systems of the kernel, whose files look like regular ones.
const KERNEL: [&str; 2] = ["/proc", "/sys"];

/// What to do about a file outside of the boundary.
pub(crate) const HELP: &str =
    "move the file to the document, or name the folder that holds both with `--root DIR`";

/// A folder out of which no file is read, wherever links lead.
///
/// ```
/// use partner_spec::{Api, Boundary};
///
/// let repository = Boundary::around(&Api::P100.root());
/// let outside = partner_spec::read_file(std::path::Path::new("/etc/hostname"), "hostname", &repository);
/// assert!(outside.is_err());
/// ```
#[derive(Clone, Debug)]
pub struct Boundary {
    /// The folder as it was named: absolute, with links not followed.
    named: PathBuf,
    /// The folder with all links followed.
    real: PathBuf,
    /// The folder as messages describe it.
    description: &'static str,
}

/// Why a file is not read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The file is outside of the boundary; the text is a predicate of the file.
    Outside(String),
    /// The file cannot be read; the text is the reason.
    Unreadable(String),
}

impl Boundary {
    /// The boundary of a document: the repository that holds it, which is the nearest folder above it with a `.git`;
    /// the document's own folder when it is in no repository.
    pub fn around(document: &Path) -> Boundary {
        let path = absolute(document);
        let own = path.parent().unwrap_or(&path).to_owned();
        let mut repository: Option<(PathBuf, PathBuf)> = None;
        let mut folders: Vec<&Path> = own.ancestors().collect();
        folders.reverse();
        for folder in folders {
            // A worktree and a submodule have a file of that name.
            if folder.join(".git").symlink_metadata().is_err() {
                continue;
            }
            let Ok(real) = folder.canonicalize() else { continue };
            // A link in a repository does not make another repository part of it.
            if repository.as_ref().is_none_or(|(_, outer)| real.starts_with(outer)) {
                repository = Some((folder.to_owned(), real));
            }
        }
        match repository {
            Some((named, real)) => Boundary { named, real, description: "the repository of this document" },
            None => {
                let real = own.canonicalize().unwrap_or_else(|_| own.clone());
                Boundary { named: own, real, description: "the folder of this document" }
            }
        }
    }

    /// A folder that a person named.
    ///
    /// # Errors
    ///
    /// When it is no folder.
    pub fn folder(folder: &Path) -> io::Result<Boundary> {
        let real = folder.canonicalize()?;
        if !real.is_dir() {
            return Err(io::Error::new(io::ErrorKind::NotADirectory, "this is not a folder"));
        }
        Ok(Boundary { named: absolute(folder), real, description: "the folder that was named as the root" })
    }

    /// The bytes of a regular file within the boundary.
    pub(crate) fn read(&self, path: &Path) -> Result<Vec<u8>, Refusal> {
        read_regular(&self.resolve(path)?).map_err(Refusal::Unreadable)
    }

    /// The path with all links followed, when that is within the boundary.
    pub(crate) fn resolve(&self, path: &Path) -> Result<PathBuf, Refusal> {
        let path = absolute(path);
        let why = match path.canonicalize() {
            Ok(real) => return self.checked(&path, real),
            Err(error) => error,
        };
        // Whether a path leads to something is reported only of paths that stay within the boundary.
        for part in path.ancestors() {
            match part.canonicalize() {
                Ok(real) => {
                    self.checked(&path, real)?;
                    break;
                }
                Err(_) if part.is_symlink() => return Err(self.outside(&path)),
                Err(_) => {}
            }
        }
        Err(Refusal::Unreadable(reason(&why)))
    }

    fn checked(&self, path: &Path, real: PathBuf) -> Result<PathBuf, Refusal> {
        let Ok(inner) = real.strip_prefix(&self.real) else { return Err(self.outside(path)) };
        // Git keeps credentials there, and the names of all branches.
        if inner.components().any(|part| part.as_os_str().eq_ignore_ascii_case(".git")) {
            return Err(Refusal::Outside(String::from("is in `.git`, where no document is")));
        }
        Ok(real)
    }

    fn outside(&self, path: &Path) -> Refusal {
        let description = self.description;
        Refusal::Outside(match path.starts_with(&self.named) || path.starts_with(&self.real) {
            true => format!("is a link, or leads through one, to nothing or out of {description}"),
            false => format!("is outside of {description}"),
        })
    }
}

/// The path from the root of the file system on, without `.` and `..`; links are not followed.
fn absolute(path: &Path) -> PathBuf {
    normalize(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
}

/// Reads a file whose path has no links in it.
fn read_regular(path: &Path) -> Result<Vec<u8>, String> {
    let before = path.symlink_metadata().map_err(|error| reason(&error))?;
    // Opening a pipe would wait for its other end.
    if !before.is_file() || KERNEL.iter().any(|folder| path.starts_with(folder)) {
        return Err(String::from("this is not a regular file"));
    }
    let file = std::fs::File::open(path).map_err(|error| reason(&error))?;
    let opened = file.metadata().map_err(|error| reason(&error))?;
    // A folder above the file may have been replaced as well, by a link to one out of the boundary.
    let is_where_it_was = path.canonicalize().is_ok_and(|real| real == path)
        && path.symlink_metadata().is_ok_and(|after| same_file(&after, &opened));
    if !same_file(&before, &opened) || !is_where_it_was {
        return Err(String::from("the file was replaced while it was opened"));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(opened.len().min(MAX_BYTES)).unwrap_or(0));
    // A file may be longer than it says, and grow while it is read.
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(format!("the file is larger than {} MiB", MAX_BYTES / 1024 / 1024));
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

fn reason(error: &io::Error) -> String {
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
        let boundary = Boundary::folder(&path("repository")).unwrap();
        let found = boundary.resolve(&path("repository/api/v1/types.yaml")).unwrap();
        assert_eq!(read_regular(&found).unwrap(), b"repository/api/v1");

        for (folder, target) in [("repository/api/v1", "secrets/v1"), ("repository/api", "secrets")] {
            std::fs::rename(path(folder), path("aside")).unwrap();
            symlink(path(target), path(folder)).unwrap();
            let refused = read_regular(&found).unwrap_err();
            assert_eq!(refused, "the file was replaced while it was opened", "{folder}");
            std::fs::remove_file(path(folder)).unwrap();
            std::fs::rename(path("aside"), path(folder)).unwrap();
        }
    }
}
