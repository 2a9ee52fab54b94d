//! Finds the workspace in which a command is run. This may be another clone than the one from which the command was
//! built.

use std::io;
use std::path::{Path, PathBuf};

use partner_spec::Api;

/// The current folder or the nearest folder above it that is a workspace with the layout of this one.
pub(crate) fn find() -> Option<PathBuf> {
    let current = std::env::current_dir().ok()?;
    current.ancestors().find(|folder| is_workspace(folder)).map(Path::to_owned)
}

/// Returns the workspace, for a command that cannot run without one.
///
/// # Errors
///
/// If the command is not run in a workspace. The message contains advice.
pub(crate) fn required() -> io::Result<PathBuf> {
    find().ok_or_else(|| {
        let message = "there is no workspace with `spec/<api>/openapi.yaml` in this folder or above it; \
                       run the command in a clone of the workspace, or name the files of the documents";
        io::Error::new(io::ErrorKind::NotFound, message)
    })
}

fn is_workspace(folder: &Path) -> bool {
    folder.join("Cargo.toml").is_file() && Api::ALL.iter().all(|api| api.root_in(folder).is_file())
}
